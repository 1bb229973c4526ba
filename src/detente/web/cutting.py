"""Figures of a report's page, taken out of it one by one."""

from __future__ import annotations

import re
from html import unescape

from altair.utils.schemapi import debug_mode
from pydantic import BaseModel

from detente.figures.drawing import png_of, taken_out
from detente.figures.theme import Mode
from detente.web.pictures import TYPES

_FIGURE = re.compile(
    r'<figure id="([^"]+)">\s*(<svg.*?</svg>)\s*<figcaption><strong>(.*?)</strong>', re.DOTALL
)
DRAWN = {form: media for form, media in TYPES.items() if form != "csv"}  # numbers are on the page


class Held(BaseModel):
    """A figure that a page holds."""

    name: str
    title: str


def held(page: str) -> list[Held]:
    """The figures of a page, in its order."""
    return [Held(name=name, title=unescape(title)) for name, _, title in _FIGURE.findall(page)]


@debug_mode(False)
def cut_out(page: str, name: str, form: str, mode: Mode) -> bytes | None:
    """A figure of a page as the bytes of a file, ``svg`` or ``png``; None if there is none."""
    for found, drawing, _ in _FIGURE.findall(page):
        if found == name:
            alone = taken_out(drawing, mode)
            return png_of(alone) if form == "png" else alone.encode()
    return None
