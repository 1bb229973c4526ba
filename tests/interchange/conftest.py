"""Scenarios with known answers in the forms other tools write, and what Detente makes of them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest
from ruamel.yaml import YAML

from detente.ensemble.chunk import run_chunk, space_for
from detente.ensemble.scouting import NOBODY
from detente.interchange.record import Imported
from detente.interchange.writing import written
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import loads
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

Scenario = dict[str, Any]

# Itex against Cypress, a teaching case distributed with Genius (Lin et al. 2014) and NegMAS, retyped
# with rounded evaluations: utilities 0.7716 and 0.6771 at the Nash package.
_ITEX_CYPRESS: Scenario = {
    "issues": [
        {"name": "Price", "values": ["$4.37", "$4.12", "$3.98", "$3.71", "$3.47"]},
        {"name": "Delivery", "values": ["60 days", "45 days", "30 days", "20 days"]},
        {"name": "Payment", "values": ["Upon delivery", "30 days", "60 days"]},
        {"name": "Returns", "values": ["Full price", "5% spoilage", "10% spoilage"]},
    ],
    "weights": [[0.65177, 0.10418, 0.08824, 0.15581], [0.32294, 0.14064, 0.22459, 0.31183]],
    "values": [
        [[0.0, 0.23077, 0.61538, 0.82051, 1.0], [0.0, 0.375, 0.75, 1.0], [1.0, 0.35714, 0.0],
         [1.0, 0.31579, 0.0]],
        [[1.0, 0.65517, 0.31034, 0.13793, 0.0], [0.0, 1.0, 0.47368, 0.21053], [0.375, 1.0, 0.0],
         [0.0, 1.0, 0.13793]],
    ],
    "reserved_in_file": [0.0, 0.0],
    "expected": {"nash_outcome": ["$3.47", "45 days", "30 days", "5% spoilage"]},
}  # fmt: skip


def _as_genius(scenario: Scenario, folder: Path) -> Path:
    """Write a domain and its utility spaces as Genius has them."""
    domain = "".join(
        f'<issue etype="discrete" index="{k}" name={quoteattr(issue["name"])} type="discrete" '
        f'vtype="discrete">{_items(issue["values"])}</issue>'
        for k, issue in enumerate(scenario["issues"], start=1)
    )
    (folder / "domain.xml").write_text(
        '<negotiation_template><utility_space number_of_issues="0"><objective index="0" '
        f'name="root" type="objective">{domain}</objective></utility_space></negotiation_template>',
        encoding="utf-8",
    )
    for p, weights in enumerate(scenario["weights"]):
        rows = "".join(
            f'<issue index="{k}" name={quoteattr(issue["name"])} type="discrete">'
            f"{_items(issue['values'], scenario['values'][p][k - 1])}</issue>"
            for k, issue in enumerate(scenario["issues"], start=1)
        )
        given = "".join(
            f'<weight index="{k}" value="{w!r}"/>' for k, w in enumerate(weights, start=1)
        )
        (folder / f"profile-{p + 1}.xml").write_text(
            f'<utility_space><objective index="0" name="root">{rows}{given}</objective>'
            '<discount_factor value="1.0"/>'
            f'<reservation value="{scenario["reserved_in_file"][p]!r}"/></utility_space>',
            encoding="utf-8",
        )
    return folder


def _items(values: list[str], worth: list[float] | None = None) -> str:
    rows: list[str] = []
    for index, value in enumerate(values):
        told = "" if worth is None else f' evaluation="{worth[index]!r}"'
        rows.append(f'<item index="{index + 1}" value={quoteattr(value)}{told}/>')
    return "".join(rows)


def _as_negmas(scenario: Scenario, folder: Path, suffix: str) -> Path:
    """Write an outcome space and its utility functions as NegMAS does, in YAML or JSON."""
    _dump(
        folder / f"domain{suffix}",
        {
            "type": "CartesianOutcomeSpace",
            "name": "domain",
            "issues": [{**issue, "type": "CategoricalIssue"} for issue in scenario["issues"]],
        },
    )
    for p, weights in enumerate(scenario["weights"]):
        tables = [
            {"type": "TableFun", "mapping": dict(zip(issue["values"], row, strict=True))}
            for issue, row in zip(scenario["issues"], scenario["values"][p], strict=True)
        ]
        _dump(
            folder / f"party-{p + 1}{suffix}",
            {
                "type": "LinearAdditiveUtilityFunction",
                "name": f"party-{p + 1}",
                "weights": weights,
                "values": tables,
                "reserved_value": scenario["reserved_in_file"][p],
            },
        )
    return folder


def _as_geniusweb(scenario: Scenario, folder: Path) -> Path:
    """Write one profile a party, as GeniusWeb has them; it knows no reservation value as such."""
    names = [issue["name"] for issue in scenario["issues"]]
    domain = {
        "name": "domain",
        "issuesValues": {
            issue["name"]: {"values": issue["values"]} for issue in scenario["issues"]
        },
    }
    for p, weights in enumerate(scenario["weights"]):
        tables = {
            issue["name"]: {
                "DiscreteValueSetUtilities": {
                    "valueUtilities": dict(zip(issue["values"], row, strict=True))
                }
            }
            for issue, row in zip(scenario["issues"], scenario["values"][p], strict=True)
        }
        space = {
            "name": f"party-{p + 1}",
            "issueUtilities": tables,
            "issueWeights": dict(zip(names, weights, strict=True)),
            "domain": domain,
        }
        _dump(folder / f"party-{p + 1}.json", {"LinearAdditiveUtilitySpace": space})
    return folder


def _dump(path: Path, data: Any) -> None:
    with path.open("w", encoding="utf-8") as file:
        if path.suffix == ".json":
            json.dump(data, file)
        else:
            writer = YAML(typ="safe", pure=True)
            writer.default_flow_style = False
            writer.dump(data, file)  # pyright: ignore[reportUnknownMemberType]


def _zone_of(scenario: Scenario) -> int:
    """How many packages give every party its reservation, counted one by one."""
    parties = range(len(scenario["weights"]))
    return sum(
        all(
            sum(
                w * row[o]
                for w, row, o in zip(
                    scenario["weights"][p], scenario["values"][p], package, strict=True
                )
            )
            >= scenario["reserved_in_file"][p] - 1e-9
            for p in parties
        )
        for package in itertools.product(*(range(len(i["values"])) for i in scenario["issues"]))
    )


@dataclass(frozen=True)
class Solved:
    """How many packages suit everybody, and the names of the Nash package's options."""

    zone: int
    package: dict[str, str]


def _situation_in(imported: Imported) -> Situation:
    """The situation, through the text it is written as."""
    return loads(written(imported).encode()).situation


def _solved(situation: Situation, draw: int = 0, plan: Plan | None = None) -> Solved:
    """The table of one draw."""
    structure = structure_of(situation)
    scenario = scenarios(situation, None)[-1]
    plan = plan or Plan(1, 1)
    found = run_chunk(structure, scenario, NOBODY, plan, draw, draw + 1, why=False)
    if found.package[0] < 0:
        return Solved(0, {})
    chosen = space_for(structure).options_of(np.asarray(found.package))[0]
    package = {
        issue: structure.options[structure.starts[i] + int(chosen[i])].name
        for i, issue in enumerate(structure.issues)
    }
    named = {
        situation.issues[issue].name or issue: situation.issues[issue].options[option].name
        or option
        for issue, option in package.items()
    }
    return Solved(int(found.zone[0]), named)


@pytest.fixture(scope="session")
def itex_cypress() -> Scenario:
    """A published scenario of two parties, retyped."""
    return _ITEX_CYPRESS


@pytest.fixture(scope="session")
def write() -> Callable[[Scenario, Path, str], Path]:
    """``write(scenario, folder, form)`` writes it as genius, geniusweb, yaml or json files."""

    def wrote(scenario: Scenario, folder: Path, form: str) -> Path:
        if form == "genius":
            return _as_genius(scenario, folder)
        if form == "geniusweb":
            return _as_geniusweb(scenario, folder)
        return _as_negmas(scenario, folder, f".{form}")

    return wrote


@pytest.fixture(scope="session")
def zone_of() -> Callable[[Scenario], int]:
    """``zone_of(scenario)`` counts, one by one, the packages that suit everybody."""
    return _zone_of


@pytest.fixture(scope="session")
def situation_in() -> Callable[[Imported], Situation]:
    """``situation_in(imported)`` is the situation, through the text it is written as."""
    return _situation_in


@pytest.fixture(scope="session")
def solved() -> Callable[..., Any]:
    """``solved(situation)`` is the zone and the Nash package of one draw, by name."""
    return _solved
