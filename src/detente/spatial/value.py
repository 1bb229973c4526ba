"""What one actor's place on several scales is worth to another (Wise, Lester & Efird 2015)."""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats
from detente.spatial.table import LENGTH


def values(position: Floats, salience: Floats, options: Floats | None = None) -> Floats:
    """v_ij = 1 - sqrt(sum_k (s_ik (x_ik - o_jk))^2 / sum_k s_ik^2), distances over 100.

    Args:
        position: where actors stand, 0 to 100. Axes (actor, scale).
        salience: how much each scale matters to each, on any unit. Axes (actor, scale).
        options: points to value, axes (option, scale); else where the actors stand.

    Returns:
        Axes (actor, option), 0 to 1; an actor to whom nothing matters holds all alike: 1.
    """
    points = position if options is None else options
    apart = salience[:, None, :] * (position[:, None, :] - points[None, :, :]) / LENGTH
    scale = np.square(salience).sum(axis=1)[:, None]
    loss = np.divide(
        np.square(apart).sum(axis=2), scale, out=np.zeros(apart.shape[:2]), where=scale > 0.0
    )
    return 1.0 - np.sqrt(loss)
