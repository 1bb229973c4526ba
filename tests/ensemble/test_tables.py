"""Draws and outcomes as tables for others to read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from detente.bargaining.blocking import constraint_names
from detente.ensemble.run import run
from detente.ensemble.tables import draw_table, write_draws, write_outcomes
from detente.model.structure import structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios

PLAN = Plan(80, 3)


def test_outcomes_are_one_row_a_draw_and_scenario(every_term: Loaded, tmp_path: Path) -> None:
    """Every reported number can be computed again from the file."""
    structure = structure_of(every_term.situation)
    found = scenarios(every_term.situation, None)
    outcomes = run(structure, found, PLAN)
    path = tmp_path / "outcomes.parquet"
    write_outcomes(structure, found, [[one] for one in outcomes], path)
    rows = parquet.read_table(path).to_pylist()
    assert len(rows) == 4 * PLAN.draws
    names = constraint_names(structure)
    for index, row in enumerate(rows):
        scenario, out, d = found[index // 80], outcomes[index // 80], index % 80
        assert (row["round"], row["reading"], row["draw"]) == (scenario.round, scenario.reading, d)
        assert row["deal"] == out.deal[d]
        assert row["closing"] == out.closing[d]
        if out.package[d] < 0:
            assert row["package.strait"] is None
            assert row["gain.north"] is None
            masks = [
                sum(1 << names.index(n) for n in text.split(" + ")) for text in row["blockers"]
            ]
            assert masks == [mask for mask in out.sets[d].tolist() if mask]
        else:
            options = [list(i.options) for i in every_term.situation.issues.values()]
            chosen = [row[f"package.{issue}"] for issue in structure.issues]
            places = [o.index(c) for o, c in zip(options, chosen, strict=True)]
            assert np.ravel_multi_index(places, structure.sizes) == out.package[d]
            assert row["gain.north"] == out.gain[d, 0]


def test_draws_are_one_column_an_uncertain_address(every_term: Loaded) -> None:
    """Shared columns stand once; a patched address has a column for each of its values."""
    found = scenarios(every_term.situation, None)
    table = draw_table(found, PLAN)
    assert table.num_rows == PLAN.draws
    metadata = table.schema.metadata or {}
    used = json.loads(metadata[b"detente.columns"])
    for scenario in found:
        draws = Draws(scenario.values, PLAN, 0, PLAN.draws)
        for address, value in scenario.values.items():
            if value.quantity.fixed is None:
                column = used.get(scenario.name, {}).get(address, address)
                assert table.column(column).to_pylist() == draws.value(address).tolist(), column
    assert table.column_names.count("outlook.north") == 1
    assert any(name.startswith("runup.tension@second") for name in table.column_names)


def test_a_table_is_written_whole_or_not_at_all(every_term: Loaded, tmp_path: Path) -> None:
    """A folder in the way is an error, and no scratch file is left."""
    found = scenarios(every_term.situation, None)
    (tmp_path / "x.parquet").mkdir()
    with pytest.raises(OSError, match=r"x\.parquet"):
        write_draws(found, PLAN, tmp_path / "x.parquet")
    assert [p.name for p in tmp_path.iterdir()] == ["x.parquet"]
