"""Names of other tools' files turned into identifiers; the names themselves are kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from detente.addresses import MAX_IDENTIFIER, is_identifier
from detente.printable import printable

MAX_LABEL = 200
_APART = re.compile(r"[^a-z0-9]+")
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_MINUS = re.compile(r"^-(?=[\d.])")


@dataclass(slots=True)
class Names:
    """Identifiers of one scope, each given once.

    ``stem`` starts an identifier whose name gives no letter to start with.
    """

    stem: str
    given: dict[str, None] = field(default_factory=dict[str, None])

    def give(self, name: str) -> str:
        """An identifier for ``name`` that nothing else of this scope has."""
        base = slug(name, self.stem)
        found, number = base, 2
        while found in self.given:
            tail = f"-{number}"
            found = base[: MAX_IDENTIFIER - len(tail)].rstrip("-") + tail
            number += 1
        self.given[found] = None
        return found


def slug(name: str, stem: str) -> str:
    """Small letters, digits and hyphens: ``60 days`` with the stem ``option`` is ``option-60-days``."""
    plain = unicodedata.normalize("NFKD", _MINUS.sub("minus ", name.strip()))
    ascii_ = plain.encode("ascii", "ignore").decode().lower()
    body = _APART.sub("-", _POINT.sub("-", ascii_)).strip("-")
    if not body[:1].isalpha():
        body = f"{stem}-{body}".strip("-")
    body = body[:MAX_IDENTIFIER].rstrip("-")
    assert is_identifier(body), body
    return body


def label(text: str, most: int = MAX_LABEL) -> str:
    """``text`` on one line, with nothing that acts, at most ``most`` characters; never empty."""
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    flat = " ".join(printable(paired).split())
    return (flat if len(flat) <= most else flat[: most - 1] + "…") or "(no name)"
