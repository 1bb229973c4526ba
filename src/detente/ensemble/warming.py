"""Compile every kernel once, on a situation of two options, before threads need them."""

from __future__ import annotations

from detente.ensemble.chunk import run_chunk
from detente.ensemble.scouting import NOBODY
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

_SMALLEST = {
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


def warm_kernels() -> None:
    """Run a few draws of the smallest situation, so that every kernel is compiled or loaded."""
    situation = Situation.model_validate(_SMALLEST)
    found = scenarios(situation, None)[0]
    run_chunk(structure_of(situation), found, NOBODY, Plan(50, 1), 0, 50)
