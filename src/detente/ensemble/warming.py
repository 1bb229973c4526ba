"""Compile every kernel once, on a situation of two options, before threads need them."""

from __future__ import annotations

from typing import Any

from detente.bargaining.protocols import BRANCH, NASH
from detente.bargaining.solve import method_for
from detente.bargaining.space import Rules
from detente.ensemble.chunk import run_chunk
from detente.ensemble.scouting import NOBODY
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

_SMALLEST: dict[str, Any] = {
    "detente": 1,
    "title": "warm-up",
    "actors": {
        "a": {"name": "A", "role": "principal"},
        "b": {"name": "B", "role": "principal"},
    },
    "issues": {
        "k": {
            "status_quo": "no",
            "options": {"no": "", "yes": ""},
            "salience": {"a": "high", "b": "high"},
        }
    },
    "rounds": {"r": {"title": "r", "announced": "2025-01-01", "planned": "2025-01-11"}},
    "escalation": {"rate": 0.01},
    "aftermath": {},
}


_VOTING: dict[str, Any] = {
    **_SMALLEST,
    "rule": "majority",
    "actors": {**_SMALLEST["actors"], "c": {"name": "C", "role": "principal"}},
    "issues": {
        "k": {**_SMALLEST["issues"]["k"], "salience": dict.fromkeys(("a", "b", "c"), "high")}
    },
}


def warm_kernels(*, searching: bool = False) -> None:
    """Run a few draws of the smallest situation, so that every kernel is compiled or loaded.

    ``searching``: those as well that only large spaces and quorums need.
    """
    _run_few(_SMALLEST, NASH)
    if searching:
        _run_few(_VOTING, f"{NASH}:{BRANCH}")


def needs_search(structure: Structure, protocol: str) -> bool:
    """Whether a run needs more than the kernels that look at every package."""
    rules = Rules.of(structure)
    return rules.quorum is not None or method_for(rules, protocol) == BRANCH


def _run_few(plain: dict[str, Any], protocol: str) -> None:
    situation = Situation.model_validate(plain)
    found = scenarios(situation, None)[0]
    run_chunk(structure_of(situation), found, NOBODY, Plan(50, 1), 0, 50, protocol=protocol)
