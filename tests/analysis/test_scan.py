"""A probability over one or two addresses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.analysis.compare import difference
from detente.analysis.pooling import FEW
from detente.analysis.probabilities import probabilities
from detente.analysis.scan import CELLS, Scan, lay_out, scan
from detente.analysis.targets import modelled
from detente.ensemble.run import run
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation
from detente.situation.sweeping import Sweep, fixed

PLAN = Plan(500, 6)
EAST = Sweep("outlook.east", (0.0, 0.5, 0.75, 1.0))
TENSION = Sweep("runup.tension", (0.0, 0.4))


def scanned(situation: Situation, *sweeps: Sweep, plan: Plan = PLAN, **how: Any) -> Scan:
    words: dict[str, Any] = {"round_": "spring", "against": "winter", **how}
    return scan(lay_out(situation, None, sweeps, words.pop("target", "tangible"), **words), plan)


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> Scan:
    return scanned(three_acts, EAST)


def test_each_step_is_the_run_with_that_value_set(three_acts: Situation, found: Scan) -> None:
    """The chance and its error to the last bit, and the difference of two separate runs."""
    structure = structure_of(three_acts)
    for track in found.tracks:
        for step in track.steps:
            here, there = (
                scenarios(
                    three_acts, None, rounds=[name], readings=[track.reading or ""],
                    patch={"outlook.east": fixed(step.cell[0])},
                )[0]
                for name in ("spring", "winter")
            )  # fmt: skip
            after, before = run(structure, [here, there], PLAN)
            assert step.chance == probabilities(after)["tangible"]
            assert step.draws == PLAN.draws
            assert step.difference is not None
            told = (step.difference.points, step.difference.se)
            assert told == pytest.approx(difference(before, after, "tangible"), abs=1e-12)


def test_two_addresses_are_crossed_the_first_slowest(three_acts: Situation) -> None:
    found = scanned(three_acts, TENSION, EAST, against=None, readings=["calm"])
    (track,) = found.tracks
    assert [step.cell for step in track.steps] == [
        (t, e) for t in TENSION.values for e in EAST.values
    ]
    assert all(step.difference is None for step in track.steps)
    patch = {"runup.tension": fixed(0.4), "outlook.east": fixed(0.5)}
    wanted = scenarios(three_acts, None, rounds=["spring"], readings=["calm"], patch=patch)
    (outcomes,) = run(structure_of(three_acts), wanted, PLAN)
    assert track.steps[5].chance == probabilities(outcomes)["tangible"]


def test_what_is_stated_is_told_with_each_reading(three_acts: Situation) -> None:
    found = scanned(three_acts, TENSION)
    stated = {track.reading: track.stated[0].written for track in found.tracks}
    assert stated == {"calm": "0.1", "dark": "0.2"}
    settings = {"runup.fear": Quantity(Point(1.0), "1")}
    other = scanned(three_acts, TENSION, patch=settings)
    assert other.tracks[0].steps[0].chance != found.tracks[0].steps[0].chance


def test_neither_chunks_nor_blocks_nor_other_readings_matter(three_acts: Situation) -> None:
    layout = lay_out(three_acts, None, [EAST], "tangible", round_="spring", against="winter")
    whole = scan(layout, PLAN)
    assert scan(layout, PLAN, chunk=77) == whole
    alone = scanned(three_acts, EAST, readings=["dark"])
    assert alone.tracks == whole.tracks[1:]


def test_a_condition_that_seldom_comes_true_leaves_a_gap(three_acts: Situation) -> None:
    """Where they meet in fewer than FEW draws, no chance given that they meet is told."""
    found = scanned(three_acts, EAST, target="tangible_given_held", plan=Plan(100, 3))
    for track in found.tracks:
        for step in track.steps:
            assert (step.chance is None) == (step.draws < FEW)
    hostile = {"runup.calling_off.rate": Quantity(Point(10.0), "10")}
    never = scanned(three_acts, EAST, target="tangible_given_held", patch=hostile)
    assert all(step.chance is None for track in never.tracks for step in track.steps)
    assert all(step.difference is None for track in never.tracks for step in track.steps)


def test_a_target_that_is_not_modelled_is_refused(every_term: Loaded) -> None:
    with pytest.raises(UsageError, match=r"--target tangible: not modelled in second; deal"):
        lay_out(
            every_term.situation, None, [Sweep("impatience", (0.0, 1.0))], "tangible",
            round_="second",
        )  # fmt: skip


def test_what_is_modelled_is_what_a_run_tells(three_acts: Situation, every_term: Loaded) -> None:
    """Conditional chances aside, which may never come true."""
    for situation in (three_acts, every_term.situation):
        structure = structure_of(situation)
        for one in scenarios(situation, None):
            told = set(probabilities(run(structure, [one], Plan(300, 1))[0]))
            assert told <= set(modelled(structure, one))
            assert set(modelled(structure, one)) - told <= {"tangible_given_held"}


def test_too_many_cells_are_refused(three_acts: Situation) -> None:
    many = Sweep("outlook.east", tuple(np.linspace(0.0, 1.0, CELLS // 2).tolist()))
    lay_out(three_acts, None, [many], "tangible", round_="spring", readings=["calm"])
    more = Sweep("outlook.east", tuple(np.linspace(0.0, 1.0, CELLS // 2 + 1).tolist()))
    with pytest.raises(UsageError, match=r"501 cells under each of 2 readings; 1,000 in all"):
        lay_out(three_acts, None, [more], "tangible", round_="spring")


def test_values_that_do_not_go_together_are_refused_with_their_place(every_term: Loaded) -> None:
    share = Sweep("escalation.removed_by.fish.quota", (0.0, 1.0))
    with pytest.raises(UsageError, match=r"--over, at escalation.removed_by.fish.quota=1: .*100 %"):
        lay_out(every_term.situation, None, [share], "deal", round_="second")


def test_progress_counts_cells(three_acts: Situation) -> None:
    told: list[tuple[int, int]] = []
    layout = lay_out(three_acts, None, [EAST], "tangible", round_="spring", against="winter")
    scan(layout, Plan(100, 1), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (8, 8)
    assert told == sorted(told)
