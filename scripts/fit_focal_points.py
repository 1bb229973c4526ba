"""Fit the distribution that detente.spatial.calibrated ships, and print its numbers.

    python scripts/fit_focal_points.py DATA

DATA: the folder with Decision-making in the EU, or its original table (Arregui & Perarnaud 2021,
https://doi.org/10.34810/data53).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from detente.interchange.deu import read_deu
from detente.interchange.deu_record import Decisions
from detente.spatial.calibrated import Published
from detente.spatial.compromise import compromise
from detente.spatial.fitting import fit_with_ridge_chosen, held_out
from detente.spatial.focal import focal, on_grid
from detente.spatial.folds import folds
from detente.spatial.scores import central, crps

SOURCE = "Decision-making in the EU, waves I to III (doi:10.34810/data53), around the compromise"


def fit(decisions: Decisions) -> Published:
    """The weights fitted to every issue that can be scored, and how a fit does on others."""
    known = decisions.scored()
    outcome, fold = on_grid(known.outcome), folds(known.proposal)
    of = focal(compromise(known.table), known.table, known.setters())
    whole = fit_with_ridge_chosen(of, outcome, fold, np.arange(len(known)))
    held = held_out(of, outcome, fold)
    return Published(
        tuple(round(weight, 3) for weight in whole.weights.tolist()),
        len(known), len(set(known.proposal)), round(float(crps(held.mass, outcome).mean()), 2),
        round(float(central(held.mass, outcome, 0.8).mean()), 3), SOURCE, "",
    )  # fmt: skip


if __name__ == "__main__":
    print(fit(read_deu(Path(sys.argv[1]))))
