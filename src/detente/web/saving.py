"""Changes as a named reading in the file: every other byte of it stays as it is."""

from __future__ import annotations

import difflib
import io
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from detente.addresses import is_identifier
from detente.cases.catalog import case_files
from detente.cases.opening import Opened
from detente.errors import DetenteError, UsageError
from detente.files import whole, write_text
from detente.situation.load import loads
from detente.situation.scenarios import AS_WRITTEN
from detente.situation.writing import plain
from detente.web.library import Entry, Library
from detente.web.state import State, concrete, removal_of

NAMED = {"claim": "claims", "speaker": "speakers", "source": "sources"}
WIDE = 100  # characters of a line


class Stale(DetenteError):
    """The file has changed since the page was made."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading to be saved.

    Attributes:
        name: identifier of the reading. title, speaker, note: what it is called, whose it is.
        text: the whole file with it. diff: what is added, as a unified diff.
    """

    name: str
    title: str
    speaker: str
    note: str
    text: str
    diff: str


def draft(opened: Opened, state: State, *, name: str, title: str, speaker: str, note: str) -> Draft:
    """The file with the changes of a state as a reading of its own.

    Raises UsageError for a name that cannot be taken; SituationError if the file would not
    be a situation any more.
    """
    situation = opened.situation
    if not is_identifier(name):
        raise UsageError(
            f"name {name!r}: small letters, digits and hyphens are allowed, a letter first; "
            "such as my-reading"
        )
    if name in (*situation.readings, AS_WRITTEN):
        raise UsageError(f"name {name}: there is a reading of that name; choose another")
    if not state.changed:
        raise UsageError("nothing is changed, so there is nothing to save; change a value first")
    assert opened.file is not None
    before = opened.file.read_text(encoding="utf-8-sig")
    body = _reading(opened, state, title or name, speaker or "analyst", note)
    after = with_reading(before, name, body)
    loads(after.encode(), str(opened.file), opened.loaded.folder)
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "as it is", "with your reading", lineterm="", n=2
    )
    return Draft(name, title or name, speaker or "analyst", note, after, "\n".join(lines))


def _reading(opened: Opened, state: State, title: str, speaker: str, note: str) -> dict[str, Any]:
    """The changes on top of what the reading they were made on holds already."""
    asked = concrete(opened, state)
    under = opened.situation.readings.get(asked.base.reading or "")
    values = {a: plain(q) for a, q in under.set.items()} if under else {}
    for setting in state.settings:
        address = setting.partition("=")[0].strip()
        values[address] = plain(asked.scenario.values[address].quantity)
    gone = under.disbelieve if under else None
    away: dict[str, list[str]] = {
        kind: list(getattr(gone, kind)) if gone else [] for kind in NAMED.values()
    }
    removal = removal_of(opened, state)
    for part in (removal.parts or (removal,)) if removal else ():
        kind = NAMED.get(part.sort, "claims")
        away[kind] += [part.name] if part.sort in NAMED else sorted(part.claims)
    body: dict[str, Any] = {"title": title, "speaker": speaker}
    if note:
        body["note"] = note
    if under and under.claims:
        body["claims"] = list(under.claims)
    body["set"] = values
    body["disbelieve"] = {kind: list(dict.fromkeys(names)) for kind, names in away.items() if names}
    return {key: value for key, value in body.items() if value}


def with_reading(text: str, name: str, body: dict[str, Any]) -> str:
    """The text of a situation with one more reading, after those it has."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    start = next((i for i, line in enumerate(lines) if re.match(r"readings\s*:", line)), None)
    if start is None:
        return "".join(lines) + "\nreadings:\n" + _block(name, body, 2)
    if lines[start].partition(":")[2].partition("#")[0].strip():
        return _round_trip(text, name, body)  # written on one line, between braces
    end, last, indent = start + 1, start, 2
    while end < len(lines) and not re.match(r"[^\s#]", lines[end]):
        content = lines[end].strip()
        if content and not content.startswith("#"):
            if last == start:
                indent = len(lines[end]) - len(lines[end].lstrip())
            last = end
        end += 1
    return "".join([*lines[: last + 1], _block(name, body, indent), *lines[last + 1 :]])


def _block(name: str, body: dict[str, Any], indent: int) -> str:
    stream = io.StringIO()
    _yaml().dump({name: body}, stream)
    return "".join(" " * indent + line + "\n" for line in stream.getvalue().splitlines())


def _round_trip(text: str, name: str, body: dict[str, Any]) -> str:
    """The same by way of the YAML library, which keeps comments and order."""
    yaml = _yaml()
    data = yaml.load(text)
    data["readings"][name] = body
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _yaml() -> Any:  # ruamel.yaml ships no types for what it dumps
    yaml = YAML()
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = WIDE, True, True
    return yaml


def write(library: Library, key: str, text: str, version: str) -> Path:
    """Put ``text`` in the place of a situation file; of a shipped case, in a copy of it.

    Raises Stale if the file is not what it was at ``version``.
    """
    if library.version(key) != version:
        raise Stale("the file has changed on disk since this page was made; look at it again")
    entry = library.entry(key)
    if not entry.shipped:
        write_text(entry.file, text)
        return entry.file
    folder = copy_place(library, key)
    for file in case_files(entry.key):
        with whole(folder / file.name) as scratch:
            shutil.copyfile(file, scratch)
    target = folder / entry.file.name
    write_text(target, text)
    library.put(Entry(key, target))
    return target


def copy_place(library: Library, key: str) -> Path:
    """Where a copy of a shipped case goes: a folder that is not there yet."""
    for number in range(1, 1000):
        folder = library.keep / (key if number == 1 else f"{key}-{number}")
        if not folder.exists():
            return folder
    raise UsageError(f"{library.keep} holds a thousand copies of {key}; tidy up")
