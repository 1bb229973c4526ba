"""Addresses in a text, so that a page can link them: those of the web alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from detente.figures.naming import tidy

_ADDRESS = re.compile(r"https?://[^\s<>\"'\u201c\u201d\u00ab\u00bb]+", re.IGNORECASE)
_AFTER = ".,;:!?"


def linked(text: str) -> Markup:
    """A text for a page, escaped, on one line, with its addresses as links that tell nobody."""
    return Markup("").join(
        Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(address, said)
        if address
        else escape(said)
        for said, address in pieces(tidy(text))
    )


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces, each with the address it leads to, or nothing.

    Only http and https addresses with a host lead anywhere; punctuation after one is not
    part of it.
    """
    done = 0
    for found in _ADDRESS.finditer(text):
        address = _trimmed(found[0])
        if not _leads(address):
            continue
        yield text[done : found.start()], ""
        yield address, address
        done = found.start() + len(address)
    yield text[done:], ""


def _trimmed(address: str) -> str:
    """Without what closes the sentence, or a bracket that was opened before it."""
    while address and (
        address[-1] in _AFTER or (address[-1] in ")]" and _unopened(address, address[-1]))
    ):
        address = address[:-1]
    return address


def _unopened(address: str, closing: str) -> bool:
    return address.count(closing) > address.count("(" if closing == ")" else "[")


def _leads(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
