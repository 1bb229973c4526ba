"""Scenarios of other tools keep their zone and their Nash package, whatever they are written in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.interchange.importing import import_files

Scenario = dict[str, Any]
Write = Callable[[Scenario, Path, str], Path]
FORMS = ("genius", "yaml", "json")


@pytest.mark.parametrize("form", [*FORMS, "geniusweb"])
def test_a_retyped_scenario_keeps_zone_and_nash_package(
    form: str, tmp_path: Path, itex_cypress: Scenario, write: Write, zone_of: Any,
    situation_in: Any, solved: Any,
) -> None:  # fmt: skip
    """Itex and Cypress agree on the published package, among as many as there are."""
    imported = import_files([write(itex_cypress, tmp_path, form)])
    assert imported.form == ("negmas" if form in {"yaml", "json"} else form)
    found = solved(situation_in(imported))
    names = [issue["name"] for issue in itex_cypress["issues"]]
    expected = dict(zip(names, itex_cypress["expected"]["nash_outcome"], strict=True))
    assert (found.zone, found.package) == (zone_of(itex_cypress), expected)


@pytest.mark.parametrize("form", FORMS)
def test_published_scenarios_keep_their_nash_utilities(
    form: str, shared: Path, tmp_path: Path, write: Write, zone_of: Any, situation_in: Any,
    solved: Any,
) -> None:  # fmt: skip
    """Two and three parties, up to 23,040 packages: the utilities at the Nash package."""
    published = json.loads((shared / "bargaining_scenarios.json").read_text(encoding="utf-8"))
    assert len(published) == 8
    for number, scenario in enumerate(published.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = solved(situation_in(import_files([write(scenario, folder, form)])))
        package = [
            issue["values"].index(found.package[issue["name"]]) for issue in scenario["issues"]
        ]
        utilities = [
            sum(w * row[o] for w, row, o in zip(weights, rows, package, strict=True))
            for weights, rows in zip(scenario["weights"], scenario["values"], strict=True)
        ]
        assert utilities == pytest.approx(scenario["expected"]["nash_utils"], abs=1e-9)
        assert found.zone == zone_of(scenario)
