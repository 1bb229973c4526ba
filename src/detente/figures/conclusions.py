"""Conclusions under every protocol in words, and where protocols differ most."""

from __future__ import annotations

from detente.analysis.robustness import Conclusion, Robustness
from detente.figures.naming import Names


def conclusion_name(names: Names, one: Conclusion) -> str:
    """A conclusion in words, without whose reading it is under."""
    match one.sort:
        case "likely":
            return "likelier than not"
        case "rises":
            return f"likelier than {names.round(one.detail)}"
        case "option":
            return f"most deals hold: {names.option(one.detail)}"


def spread(found: Robustness) -> tuple[str | None, float, float]:
    """The reading under which protocols differ most, with the lowest and highest chance."""
    spans = [
        (r, min(p for _, p in points), max(p for _, p in points))
        for r in found.found
        if (points := chances(found, r))
    ]
    return max(spans, key=lambda span: span[2] - span[1], default=(None, 0.0, 0.0))


def chances(found: Robustness, reading: str | None) -> list[tuple[str, float]]:
    """The chance under each protocol that a reading has it for."""
    table = found.found[reading]
    return [
        (name, under.probabilities[found.target].p)
        for name, under in table.items()
        if found.target in under.probabilities
    ]
