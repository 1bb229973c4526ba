"""What would hold in words, on a page and as JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from detente.analysis.stability import Stability, stability
from detente.figures.naming import Names
from detente.report.conflict_words import fate, verdict, wording_of
from detente.report.stability import View, notes, sentences, stability_object
from detente.report.stability_html import render_stability
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(40, 5)
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture(scope="module")
def found(every_term: Loaded) -> Stability:
    scenario, *_ = scenarios(every_term.situation, None)
    return stability(every_term.situation, scenario, PLAN, "seq")


def view_of(situation: Situation, found: Stability) -> View:
    return View("", wording_of(Names(situation), found), found.holding, found)


def test_words_say_what_was_found(every_term: Loaded, found: Stability) -> None:
    """Counts, verdicts and leavers are those of the records, whoever reads them."""
    view = view_of(every_term.situation, found)
    told = sentences(Names(every_term.situation), view)
    assert told[0].startswith(f"{found.holding.count('seq')} of {found.holding.graph.states}")
    for one in found.holding.told:
        said = fate(view.words, one)
        on_its_own = [text for text in said if "would leave on its own" in text]
        assert len(on_its_own) == len(one.leavers)
        assert ("would not hold" in verdict(one, "seq")) == bool(one.leavers)
        deterred = [text for text in said if "but is deterred" in text]
        assert len(deterred) == sum(t.deterred for t in one.tempted)
    assert any("Hawks" in note for note in notes(Names(every_term.situation), found))


def hostile(situation: Situation) -> Situation:
    """The same with script in every name that is shown."""
    body = situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    body["title"] = HOSTILE
    for actor in body["actors"].values():
        actor["name"] = HOSTILE
    for issue in body["issues"].values():
        issue["name"] = HOSTILE
    return Situation.model_validate(body)


def test_the_page_is_inert_whole_and_the_same_every_time(
    every_term: Loaded, found: Stability
) -> None:
    """Names are text, and the page has its graph, its table and its method."""
    situation = hostile(every_term.situation)
    pages = [
        render_stability(
            [view_of(situation, found)], Names(situation), title=situation.title, file="f.yaml",
            version="9.9", digest="d", plan=PLAN, laid={"outlook.north": "0"},
        )
        for _ in range(2)
    ]  # fmt: skip
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    for words in ("What would hold once reached", "<svg", "Method", "What this is not", "9.9"):
        assert words in pages[0]


def test_every_field_of_the_json_is_documented(every_term: Loaded, found: Stability) -> None:
    """Names of makers, links and concepts aside."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "result-json.md").read_text("utf-8")
    section = page.split("## Stability as JSON")[1].split("\n## ")[0]
    named = set(re.findall(r"`([\w.-]+)`", page.split("## ")[1] + section))
    again = {"sha256": "x", "set": {}, "seed": 1, "draws": 40, "round": None}
    plain = stability_object(
        [view_of(every_term.situation, found)], name="x", version="9", again=again
    )
    assert fields(plain) <= named


def fields(value: Any, key: str = "") -> set[str]:
    """Every key of an object and of all below it, but for names of the file."""
    by_name = {"stable_in", "worth", "links_in_force", "stable", "counts", "equilibria", "holds_in"}
    if isinstance(value, dict):
        below = [] if key in by_name else [fields(inner, name) for name, inner in value.items()]
        return (set() if key in by_name else set(value)).union(*below)
    return set[str]().union(*(fields(v, key) for v in value)) if isinstance(value, list) else set()
