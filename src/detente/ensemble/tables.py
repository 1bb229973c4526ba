"""Draws and outcomes as Arrow tables, for Parquet and for whoever reads on.

Files are written row group after row group, so that a table of any length fits in memory.
Groups are cut at fixed rows: a file has the same bytes however its rows were made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from detente.bargaining.blocking import constraint_names
from detente.bargaining.space import NO_PACKAGE
from detente.ensemble.chunk import Outcomes, joined, space_for
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

OUTCOME_ROWS = 100_000  # of a row group
DRAW_ROWS = 20_000  # of one with hundreds of columns
Told = Callable[[int], None]  # rows written so far


def nobody(_: int) -> None:
    """Who does not want to be told."""


def outcome_table(
    structure: Structure, scenarios: Sequence[Scenario], outcomes: Sequence[Outcomes]
) -> Table:
    """One row a draw and scenario: everything that is reported is computed from this."""
    return pa.concat_tables(
        [_outcomes(structure, s, o) for s, o in zip(scenarios, outcomes, strict=True)],
        promote_options="default",  # a round without dates has fewer columns
    )


def write_outcomes(
    structure: Structure, scenarios: Sequence[Scenario], pieces: Sequence[Iterable[Outcomes]],
    path: Path, told: Told = nobody,
) -> None:  # fmt: skip
    """Write the table of ``outcome_table``, whole or not at all.

    Args:
        structure: the fixed part of the situation.
        scenarios: what was run.
        pieces: the outcomes of each scenario, in the order of draws, cut up in any way.
        path: the Parquet file.
        told: called with the rows written so far.
    """
    rest = [iter(found) for found in pieces]
    firsts = [next(found) for found in rest]  # no more of each: all would not fit in memory
    samples = [rows_of(first, 0, 1) for first in firsts]
    nothing = outcome_table(structure, scenarios, samples).slice(0, 0)
    done = 0
    with whole(path) as scratch, _writer(scratch, nothing.schema) as writer:
        for index, scenario in enumerate(scenarios):
            before = done
            for group in regrouped(_after(firsts[index], rest[index]), OUTCOME_ROWS):
                table = _outcomes(structure, scenario, group, done - before)
                writer.write_table(pa.concat_tables([nothing, table], promote_options="default"))
                done += len(group)
                told(done)


def _after(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _writer(path: Path, schema: Any) -> Any:
    return parquet.ParquetWriter(path, schema, compression="zstd")


def regrouped(pieces: Iterable[Outcomes], rows: int) -> Iterator[Outcomes]:
    """The same rows in groups of exactly ``rows``, the last perhaps shorter."""
    waiting: list[Outcomes] = []
    have = 0
    for piece in pieces:
        waiting.append(piece)
        have += len(piece)
        while have >= rows:
            together = joined(waiting)
            yield rows_of(together, 0, rows)
            have -= rows
            waiting = [rows_of(together, rows, len(together))] if have else []
    if have:
        yield joined(waiting)


def rows_of(outcomes: Outcomes, start: int, stop: int) -> Outcomes:
    """Some consecutive rows of every column."""
    cut: dict[str, Any] = {
        name: None if column is None else column[start:stop]
        for name in Outcomes.__slots__
        for column in [getattr(outcomes, name)]
    }
    return Outcomes(**cut)


def _outcomes(
    structure: Structure, scenario: Scenario, outcomes: Outcomes, first: int = 0
) -> Table:
    n = len(outcomes)
    columns: dict[str, Any] = {
        "round": _repeated(scenario.round, n),
        "reading": _repeated(scenario.reading, n),
        "draw": pa.array(np.arange(first, first + n)),
        "zone": pa.array(outcomes.zone),
        **_inexact(outcomes),
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


def _inexact(outcomes: Outcomes) -> dict[str, Any]:
    """Columns that say how exact a draw is, where not all packages were enumerated."""
    columns = {"zone_error": outcomes.zone_error, "gap": outcomes.gap}
    return {name: pa.array(column) for name, column in columns.items() if column is not None}


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
    kept = outcomes.sets != 0
    masks, which = np.unique(outcomes.sets[kept], return_inverse=True)
    texts = [" + ".join(n for b, n in enumerate(names) if int(mask) >> b & 1) for mask in masks]
    each = pa.array(texts, pa.string()).take(pa.array(which.reshape(-1)))
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    return pa.ListArray.from_arrays(pa.array(ends.astype(np.int32)), each)


def write_draws(scenarios: Sequence[Scenario], plan: Plan, path: Path, told: Told = nobody) -> None:
    """Write the table of ``draw_table``, whole or not at all."""
    starts = range(0, plan.draws, DRAW_ROWS)
    groups = (draw_table(scenarios, plan, s, min(s + DRAW_ROWS, plan.draws)) for s in starts)
    first = next(groups)
    with whole(path) as scratch, _writer(scratch, first.schema) as writer:
        done = 0
        for group in _after(first, groups):
            writer.write_table(group)
            done += group.num_rows
            told(done)


def draw_table(
    scenarios: Sequence[Scenario], plan: Plan, start: int = 0, stop: int | None = None
) -> Table:
    """One row a draw, from ``start`` to ``stop``; one column an uncertain address.

    Scenarios share their columns. Where a patch changes an address the changed column
    stands beside, as ``address@scenario`` after the first scenario that has it; the
    schema's metadata ``detente.columns`` says which scenario uses which.
    """
    stop = plan.draws if stop is None else stop
    columns: dict[str, Any] = {"draw": pa.array(np.arange(start, stop))}
    named: dict[tuple[str, Shape], str] = {}
    used: dict[str, dict[str, str]] = {}
    for scenario in scenarios:
        draws = Draws(scenario.values, plan, start, stop)
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
