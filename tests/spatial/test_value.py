"""The value of a place on several scales."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from detente.spatial.value import values


def test_a_table_of_three_scales(shared: Path) -> None:
    """1 - sqrt(sum (s d)^2 / sum s^2) for every pair, one by one."""
    text = (shared / "spatial" / "dummyData_3Dim.csv").read_text(encoding="utf-8")
    rows = np.array([[float(c) for c in row[3:9]] for row in csv.reader(text.splitlines()[2:])])
    position, salience = rows[:, 0::2], rows[:, 1::2]
    found = values(position, salience)
    for i in range(7):
        for j in range(7):
            s, d = salience[i], (position[i] - position[j]) / 100.0
            expected = 1.0 - ((s * d) @ (s * d) / (s @ s)) ** 0.5
            assert abs(found[i, j] - expected) < 1e-12


def test_two_scales_by_hand() -> None:
    """Salience 3 and 4, distances 100 and 0: 1 - 3/5. Only proportions of salience count."""
    position, salience = np.array([[0.0, 0.0], [100.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 0.0]])
    np.testing.assert_allclose(values(position, salience), [[1.0, 0.4], [1.0, 1.0]])
    np.testing.assert_allclose(values(position, salience / 5), values(position, salience))
    point = np.array([[0.0, 50.0]])
    np.testing.assert_allclose(values(position, salience, point)[:, 0], [0.6, 1.0])
