"""Colours can be told from their ground."""

from __future__ import annotations

import pytest

from detente.figures.theme import BASIS_MARKS, INKS, Ink


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAPER = next(ink for ink in INKS if ink.role == "paper")


@pytest.mark.parametrize("ink", [i for i in INKS if i.role not in {"paper", "grid", "band"}])
def test_contrast_in_light_and_dark(ink: Ink) -> None:
    """Every colour that carries text or a mark stands out by 4.5:1 in both modes."""
    assert contrast(ink.light, PAPER.light) >= 4.5
    assert contrast(ink.dark, PAPER.dark) >= 4.5


def test_bases_differ_without_colour() -> None:
    """Each basis has its own letter and its own shape."""
    assert len({mark.letter for mark in BASIS_MARKS.values()}) == len(BASIS_MARKS)
    assert len({mark.shape for mark in BASIS_MARKS.values()}) == len(BASIS_MARKS)
