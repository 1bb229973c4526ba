"""All packages by what they bring the first two principals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.landscape import SAMPLE, _frontier, landscape
from detente.analysis.packages import likely_packages
from detente.bargaining.space import Rules
from detente.ensemble.chunk import Outcomes
from detente.model.gains import Mood, compile_gains, mood_at_start
from detente.model.structure import Structure
from detente.model.table import set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded
from detente.situation.values import base_values
from detente.testing.brute_force import membership, met

POINTS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=1, max_size=30)


@given(points=POINTS)
def test_frontier_is_what_no_other_package_beats(points: list[tuple[int, int]]) -> None:
    """The gains on the frontier are exactly those that none dominates, rising for the first."""
    both = np.array(points, dtype=np.float64)
    undominated = {
        (a, b) for a, b in points
        if not any(c >= a and d >= b and (c, d) != (a, b) for c, d in points)
    }  # fmt: skip
    found = [(float(both[i, 0]), float(both[i, 1])) for i in _frontier(both)]
    assert set(found) == undominated
    assert len(found) == len(undominated)
    assert found == sorted(found)


def test_means_equal_brute_force_over_the_sampled_draws(
    every_term: Loaded, structure: Structure, ran: Outcomes
) -> None:
    """Every allowed package is counted once; frontier and demands are means over the draws."""
    values, plan = base_values(every_term.situation), Plan(800, 1)
    likely = likely_packages(structure, ran)
    found = landscape(structure, values, plan, Mood(ran.tension, ran.fear), likely)
    assert found.principals == ("north", "south")
    draws = Draws(values, plan, 0, SAMPLE)
    mood = mood_at_start(draws)
    table = set_table(structure, draws, compile_gains(structure, draws, mood), mood)
    rules = Rules.of(structure)
    member = membership(rules)
    mean = member.astype(np.float64) @ table.gain[:, :2].mean(axis=0).T
    first, second = met(member, rules.links[2])
    mean += (first & second)[:, None] * table.bonus[:, 2, :2].mean(axis=0)
    kept = ~member[:, list(structure.status_quo)].all(axis=1)
    assert found.packages == int(kept.sum()) == 17
    assert sum(cell.packages for cell in found.cells) == 17
    assert found.demands == pytest.approx(tuple(table.demand[:, :2].mean(axis=0)))
    best = {
        tuple(np.round(p, 9)) for p in mean[kept]
        if not ((mean[kept] >= p).all(axis=1) & (mean[kept] > p + 1e-9).any(axis=1)).any()
    }  # fmt: skip
    assert {(round(s.first, 9), round(s.second, 9)) for s in found.frontier} == best
    assert [spot.share for spot in found.likely] == [package.share for package in likely]
    assert not found.sampled
    for spot, package in zip(found.likely, likely, strict=True):
        assert spot.changes == package.changes
        assert (spot.first, spot.second) == pytest.approx(tuple(mean[package.number]))


def test_a_sample_that_holds_every_package_shows_what_all_of_them_show(
    every_term: Loaded, structure: Structure, ran: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were seventeen packages too many to lay out, the picture would be the same but for its label."""
    likely = likely_packages(structure, ran)
    eve = Mood(ran.tension, ran.fear)
    given = (structure, base_values(every_term.situation), Plan(800, 1), eve, likely)
    whole = landscape(*given)
    monkeypatch.setattr("detente.analysis.landscape.MOST_ENUMERATED", 10)
    part = landscape(*given)
    assert (whole.sampled, part.sampled) == (False, True)
    assert part.packages == whole.packages
    for name in ("frontier", "likely"):
        theirs, ours = getattr(part, name), getattr(whole, name)
        assert [(s.changes, s.share) for s in theirs] == [(s.changes, s.share) for s in ours]
        assert [(s.first, s.second) for s in theirs] == [
            pytest.approx((s.first, s.second)) for s in ours
        ]
    assert part.likely
