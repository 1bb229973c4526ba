"""The challenge model against a published table, a replication's trace and a plain second writing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.arrays import Floats
from detente.spatial.challenge import EVEN, challenge, courses
from detente.spatial.table import Table

# Weighted means and medians, start and rounds 1 to 20, of a public replication of Scholz, Calbert
# & Smith (2011) on their Table 1; the first nine and the last retyped.
MEANS = (7.389956, 7.461314, 7.552501)
TENTH, LAST = 7.242131, 7.396147
# What the paper prints for rounds 1 to 8 with Q = 1.
PRINTED_MEDIANS = (8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6)


def test_the_published_table_takes_the_replications_course(emission: Table) -> None:
    """Means to six digits over twenty rounds; medians near those the paper prints."""
    found = courses(emission, rounds=20)
    np.testing.assert_allclose(found.mean[0, :3], MEANS, atol=5e-7)
    np.testing.assert_allclose(found.mean[0, [10, 20]], [TENTH, LAST], atol=5e-7)
    assert found.median[0, 0] == 7.0
    np.testing.assert_allclose(found.median[0, 1:9], PRINTED_MEDIANS, atol=0.3)
    assert challenge(emission)[0] == found.median[0, 8]


def test_the_whole_trace(emission: Table, shared: Path) -> None:
    """Every mean and every median of the replication, to ten digits."""
    raw = (shared / "ec_emission_trace_20_rounds.json").read_text(encoding="utf-8")
    trace = json.loads(raw)["EU_emission"]["trace"]
    found = courses(emission, rounds=20)
    np.testing.assert_allclose(found.mean[0], [row["mean"] for row in trace], atol=1e-10)
    np.testing.assert_allclose(found.median[0], [row["median"] for row in trace], atol=1e-10)


def test_nobody_moves_in_no_rounds_and_bad_settings_are_refused(emission: Table) -> None:
    """Round 0 is the weighted median; a chance is a chance."""
    assert challenge(emission, rounds=0)[0] == 7.0
    for wrong in ({"rounds": -1}, {"q": 1.5}):
        with pytest.raises(ValueError, match="rounds and q"):
            challenge(emission, **wrong)  # type: ignore[arg-type]


def plain_round(
    x: Floats, weight: Floats, s: Floats, start: Floats, middle: float, q: float
) -> Floats:
    """One round, written down from the equations without loops shared with the kernel."""
    length, n = np.ptp(start), len(x)

    def wins(risk: Floats) -> Floats:
        far = (np.abs(x[:, None] - x[None, :]) / length) ** risk[:, None]
        votes = weight[:, None, None] * (far[:, None, :] - far[:, :, None])
        share = np.maximum(votes, 0.0).sum(axis=0) / (np.abs(votes).sum() or 1.0)
        return np.where(x[:, None] == x[None, :], 0.0, share)

    def worth(chance: Floats, r: float) -> Floats:
        d = np.abs(x[:, None] - x[None, :]) / length
        off = np.abs(x - middle)[:, None] / length
        gain, loss = 2 - 4 * (0.5 - d / 2) ** r, 2 - 4 * (0.5 + d / 2) ** r
        better, worse = 2 - 4 * (0.5 - (off + d) / 4) ** r, 2 - 4 * (0.5 + (off + d) / 4) ** r
        moved = np.where(off < d, better, worse)
        moved = np.where(np.abs(off - d) <= EVEN, (better + worse) / 2, moved)
        quiet = q * (2 - 4 * 0.5**r) + (1 - q) * moved
        fought = chance * gain + (1 - chance) * loss
        found = s[None, :] * fought + (1 - s[None, :]) * gain - quiet
        np.fill_diagonal(found, 0.0)
        return found

    danger = worth(wins(np.ones(n)), 1.0).sum(axis=0)
    spread = np.ptp(danger)
    share = np.zeros(n) if spread <= EVEN else (2 * danger - danger.max() - danger.min()) / spread
    risk = (1 - share / 3) / (1 + share / 3)
    chance, after = wins(risk), x.copy()
    for i in range(n):
        seen, offers = worth(chance, risk[i]), list[tuple[int, float, float]]()
        for j in np.flatnonzero(x != x[i]):
            mine, theirs, gap = seen[i, j], seen[j, i], x[j] - x[i]
            if theirs > EVEN and mine > EVEN and theirs > mine + EVEN:
                offers.append((1, abs(gap), x[j]))
            elif theirs > EVEN and mine < -EVEN and theirs > -mine + EVEN:
                offers.append((2, -theirs, x[i] - gap * mine / theirs))
            elif theirs > EVEN and mine < -EVEN:
                offers.append((3, abs(gap), x[j]))
        if offers:
            after[i] = min(offers)[2]
    return after


@pytest.mark.parametrize("q", [1.0, 0.5])
def test_two_writings_agree(q: float) -> None:
    """Random tables without ties: each round as the plain writing has it."""

    @settings(max_examples=20)
    @given(st.integers(0, 10_000))
    def check(seed: int) -> None:
        rng = np.random.default_rng(seed)
        n = int(rng.integers(2, 7))
        x, s, c = rng.uniform(0, 100, n), rng.uniform(0.05, 1, n), rng.uniform(0.1, 5, n)
        table = Table(x[None], s[None], c[None], np.array([np.nan]))
        found = courses(table, rounds=3, q=q)
        here = x
        for step in range(3):
            here = plain_round(here, s * c, s, x, float(found.median[0, step]), q)
            mean = np.average(here, weights=s * c)
            np.testing.assert_allclose(found.mean[0, step + 1], mean, atol=1e-8)

    check()
