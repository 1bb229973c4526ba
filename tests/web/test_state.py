from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from detente.errors import UsageError
from detente.web.state import MOST_CHANGES, MOST_DRAWS, State, read_state

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
SETTINGS = st.lists(
    st.tuples(WORDS, WORDS).map("=".join), max_size=6, unique_by=lambda s: s.partition("=")[0].strip()
)  # fmt: skip
STATES = st.builds(
    State,
    round=st.none() | WORDS,
    reading=st.none() | WORDS,
    draws=st.integers(1, MOST_DRAWS),
    seed=st.integers(0, 2**63 - 1),
    settings=SETTINGS.map(tuple),
    without=st.lists(WORDS, max_size=6, unique=True).map(tuple),
)


def reread(query: str) -> State:
    return read_state(parse_qsl(query.removeprefix("?"), keep_blank_values=True))


@given(STATES)
def test_an_address_says_all_of_a_state(state: State) -> None:
    """Whoever has the address sees the same; a plain state needs no address."""
    assert reread(state.query) == state
    assert reread(state.query).query == state.query
    assert (state.query == "") == (state == State())


@given(
    st.lists(st.tuples(st.sampled_from(["round", "draws", "seed", "set", "without", "x"]), WORDS))
)
def test_any_address_is_a_state_or_refused(query: list[tuple[str, str]]) -> None:
    """Whatever somebody types is read, or refused in words; read again it is the same."""
    try:
        state = read_state(query)
    except UsageError:
        last = dict(query)
        draws, seed = last.get("draws", "1"), last.get("seed", "1")
        assert not (draws.isdecimal() and 1 <= int(draws) <= MOST_DRAWS and seed.isdecimal())
    else:
        assert reread(state.query) == state


def test_the_last_setting_of_an_address_counts() -> None:
    """Moving a value twice leaves one change, where it was first."""
    query = [
        ("set", "a.b=1"),
        ("set", "c=2"),
        ("set", " a.b =3"),
        ("set", ""),
        ("without", "x"),
        ("without", "x"),
    ]
    state = read_state(query)
    assert state.settings == (" a.b =3", "c=2")
    assert state.without == ("x",)
    assert state.changed
    assert not read_state([("set", ""), ("draws", "")]).changed


def test_there_is_an_end_to_changes() -> None:
    """An address with ever so many changes is refused."""
    query = [("set", f"a{i}=1") for i in range(MOST_CHANGES)]
    assert len(read_state(query).settings) == MOST_CHANGES
    with pytest.raises(UsageError, match="more than"):
        read_state([*query, ("without", "x")])


WRONG = (
    ("draws=0", "draws=0"), ("draws=-1", "draws=-1"), ("draws=1e3", "draws=1e3"),
    (f"draws={MOST_DRAWS + 1}", "100,000"), ("draws=" + "9" * 5000, "100,000"), ("draws=²", "draws"),
    ("seed=-1", "seed=-1"), (f"seed={2**63}", "seed="), ("seed=1.5", "seed=1.5"), ("seed=nan", "nan"),
    ("round=summer", "summer"), ("reading=nobodys", "nobodys"),
    ("set=runup.tension", "runup.tension"), ("set=runup.tensions%3D1", "runup.tension"),
    ("set=runup.tension%3D7", "7"), ("set=runup.tension%3Dnan", "nan"), ("set=%3D", "at :"),
    ("set=runup.tension%3Dinf", "inf"), ("set=runup.tension%3D0.5..0.1", "0.5..0.1"),
    ("set=title%3D1", "title"), ("set=runup.tension%3D%7Blow: 1%7D", "low"),
    ("without=speaker:nobody", "speaker:nobody"), ("without=x", "x"), ("without=group:", "group:"),
)  # fmt: skip
PAGES = ("run", "whatif", "word", "situation", "text", "save", "compare", "why", "figure/x.svg")


@pytest.mark.parametrize(("query", "named"), WRONG)
def test_what_is_not_there_is_refused_in_words(client: TestClient, query: str, named: str) -> None:
    """As a page for readers, as JSON for programs: 422 with what is wrong, never a traceback."""
    for page in ("run", "run.json", "situation.json", "figures.json", "figure/x.csv"):
        answer = client.get(f"/s/three-acts/{page}?{query}")
        assert answer.status_code == 422, (page, answer.text)
        said = answer.json()["messages"]
        assert named in " ".join(said)
        assert "--set" not in " ".join(said)  # a page has no options
    for page in PAGES:
        answer = client.get(f"/s/three-acts/{page}?{query}", headers={"accept": "text/html"})
        assert answer.status_code == 422, page
        assert "text/html" in answer.headers["content-type"]
        assert said[0][:12].partition("'")[0] in answer.text
    assert client.post(f"/s/three-acts/ask/report?{query}").status_code == 422
    draft = client.post(f"/s/three-acts/draft.json?{query}", json={"name": "mine"})
    assert draft.status_code == 422


def test_wrong_forms_and_modes_are_refused_in_words(client: TestClient) -> None:
    """What a figure cannot be drawn as, and a body that is none, get messages like all else."""
    for answer in (
        client.get("/s/three-acts/figure/x.gif"),
        client.get("/s/three-acts/figure/x.svg?mode=pink"),
        client.post("/s/three-acts/check.json", json={"texts": "x"}),
        client.post("/s/three-acts/check.json", content=b"{"),
        client.post("/s/three-acts/check.json", content=b'{"text": "\\ud800"}'),
        client.post("/s/three-acts/check.json", content=b"\xff\xfe"),
        client.post("/s/three-acts/save.json", json={"name": "x" * 81}),
    ):
        assert answer.status_code == 422, answer.text
        assert answer.json()["messages"]
