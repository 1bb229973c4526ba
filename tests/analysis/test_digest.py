"""A digest is the same for a table in memory and for one that comes in parts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from detente.analysis import digest as module
from detente.analysis.blockers import blockers
from detente.analysis.digest import Deals, Digest, digest
from detente.analysis.packages import likely_packages, option_shares
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.ensemble.tables import rows_of
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(500, 4)


def in_pieces(structure: Structure, out: Outcomes, size: int) -> Digest:
    """The digest of a table cut into pieces of ``size`` rows."""

    def pieces() -> Iterator[Outcomes]:
        return (rows_of(out, start, start + size) for start in range(0, len(out), size))

    def deals() -> Iterator[Deals]:
        return ((one.package, one.deal, one.gain) for one in pieces())

    return digest(structure, pieces, deals)


def assert_same(one: Digest, other: Digest) -> None:
    """Every number, to the last bit."""
    for name in ("zone", "packages", "options", "blockers", "incidents"):
        assert getattr(one, name) == getattr(other, name), name
    for name in ("tension", "fear", "chance"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name
    assert one.happened.codes.tobytes() == other.happened.codes.tobytes()


@pytest.mark.parametrize("size", [1, 7, 250, 500])
def test_pieces_of_any_size_give_the_same_digest(
    every_term: Loaded, three_acts: Situation, size: int
) -> None:
    """In situations with every term, with deals and without, with a run-up and without."""
    for situation in (every_term.situation, three_acts):
        structure = structure_of(situation)
        for out in run(structure, scenarios(situation, None)[:2], PLAN):
            whole = in_pieces(structure, out, len(out))
            assert_same(in_pieces(structure, out, size), whole)
            assert whole.incidents == (None if out.incidents is None else out.incidents.mean())


def test_the_parts_of_a_digest_are_what_the_table_says(every_term: Loaded) -> None:
    """Against NumPy on whole columns, and the functions other questions use."""
    structure = structure_of(every_term.situation)
    out = run(structure, scenarios(every_term.situation, None)[:1], PLAN)[0]
    found = in_pieces(structure, out, 60)
    open_ = out.zone > 0
    assert 0 < open_.sum() < len(out)
    assert found.zone.exists == open_.mean()
    assert found.zone.median == np.median(out.zone[open_])
    assert found.zone.allowed == np.median(out.allowed)
    assert found.zone.tied == (out.ties > 1).mean()
    assert found.packages == likely_packages(structure, out)
    assert found.options == option_shares(structure, out)
    assert found.blockers == blockers(structure, out)
    assert found.incidents is out.incidents is None
    best = found.packages[0]
    rows = out.deal & (out.package == best.number)
    assert list(best.gain.values()) == pytest.approx(out.gain[rows].mean(axis=0), rel=1e-12)


def test_costly_questions_get_the_first_draws_only(
    every_term: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut in the middle of a piece; what is counted over all draws does not change."""
    structure = structure_of(every_term.situation)
    out = run(structure, scenarios(every_term.situation, None)[:1], PLAN)[0]
    every = in_pieces(structure, out, 60)
    monkeypatch.setattr(module, "FIRST", 100)
    few = in_pieces(structure, out, 60)
    assert len(every.chance) == 500
    assert few.chance.tobytes() == every.chance[:100].tobytes()
    assert few.tension.tobytes() == every.tension[:100].tobytes()
    assert (few.zone, few.packages, few.blockers) == (every.zone, every.packages, every.blockers)
