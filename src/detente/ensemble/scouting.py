"""The forecast everybody makes before the run-up, on a few draws of their own.

Spoilers weigh sabotage against P(deal), and principals weigh the journey against it.
That forecast is the ensemble's own, without sabotage: one best-reply pass, no more.
It uses the same seed whatever the number of draws, so it never depends on chunks.
"""

from __future__ import annotations

import numpy as np

from detente.bargaining.protocols import NASH
from detente.ensemble.chunk import run_chunk
from detente.model.runup import Scout
from detente.model.structure import Structure
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario

DRAWS = 1000
NOBODY = Scout(0.0, {})


def scout(structure: Structure, scenario: Scenario, *, seed: int, protocol: str = NASH) -> Scout:
    """P(deal) if they meet, and what each spoiler expects to lose by it."""
    if scenario.calendar is None:
        return NOBODY
    found = run_chunk(
        structure, scenario, NOBODY, Plan(DRAWS, seed), 0, DRAWS, why=False, protocol=protocol
    )
    loss = np.maximum(-found.gain, 0.0)
    weight = np.where(np.isnan(loss), 0.0, found.closing[:, None])
    expected = (np.nan_to_num(loss) * weight).sum(axis=0) / max(float(found.closing.sum()), 1e-12)
    stake = dict(zip(structure.parties, map(float, expected), strict=True))
    return Scout(float(found.closing.mean()), stake)
