"""What came of a draw survives being packed into a byte."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.happenings import all_happened, happened
from detente.analysis.probabilities import probabilities
from detente.analysis.tree import tree
from detente.ensemble.run import run
from detente.ensemble.tables import rows_of
from detente.model.causes import CAUSES
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation


@pytest.mark.parametrize("cut", [1, 37, 400])
def test_every_column_comes_back(three_acts: Situation, cut: int) -> None:
    """For rounds with and without dates, cut up and joined again: columns and all counts."""
    found = scenarios(three_acts, None)
    for out in run(structure_of(three_acts), found, Plan(400, 2), why=False):
        pieces = [rows_of(out, start, start + cut) for start in range(0, 400, cut)]
        packed = all_happened(happened(piece) for piece in pieces)
        assert len(packed) == len(out)
        assert packed.codes.nbytes == len(out)
        for name in ("cause", "held", "deal", "tangible", "lasts", "escalated"):
            before, after = getattr(out, name), getattr(packed, name)
            assert (before is None) == (after is None), name
            if before is not None:
                assert before.tolist() == after.tolist(), name
        assert probabilities(packed) == probabilities(out)
        assert tree(packed) == tree(out)


def test_every_cause_fits() -> None:
    """The bits left for causes hold all there are."""
    assert max(CAUSES) <= 0b111
    assert np.uint8(max(CAUSES)) == max(CAUSES)
