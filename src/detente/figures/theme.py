"""Colours and type of every figure.

A specification carries placeholder colours. Drawing replaces each with a concrete
colour, or with a CSS custom property so that a page decides between light and dark.
The palette follows Okabe & Ito (2008), shifted until each colour stands out from
its ground by 3:1, text by 4.5:1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from detente.analysis.bases import (
    ANALYST,
    ASKED,
    AUTHOR,
    COMMENTER,
    NOT_BELIEVED,
    QUOTED,
    RECORD,
    SILENT,
)
from detente.model.causes import HELD, IN_TENSION, NO_RESULT, WAR

Mode = Literal["light", "dark"]
WIDTH = 376  # px: about a phone's width, so that type keeps its size there
FONT = "sans-serif"
SIZE = 13


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour by its role: the placeholder in specifications, and what it becomes."""

    role: str
    placeholder: str
    light: str
    dark: str


INKS: tuple[Ink, ...] = (
    Ink("ink", "#010101", "#1a1a1a", "#ededed"),
    Ink("muted", "#010102", "#555555", "#b4b4b4"),
    Ink("grid", "#010103", "#d4d4d4", "#444444"),
    Ink("paper", "#010104", "#ffffff", "#141414"),
    Ink("band", "#010105", "#8ab6d6", "#3f6f92"),
    Ink("blue", "#010106", "#0067a3", "#62bdf0"),
    Ink("vermilion", "#010107", "#c04f00", "#f58b4c"),
    Ink("green", "#010108", "#007a59", "#2fc79c"),
    Ink("purple", "#010109", "#a3427b", "#e29ac4"),
    Ink("orange", "#01010a", "#946200", "#e8a91c"),
    Ink("sky", "#01010b", "#27719c", "#9bd4f5"),
    Ink("olive", "#01010c", "#6b6400", "#e6db45"),
)
PLACEHOLDER = {ink.role: ink.placeholder for ink in INKS}
INK, MUTED, GRID, PAPER = (PLACEHOLDER[role] for role in ("ink", "muted", "grid", "paper"))
BAND, BLUE, VERMILION = (PLACEHOLDER[role] for role in ("band", "blue", "vermilion"))


@dataclass(frozen=True, slots=True)
class PartMark:
    """How a part looks: colour, shape and letter say the same thing thrice."""

    letter: str
    shape: str
    colour: str
    short: str


BASIS_MARKS: dict[str, PartMark] = {
    AUTHOR: PartMark("A", "circle", PLACEHOLDER["blue"], "author"),
    QUOTED: PartMark("Q", "triangle-up", PLACEHOLDER["vermilion"], "quoted third party"),
    COMMENTER: PartMark("C", "diamond", PLACEHOLDER["purple"], "commenter"),
    RECORD: PartMark("R", "square", PLACEHOLDER["green"], "public record"),
    ANALYST: PartMark("N", "triangle-down", PLACEHOLDER["orange"], "analyst\u2019s assumption"),
    SILENT: PartMark("D", "cross", PLACEHOLDER["muted"], "default"),
    NOT_BELIEVED: PartMark("X", "triangle-left", PLACEHOLDER["ink"], "not believed"),
    ASKED: PartMark("S", "triangle-right", PLACEHOLDER["olive"], "set here"),
}
CAUSE_MARKS: dict[int, PartMark] = {
    HELD: PartMark("H", "circle", PLACEHOLDER["blue"], "held"),
    IN_TENSION: PartMark("T", "triangle-up", PLACEHOLDER["vermilion"], "tension"),
    NO_RESULT: PartMark("N", "square", PLACEHOLDER["olive"], "no result in sight"),
    WAR: PartMark("W", "cross", PLACEHOLDER["purple"], "war"),
}
ROUND_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")

CONFIG: dict[str, Any] = {
    "aria": False,  # a figure is one image with one text alternative
    "background": "transparent",
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "text": {"fontSize": SIZE, "color": INK},
    "axis": {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": MUTED,
        "titleColor": INK,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "gridColor": GRID,
        "titleLimit": 300,
    },
}


def concrete(mode: Mode) -> dict[str, str]:
    """Placeholder to colour."""
    return {ink.placeholder: ink.light if mode == "light" else ink.dark for ink in INKS}


def by_property() -> dict[str, str]:
    """Placeholder to CSS custom property."""
    return {ink.placeholder: f"var(--{ink.role})" for ink in INKS}


def css_properties(mode: Mode) -> str:
    """Declarations of the custom properties, for a page's style sheet."""
    return " ".join(f"--{i.role}: {i.light if mode == 'light' else i.dark};" for i in INKS)
