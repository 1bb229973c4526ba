"""One more entry in a text of YAML: every other character of it stays as it is."""

from __future__ import annotations

import io
import json
import re
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from detente.errors import UsageError

WIDE = 100  # characters of a line
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def with_entry(text: str, head: str, name: str, body: dict[str, Any]) -> str:
    """The text of a file with one more entry under ``head``, after those it has.

    Nothing else of it changes: comments, line ends and order stay. ``head`` is added where
    there is none. Raises UsageError for text that is no mapping.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    root = _yaml(typ="safe", pure=True).compose(text)
    if not _is_mapping(root):
        raise UsageError("the file is no mapping of keys to values; put it right first")
    for key, entries in root.value:
        if key.value == head:
            return _beside(text, entries, name, body, end)
    if root.flow_style:
        return _between_braces(text, root, _flow({head: {name: body}}))
    return _after(text, root, f"{end}{head}:{end}{_block(name, body, 2, end)}", end)


def first_entry(comment: str, head: str, name: str, body: dict[str, Any]) -> str:
    """A new file that has nothing but one entry under ``head``."""
    return f"{comment}{head}:\n{_block(name, body, 2, chr(10))}"


def _beside(text: str, entries: Any, name: str, body: dict[str, Any], end: str) -> str:
    """One more entry in the node of all of them, however that is written."""
    if entries.flow_style:
        return _between_braces(text, entries, _flow({name: body}))
    indent = entries.value[0][0].start_mark.column
    return _after(text, entries, _block(name, body, indent, end), end)


def _after(text: str, node: Any, block: str, end: str) -> str:
    """``block`` on the line after the last one that is part of ``node``."""
    last = node
    while (_is_mapping(last) or _is_list(last)) and last.value and not last.flow_style:
        last = last.value[-1][1] if _is_mapping(last) else last.value[-1]
    mark = last.end_mark
    if mark.column == 0 and mark.index > last.start_mark.index:  # text of several lines
        at = mark.index
    else:
        at = text.find("\n", mark.index) + 1 or len(text)
    before = text[:at] + ("" if text[:at].endswith("\n") else end)
    return before + block + text[at:]


def _between_braces(text: str, node: Any, more: str) -> str:
    """``more`` before the brace that ends ``node``."""
    at = node.end_mark.index - 1
    last = node.value[-1][1].end_mark.index if node.value else at
    behind = re.sub(r"#.*", "", text[last:at])
    comma = ", " if node.value and "," not in behind else " " if node.value else ""
    return f"{text[:at].rstrip(' ')}{comma}{more}{text[at:]}"


def _block(name: str, body: dict[str, Any], indent: int, end: str) -> str:
    stream = io.StringIO()
    _yaml().dump({name: body}, stream)
    return "".join(" " * indent + line + end for line in stream.getvalue().splitlines())


def _flow(entries: dict[str, Any]) -> str:
    """Entries of a mapping on one line, without its braces."""
    return ", ".join(f"{_inline(key)}: {_inline(value)}" for key, value in entries.items())


def _inline(value: Any) -> str:
    match value:
        case dict():
            return f"{{{_flow(cast(dict[str, Any], value))}}}"
        case list():
            return f"[{', '.join(map(_inline, cast(list[Any], value)))}]"
        case str() if re.fullmatch(r"[a-z][a-z0-9_.-]*", value) and value not in _NOT_TEXT:
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _is_mapping(node: Any) -> bool:
    return isinstance(node, MappingNode)


def _is_list(node: Any) -> bool:
    return isinstance(node, SequenceNode)


def _yaml(**kind: Any) -> Any:  # ruamel.yaml ships no types for what it reads and writes
    yaml = YAML(**kind)
    yaml.width, yaml.allow_unicode = WIDE, True
    return yaml
