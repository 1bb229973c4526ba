"""Changes as a named reading in the file: every other byte of it stays as it is."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.addresses import is_identifier
from detente.cases.catalog import case_files
from detente.cases.opening import Opened
from detente.errors import DetenteError, UsageError
from detente.files import whole, write_text
from detente.situation.load import loads
from detente.situation.scenarios import AS_WRITTEN, scenarios
from detente.situation.writing import plain
from detente.web.inserting import with_entry
from detente.web.library import Entry, Library
from detente.web.state import Asked, State

NAMED = {"claim": "claims", "speaker": "speakers", "source": "sources"}


class Stale(DetenteError):
    """The file has changed since the page was made."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading to be saved.

    Attributes:
        name: identifier of the reading.
        text: the whole file with it. diff: what is added, as a unified diff.
    """

    name: str
    text: str
    diff: str


def draft(
    opened: Opened, text: str, asked: Asked, *, name: str, title: str, speaker: str, note: str
) -> Draft:
    """The file, which is ``text``, with the changes of what is asked as a reading of its own.

    Raises UsageError for a name that cannot be taken; SituationError if the file would not
    be a situation any more.
    """
    must_be_new(name, (*opened.situation.readings, AS_WRITTEN), "reading")
    must_be_changed(asked.state)
    assert opened.file is not None
    for body in _bodies(opened, asked, name, title, speaker, note):
        after = with_entry(text, "readings", name, body)
        if _holds(opened, asked, name, text, after):
            break
    else:
        raise UsageError(
            "this file is written in a way that a reading cannot be added to; plain YAML without "
            "aliases is allowed; write the reading on the page that edits the file"
        )
    return Draft(name, after, diff_of(text, after, "with your reading"))


def is_saved(
    opened: Opened, asked: Asked, *, name: str, title: str, speaker: str, note: str
) -> bool:
    """Whether the file has just this reading already, as where a form is sent twice."""
    there = opened.situation.readings.get(name)
    if there is None or there.prior is not None:
        return False
    gone = {kind: list(getattr(there.disbelieve, kind)) for kind in NAMED.values()}
    body = _described(there.title, there.speaker, there.note) | _filled({
        "claims": list(there.claims),
        "set": {address: plain(quantity) for address, quantity in there.set.items()},
        "disbelieve": _filled(gone),
    })  # fmt: skip
    wanted = _bodies(opened, asked, name, title, speaker, note)
    return any(one_line(body) == one_line(other) for other in wanted)


def one_line(body: dict[str, Any]) -> dict[str, Any]:
    """An entry with each text on one line: line ends are not kept as a browser sends them."""
    return {
        key: " ".join(value.split()) if isinstance(value, str) else value
        for key, value in body.items()
    }


def must_be_new(name: str, taken: Container[str], what: str) -> None:
    """Raises UsageError for a name that cannot be taken."""
    if not is_identifier(name):
        raise UsageError(
            f"name {name!r}: small letters, digits and hyphens are allowed, a letter first; "
            f"such as my-{what}"
        )
    if name in taken:
        raise UsageError(f"name {name}: there is a {what} of that name; choose another")


def must_be_changed(state: State) -> None:
    """Raises UsageError where there is nothing to save."""
    if not state.changed:
        raise UsageError("nothing is changed, so there is nothing to save; change a value first")


def diff_of(before: str, after: str, what: str) -> str:
    """What is added to a text, as a unified diff."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "as it is", what, lineterm="", n=2
    )
    return "\n".join(lines)


def _holds(opened: Opened, asked: Asked, name: str, before: str, after: str) -> bool:
    """Whether a text has the reading with exactly the values asked for, and all else as before.

    Raises SituationError if it is no situation.
    """
    assert opened.file is not None
    old, situation = (
        loads(text.encode(), str(opened.file), opened.loaded.folder).situation
        for text in (before + "\n" * (not before.endswith("\n")), after)
    )
    others = {key: value for key, value in situation.readings.items() if key != name}
    if situation.model_copy(update={"readings": others}) != old:
        return False
    rounds = (asked.base.round,) if asked.base.round else ()
    saved = scenarios(situation, opened.claims, rounds=rounds, readings=(name,))[0].values
    return all(saved[a].quantity == value.quantity for a, value in asked.scenario.values.items())


def _bodies(
    opened: Opened, asked: Asked, name: str, title: str, speaker: str, note: str
) -> Iterator[dict[str, Any]]:
    """The entry to write, in the one form and in the other."""
    described = _described(title or name, speaker or "analyst", note)
    yield described | _filled(_as_changes(opened, asked))
    yield described | _filled(_as_values(opened, asked))


def _described(title: str, speaker: str, note: str) -> dict[str, Any]:
    return {"title": title, "speaker": speaker} | ({"note": note} if note else {})


def _filled(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value}


def _as_changes(opened: Opened, asked: Asked) -> dict[str, Any]:
    """The changes on top of what the reading they were made on holds already."""
    under = opened.situation.readings.get(asked.base.reading or "")
    values = {a: plain(q) for a, q in under.set.items()} if under else {}
    for address in asked.state.by_address:
        values[address] = plain(asked.scenario.values[address].quantity)
    gone = under.disbelieve if under else None
    away: dict[str, list[str]] = {
        kind: list(getattr(gone, kind)) if gone else [] for kind in NAMED.values()
    }
    for part in (asked.removal.parts or (asked.removal,)) if asked.removal else ():
        kind = NAMED.get(part.sort, "claims")
        away[kind] += [part.name] if part.sort in NAMED else sorted(part.claims)
    return {
        "claims": list(under.claims) if under else [],
        "set": values,
        "disbelieve": _filled({kind: list(dict.fromkeys(names)) for kind, names in away.items()}),
    }


def _as_values(opened: Opened, asked: Asked) -> dict[str, Any]:
    """Every value that is not as the file has it: for changes to what falls with a claim.

    What a reading sets falls with the claims it does not believe; a change made by hand stays.
    """
    under = opened.situation.readings.get(asked.base.reading or "")
    rounds = (asked.base.round,) if asked.base.round else ()
    ground = scenarios(opened.situation, None, rounds=rounds, readings=(AS_WRITTEN,))[0].values
    values = {
        address: plain(value.quantity)
        for address, value in asked.scenario.values.items()
        if value.quantity != ground[address].quantity
    }
    return {"claims": list(under.claims) if under else [], "set": values}


def with_line_ends(before: str, text: str) -> str:
    """``text`` with the line ends that the file had: a browser sends all text with one sort."""
    if "\r\n" in before and "\r" not in text:
        return text.replace("\n", "\r\n")
    return text


def write(library: Library, key: str, text: str, version: str) -> Path:
    """Put ``text`` in the place of a situation file; of a shipped case, in a copy of it.

    Raises Stale if the file is not what it was at ``version``.
    """
    with library.writing:
        if library.version(key) != version:
            raise Stale("the file has changed on disk since this page was made; look at it again")
        entry = library.entry(key)
        if not entry.shipped:
            write_text(entry.file, text)
            return entry.file
        return _copied(library, entry, text)


def _copied(library: Library, entry: Entry, text: str) -> Path:
    """A copy of a shipped case, with ``text`` for its situation; it stands for the case now."""
    folder = copy_place(library, entry.key)
    for file in case_files(entry.key):
        with whole(folder / file.name) as scratch:
            shutil.copyfile(file, scratch)
    target = folder / entry.file.name
    write_text(target, text)
    library.put(Entry(entry.key, target))
    return target


def copy_place(library: Library, key: str) -> Path:
    """Where a copy of a shipped case goes: a folder that is not there yet."""
    for number in range(1, 1000):
        folder = library.keep / (key if number == 1 else f"{key}-{number}")
        if not folder.exists():
            return folder
    raise UsageError(f"{library.keep} holds a thousand copies of {key}; tidy up")
