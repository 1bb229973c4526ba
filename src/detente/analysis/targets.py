"""Which probabilities a meeting has, so that one may be asked about."""

from __future__ import annotations

from collections.abc import Sequence

from detente.errors import UsageError
from detente.model.structure import Structure
from detente.situation.scenarios import Scenario


def modelled(structure: Structure, scenario: Scenario) -> tuple[str, ...]:
    """The probabilities that a scenario has; without dates a meeting is taken as held."""
    found = ["deal", "tangible_given_held"]
    if scenario.calendar is not None:
        found += ["held", "tangible"]
    if structure.has_aftermath:
        found.append("lasts_given_deal")
    if scenario.values["escalation.rate"].quantity.fixed != 0.0:
        found.append("escalates")
    return tuple(found)


def usual(*, dated: bool) -> str:
    """The probability that is the forecast: something tangible, if they meet where no date is set."""
    return "tangible" if dated else "tangible_given_held"


def must_be_modelled(structure: Structure, wanted: Sequence[Scenario], target: str) -> None:
    """Raises UsageError for a probability that some scenario does not have."""
    for one in wanted:
        known = modelled(structure, one)
        if target not in known:
            where = f" in {one.round}" if one.round else ""
            raise UsageError(
                f"--target {target}: not modelled{where}; {', '.join(known)} are; name one of them"
            )
