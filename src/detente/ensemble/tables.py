"""Draws and outcomes as Arrow tables, for Parquet and for whoever reads on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from detente.bargaining.blocking import constraint_names
from detente.bargaining.space import NO_PACKAGE
from detente.ensemble.chunk import Outcomes, space_for
from detente.files import whole
from detente.model.causes import CAUSES
from detente.model.structure import Structure
from detente.sampling.draws import Draws, Plan
from detente.situation.quantities import Shape
from detente.situation.scenarios import Scenario

# pyarrow carries no types, so it is brought in as Any
pa: Any = import_module("pyarrow")
parquet: Any = import_module("pyarrow.parquet")
Table = Any


def outcome_table(
    structure: Structure, scenarios: Sequence[Scenario], outcomes: Sequence[Outcomes]
) -> Table:
    """One row a draw and scenario: everything that is reported is computed from this."""
    return pa.concat_tables(
        [_outcomes(structure, s, o) for s, o in zip(scenarios, outcomes, strict=True)],
        promote_options="default",  # a round without dates has fewer columns
    )


def _outcomes(structure: Structure, scenario: Scenario, outcomes: Outcomes) -> Table:
    n = len(outcomes)
    columns: dict[str, Any] = {
        "round": _repeated(scenario.round, n),
        "reading": _repeated(scenario.reading, n),
        "draw": pa.array(np.arange(n)),
        "zone": pa.array(outcomes.zone),
        "allowed": pa.array(outcomes.allowed),
        "ties": pa.array(outcomes.ties),
        "closing": pa.array(outcomes.closing),
        "deal": pa.array(outcomes.deal),
        "tangible": pa.array(outcomes.tangible),
        "risk": pa.array(outcomes.risk),
        "blockers": _blockers(structure, outcomes),
    }
    columns |= _road_and_after(outcomes)
    for p, party in enumerate(structure.parties):
        columns[f"gain.{party}"] = pa.array(outcomes.gain[:, p], from_pandas=True)
        if p < structure.at_table:
            columns[f"demand.{party}"] = pa.array(outcomes.demand[:, p])
        columns[f"felt.{party}"] = pa.array(outcomes.felt[:, p])
    known = outcomes.package != NO_PACKAGE
    chosen = space_for(structure).options_of(np.where(known, outcomes.package, 0))
    for i, issue in enumerate(structure.issues):
        start, size = structure.starts[i], structure.sizes[i]
        names = [option.name for option in structure.options[start : start + size]]
        columns[f"package.{issue}"] = pa.DictionaryArray.from_arrays(
            pa.array(chosen[:, i].astype(np.int32), mask=~known), pa.array(names)
        )
    return pa.table(columns)


def _road_and_after(outcomes: Outcomes) -> dict[str, Any]:
    """Columns of the run-up and the aftermath, as far as they are modelled."""
    columns: dict[str, Any] = {
        "tension": pa.array(outcomes.tension),
        "fear": pa.array(outcomes.fear),
    }
    if outcomes.cause is not None:
        columns["held"] = pa.array(outcomes.held)
        names = pa.array([CAUSES[code] for code in sorted(CAUSES)])
        codes = pa.array(outcomes.cause.astype(np.int32))
        columns["ending"] = pa.DictionaryArray.from_arrays(codes, names)
        if outcomes.days is not None:
            columns["week"] = pa.array((outcomes.days // 7).astype(np.int64))
        columns["incidents"] = pa.array(outcomes.incidents)
    if outcomes.months is not None:
        columns["months"] = pa.array(outcomes.months, from_pandas=True)
        columns["lasts"] = pa.array(outcomes.lasts)
    if outcomes.escalated is not None:
        columns["escalated"] = pa.array(outcomes.escalated)
    return columns


def _repeated(text: str | None, n: int) -> Any:
    codes = pa.array(np.zeros(n, dtype=np.int32), mask=np.full(n, text is None))
    return pa.DictionaryArray.from_arrays(codes, pa.array([text or ""]))


def _blockers(structure: Structure, outcomes: Outcomes) -> Any:
    """Minimal blocking sets of each draw, as texts such as ``links.a + consent.b``."""
    names = constraint_names(structure)
    known: dict[int, str] = {
        int(mask): " + ".join(n for bit, n in enumerate(names) if int(mask) >> bit & 1)
        for mask in np.unique(outcomes.sets)
    }
    return pa.array(
        [[known[int(mask)] for mask in row if mask] for row in outcomes.sets], pa.list_(pa.string())
    )


def draw_table(scenarios: Sequence[Scenario], plan: Plan) -> Table:
    """One row a draw, one column an uncertain address.

    Scenarios share their columns. Where a patch changes an address the changed column
    stands beside, as ``address@scenario`` after the first scenario that has it; the
    schema's metadata ``detente.columns`` says which scenario uses which.
    """
    columns: dict[str, Any] = {"draw": pa.array(np.arange(plan.draws))}
    named: dict[tuple[str, Shape], str] = {}
    used: dict[str, dict[str, str]] = {}
    for scenario in scenarios:
        draws = Draws(scenario.values, plan, 0, plan.draws)
        for address, value in scenario.values.items():
            if value.quantity.fixed is not None:
                continue
            key = (address, value.quantity.shape)
            if key not in named:
                named[key] = f"{address}@{scenario.name}" if address in columns else address
                columns[named[key]] = pa.array(draws.value(address))
            if named[key] != address:
                used.setdefault(scenario.name, {})[address] = named[key]
    metadata = {"detente.columns": json.dumps(used), "detente.seed": str(plan.seed)}
    return pa.table(columns).replace_schema_metadata(metadata)


def write_parquet(table: Table, path: Path) -> None:
    """Write a table, whole or not at all."""
    with whole(path) as scratch:
        parquet.write_table(table, scratch, compression="zstd")
