"""Conflicts in option form: states, infeasible combinations, and orders as gains."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.bargaining.solution import package_gains
from detente.ensemble.chunk import run_chunk, space_for
from detente.ensemble.scouting import NOBODY
from detente.errors import SituationError
from detente.interchange.conflict import read_conflict
from detente.interchange.importing import import_files
from detente.interchange.reading import read_source
from detente.interchange.record import Account, Settings
from detente.model.gains import compile_gains, mood_at_start
from detente.model.structure import structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.testing.conflicts import ELMIRA_FILE as ELMIRA

PRISONERS: dict[str, Any] = {
    "options": [{"name": "First stays silent"}, {"name": "Second stays silent"}],
    "infeasibles": [],
    "decisionMakers": [
        {"name": "First", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
        {"name": "Second", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]},
    ],
}


def written(conflict: dict[str, Any], folder: Path) -> Path:
    """A file with the conflict."""
    path = folder / "conflict.gmcr"
    path.write_text(json.dumps(conflict), encoding="utf-8")
    return path


def gains_by_state(situation: Situation) -> np.ndarray[Any, Any]:
    """Gains of every party in every allowed package, trust taken as full: (package, party)."""
    structure = structure_of(situation)
    values = base_values(situation)
    for address, value in values.items():
        if address.startswith("trust."):
            quantity = Quantity(Point(1.0), "1")
            values[address] = type(value)(value.kind, quantity, "--set")
    draws = Draws(values, Plan(1, 1), 0, 1)
    gains = compile_gains(structure, draws, mood_at_start(draws))
    space = space_for(structure)
    numbers = np.arange(structure.packages)
    rows = len(numbers)
    return package_gains(
        space, np.repeat(gains.option, rows, axis=0), np.repeat(gains.bonus, rows, axis=0), numbers
    )


def state_number(situation: Situation) -> np.ndarray[Any, Any]:
    """The number of each package as a state: the first option is worth 1, the next 2, …."""
    structure = structure_of(situation)
    chosen = space_for(structure).options_of(np.arange(structure.packages))
    return (chosen * 2 ** np.arange(len(structure.issues))).sum(axis=1)


@pytest.mark.parametrize("conflict", [ELMIRA, PRISONERS])
def test_orders_of_states_come_back(
    conflict: dict[str, Any], tmp_path: Path, situation_in: Any
) -> None:
    """In two published conflicts every pair of feasible states keeps its order, for everybody."""
    path = written(conflict, tmp_path)
    account = Account()
    read = read_conflict(read_source(path, account), account)
    situation = situation_in(import_files([path]))
    every = gains_by_state(situation)
    number = (read.states * 2 ** np.arange(len(read.options))).sum(axis=1)
    row = {int(state): package for package, state in enumerate(state_number(situation))}
    for p, maker in enumerate(read.makers):
        gain = every[[row[int(state)] for state in number], p]
        better = maker.rank[:, None] > maker.rank[None, :]
        assert (gain[:, None] > gain[None, :])[better].all()


def test_elmira_ranks_are_the_published_payoffs(shared: Path, tmp_path: Path) -> None:
    """Feasible states, their numbers and each party's order agree with an independent table."""
    expected = json.loads((shared / "conflict_graphs.json").read_text(encoding="utf-8"))["Elmira"]
    account = Account()
    read = read_conflict(read_source(written(ELMIRA, tmp_path), account), account)
    texts = ["".join("Y" if on else "N" for on in state) for state in read.states]
    assert texts == [state["yn"] for state in expected["states"]]
    for maker, payoffs in zip(read.makers, expected["payoffs"].values(), strict=True):
        order = np.sign(np.subtract.outer(maker.rank, maker.rank))
        assert (order == np.sign(np.subtract.outer(payoffs, payoffs))).all()


def test_links_allow_exactly_the_feasible_states(tmp_path: Path, situation_in: Any) -> None:
    """Twelve of the 32 states of Elmira are feasible, and a single option can be fixed too."""
    situation = situation_in(import_files([written(ELMIRA, tmp_path)]))
    structure = structure_of(situation)
    found = run_chunk(structure, scenarios(situation, None)[0], NOBODY, Plan(1, 1), 0, 1, why=False)
    assert int(found.allowed[0]) == 12 - 1  # the status quo is no deal
    fixed = {**PRISONERS, "infeasibles": [[[0, "Y"]]]}
    situation = situation_in(import_files([written(fixed, tmp_path)]))
    structure = structure_of(situation)
    found = run_chunk(structure, scenarios(situation, None)[0], NOBODY, Plan(1, 1), 0, 1, why=False)
    assert int(found.allowed[0]) == 2 - 1


def test_the_status_quo_is_the_first_feasible_state_or_the_one_named(
    tmp_path: Path, situation_in: Any
) -> None:
    """Elmira starts with the delay; another feasible state may be named, an infeasible one not."""
    path = written(ELMIRA, tmp_path)
    found = situation_in(import_files([path]))
    assert {name: issue.status_quo for name, issue in found.issues.items()} == {
        "modify": "no", "delay": "yes", "accept": "no", "abandon": "no", "insist": "no",
    }  # fmt: skip
    settings = Settings(status_quo={"Accept": "yes"})
    assert (
        situation_in(import_files([path], settings=settings)).issues["accept"].status_quo == "yes"
    )
    with pytest.raises(SituationError, match="not feasible"):
        import_files([path], settings=Settings(status_quo={"Insist": "yes"}))


def test_a_decision_maker_without_preferences_gains_nothing(
    tmp_path: Path, situation_in: Any
) -> None:
    """It is indifferent, which is said, and the situation loads."""
    quiet = json.loads(json.dumps(PRISONERS))
    quiet["decisionMakers"][1]["preferences"] = []
    imported = import_files([written(quiet, tmp_path)])
    assert not gains_by_state(situation_in(imported))[:, 1].any()
    assert "chosen: Second states no preference: it is indifferent" in map(str, imported.remarks)


def test_mistakes_name_their_place(tmp_path: Path) -> None:
    """A pair with an unknown option, a state listed twice, states left out."""
    wrong = json.loads(json.dumps(ELMIRA))
    wrong["decisionMakers"][0]["preferenceVector"][0] = 3
    wrong["decisionMakers"][1]["options"] = [9]
    path = tmp_path / "conflict.gmcr"
    path.write_text(json.dumps(wrong, indent=1), encoding="utf-8")
    with pytest.raises(SituationError) as caught:
        import_files([path])
    told = str(caught.value)
    assert (
        "decisionMakers.0.preferenceVector.1: found 3; each feasible state, 1 to 12, once" in told
    )
    assert "states 9 are missing" in told
    assert "decisionMakers.1.options.0: found 9; an option from 0 to 4" in told
    assert "conflict.gmcr:1:1" not in told


def test_what_cannot_be_taken_back_stays_irreversible(tmp_path: Path, situation_in: Any) -> None:
    """One way up from where it stands is irreversible; one way down is no way at all."""
    imported = import_files([written(ELMIRA, tmp_path)])
    situation: Situation = situation_in(imported)
    assert situation.stability.irreversible == ("modify.yes", "delay.no", "abandon.yes")
    ways = [
        {"name": "Up", "permittedDirection": "fwd"},
        {"name": "Down", "permittedDirection": "back"},
    ]
    other = {**PRISONERS, "options": ways}
    imported = import_files([written(other, tmp_path)])
    assert situation_in(imported).stability.irreversible == ("up.yes",)
    assert any("Down cannot be changed" in str(remark) for remark in imported.remarks)
