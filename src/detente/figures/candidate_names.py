"""What could be seen next, in words."""

from __future__ import annotations

from detente.analysis.candidates import Candidate
from detente.analysis.indicators import Indicator
from detente.figures.naming import Names

_WORDS = {
    "held": "they meet",
    "tension": "it is called off in tension",
    "no-result": "it is called off because no result is in sight",
    "war-first": "war comes first",
    "deal": "they meet and a deal closes",
    "tangible": "they meet and agree on something tangible",
    "lasts": "a deal closes and outlasts the horizon",
    "escalates": "the principals are drawn into war",
}


def candidate_name(names: Names, candidate: Candidate) -> str:
    """What would be seen."""
    if candidate.sort == "option":
        return f"a deal holds this: {names.option(candidate.detail)}"
    if candidate.sort == "incidents":
        return f"more than {candidate.detail} incidents come between announcement and meeting"
    return _WORDS[candidate.sort]


def indicator_name(names: Names, one: Indicator) -> str:
    """What would be seen, and of which meeting."""
    round_ = names.round(one.round)
    where = f"a further meeting like {round_}" if one.again else round_
    return f"{where}: {candidate_name(names, one.candidate)}"
