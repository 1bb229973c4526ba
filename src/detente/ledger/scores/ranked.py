"""The ranked probability score: for options with an order, where a near miss counts for more.

Source: Epstein 1969.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats


def rps(shares: Floats, happened: Floats) -> Floats:
    """Sum over classes of (F_k - Y_k)^2, F and Y being cumulative; from 0 to classes - 1.

    Args:
        shares: probability of each class in their order, shape (forecast, class).
        happened: 1 in the class that came true, else 0, shape (forecast, class).
    """
    return np.square(np.cumsum(shares - happened, axis=-1)[..., :-1]).sum(axis=-1)
