"""A scan in words, tables, JSON and as a page: no sentence that its numbers do not support."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest
from rich.console import Console

from detente.analysis.pooling import Difference
from detente.analysis.probabilities import Estimate
from detente.analysis.scan import Scan, Step, Track, lay_out, scan
from detente.figures.naming import Names, percent
from detente.report.scan_html import render_scan
from detente.report.scan_tables import (
    chance_cell,
    difference_cell,
    print_scan,
    scan_object,
)
from detente.report.scanning import (
    claim_sentences,
    even_sentences,
    moves_sentence,
    number,
    sentences,
    stated_sentence,
)
from detente.sampling.draws import Plan
from detente.situation.quantities import Point, Quantity, Uniform
from detente.situation.schema import Situation
from detente.situation.sweeping import Sweep

PLAN = Plan(400, 6)
X = (0.0, 0.25, 0.5, 0.75, 1.0)
EAST = Sweep("outlook.east", X)
FEAR = Sweep("runup.fear", (0.0, 1.0))
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture(scope="module")
def names(three_acts: Situation) -> Names:
    return Names(three_acts)


@pytest.fixture(scope="module")
def line(three_acts: Situation) -> Scan:
    layout = lay_out(three_acts, None, [EAST], "tangible", round_="spring", against="winter")
    return scan(layout, PLAN)


@pytest.fixture(scope="module")
def plane(three_acts: Situation) -> Scan:
    layout = lay_out(three_acts, None, [EAST, FEAR], "tangible", round_="spring", against="winter")
    return scan(layout, PLAN)


def made(
    reading: str, p: Sequence[float | None], points: Sequence[float] = (0.1,) * 5,
    stated: tuple[float, float] = (0.1, 0.2),
) -> Track:  # fmt: skip
    """A reading with these chances, each ±2 points, and differences, each ±1 point."""
    nothing = Estimate(0.0, 0.0)
    steps = tuple(
        Step(
            (x,), None if chance is None else Estimate(chance, 0.0102), 5,
            None if chance is None else Difference(nothing, nothing, d, 0.0051),
        )
        for x, chance, d in zip(X, p, points, strict=True)
    )  # fmt: skip
    low, high = stated
    shape = Point(low) if low == high else Uniform(low, high)
    return Track(reading, (Quantity(shape, f"{low:g}..{high:g}"),), steps)


def told(*tracks: Track, against: str | None = "winter") -> Scan:
    return Scan("spring", against, "tangible", (EAST,), tracks)


def test_every_share_in_the_words_is_one_of_the_scan(names: Names, line: Scan) -> None:
    known = {percent(s.chance.p) for t in line.tracks for s in t.steps if s.chance}
    for sentence in sentences(names, line):
        assert set(re.findall(r"[<>]?\d+%", sentence)) <= known, sentence


def test_most_and_least_are_the_widest_and_the_narrowest_range(names: Names, line: Scan) -> None:
    reach = {
        names.reading(t.reading): max(ps) - min(ps)
        for t in line.tracks
        if (ps := [s.chance.p for s in t.steps if s.chance])
    }
    text = moves_sentence(names, line)
    assert f"moves most under “{max(reach, key=lambda r: reach[r])}”" in text
    assert f"least under “{min(reach, key=lambda r: reach[r])}”" in text


@pytest.mark.parametrize(
    ("p", "stated", "says"),
    [
        ((0.9, 0.8, 0.7, 0.6, 0.55), (0, 0), "stays above one half"),
        ((0.1, 0.1, 0.1, 0.1, 0.1), (0, 0), "stays below one half"),
        ((0.1, 0.1, 0.49, 0.5, 0.1), (0, 0), "is nowhere clearly above one half"),
        ((0.9, 0.51, 0.9, 0.9, 0.9), (0, 0), "is nowhere clearly below one half"),
        ((0.5, 0.51, 0.5, 0.49, 0.5), (0, 0), "cannot be told apart from one half anywhere"),
        ((None,) * 5, (0, 0), "cannot be told from one half, for want of draws"),
        (
            (0.9, 0.7, 0.3, 0.1, 0.0), (0.0, 0.1),
            "near 0.38 (Monte Carlo error leaves 0.36 to 0.39), and is more likely than not below that; what it states lies below.",
        ),
        ((0.9, 0.7, 0.3, 0.1, 0.0), (0.5, 0.6), "; what it states lies above."),
        ((0.0, 0.3, 0.7, 0.9, 0.9), (0.3, 0.6), "above that; that lies within what it states."),
        ((0.9, 0.7, 0.3, 0.1, 0.0), (0.37, 0.37), "; what it states lies there."),
        ((0.1, 0.9, 0.9, 0.9, 0.1), (0, 0), "near 0.12 (Monte Carlo error leaves 0.12 to 0.13) and"),
    ],
)  # fmt: skip
def test_one_half_is_crossed_or_not_as_the_numbers_say(
    names: Names, p: Sequence[float | None], stated: tuple[float, float], says: str
) -> None:
    (sentence,) = even_sentences(names, told(made("calm", p, stated=stated)))
    assert says in sentence, sentence


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ((0.1, 0.1, 0.2, 0.1, 0.1), "holds at every step"),
        ((-0.1,) * 5, "is turned round at every step"),
        ((0.0, 0.001, 0.0, -0.001, 0.0), "cannot be told apart from chance"),
        (
            (-0.1, -0.1, 0.1, 0.1, 0.1),
            "above 0.38 (Monte Carlo error leaves 0.36 to 0.39), and is turned round below",
        ),
        ((0.1, 0.1, 0.005, -0.1, -0.1), "holds while the value is below 0.51 ("),
        (
            (0.1, 0.1, 0.1, 0.0, 0.0),
            "holds up to 0.5 and cannot be told apart from chance from 0.75 on",
        ),
        (
            (0.1, -0.1, -0.1, 0.1, 0.1),
            "holds at 0, is turned round from 0.25 to 0.5 and holds from 0.75 on; it changes sides near 0.12 (",
        ),
    ],
)
def test_where_the_claim_holds_is_told_as_the_differences_say(
    names: Names, points: Sequence[float], says: str
) -> None:
    (sentence,) = claim_sentences(names, told(made("calm", (0.5,) * 5, points)))
    assert sentence.startswith("The claim that Spring is likelier than Winter ")
    assert says in sentence, sentence


def test_readings_of_which_the_same_holds_are_told_together(names: Names) -> None:
    both = told(made("calm", (0.1,) * 5), made("dark", (0.2,) * 5))
    assert even_sentences(names, both) == ["Under every reading it stays below one half."]
    apart = told(made("calm", (0.1,) * 5), made("dark", (0.9,) * 5, (-0.1,) * 5))
    assert even_sentences(names, apart) == [
        "Under “Calm” it stays below one half.",
        "Under “Dark” it stays above one half.",
    ]
    first, second = claim_sentences(names, apart)
    assert first == (
        "Under “Calm” the claim that Spring is likelier than Winter holds at every step."
    )
    assert second == "Under “Dark” the claim is turned round at every step."


def test_without_a_second_round_no_claim_is_told(names: Names) -> None:
    assert claim_sentences(names, told(made("calm", (0.1,) * 5), against=None)) == []


def test_what_is_stated_is_told_by_reading(names: Names) -> None:
    some = told(made("calm", (0.1,) * 5), made("dark", (0.1,) * 5, stated=(0.4, 0.5)))
    text = stated_sentence(names, some)
    assert "0.1..0.2 under “Calm”; 0.4..0.5 under “Dark”" in text


@pytest.mark.parametrize(
    ("value", "wide", "says"),
    [(0.2181, 0.8, "0.22"), (-0.1081, 0.3, "\u22120.11"), (3.14, 10.0, "3.1"), (0.00123, 0.01, "0.0012"),
     (-0.0001, 1.0, "0.00"), (57.3, 600.0, "57")],
)  # fmt: skip
def test_places_are_rounded_to_the_width_of_the_axis(value: float, wide: float, says: str) -> None:
    assert number(value, wide) == says


def test_over_two_values_sides_are_counted_in_cells(names: Names, plane: Scan) -> None:
    track = plane.tracks[0]
    above = sum(s.chance is not None and s.chance.p - 0.5 > 0.06 for s in track.steps)
    below = sum(s.chance is not None and s.chance.p - 0.5 < -0.06 for s in track.steps)
    text = " ".join(sentences(names, plane))
    assert text.count("more likely than not in") == 2
    assert f"in {percent(above / 10)} of 10 cells, less likely in {percent(below / 10)}" in text
    assert "The claim that Spring is likelier than Winter holds in" in text


def test_cells_tell_their_error_and_when_it_is_no_more_than_that() -> None:
    step = made("calm", (0.5,) * 5, (0.001,) * 5).steps[0]
    assert (chance_cell(step), difference_cell(step)) == ("50% ±2.0", "≈ +0.1 ±1.0")
    empty = Step((0.0,), None, 3, None)
    assert chance_cell(empty) == difference_cell(empty) == "\u2013"


def test_the_terminal_has_a_row_a_step_and_thins_wide_tables(
    names: Names, line: Scan, plane: Scan
) -> None:
    text = printed(names, line)
    assert "Spring less Winter, in points" in text
    assert "the tail" in text
    for value in X:
        assert len(re.findall(rf"^│ +{value:g} │", text, re.MULTILINE)) == 2
    wide = Sweep("outlook.east", tuple(i / 20 for i in range(21)))
    steps = tuple(
        Step((a, b), Estimate(0.5, 0.01), 9, None) for a in wide.values for b in FEAR.values
    )
    track = Track("calm", plane.tracks[0].stated, steps)
    assert "7 of 21 columns" in printed(
        names, Scan("spring", None, "tangible", (wide, FEAR), (track,))
    )


def printed(names: Names, found: Scan) -> str:
    console = Console(width=100)
    with console.capture() as capture:
        print_scan(console, names, found, ["the tail"])
    return capture.get()


def test_json_holds_every_step(three_acts: Situation, line: Scan, plane: Scan) -> None:
    plain = scan_object(three_acts, line, PLAN, {}, name="x", version="9")
    again = json.loads(json.dumps(plain))
    assert (again["format"], again["against"]) == ("detente-scan/1", "winter")
    assert again["over"] == [{"address": "outlook.east", "values": list(X)}]
    for reading, track in zip(again["readings"], line.tracks, strict=True):
        assert [step["p"] for step in reading["steps"]] == [
            s.chance.p if s.chance else None for s in track.steps
        ]
        assert all(one["low"] <= one["at"] <= one["high"] for one in reading["crosses_half"])
        assert reading["crosses_half"]
    both = scan_object(three_acts, plane, PLAN, {}, name="x", version="9")
    assert all(not reading["crosses_half"] for reading in both["readings"])
    assert len(both["readings"][0]["steps"]) == 10


@pytest.mark.parametrize("sweeps", [(EAST,), (EAST, FEAR)])
def test_the_page_is_inert_whole_and_the_same_every_time(
    three_acts: Situation, sweeps: tuple[Sweep, ...]
) -> None:
    body = three_acts.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    for part in ("actors", "rounds", "readings"):
        for one in body[part].values():
            one["name" if part == "actors" else "title"] = HOSTILE
    body["title"] = HOSTILE
    situation = Situation.model_validate(body)
    layout = lay_out(situation, None, sweeps, "tangible", round_="spring", against="winter")
    found = scan(layout, Plan(100, 1))
    pages = [
        render_scan(situation, found, Plan(100, 1), file="f", version="9", note="A note.")
        for _ in range(2)
    ]
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    assert pages[0].count("<figure") == 2  # chance and claim, or one a reading
    for words in ("What if the value were another", "A note.", "What this is not"):
        assert words in pages[0]
