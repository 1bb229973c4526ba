"""NegMAS files: value functions, names, discounts, and mistakes with their addresses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError
from detente.interchange.importing import import_files
from detente.situation.schema import Situation
from detente.situation.values import base_values


def stated(situation: Situation, address: str) -> float | None:
    """The number at an address."""
    return base_values(situation)[address].quantity.fixed


def negmas(folder: Path, **changed: Any) -> Path:
    """A domain of a category and a range, and two utility functions; ``changed`` in the first."""
    domain = {
        "type": "negmas.outcomes.CartesianOutcomeSpace",
        "name": "a trade",
        "issues": [
            {"name": "Colour", "type": "CategoricalIssue", "values": ["yes", "no", "20:00"]},
            {"name": "Days", "type": "ContiguousIssue", "values": [0, 4]},
        ],
    }
    ufun = {
        "type": "LinearAdditiveUtilityFunction",
        "name": "first",
        "weights": {"Colour": 0.5, "Days": 0.5},
        "values": [
            {"type": "TableFun", "mapping": {"yes": 0, "no": 1, "20:00": 0.5}},
            {"type": "QuadraticFun", "a1": 0.0, "a2": 0.0625, "bias": 0},
        ],
        "reserved_value": float("-inf"),
    }
    for name, body in (
        ("domain", domain), ("one", {**ufun, **changed}), ("two", {**ufun, "name": "second"}),
    ):  # fmt: skip
        (folder / f"{name}.json").write_text(json.dumps(body, indent="\t"), encoding="utf-8")
    return folder


def test_negmas_functions_and_names(tmp_path: Path, situation_in: Any) -> None:
    """Tables by name, a quadratic, words that YAML might take for something else, no reservation."""
    imported = import_files([negmas(tmp_path)])
    found = situation_in(imported)
    assert [option.name for option in found.issues["colour"].options.values()][1:] == [
        "yes", "no", "20:00",
    ]  # fmt: skip
    assert stated(found, "preferences.first.days.option-2") == pytest.approx(0.25)
    assert stated(found, "outlook.first") == 0.0
    assert any("no reservation value for first, second" in str(r) for r in imported.remarks)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"type": "HyperRectangleUtilityFunction"}, "one.json:2:2: type: the utility function Hyper"),
        ({"weights": [0.5, "x"]}, "weights.1: found 'x'"),
        ({"values": [{"type": "TableFun", "mapping": {"yes": 0}}, {"type": "LambdaFun"}]},
         "a utility for 'no' of Colour"),
        ({"values": [{"type": "LinearFun", "slope": 1}, {"type": "LinearFun", "slope": 1}]},
         "a function of Colour, whose values are no numbers"),
        ({"reserved_value": "high"}, "reserved_value: found 'high'; a finite number"),
    ],
)  # fmt: skip
def test_negmas_mistakes_have_addresses(changed: dict[str, Any], told: str, tmp_path: Path) -> None:
    """Place, address, what was found."""
    with pytest.raises(SituationError) as caught:
        import_files([negmas(tmp_path, **changed)])
    assert told in str(caught.value)


def test_a_discounted_function_is_taken_without_its_discount(tmp_path: Path) -> None:
    """NegMAS wraps the function; the wrapping is reported."""
    folder = negmas(tmp_path)
    plain = json.loads((folder / "one.json").read_text(encoding="utf-8"))
    wrapped = {"type": "ExpDiscountedUFun", "name": "one", "discount": 0.9, "ufun": plain}
    (folder / "one.json").write_text(json.dumps(wrapped), encoding="utf-8")
    imported = import_files([folder])
    assert list(imported.data["actors"]) == ["first", "second"]
    assert any("the discounting of ExpDiscountedUFun" in str(r) for r in imported.remarks)
