"""Who is named in a sentence, and what ships to find it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.addresses import is_identifier
from detente.sources.marks.actors import (
    Find,
    Known,
    Mention,
    finder,
    gazetteer,
    merged,
    not_actors,
)
from detente.sources.marks.names import alike

SHIPPED = {actor.id: actor for actor in gazetteer()}
FIND = finder(gazetteer())

# Words that texts write small every day; a form that is one of them once capitals are gone
# must be reported as doubtful, or be told by its capitals.
_SMALL = """
    a aid all an and are as at be by can car china do for go he how if in is it its lake made male
    may me mit must nice no of on or our pole polish quad raw see so some sis swede that the they
    this to turkey up us victoria was we who will you
"""
EVERYDAY = frozenset(_SMALL.split())
TOLD_BY_CAPITALS = {"China", "Polish", "Swede", "Turkey", "US"}


def names(actor: Known) -> tuple[str, ...]:
    return (actor.name, *actor.forms)


def found(text: str, find: Find = FIND) -> list[tuple[str, str]]:
    return [(mention.text, mention.actor) for mention in find(text)]


def doubted(text: str, find: Find = FIND) -> list[tuple[str, bool]]:
    return [(mention.text, mention.ambiguous) for mention in find(text)]


# The gazetteer


def test_every_member_of_the_united_nations_is_there() -> None:
    """193 members, two observer states, and two more."""
    states = {actor.id for actor in gazetteer() if actor.sort == "state"}
    others = {"holy-see", "palestine", "kosovo", "taiwan"}
    assert others < states
    assert len(states - others) == 193


def test_organisations_and_services_are_there() -> None:
    sorts = Counter(actor.sort for actor in gazetteer())
    assert set(sorts) == {"state", "organisation", "service"}
    assert sorts["organisation"] >= 60
    assert sorts["service"] >= 20


def test_identifiers_may_name_actors_of_a_situation() -> None:
    assert all(is_identifier(actor.id) and "_" not in actor.id for actor in gazetteer())
    assert len(SHIPPED) == len(gazetteer())


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        ("turkiye", "Türkiye"),
        ("czechia", "Czechia"),
        ("cote-divoire", "Côte d'Ivoire"),
        ("eswatini", "Eswatini"),
        ("cabo-verde", "Cabo Verde"),
        ("timor-leste", "Timor-Leste"),
        ("north-macedonia", "North Macedonia"),
        ("viet-nam", "Viet Nam"),
    ],
)
def test_names_are_those_their_states_use(actor: str, name: str) -> None:
    assert SHIPPED[actor].name == name


def test_no_form_belongs_to_two_actors() -> None:
    """Not even once capitals and diacritics are gone."""
    owners: dict[str, set[str]] = {}
    for actor in gazetteer():
        for form in names(actor):
            owners.setdefault(alike(form), set()).add(actor.id)
    assert not {form: ids for form, ids in owners.items() if len(ids) > 1}


def test_no_form_is_written_twice() -> None:
    assert not [actor.id for actor in gazetteer() if len(set(names(actor))) < len(names(actor))]


def test_no_form_is_an_everyday_word() -> None:
    """Each has a capital or a digit; those of an everyday word are doubtful or told by it."""
    for actor in gazetteer():
        for form in names(actor):
            assert any(c.isupper() or c.isdigit() for c in form), form
            if form.lower() in EVERYDAY:
                assert form in actor.doubtful | TOLD_BY_CAPITALS, form


def test_every_name_is_found_as_its_actor() -> None:
    for actor in gazetteer():
        for form in names(actor):
            mentions = FIND(f"then {form} left.")
            assert [(m.actor, m.ambiguous) for m in mentions] == [
                (actor.id, form in actor.doubtful or (actor.ambiguous and form == actor.name))
            ], form


def test_every_half_of_a_compound_finds_its_actor() -> None:
    halves = [(half, actor.id) for actor in gazetteer() for half in actor.combining]
    assert len(halves) > 10
    for half, actor in halves:
        assert found(f"a {half}-Chadian pact") == [(half, actor), ("Chadian", "chad")]


def test_every_phrase_passed_over_holds_a_name_and_is_none() -> None:
    bare = finder(gazetteer(), apart=())
    forms = {form for actor in gazetteer() for form in names(actor)}
    for phrase in not_actors():
        assert bare(phrase), phrase
        assert not FIND(phrase), phrase
        assert phrase not in forms


# Finding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S. and the US, the U.K. and the UK", ["us", "us", "uk", "uk"]),
        ("The US’s fishers and Chad's wardens", ["us", "chad"]),  # noqa: RUF001
        ("Let us row; they told us so.", []),
        ("TELL US WHO SHALL ROW", []),
        ("THE U.S. SHALL ROW", ["us"]),
        ("US, UK, EU, 2031", ["us", "uk", "eu"]),
        ("They polish a Polish boat.", ["poland"]),
        ("Turkiye, Türkiye and Turkey, but no turkey", ["turkiye"] * 3),
        ("Cote d’Ivoire", ["cote-divoire"]),  # noqa: RUF001
        ("South\u00a0Africa and South\u2009Sudan", ["south-africa", "south-sudan"]),
        ("South  Sudan", ["sudan"]),
        ("Nigerians, Nigeriens, Nigerianism", ["nigeria", "niger"]),
        ("pro-Malian, EU-wide, non-EU, Russia-friendly", ["mali", "eu", "eu", "russia"]),
        ("US-Russian, Russian–American", ["us", "russia", "russia", "us"]),  # noqa: RUF001
        ("Sino-Indo friendship", ["china", "india"]),
        ("the Indo-Pacific, General Franco, pro-Franco, Franco-era", []),
        ("Guinea-Bissau, Papua New Guinea, New Guinea", ["guinea-bissau", "papua-new-guinea"]),
        ("the Republic of the Congo", ["congo"]),
        ("the Democratic Republic of the Congo", ["dr-congo"]),
        ("New Mexico, Northern Ireland, Latin America", []),
        ("the UN Security Council of the UN", ["un-security-council", "un"]),
        ("OPEC and OPEC+, NATO and Nato", ["opec", "opec-plus", "nato", "nato"]),
        ("the Kremlin, Downing Street, the White House", ["russia", "uk", "us"]),
        ("MI6, the F.S.B. and the CIA's boat", ["mi6", "fsb", "cia"]),
    ],
)
def test_sentences_name_whom_a_reader_would_say(text: str, expected: list[str]) -> None:
    assert [mention.actor for mention in FIND(text)] == expected


def test_a_mention_points_at_code_points_of_its_sentence() -> None:
    text = "🛶 Côte d’Ivoire’s U.S. guests"  # noqa: RUF001
    assert FIND(text) == (
        Mention("cote-divoire", 2, 15, "Côte d’Ivoire", ambiguous=False),  # noqa: RUF001
        Mention("us", 18, 22, "U.S.", ambiguous=False),
    )


def test_names_that_may_mean_something_else_are_reported() -> None:
    assert doubted("Jordan, Jordanians, Georgia, Georgians, Tbilisi, Niger") == [
        ("Jordan", True),
        ("Jordanians", False),
        ("Georgia", True),
        ("Georgians", True),
        ("Tbilisi", False),
        ("Niger", False),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lima wants a word.", True),
        ("Minsk wants a word.", False),
        ("terms that please Minsk", False),
        ("Minsk's terms", False),
        ("they row in Minsk", True),
        ("In Minsk they row", True),
        ("a Minsk meeting of wardens", True),
        ("the Minsk one", True),
        ("under Minsk 2", True),
        ("read the Minsk Herald", True),
        ("Minsk. They row.", False),
    ],
)
def test_a_capital_read_as_a_place_is_reported(text: str, place: bool) -> None:
    assert [ambiguous for _, ambiguous in doubted(text)] == [place]


def test_an_actor_of_the_caller_is_found_by_name_and_by_form() -> None:
    find = finder([Known("wardens", "the lake wardens", "group", ("Wardens of the Lake",))], ())
    text = "The lake wardens, or Wardens of the Lake, and wardens."
    assert found(text, find) == [("lake wardens", "wardens"), ("Wardens of the Lake", "wardens")]


def test_the_caller_may_name_an_actor_after_a_phrase_that_is_passed_over() -> None:
    own = Known("nm", "New Mexico", "state")
    assert found("New Mexico and Mexico", finder([own, *gazetteer()])) == [
        ("New Mexico", "nm"),
        ("Mexico", "mexico"),
    ]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Names in sentences, with what may stand between them."""
    forms = [form for actor in gazetteer() for form in (*names(actor), *actor.combining)]
    part = st.sampled_from(forms) | st.sampled_from(["the", "in", "talks", "US", "us", "Lake", "5"])
    gaps = st.sampled_from([" ", "-", "’s ", ". ", ", ", "\u00a0", "–", "", "+"])  # noqa: RUF001
    return "".join(
        text for pair in draw(st.lists(st.tuples(part, gaps), max_size=12)) for text in pair
    )


@given(texts() | st.text(max_size=80))
def test_mentions_are_slices_in_order_that_never_overlap(text: str) -> None:
    end = 0
    for mention in FIND(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.actor in SHIPPED
        end = mention.end


WITH_HERON = finder([Known("heron", "Heron", "group", ("Heronish",)), *gazetteer()])


@given(texts(), texts())
def test_an_unrelated_actor_changes_no_other_mention(before: str, after: str) -> None:
    text = f"{before} Heron and Heronish {after}"
    others = tuple(mention for mention in WITH_HERON(text) if mention.actor != "heron")
    assert others == FIND(text)
    assert len(WITH_HERON(text)) == len(others) + 2


def test_a_long_text_is_read_to_its_end() -> None:
    """Every line of a text just under a megabyte names its one country, none is skipped."""
    line = "Togo’s wardens went out to see how low the lake of the elders stood by then; "  # noqa: RUF001
    lines = 12_900
    assert len(FIND(line * lines)) == lines


# Merging


def test_an_own_actor_takes_over_the_forms_of_the_entry_it_is() -> None:
    own = Known("bear", "RUSSIA", "state", ("Northerners",))
    find = finder(merged([own], gazetteer()))
    text = "Moscow, Russians, the Kremlin, Northerners, Russo-Chadian"
    assert [mention.actor for mention in find(text)] == ["bear"] * 5 + ["chad"]
    assert doubted("in Moscow", find) == [("Moscow", True)]
    assert "russia" not in {actor.id for actor in merged([own], gazetteer())}


@pytest.mark.parametrize(
    "own",
    [
        Known("them", "Turkiye", "state"),
        Known("them", "Ankara", "state"),
        Known("them", "Hosts", "state", ("türkiye",)),
        Known("them", "Hosts", "state", ("Turks",)),
        Known("turkiye", "Hosts", "state"),
    ],
)
def test_it_is_the_entry_by_name_form_or_identifier(own: Known) -> None:
    assert found("Turkish", finder(merged([own], gazetteer()))) == [("Turkish", own.id)]


def test_of_two_own_actors_each_keeps_what_it_is_called() -> None:
    own = [
        Known("russia", "Russia", "state"),
        Known("palace", "Kremlin", "group"),
        Known("army", "The army", "group", ("Russian",)),
    ]
    find = finder(merged(own, gazetteer()))
    assert found("Russians, Russian, Moscow, Kremlin", find) == [
        ("Russians", "russia"),
        ("Russian", "army"),
        ("Moscow", "russia"),
        ("Kremlin", "palace"),
    ]


def test_a_person_is_no_state_but_keeps_the_name() -> None:
    own = Known("chad", "Chad", "person")
    all_of_them = merged([own], gazetteer())
    assert [actor for actor in all_of_them if actor.id == "chad"] == [own]
    assert found("Chad, Chadians", finder(all_of_them)) == [("Chad", "chad")]


def test_a_doubtful_form_makes_nobody_the_entry() -> None:
    own = Known("firm", "SDF", "group")
    find = finder(merged([own], gazetteer()))
    assert found("SDF, Syrian Democratic Forces", find) == [
        ("SDF", "firm"),
        ("Syrian Democratic Forces", "syrian-democratic-forces"),
    ]


def test_a_name_that_the_situation_uses_is_in_doubt_no_more() -> None:
    find = finder(merged([Known("georgia", "Georgia", "state")], gazetteer()))
    assert doubted("Georgia, Georgians", find) == [("Georgia", False), ("Georgians", True)]


def test_actors_that_are_nobody_shipped_stand_before_the_gazetteer() -> None:
    own = (Known("wardens", "Wardens", "group"), Known("fishers", "Fishers", "group"))
    assert merged(own, gazetteer()) == (*own, *gazetteer())
    assert merged((), gazetteer()) == gazetteer()
