"""What is open: a case that ships, a file, or every situation of a folder.

Nothing outside what was opened is read or written. A file is read again when it has
changed on disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from detente.cases.catalog import case_file, case_names
from detente.cases.opening import Opened, open_situation
from detente.errors import DetenteError, UsageError

MOST_FILES = 200  # situations of one folder
DEEPEST = 2  # folders below the one opened
SNIFFED = 4096  # bytes in which a situation says what it is
_IS_SITUATION = re.compile(rb"^detente\s*:", re.MULTILINE)

Stamp = tuple[tuple[int, int], ...]


class Unknown(DetenteError):
    """No situation of that name is open."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A situation that can be opened.

    Attributes:
        key: what it is called in addresses of pages.
        file: where it stands.
        shipped: whether it came with the program, so that it is not written to.
    """

    key: str
    file: Path
    shipped: bool = False


@dataclass(slots=True)
class Library:
    """The situations that are open, read when they are asked for.

    Attributes:
        root: the folder nothing outside of which is touched.
        keep: where a copy of a shipped case goes when it is changed.
    """

    root: Path
    keep: Path
    fixed: tuple[Entry, ...] = ()
    _read: dict[str, tuple[Stamp, Opened]] = field(default_factory=dict[str, tuple[Stamp, Opened]])
    _lock: Lock = field(default_factory=Lock)

    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be opened now, in order of name."""
        found = {entry.key: entry for entry in self.fixed}
        if not self.fixed:
            for file in self._files():
                found.setdefault(self._key(file), Entry(self._key(file), file))
        return tuple(sorted(found.values(), key=lambda entry: entry.key))

    def entry(self, key: str) -> Entry:
        """The one of that name. Raises Unknown."""
        for entry in self.entries():
            if entry.key == key:
                return entry
        raise Unknown(f"{key}: no such situation is open; see the list of those that are")

    def open(self, key: str) -> Opened:
        """Read a situation and its claims, unless they are as they were.

        Raises Unknown; SituationError with every mistake of the files.
        """
        entry = self.entry(key)
        with self._lock:
            known = self._read.get(key)
            if known is not None and known[0] == _stamp(entry, known[1]):
                return known[1]
            opened = open_situation(str(entry.file))
            opened = Opened(key, opened.loaded, opened.claims, opened.claims_file, entry.file)
            self._read[key] = (_stamp(entry, opened), opened)
            return opened

    def version(self, key: str) -> str:
        """Changes whenever the files of a situation do."""
        entry = self.entry(key)
        known = self._read.get(key)
        return "-".join(f"{time:x}.{size:x}" for time, size in _stamp(entry, known and known[1]))

    def put(self, entry: Entry) -> None:
        """Have a situation stand for the one of the same name, as a copy of it."""
        with self._lock:
            self.fixed = (*(one for one in self.fixed if one.key != entry.key), entry)
            self._read.pop(entry.key, None)

    def _files(self) -> Iterator[Path]:
        count = 0
        patterns = ["*/" * depth + "*.yaml" for depth in range(DEEPEST + 1)]
        for pattern in patterns:
            for file in sorted(self.root.glob(pattern)):
                if count < MOST_FILES and self._may_open(file):
                    count += 1
                    yield file

    def _may_open(self, file: Path) -> bool:
        """Whether it is a situation that really stands in the folder, not a link out of it."""
        try:
            if not file.resolve().is_relative_to(self.root) or not file.is_file():
                return False
            with file.open("rb") as stream:
                return _IS_SITUATION.search(stream.read(SNIFFED)) is not None
        except OSError:
            return False

    def _key(self, file: Path) -> str:
        parts = file.relative_to(self.root).with_suffix("").parts
        named = parts[:-1] if parts[-1] == "situation" and len(parts) > 1 else parts
        return re.sub(r"[^A-Za-z0-9._-]", "-", "~".join(named))


def library(what: str | None, keep: Path) -> Library:
    """What a user asked to open: a case, a file, a folder, or, with nothing, every case.

    Raises UsageError where there is nothing of that name.
    """
    if what is None:
        return Library(keep, keep, tuple(_shipped(name) for name in case_names()))
    path = Path(what)
    if what in case_names() and not path.exists():
        return Library(keep, keep, (_shipped(what),))
    if path.is_dir():
        return Library(path.resolve(), path.resolve())
    if not path.is_file():
        raise UsageError(
            f"{what}: no such file; a situation file, a folder of them or a case "
            f"({', '.join(case_names())}) is allowed; check the name"
        )
    path = path.resolve()
    return Library(path.parent, path.parent, (Entry(path.stem, path),))


def _shipped(name: str) -> Entry:
    return Entry(name, case_file(name), shipped=True)


def _stamp(entry: Entry, opened: Opened | None) -> Stamp:
    files = [entry.file, opened.claims_file if opened else None]
    return tuple(_of(file) for file in files if file is not None)


def _of(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
