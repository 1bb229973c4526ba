"""Forecasts on scales in words: spreads, notes on what is nobody's word, a page that escapes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from rich.console import Console

from detente.analysis.spatial import Spread, placed, whole_positions
from detente.report.spatial import (
    Located,
    located_object,
    notes,
    print_located,
    scatter_text,
    spread_text,
)
from detente.report.spatial_html import Origin, render_located, sentences
from detente.spatial.models import MODELS
from detente.spatial.scale import Scale
from detente.spatial.table import Table

HOSTILE = "<script>alert(1)</script>"


def located(count: int = 1) -> Located:
    """Two actors on some scales, one with a name that is no name."""
    one = np.ones((1, 2))
    table = Table(np.array([[0.0, 100.0]]), one, np.array([[1.0, 3.0]]), np.array([np.nan]))
    marks = ((0.0, "none"), (50.0, "some"), (100.0, "all"))
    scales = [
        Scale(f"s{i}", f"Scale {i}", marks, (HOSTILE, "South"), table, i == 0, frozenset({"South"}))
        for i in range(count)
    ]
    whole = whole_positions(scales) if count > 1 else ()
    return Located("A table", 1, placed(scales, list(MODELS.values())), whole)


def test_a_spread_in_words() -> None:
    """A range where draws differ by half a point, a share where some have none, a dash for nothing."""
    assert spread_text(Spread(62.4, 55.0, 62.0, 70.0, 1.0)) == "62 (55\u201370)"
    assert spread_text(Spread(62.4, 62.3, 62.4, 62.5, 0.5)) == "62.4 in 50%"
    assert spread_text(None) == "\u2013"


def test_defaults_are_told_once() -> None:
    """Options that nobody placed, power that nobody wrote."""
    evenly, power = notes([located(2)])
    assert evenly.startswith("Scale 0: options evenly spread")
    assert power.startswith("*: nobody wrote its power")


def test_few_scales_have_every_model_and_many_an_overview() -> None:
    """The terminal stays readable; the JSON has everything, and no NaN."""
    for count, every in ((1, True), (4, False)):
        out = io.StringIO()
        print_located(Console(file=out, width=100), [located(count)], "the tail")
        assert ("Nash, failure costs the scale" in out.getvalue()) == every
        assert "the tail" in out.getvalue()
        assert ("Whole positions" in out.getvalue()) == (count > 1)
    plain = located_object(located(4))
    assert len(plain["scales"]) == 4
    assert plain["scales"][0]["reference"] is None
    assert len(plain["scales"][0]["models"]) == len(MODELS)


def test_the_page_says_how_far_models_are_apart_and_escapes() -> None:
    """The sentence is computed from the means; a name stays text."""
    one = located()
    (said,) = sentences(one, several=False)
    means = [
        f.spread.mean for f in one.scales[0].forecasts if f.spread and not f.model.baseline
    ]  # fmt: skip
    assert f"from {min(means):.0f} " in said
    assert f"to {max(means):.0f} " in said
    page = render_located([one], Origin("A table", "table.csv", "1", {}))
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert page == render_located([located()], Origin("A table", "table.csv", "1", {}))


def test_how_far_the_decision_may_fall_is_told_or_why_not() -> None:
    """On a terminal, in the JSON and on the page; without a scale from 0 to 100, why not."""
    out = io.StringIO()
    one = located()
    print_located(Console(file=out, width=100), [one], "tail")
    found = one.scales[0].scatter
    assert found is not None
    assert f"{found.low} to {found.high} in eight of ten cases" in " ".join(out.getvalue().split())
    plain = located_object(one)["scales"][0]["scatter"]
    assert sum(plain["chance_of_each_point"]) == pytest.approx(1.0)
    page = render_located([one], Origin("A table", "f.csv", "1", {}))
    assert "eight of ten cases" in page
    table = Table(np.array([[4.0, 10.0]]), np.ones((1, 2)), np.ones((1, 2)), np.array([np.nan]))
    (narrow,) = placed([Scale("one", "one", (), ("a", "b"), table)], list(MODELS.values()))
    assert "may be another one" in scatter_text(narrow)
    assert located_object(Located("t", 1, (narrow,)))["scales"][0]["scatter"] is None
