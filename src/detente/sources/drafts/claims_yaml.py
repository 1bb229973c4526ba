"""Pieces of a claims file as the YAML library writes them: text stays text, whatever it holds."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from detente.sources.claims import Locator

LONGEST_LABEL = 200
_WIDE = 1_000_000
Data = Any  # what the YAML library takes and gives: it ships no complete types


def one_line(text: str) -> str:
    """``text`` on one line, without characters that are no text."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.split())


def quoted(text: str) -> Data:
    """``text`` in double quotes."""
    return DoubleQuotedScalarString(text)


def label(text: str, otherwise: str = "not named") -> Data:
    """``text`` on one line, quoted, as long as a label may be."""
    return quoted(one_line(text)[:LONGEST_LABEL].rstrip() or otherwise)


def flow(data: Data) -> Data:
    """A list or a mapping written on one line."""
    made: Data = CommentedSeq(data) if isinstance(data, list | tuple) else CommentedMap(data)
    made.fa.set_flow_style()
    return made


def locator(at: Locator) -> Data:
    """A locator on one line, its quote below it."""
    plain = at.model_dump(exclude_none=True)
    quote, position = plain.pop("quote", None), plain.pop("position", None)
    for key in ("digest", "sketch", "near"):
        if key in plain:
            plain[key] = quoted(plain[key])
    if quote is None:
        return flow(plain)
    words = {key: quoted(quote[key]) for key in ("exact", "prefix", "suffix")}
    if quote.get("of", 1) != 1:
        words["of"] = quote["of"]
    return CommentedMap({**plain, "quote": CommentedMap(words), "position": flow(position)})


def dumped(whole: Data, head: str) -> str:
    """The file: ``head`` as comments, then the data."""
    yaml: Data = YAML()
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(whole, stream)
    comments = "".join(f"# {one_line(line)}".rstrip() + "\n" for line in head.splitlines())
    return comments + stream.getvalue()
