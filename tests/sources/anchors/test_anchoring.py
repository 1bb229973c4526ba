"""Anchors in texts that changed: found with the right sentence, or lost. All texts are invented."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.sources.anchors.anchoring import find, refind
from detente.sources.anchors.fingerprints import fold, near
from detente.sources.anchors.found import Found
from detente.sources.anchors.selectors import AROUND, Indexed, locate, quote_at
from detente.sources.claims import Locator, Position, Quote
from detente.sources.text import Sentence, SourceText, parse_text

LETTER = (
    "The lake is low this year, and the old warden knows it.\n"
    "Two ferries lie idle at the northern pier. “No fares, no lamps,” the pilot says — twice.\n"
    "Nobody has paid the toll since the ice road closed. The council will meet before the thaw.\n"
    "If the fishers come at all, they're expected to sign."
)
TEXT = parse_text(LETTER)
TOLL = (3, 1)
PILOT = (2, 2)
REFRAIN = "Row on, says the warden."


def located(place: tuple[int, int], text: SourceText = TEXT, *, quotes: bool) -> Locator:
    return locate(text.by_place[place], text, quotes=quotes)


def at(found: Found) -> tuple[int, int] | None:
    return (found.sentence.paragraph, found.sentence.number) if found.sentence else None


# ---- taking down


def test_a_locator_holds_place_digest_sketch_and_neighbours_and_no_words() -> None:
    locator = located(PILOT, quotes=False)
    assert (locator.paragraph, locator.sentence) == PILOT
    assert locator.digest == TEXT.by_place[PILOT].digest
    assert locator.near == near(TEXT, TEXT.sentences.index(TEXT.by_place[PILOT]))
    assert locator.sketch is not None
    assert locator.quote is locator.position is None


def test_with_quotes_it_holds_the_words_and_what_stands_around_them() -> None:
    sentence = TEXT.by_place[TOLL]
    locator = located(TOLL, quotes=True)
    assert locator.quote == Quote(
        exact=sentence.text,
        prefix=LETTER[sentence.start - AROUND : sentence.start],
        suffix=LETTER[sentence.end : sentence.end + AROUND],
    )
    assert locator.position == Position(start=sentence.start, end=sentence.end)


def test_a_repeated_quote_counts_its_places_and_drops_surroundings_that_do_not_tell() -> None:
    distinct = parse_text(f"One bird. {REFRAIN} Two birds. {REFRAIN} Three.")
    quote, _ = quote_at(distinct, 10, 10 + len(REFRAIN))
    assert (quote.of, quote.prefix, quote.suffix[:11]) == (2, "One bird. ", " Two birds.")
    alike = parse_text(f"{'A long line of birds. ' * 3}{REFRAIN}{' Many more of them.' * 3}\n" * 2)
    start = alike.text.index(REFRAIN)
    quote, _ = quote_at(alike, start, start + len(REFRAIN))
    assert (quote.of, quote.prefix, quote.suffix) == (2, "", "")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (5, 4), (0, 10_000)])
def test_no_quote_is_taken_of_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(UsageError, match="choose other ends"):
        quote_at(TEXT, start, end)


def test_a_sentence_of_another_text_is_refused() -> None:
    other = parse_text("Another letter.")
    with pytest.raises(UsageError, match="reads otherwise in this text"):
        locate(other.sentences[0], TEXT, quotes=False)


# ---- the same text

ODD = st.text(
    st.sampled_from("ab .*+?[](){}|\\^$\n“”'’—🛶🏴é\u0301\u0308ßİ漢"),  # noqa: RUF001 -- odd on purpose
    min_size=1,
    max_size=60,
)


@given(ODD, st.data())
def test_every_span_of_a_text_is_found_where_it_stands(raw: str, data: st.DataObject) -> None:
    """Signs of regular expressions, characters beyond 16 bits, marks that combine, runs of one."""
    text = parse_text(raw)
    if not text.text:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    found = find(text, *quote_at(text, start, end))
    assert (found.status, found.start, found.end) == ("exact", start, end), found.why


@given(st.text(max_size=200), st.booleans())
def test_every_sentence_is_found_in_its_own_text(raw: str, quotes: bool) -> None:
    if "\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw):
        return
    text = Indexed(parse_text(f"{raw}\n{REFRAIN} {raw}"))
    locators = [locate(one, text, quotes=quotes) for one in text.text.sentences]
    for locator, sentence in zip(locators, text.text.sentences, strict=True):
        twins = [one for one in locators if one.digest == locator.digest]
        found = refind(text, locator, twins)
        assert (found.status, found.sentence) == ("exact", sentence), found.why


# ---- one edit

Edit = Callable[[str], str]
CURLY = str.maketrans("“”’—", '""\'-')  # noqa: RUF001 -- what a keyboard lacks


EDITS: list[tuple[tuple[int, int], Edit, str, tuple[int, int] | None]] = [
    (TOLL, str.upper, "fuzzy", (3, 1)),
    (PILOT, lambda text: text.translate(CURLY), "fuzzy", (2, 2)),
    (TOLL, lambda text: text.translate(CURLY), "exact", (3, 1)),
    (TOLL, lambda text: text.replace(" ", "  ").replace("\n", "\r\n\r\n"), "exact", (3, 1)),
    (TOLL, lambda text: "A line before.\n" + text, "moved", (4, 1)),
    (TOLL, lambda text: text.replace("Nobody", "All wait. Nobody"), "moved", (3, 2)),
    (TOLL, lambda text: text.replace("closed. ", "closed. All wait. "), "exact", (3, 1)),
    (TOLL, lambda text: text.replace("the toll", "the heavy toll"), "fuzzy", (3, 1)),
    (TOLL, lambda text: text.replace("paid the toll since", "paid since"), "fuzzy", (3, 1)),
    (TOLL, lambda text: text.replace("\nNobody", " Nobody"), "moved", (2, 3)),
    (TOLL, lambda text: text.replace("pier. ", "pier.\n"), "moved", (4, 1)),
    (TOLL, lambda text: "\n".join(text.split("\n")[2::-2]), "moved", (1, 1)),
    (TOLL, lambda text: text.replace(TEXT.by_place[TOLL].text, ""), "lost", None),
    (TOLL, lambda _: "An entirely different letter. It is about a mill.", "lost", None),
    (TOLL, lambda _: "", "lost", None),
]


@pytest.mark.parametrize("quotes", [True, False])
@pytest.mark.parametrize(("place", "edit", "status", "now"), EDITS)
def test_after_an_edit_a_sentence_is_found_or_reported_lost(
    place: tuple[int, int],
    edit: Edit,
    status: str,
    now: tuple[int, int] | None,
    quotes: bool,
) -> None:
    text = parse_text(edit(LETTER))
    found = refind(text, located(place, quotes=quotes), ())
    assert (found.status, at(found)) == (status, now), found.why
    if found.sentence is not None:
        assert found.start is not None
        assert found.sentence.start <= found.start < found.sentence.end


def test_why_says_in_words_what_was_done() -> None:
    locator = located(TOLL, quotes=True)
    before = refind(parse_text("A line before.\n" + LETTER), locator)
    assert before.why == "same words, one paragraph further down"
    inserted = refind(parse_text(LETTER.replace("Nobody", "All wait. Nobody")), locator)
    assert inserted.why == "same words, one sentence further down in the same paragraph"
    changed = refind(parse_text(LETTER.replace("the toll", "the heavy toll")), locator)
    assert changed.why == "words differ: 94 % alike, at the same place"
    other = refind(parse_text("A mill."), locator)
    assert other.why.startswith("nothing alike stands in this text")
    bare = refind(parse_text(LETTER.upper()), located(TOLL, quotes=False))
    assert bare.why == "same words but for capitals, quotation marks or dashes, at the same place"


def test_words_that_lost_their_full_stop_are_found_in_the_longer_sentence() -> None:
    """So in a text without capitals, which no longer tells where sentences begin."""
    text = parse_text(LETTER.lower())
    assert text.by_place[3, 1].text.endswith("before the thaw.")
    for quotes in (True, False):
        found = refind(text, located((3, 2), quotes=quotes), ())
        assert (found.status, at(found)) == ("fuzzy", (3, 1))
        assert text.text[found.start : found.end] == "the council will meet before the thaw."


def test_a_quote_is_found_across_what_became_two_sentences() -> None:
    text = parse_text(LETTER.replace("since the ice", "since. And it was long. The ice"))
    found = refind(text, located(TOLL, quotes=True))
    assert (found.status, at(found)) == ("fuzzy", (3, 1))


# ---- equal sentences

TWINS = (
    f"A heron stands in the reeds. {REFRAIN} The boat leaks.\n"
    f"The second boat is dry. {REFRAIN} The lamps are out.\n"
    "Nobody answers."
)
FIRST, SECOND = (1, 2), (2, 2)


def refound(text: str, place: tuple[int, int], *, quotes: bool) -> Found:
    coded = parse_text(TWINS)
    twins = [located(one, coded, quotes=False) for one in (FIRST, SECOND)]
    return refind(parse_text(text), located(place, coded, quotes=quotes), twins)


@pytest.mark.parametrize("quotes", [True, False])
def test_of_two_equal_sentences_the_one_that_is_left_is_not_taken_for_the_other(
    quotes: bool,
) -> None:
    first_gone = TWINS.replace(f" {REFRAIN} The boat", " The boat")
    assert refound(first_gone, FIRST, quotes=quotes).status == "lost"
    assert at(refound(first_gone, SECOND, quotes=quotes)) == SECOND
    paragraph_gone = TWINS.split("\n", 1)[1]
    assert refound(paragraph_gone, FIRST, quotes=quotes).status == "lost"
    assert at(refound("A line.\n" + TWINS, SECOND, quotes=quotes)) == (3, 2)
    swapped = "\n".join([*TWINS.split("\n")[1::-1], "Nobody answers."])
    assert at(refound(swapped, FIRST, quotes=quotes)) in {None, (2, 2)}


@pytest.mark.parametrize("quotes", [True, False])
def test_an_edited_sentence_between_its_neighbours_beats_its_equal_elsewhere(quotes: bool) -> None:
    edited = TWINS.replace(REFRAIN, "Row on now, says the warden.", 1)
    found = refound(edited, FIRST, quotes=quotes)
    assert (found.status, at(found)) == ("fuzzy", FIRST)
    assert refound(edited, SECOND, quotes=quotes).status == "exact"


def test_what_cannot_be_told_apart_is_lost_and_both_places_are_named() -> None:
    quote = Quote(exact=REFRAIN)
    found = find(parse_text(TWINS), quote, None)
    assert found.status == "lost"
    assert found.why == (
        "the same words stand at 2 places that fit equally well: paragraphs 1 and 2"
    )


def test_without_knowing_of_twins_a_sentence_far_from_both_neighbours_is_lost() -> None:
    """It may be an equal one; whoever knows that there was none may say so."""
    text = parse_text("Nobody answers.\nA wall of reeds stands by the pier. " + LETTER.split("\n")[2][:51])  # fmt: skip
    locator = located(TOLL, quotes=False)
    assert refind(text, locator).status == "lost"
    assert refind(text, locator, ()).status == "moved"


def test_a_locator_of_an_older_file_is_found_by_its_digest_alone() -> None:
    sentence = TEXT.by_place[TOLL]
    old = Locator(paragraph=3, sentence=1, digest=sentence.digest)
    assert refind(TEXT, old).status == "exact"
    assert at(refind(parse_text("Before.\n" + LETTER), old)) == (4, 1)
    lost = refind(parse_text(LETTER.replace("paid", "ever paid")), old)
    assert (lost.status, "no sketch" in lost.why) == ("lost", True)
    twice = parse_text(f"{LETTER}\n{sentence.text}")
    assert refind(twice, old).status == "lost"


# ---- many edits

WORDS = (
    ("old", "grey", "quiet", "late", "empty"),
    ("warden", "ferry", "fisher", "mayor", "bridge", "pilot", "council", "keeper"),
    ("watches", "refuses", "repairs", "counts", "follows", "doubts", "carries", "sells"),
    ("before the rain", "at the ford", "without a word", "near the mill", "on market days"),
)
REFRAINS = (REFRAIN, "“No,” they said — again.", "Nobody at the lake had asked them for it.")
Tagged = list[list[tuple[int, str]]]


def _sentence(rng: random.Random, first: str = "The") -> str:
    one, two = rng.choice(WORDS[0]), rng.choice(WORDS[0])
    who, whom = rng.sample(WORDS[1], 2)
    return f"{first} {one} {who} {rng.choice(WORDS[2])} the {two} {whom} {rng.choice(WORDS[3])}."


def _written(rng: random.Random) -> Tagged:
    """Paragraphs of numbered sentences, a third of them one of two refrains."""
    refrains = rng.sample(REFRAINS, 2)
    whole: Tagged = []
    seen: set[str] = set()
    for _ in range(rng.randint(2, 5)):
        paragraph: list[tuple[int, str]] = []
        for _ in range(rng.randint(1, 4)):
            said = rng.choice(refrains) if rng.random() < 0.35 else _sentence(rng)
            if said in refrains or said not in seen:
                paragraph.append((len(seen) + sum(map(len, whole)) + len(paragraph), said))
        seen.update(said for _, said in paragraph)
        whole.append(paragraph)
    return [p for p in whole if p]


def _edited(rng: random.Random, whole: Tagged) -> Tagged:
    """One edit of those that people and programs make."""
    whole = [list(paragraph) for paragraph in whole]
    i = rng.randrange(len(whole))
    j = rng.randrange(len(whole[i]))
    number, said = whole[i][j]
    match rng.randrange(9):
        case 0:
            whole = [[(n, s.upper()) for n, s in paragraph] for paragraph in whole]
        case 1:
            whole = [[(n, s.translate(CURLY)) for n, s in paragraph] for paragraph in whole]
        case 2:
            whole[i].insert(rng.choice([j, j + 1]), (-1, _sentence(rng, "A")))
        case 3:
            whole.insert(i, [(-1, _sentence(rng, "One")), (-1, _sentence(rng, "Some"))])
        case 4:
            del whole[i][j]
        case 5:
            del whole[i]
        case 6:
            words = said.split(" ")
            words.insert(1, "perhaps")
            whole[i][j] = (number, " ".join(words))
        case 7:
            whole[i : i + 1] = [whole[i][:j], whole[i][j:]]
        case _:
            whole[i : i + 2] = [[one for paragraph in whole[i : i + 2] for one in paragraph]]
    return [paragraph for paragraph in whole if paragraph] or [[(-1, "Nothing is left.")]]


def _read(whole: Tagged) -> SourceText:
    return parse_text("\n".join(" ".join(said for _, said in paragraph) for paragraph in whole))


def _around(text: SourceText, one: Sentence) -> tuple[str, str, str]:
    """All that an anchor knows of a sentence's surroundings."""
    before = fold(text.text[max(0, one.start - AROUND) : one.start])
    after = fold(text.text[one.end : one.end + AROUND])
    return before, after, near(text, text.sentences.index(one))


@given(st.integers(0, 10**9), st.integers(1, 3), st.booleans())
def test_after_any_edits_no_sentence_is_taken_for_its_equal(
    seed: int, edits: int, quotes: bool
) -> None:
    """It is found as itself or lost.

    Only where all that was recorded of its surroundings is the same again may an equal one be
    taken: nothing in the text can tell then.
    """
    rng = random.Random(seed)
    whole = _written(rng)
    changed = whole
    for _ in range(edits):
        changed = _edited(rng, changed)
    text, now = Indexed(_read(whole)), Indexed(_read(changed))
    numbers = [number for paragraph in changed for number, _ in paragraph]
    said = dict(one for paragraph in whole for one in paragraph)
    if len(numbers) != len(now.text.sentences):
        return  # a refrain in capitals ran into its neighbour
    became = dict(zip(now.text.sentences, numbers, strict=True))
    locators = [locate(one, text, quotes=quotes) for one in text.text.sentences]
    for (number, words), sentence, locator in zip(said.items(), text.text.sentences, locators, strict=True):  # fmt: skip
        twins = [one for one in locators if one.digest == locator.digest]
        found = refind(now, locator, twins)
        assert found.why
        assert 0 <= found.likeness <= 1
        if found.sentence is None or became[found.sentence] == number:
            continue
        taken = said.get(became[found.sentence])
        same = _around(text.text, sentence), _around(now.text, found.sentence)
        known = [a == b for a, b in zip(*same, strict=True)]
        assert taken != words or known[2] or all(known[:2]), found.why


@given(st.integers(0, 10**9))
def test_an_untouched_sentence_that_stood_once_is_never_lost_by_one_edit(seed: int) -> None:
    rng = random.Random(seed)
    whole = _written(rng)
    changed = _edited(rng, whole)
    text, now = Indexed(_read(whole)), Indexed(_read(changed))
    kept = {said for paragraph in changed for _, said in paragraph}
    for one in text.text.sentences:
        if one.text in kept and one.text not in REFRAINS and one.digest in now.text.by_digest:
            for quotes in (True, False):
                found = refind(now, locate(one, text, quotes=quotes), ())
                assert found.status in {"exact", "moved"}, found.why
                assert found.sentence is not None
                assert found.sentence.text == one.text


# ---- size


def test_a_long_quote_is_found_in_two_megabytes_without_reading_them_twice_over() -> None:
    """Two thousand characters, edited, among two million: under 2 s of processor time."""
    rng = random.Random(7)
    text = Indexed(parse_text("\n".join(_sentence(rng) for _ in range(36_000))[:1_990_000]))
    start = text.text.sentences[20_000].start
    quote, position = quote_at(text, start, start + 2000)
    words = quote.exact.split(" ")
    words[50::60] = ["harbour"] * len(words[50::60])
    began = time.process_time()
    found = find(text, quote.model_copy(update={"exact": " ".join(words)}), position)
    assert time.process_time() - began < 2
    assert (found.status, found.start) == ("fuzzy", start)


def test_words_that_stand_nearly_everywhere_are_found_by_their_surroundings_only() -> None:
    text = parse_text("Row on.\n" * 8000)
    quote = Quote(exact="Row", of=8000)
    assert "more than 5000 places" in find(text, quote, None).why
    assert find(text, quote, Position(start=4000, end=4003)).status == "exact"
