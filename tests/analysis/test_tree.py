"""The conditional tree: branches multiply, both sides are listed, conditions stay apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from detente.analysis.probabilities import probabilities
from detente.analysis.tree import Branch, tree
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import load
from detente.situation.scenarios import scenarios

MakeOutcomes = Callable[..., Outcomes]


def pairs(branches: tuple[Branch, ...]) -> list[tuple[str, float | None, float, float | None]]:
    """Step by step: its name, chance given the step before, chance at all, chance it fails."""
    return [
        (yes.step, yes.given and yes.given.p, yes.reached.p, no.given and no.given.p)
        for yes, no in zip(branches[::2], branches[1::2], strict=True)
    ]


def test_by_hand(make_outcomes: MakeOutcomes) -> None:
    """Ten draws: eight held, four deals, three tangible, one of them lasts."""
    rows = np.arange(10)
    out = make_outcomes(
        [1] * 10,
        cause=np.where(rows < 8, 0, 1),
        deal=rows < 4,
        tangible=rows < 3,
        lasts=(rows == 0) | (rows == 3),
        months=np.ones(10),
    )
    assert pairs(tree(out)) == [
        ("held", 0.8, 0.8, pytest.approx(0.2)),
        ("deal", 0.5, 0.4, 0.5),
        ("tangible", 0.75, 0.3, 0.25),
        ("lasts", pytest.approx(1 / 3), 0.1, pytest.approx(2 / 3)),
    ]


def test_branches_multiply_along_every_way_and_add_up_at_every_fork() -> None:
    """On a real run: chance at all = chance before times chance given, and both sides are listed."""
    loaded = load(Path(__file__).parents[1] / "situations" / "three-acts.yaml")
    found = scenarios(loaded.situation, None, rounds=["spring"], readings=["as-written"])
    out = run(structure_of(loaded.situation), found, Plan(1500, 1), why=False)[0]
    branches = tree(out)
    assert [branch.step for branch in branches[::2]] == ["held", "deal", "tangible", "lasts"]
    before = 1.0
    for yes, no in zip(branches[::2], branches[1::2], strict=True):
        assert (yes.step, yes.happens, no.happens) == (no.step, True, False)
        assert yes.given is not None
        assert no.given is not None
        assert 0.0 < yes.given.p <= 1.0
        for branch, given in ((yes, yes.given), (no, no.given)):
            assert branch.reached.p == pytest.approx(before * given.p, abs=1e-15)
        assert yes.given.p + no.given.p == pytest.approx(1.0, abs=1e-15)
        assert yes.reached.p + no.reached.p == pytest.approx(before, abs=1e-15)
        before = yes.reached.p
    named = probabilities(out)
    assert branches[0].reached == named["held"]
    assert branches[2].reached == named["deal"]
    assert branches[4].reached == named["tangible"]
    assert branches[4].reached.p < named["tangible_given_held"].p


def test_what_never_came_about_has_no_chances_after_it(make_outcomes: MakeOutcomes) -> None:
    """Nobody met: unknown, not zero, and no way leads there."""
    out = make_outcomes(
        [1, 1], cause=[1, 2], deal=[False] * 2, tangible=[False] * 2, lasts=[False] * 2
    )
    branches = tree(out)
    assert branches[0].given is not None
    assert (branches[0].given.p, branches[1].reached.p) == (0.0, 1.0)
    for branch in branches[2:]:
        assert branch.given is None
        assert branch.reached.p == 0.0


def test_acts_that_are_not_modelled_have_no_branch(make_outcomes: MakeOutcomes) -> None:
    """Neither the meeting without dates nor the lifetime without an aftermath."""
    branches = tree(make_outcomes([1, -1], deal=[True, False], tangible=[True, False]))
    assert [(b.step, b.happens) for b in branches] == [
        ("deal", True), ("deal", False), ("tangible", True), ("tangible", False)
    ]  # fmt: skip
