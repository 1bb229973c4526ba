"""Position exchange: a case worked by hand, gains that are equal, and a plain second writing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.arrays import Floats
from detente.spatial.compromise import compromise
from detente.spatial.exchange import exchange, position_exchange
from detente.spatial.table import Table


def two_issues(
    position: list[list[float]], salience: list[list[float]], power: list[float]
) -> tuple[Table, Table]:
    """One table an issue, one case each."""
    first, second = (
        Table(np.array([x]), np.array([s]), np.array([power]), np.array([np.nan]))
        for x, s in zip(position, salience, strict=True)
    )
    return first, second


def test_two_actors_give_each_other_what_they_mind_most() -> None:
    """Opposed on both, each minding one: mirror images, so each goes all the way on the other's."""
    tables = two_issues([[0.0, 100.0], [0.0, 100.0]], [[0.9, 0.1], [0.1, 0.9]], [1.0, 1.0])
    before = [compromise(table)[0] for table in tables]
    assert before == pytest.approx([10.0, 90.0])
    after = exchange(tables)
    assert [found[0] for found in after] == pytest.approx([0.0, 100.0])


def test_unequal_stakes_shift_until_both_gain_alike() -> None:
    """d_a (s_ia + s_ja) = d_b (s_ib + s_jb): worked by hand.

    Saliences (0.2, 0.8) on the first issue and (0.6, 0.4) on the second, powers 1: the first gives
    way on issue one. The outcomes are 80 and 40. All the way, it shifts 0.2 of the weight of 1 by
    100: 20; the other 0.4 by 100: 40. Sums of saliences are 1 on both issues, so both outcomes shift
    by 20: to 100 and, the second actor going only half of its way, to 20.
    """
    tables = two_issues([[0.0, 100.0], [0.0, 100.0]], [[0.2, 0.8], [0.6, 0.4]], [1.0, 1.0])
    assert [found[0] for found in exchange(tables)] == pytest.approx([100.0, 20.0])


def test_alone_or_alike_nobody_trades() -> None:
    """One issue, or saliences in the same proportion: the compromise."""
    tables = two_issues([[0.0, 100.0], [0.0, 100.0]], [[0.2, 0.6], [0.1, 0.3]], [1.0, 1.0])
    for table, found in zip(tables, exchange(tables), strict=True):
        np.testing.assert_allclose(found, compromise(table))
        np.testing.assert_allclose(position_exchange(table), compromise(table))
    with pytest.raises(ValueError, match="one shape"):
        exchange([])


def plain(position: Floats, salience: Floats, power: Floats) -> Floats:
    """All exchanges of one group, axes (issue, actor), with lists of every possible one."""
    weight = salience * power
    x, moved = position.copy(), np.zeros(position.shape, dtype=bool)
    while True:
        mean = (weight * x).sum(axis=1) / weight.sum(axis=1)
        found: list[tuple[float, int, int, int, int, float, float]] = []
        issues, actors = x.shape
        for i, j, a, b in np.ndindex(actors, actors, issues, issues):
            opposed = all((x[k, i] - mean[k]) * (x[k, j] - mean[k]) < 0 for k in (a, b))
            free = not moved[a, i] and not moved[b, j]
            if a == b or i == j or not opposed or not free:
                continue
            if salience[a, i] / salience[b, i] >= salience[a, j] / salience[b, j]:
                continue
            sums = salience[a, i] + salience[a, j], salience[b, i] + salience[b, j]
            unit_a, unit_b = weight[a, i] / weight[a].sum(), weight[b, j] / weight[b].sum()
            gap_a, gap_b = abs(x[a, j] - x[a, i]), abs(x[b, i] - x[b, j])
            shift = min(unit_a * gap_a, unit_b * gap_b * sums[1] / sums[0])
            other = shift * sums[0] / sums[1]
            gain = salience[a, j] * shift - salience[b, j] * other
            back = salience[b, i] * other - salience[a, i] * shift
            assert gain == pytest.approx(back, abs=1e-9)  # both gain alike
            found.append((gain, i, j, a, b, shift / unit_a, other / unit_b))
        found = [one for one in found if one[0] > 1e-9]
        if not found:
            return (weight * x).sum(axis=1) / weight.sum(axis=1)
        _, i, j, a, b, give, take = max(found)
        x[a, i], x[b, j] = (
            x[a, i] + np.sign(x[a, j] - x[a, i]) * give,
            x[b, j] + np.sign(x[b, i] - x[b, j]) * take,
        )
        moved[a, i] = moved[b, j] = True


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_two_writings_agree_and_groups_do_not_mix(seed: int) -> None:
    """Random issues of random actors, two groups shuffled into one table."""
    rng = np.random.default_rng(seed)
    actors, issues = int(rng.integers(2, 5)), int(rng.integers(2, 4))
    position = rng.uniform(0, 100, (2 * issues, actors))
    salience = rng.uniform(0.05, 1, (2 * issues, actors))
    power = np.tile(rng.uniform(0.1, 3, actors), (2 * issues, 1))
    together = rng.permutation(np.repeat([7, 3], issues))
    table = Table(position, salience, power, np.full(2 * issues, np.nan))
    found = position_exchange(table, together=together)
    for label in (3, 7):
        at = together == label
        expected = plain(position[at], salience[at], power[at])
        np.testing.assert_allclose(found[at], expected, atol=1e-7)
