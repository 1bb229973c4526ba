"""Text from files and arguments as a terminal may show it: no character that acts."""

from __future__ import annotations

import unicodedata

_TURNING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"


def printable(text: str) -> str:
    """``text`` with line ends kept and every character that is no text made visible.

    Control characters, lone surrogates, and marks that turn the order of letters round
    become U+FFFD, so that no text can move a cursor or rename a window.
    """
    if text.isprintable():
        return text
    return "".join("\ufffd" if char != "\n" and _acts(char) else char for char in text)


def _acts(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Cn"} or char in _TURNING
