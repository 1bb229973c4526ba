"""What presses whom and what relieves it: every line of the picture is a value of the file."""

from __future__ import annotations

from typing import Any

import pytest

from detente.figures.naming import Names
from detente.figures.pressures import LEFT, RIGHT, THICK, THIN, pressures
from detente.situation.schema import Situation
from detente.situation.values import base_values


def rules(spec: dict[str, Any]) -> list[dict[str, float]]:
    """The lines between pressures and options, without the rim of paper below each."""
    found = [values_of(spec, one)[0] for one in spec["layer"] if one["mark"]["type"] == "rule"]
    return found[1::2]


def values_of(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, float]]:
    """The marks of a layer: given in place, or by the name of a data set."""
    data = layer["data"]
    return data["values"] if "values" in data else spec["datasets"][data["name"]]


def test_a_line_is_as_thick_as_the_share_that_an_option_relieves(three_acts: Situation) -> None:
    """From the pressure's dot to the option's, at the middle of the stated range."""
    names, values = Names(three_acts), base_values(three_acts)
    figure = pressures(names, values)
    assert figure is not None
    assert figure.rows == (
        ("East", names.pressure("winter"), 0.2, 0.2, names.option("bridge.open"), 0.5, 0.5),
    )
    (line,) = rules(figure.spec)
    assert (line["left"], line["right"]) == (LEFT, RIGHT)
    assert line["width"] == pytest.approx(THIN + (THICK - THIN) * 0.5)


def test_a_pressure_that_nothing_relieves_is_told_and_marked(three_acts: Situation) -> None:
    """In words, in the numbers and as a square of its own."""
    (winter,) = three_acts.pressures
    alone = winter.model_copy(update={"relieved_by": {}})
    situation = three_acts.model_copy(update={"pressures": (alone,)})
    figure = pressures(Names(situation), base_values(situation))
    assert figure is not None
    assert "No option relieves" in figure.alt
    assert figure.rows[0][4:] == (None, None, None)
    assert rules(figure.spec) == []
    assert any(one["mark"].get("shape") == "square" for one in figure.spec["layer"])


def test_without_pressures_there_is_no_picture(three_acts: Situation) -> None:
    situation = three_acts.model_copy(update={"pressures": ()})
    assert pressures(Names(situation), base_values(situation)) is None
