"""Scores of probabilities: Brier in both its forms, and the logarithmic one.

Smaller is better in all of them. Sources: Brier 1950; Good 1952; Gneiting & Raftery 2007.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Floats


def brier_halved(p: Floats, happened: Floats) -> Floats:
    """(p - y)^2, from 0 to 1: the form most people quote for yes-no questions.

    Args:
        p: probability of yes, shape (forecast,).
        happened: 1 for yes, 0 for no, shape (forecast,).
    """
    return np.square(p - happened)


def brier(shares: Floats, happened: Floats) -> Floats:
    """Sum over classes of (p_k - y_k)^2, from 0 to 2: Brier's own form.

    For two classes it is twice the halved form. With more classes the same skill costs more,
    so questions with different numbers of options do not compare.

    Args:
        shares: probability of each class, shape (forecast, class).
        happened: 1 in the class that came true, else 0, shape (forecast, class).
    """
    return np.square(shares - happened).sum(axis=-1)


def log_score(p: Floats) -> Floats:
    """-ln of the probability given to what happened: 0 for certainty, infinite for none.

    ``p`` has shape (forecast,).
    """
    with np.errstate(divide="ignore"):
        return 0.0 - np.log(p)
