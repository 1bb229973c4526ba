"""What-ifs in words, tables, JSON and on a page: only what is clear is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from detente.analysis.whatif import WhatIfs, ask
from detente.figures.naming import Names, percent
from detente.figures.sides import is_clear
from detente.report.whatif import print_whatifs, rows_of, whatif_object
from detente.report.whatif_html import render_whatifs
from detente.report.whatif_words import explanation, headline, ranking, told_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.what_ifs import WhatIf

PLAN = Plan(600, 2)
HOSTILE = "<script>alert(1)</script>{{7*7}}"
SETTINGS = {
    "mild": ("outlook.east=0.1..0.3", "trust.east.west=0.9"),
    "still": ("misreading.west=0",),
    "grim": ("runup.calling_off.rate=8",),
}


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> WhatIfs:
    what_ifs = [
        WhatIf(name, HOSTILE if name == "grim" else name, read_settings(three_acts, settings))
        for name, settings in SETTINGS.items()
    ]
    bases = scenarios(three_acts, None, rounds=["spring"])
    after = [scenarios(three_acts, None, rounds=["spring"], patch=w.patch) for w in what_ifs]
    wanted = [
        (base, [(w, after[j][i]) for j, w in enumerate(what_ifs)]) for i, base in enumerate(bases)
    ]
    return ask(three_acts, wanted, PLAN, "tangible")


def test_every_share_in_the_words_is_one_of_the_effect(
    three_acts: Situation, found: WhatIfs
) -> None:
    names = Names(three_acts)
    for one in found.effects:
        known: set[str] = set()
        for d in (
            *one.differences.values(), one.how.zone, *one.how.causes.values(),
            *one.how.options.values(), *([one.how.missed] if one.how.missed else []),
        ):  # fmt: skip
            for side in (d.first, d.second):
                known |= {percent(side.p), f"{side.p:.1%}"}
        known |= {percent(b.found.share) for b in one.how.blocking if b is not None}
        for sentence in explanation(names, one):
            assert set(re.findall(r"[<>]?\d+(?:\.\d)?%", sentence)) <= known, sentence


def test_the_headline_tells_directions_that_are_clear(
    three_acts: Situation, found: WhatIfs
) -> None:
    names = Names(three_acts)
    mild, still, grim = (headline(names, found, what_if) for what_if in found.what_ifs)
    assert "rises under all 2 readings" in mild
    assert "does not change under any reading, where the values stand like that already" in still
    assert "falls under" in grim
    for what_if, text in zip(found.what_ifs, (mild, still, grim), strict=True):
        clear = [one for one in found.of(what_if) if is_clear(one.differences["tangible"])]
        assert ("rises" in text or "falls" in text) == bool(clear)


def test_what_is_told_in_full_are_the_largest_rise_and_the_largest_fall(found: WhatIfs) -> None:
    for what_if in found.what_ifs:
        told = [one.differences["tangible"].points for one in told_of(found, what_if)]
        every = [
            one.differences["tangible"].points
            for one in found.of(what_if)
            if is_clear(one.differences["tangible"])
        ]
        rises, falls = [p for p in every if p > 0], [p for p in every if p < 0]
        expected = ([max(rises)] if rises else []) + ([min(falls)] if falls else [])
        assert sorted(told) == sorted(expected)


def test_several_what_ifs_are_ranked_by_their_largest_change(
    three_acts: Situation, found: WhatIfs
) -> None:
    text = ranking(Names(three_acts), found)
    assert text is not None
    tops = {w.title: max(abs(e.differences["tangible"].points) for e in found.of(w)) for w in
            found.what_ifs}  # fmt: skip
    told = sorted((title for title in tops if f"“{title}”" in text), key=text.index)
    assert told == sorted(told, key=lambda title: -tops[title])
    assert set(tops) - set(told) == {"still"}
    one = WhatIfs(found.round, found.target, found.of(found.what_ifs[0]))
    assert ranking(Names(three_acts), one) is None


def test_every_chance_has_its_row_told_or_untold(found: WhatIfs) -> None:
    for one in found.effects:
        rows = rows_of(one)
        assert len(rows) == len(one.differences) + len(one.untold)
        assert sum(row[3] == "too few draws" for row in rows) == len(one.untold)


def test_the_terminal_and_the_json_hold_every_what_if(
    three_acts: Situation, found: WhatIfs
) -> None:
    console = Console(width=110, file=None)
    with console.capture() as capture:
        print_whatifs(console, Names(three_acts), found, "the tail")
    text = capture.get()
    for words in ("What if “East: what time alone", "How so under", "Before and after", "the tail"):
        assert words in text
    plain: dict[str, Any] = json.loads(
        json.dumps(whatif_object(three_acts, found, PLAN, name="x", version="9"))
    )
    assert plain["format"] == "detente-whatif/1"
    assert [one["name"] for one in plain["what_ifs"]] == list(SETTINGS)
    assert plain["what_ifs"][0]["set"]["trust.east.west"] == 0.9
    assert len(plain["what_ifs"][0]["readings"]) == 2


def test_the_page_is_inert_whole_and_the_same_every_time(
    three_acts: Situation, found: WhatIfs
) -> None:
    pages = [render_whatifs(three_acts, found, PLAN, file="f", version="9.9") for _ in range(2)]
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    for words in ("Before and after", "How it comes about", "Shapley value", "What this is not"):
        assert words in pages[0]


def test_every_field_of_the_json_is_documented(three_acts: Situation, found: WhatIfs) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "result-json.md").read_text("utf-8")
    section = page.split("## What-ifs as JSON")[1].split("\n## ")[0]
    named = set(re.findall(r"`([\w.-]+)`", section)) | {"detente", "format"}
    named |= set(re.findall(r"\w+", "before, after, difference, se"))
    plain = whatif_object(three_acts, found, PLAN, name="x", version="9")
    reading = plain["what_ifs"][0]["readings"][0]
    for part in (plain, plain["what_ifs"][0], reading, reading["zone"], *reading["carried"]):
        assert set(part) <= named
