"""An imported situation as a file a person reads: what was done stands at its head."""

from __future__ import annotations

import re
import textwrap
from io import StringIO
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from detente.interchange.naming import label
from detente.interchange.record import Imported
from detente.situation.load import loads

WIDTH = 96
_FLOWING = frozenset({"salience", "outlook", "excludes"})  # short tables read best on one line
_SHORT = 8
# what needs no quotes; all else gets them, since what may stand without differs by context
_PLAIN = re.compile(r"[^\W_][\w.()/ -]*\Z")
_BY_ACTOR = frozenset({"preferences"})
_ENTRIES = frozenset({"actors", "links"})


def written(imported: Imported) -> str:
    """The file's text. What it says at its head are comments; it loads as a situation."""
    writer = YAML()
    writer.width = 4096  # a line break inside a flowing table is hard to read
    writer.indent(mapping=2, sequence=4, offset=2)
    body = StringIO()
    writer.dump(_commented(imported), body)  # pyright: ignore[reportUnknownMemberType]
    text = head(imported) + body.getvalue()
    loads(text.encode(), "the situation that was made")  # nothing is written that does not load
    return text


def head(imported: Imported) -> str:
    """The remarks as comment lines."""
    sources = ", ".join(
        label(file.replace("\\", "/").rsplit("/", 1)[-1]) for file in imported.files
    )
    lines = [f"Read from {sources} ({imported.form}).", "No claim stands behind any value yet.", ""]
    for remark in imported.remarks:
        lines += textwrap.wrap(
            f"- {label(str(remark), 2000)}", WIDTH - 2, subsequent_indent="  ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return "".join(f"# {line}".rstrip() + "\n" for line in lines) + "\n"


def _commented(imported: Imported) -> CommentedMap:
    root = cast(CommentedMap, _styled(imported.data, ()))
    for path, note in imported.notes.items():
        holder: Any = root
        for part in path[:-1]:
            holder = holder[part]
        if path[-1] in holder:
            holder.yaml_set_comment_before_after_key(
                path[-1], before=label(note, 2000), indent=2 * (len(path) - 1)
            )
    return root


def _styled(data: Any, path: tuple[str, ...]) -> Any:
    if isinstance(data, dict):
        table = CommentedMap()
        for key, value in cast(dict[str, Any], data).items():
            table[key] = _styled(value, (*path, key))
        if len(table) <= _SHORT and _flows(path):
            table.fa.set_flow_style()  # pyright: ignore[reportUnknownMemberType]
        return table
    if isinstance(data, list):
        items = CommentedSeq([_styled(item, (*path, "*")) for item in cast(list[Any], data)])
        if len(items) <= _SHORT and path and path[-1] in _FLOWING:
            items.fa.set_flow_style()  # pyright: ignore[reportUnknownMemberType]
        return items
    if isinstance(data, str) and not _PLAIN.match(data):
        return SingleQuotedScalarString(data)
    return data


def _flows(path: tuple[str, ...]) -> bool:
    last, within = ("", "", *path)[-1], ("", "", *path)[-2]
    return last in _FLOWING or within in _BY_ACTOR or (within in _ENTRIES and len(path) == 2)
