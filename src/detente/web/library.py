"""What is open: a case that ships, a file, or every situation of a folder.

Nothing outside what was opened is read or written. A file is read again when it has
changed on disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Lock

from detente.cases.catalog import case_file, case_names
from detente.cases.opening import Opened, open_situation
from detente.errors import DetenteError, UsageError

MOST_FILES = 200  # situations of one folder
DEEPEST = 2  # folders below the one opened
SNIFFED = 4096  # bytes in which a situation says what it is
_IS_SITUATION = re.compile(rb"^detente\s*:", re.MULTILINE)

Stamped = tuple[Path, int, int]  # a file, when it was changed, its size
Stamp = tuple[Stamped, ...]


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
    _listed: dict[str, Entry] = field(default_factory=dict[str, Entry])
    _lock: Lock = field(default_factory=Lock)
    writing: Lock = field(default_factory=Lock)  # held from looking at a version to the rename

    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be opened now, in order of name."""
        found = self.fixed or _named([(self._name(file), file) for file in self._files()])
        self._listed = {entry.key: entry for entry in found}
        return tuple(sorted(found, key=lambda entry: entry.key))

    def entry(self, key: str) -> Entry:
        """The one of that name; the folder is listed only where it was not seen before.

        Raises Unknown.
        """
        known = self._listed.get(key)
        if known is not None and (self.fixed or self._may_open(known.file)):
            return known
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
            before = _of(entry.file)
            opened = open_situation(str(entry.file), None if entry.shipped else self.root)
            opened = Opened(key, opened.loaded, opened.claims, opened.claims_file, entry.file)
            stamp = _stamp(entry, opened)
            # a file that changes while it is read is read again the next time
            self._read[key] = ((before, *stamp[1:]), opened)
            return opened

    def text(self, key: str) -> str:
        """The file as it stands, every line end kept. Raises Unknown, or UsageError."""
        file = self.entry(key).file
        try:
            return file.read_bytes().decode("utf-8-sig", "replace")
        except OSError as error:
            why = "no such file" if isinstance(error, FileNotFoundError) else error.strerror
            raise UsageError(f"{file}: {why}; put it back, or open another") from None

    def version(self, key: str) -> str:
        """Changes whenever the files of a situation do, and else stays."""
        entry = self.entry(key)
        if key not in self._read:  # which claims are part of it is known once it was read
            with suppress(DetenteError):
                self.open(key)
        known = self._read.get(key)
        stamp = _stamp(entry, known and known[1])
        return "-".join(f"{changed:x}.{size:x}" for _, changed, size in stamp)

    def put(self, entry: Entry) -> None:
        """Have a situation stand for the one of the same name, as a copy of it."""
        with self._lock:
            self.fixed = (*(one for one in self.fixed if one.key != entry.key), entry)
            self._listed.pop(entry.key, None)
            self._read.pop(entry.key, None)

    def _files(self) -> Iterator[Path]:
        seen: set[Path] = set()  # a link may lead to a file once more
        patterns = ["*/" * depth + "*.yaml" for depth in range(DEEPEST + 1)]
        for pattern in patterns:
            for file in sorted(self.root.glob(pattern)):
                if len(seen) < MOST_FILES and file.resolve() not in seen and self._may_open(file):
                    seen.add(file.resolve())
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

    def _name(self, file: Path) -> str:
        """Its path in the folder, without what goes without saying."""
        parts = file.relative_to(self.root).with_suffix("").parts
        shorter = parts[:-1] if parts[-1] == "situation" and len(parts) > 1 else parts
        return "~".join(_key(part) for part in shorter)


def _key(name: str) -> str:
    """A name that can stand in an address as it is, in whatever alphabet."""
    return re.sub(r"^\.|[^\w.-]", "-", name)


def _named(files: list[tuple[str, Path]]) -> tuple[Entry, ...]:
    """Each file by a name of its own: who is called so already first, then with a number."""
    found: dict[str, Entry] = {}
    for wanted, file in sorted(files, key=lambda one: one[0] != one[1].stem):
        key = next(
            key for n in count(1) if (key := wanted if n == 1 else f"{wanted}-{n}") not in found
        )
        found[key] = Entry(key, file)
    return tuple(found.values())


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
    return Library(path.parent, path.parent, (Entry(_key(path.stem), path),))


def _shipped(name: str) -> Entry:
    return Entry(name, case_file(name), shipped=True)


def _stamp(entry: Entry, opened: Opened | None) -> Stamp:
    files = [entry.file, opened.claims_file if opened else None]
    return tuple(_of(file) for file in files if file is not None)


def _of(file: Path) -> Stamped:
    try:
        found = file.stat()
    except OSError:
        return file, 0, 0
    return file, found.st_mtime_ns, found.st_size
