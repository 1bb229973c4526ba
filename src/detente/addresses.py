"""Dotted addresses, the one name of every uncertain quantity, and nearest names.

An address is two or more identifiers joined by dots, such as
``preferences.russia.frontline.freeze``. A prefix names everything beneath it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*\Z")
IDENTIFIER_RULE = "small letters, digits, single - or _ between them, a letter first"
MAX_IDENTIFIER = 60


def is_identifier(text: str) -> bool:
    """Whether ``text`` may name an actor, an issue, an option or the like."""
    return len(text) <= MAX_IDENTIFIER and IDENTIFIER.match(text) is not None


def is_address(text: str) -> bool:
    """Whether ``text`` has the form of an address or of an address prefix."""
    return all(is_identifier(part) for part in text.split("."))


def beneath(prefix: str, addresses: Iterable[str]) -> list[str]:
    """The addresses equal to ``prefix`` or below it, in the order given."""
    stem = prefix + "."
    return [a for a in addresses if a == prefix or a.startswith(stem)]


def nearest(name: str, known: Iterable[str], cutoff: float = 0.55) -> str | None:
    """The known name most like ``name``, or None if none comes near."""
    found = get_close_matches(name, sorted(set(known)), n=1, cutoff=cutoff)
    return found[0] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest one, or the list of all."""
    names = sorted(set(known))
    near = nearest(name, names)
    if near is not None:
        return f"did you mean {near}?"
    if not names:
        return "none is defined yet"
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"use one of {shown}"
