"""Tables of actors for the spatial models: three forms, and mistakes with their places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.errors import SituationError
from detente.interchange.importing import import_files
from detente.interchange.positions import read_scales
from detente.interchange.record import Account
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import scenarios
from detente.spatial.models import MODELS
from detente.spatial.scale import Scale
from detente.spatial.situated import scales_of

PLAIN = "Actor;Capability;Position;Salience\nnorth;2;10;80\nsouth;1;40;50\n"
KTAB = "A bridge, x, 2, 2,\nActor,D,Power,P1,S1,P2,S2,\nn,N,5,0,30,9,70,\ns,S,9,8,60,2,40,\n"
DECIDE = (
    "#A\tn\tNorth\n#A\ts\tSouth\n#P\tx\tA tax\n"
    "#M\tx\t2\tnone\n#M\tx\t6\thigh\n#D\tn\tx\t3\t0.5\t1\n"
)


def scales(text: str, tmp_path: Path) -> tuple[Scale, ...]:
    """What a file with ``text`` holds."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_scales(path, Account())[1]


def test_a_plain_table(tmp_path: Path) -> None:
    """Columns in any order and by other names; salience over 100 as a share."""
    (found,) = scales(PLAIN, tmp_path)
    assert found.actors == ("north", "south")
    np.testing.assert_array_equal(found.table.position, [[10.0, 40.0]])
    np.testing.assert_array_equal(found.table.salience, [[0.8, 0.5]])
    np.testing.assert_array_equal(found.table.power, [[2.0, 1.0]])
    assert np.isnan(found.table.reference).all()


def test_several_scales_and_scales_of_another_length(tmp_path: Path) -> None:
    """KTAB has a scale a dimension; an issue from 2 to 6 becomes 0 to 100, silence no position."""
    first, second = scales(KTAB, tmp_path)
    np.testing.assert_array_equal(first.table.position, [[0.0, 8.0]])
    np.testing.assert_array_equal(second.table.salience, [[0.7, 0.4]])
    (tax,) = scales(DECIDE, tmp_path)
    np.testing.assert_array_equal(tax.table.position, [[25.0, np.nan]])
    assert tax.marks == ((0.0, "none"), (100.0, "high"))


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (";10;", ";-1;", "2:9: found '-1' as the position"),
        (";80", ";", "2:12: the salience is missing"),
        ("south", "north", "3:1: a second actor"),
        ("Position", "Place", "no table of actors"),
        (";Salience", ";Stake", "1:1: no column salience"),
        ("Capability", "Size", "1:1: no column power or capability or influence"),
        ("\nsouth;1;40;50", "", "1 actor; at least two"),
    ],
)
def test_mistakes_have_their_places(before: str, after: str, where: str, tmp_path: Path) -> None:
    """What was found, and where."""
    with pytest.raises(SituationError) as stop:
        scales(PLAIN.replace(before, after), tmp_path)
    assert where in "\n".join(str(problem) for problem in stop.value.problems)


def test_an_imported_table_is_the_same_to_the_models(tmp_path: Path, situation_in: Any) -> None:
    """As a situation and as a table: the same positions, so the same forecasts."""
    path = tmp_path / "table.csv"
    path.write_text(KTAB, encoding="utf-8")
    situation = situation_in(import_files([path]))
    (scenario,) = scenarios(situation, None)
    draws = Draws(scenario.values, Plan(1, 1), 0, 1)
    imported = scales_of(situation, draws, list(situation.issues), {})
    for given, found in zip(scales(KTAB, tmp_path), imported, strict=True):
        np.testing.assert_allclose(found.table.position, given.table.position)
        assert not found.assumed
        for name in ("compromise", "challenge", "condorcet-uniform"):
            np.testing.assert_allclose(MODELS[name](found.table), MODELS[name](given.table))
