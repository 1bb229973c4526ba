"""Files from disk as text: bounded in size and number, in whichever encoding they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.errors import Place
from detente.interchange.record import Account, refusal

MAX_BYTES = 5_000_000
MAX_FILES = 64
SUFFIXES = frozenset({".xml", ".json", ".yaml", ".yml", ".csv", ".tsv", ".txt", ".dat", ".gmcr"})
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name as given, its bytes and its text."""

    path: Path
    raw: bytes
    text: str

    @property
    def file(self) -> str:
        """The name it goes by in messages."""
        return str(self.path)

    @property
    def place(self) -> Place:
        """Its beginning."""
        return Place(self.file)


def read_sources(paths: Sequence[Path], account: Account) -> list[Source]:
    """The files named; of a folder, those in it. Raises SituationError."""
    files = [file for path in paths for file in (_inside(path) if path.is_dir() else [path])]
    if len(files) > MAX_FILES:
        found = f"{len(files)} files"
        raise refusal(Place(str(paths[0])), found, f"at most {MAX_FILES}", "name the ones you mean")
    return [read_source(file, account) for file in files]


def read_source(path: Path, account: Account) -> Source:
    """One file. Raises SituationError where it is missing, too large or no text."""
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refusal(place, "no such file", "a file or a folder", "check the path") from None
    except OSError as error:
        found = f"cannot be read ({error.strerror})"
        raise refusal(place, found, "a readable file", "check its rights") from None
    if len(raw) > MAX_BYTES:
        most = f"{MAX_BYTES / 1e6:.0f} MB"
        raise refusal(place, f"more than {most}", f"at most {most}", "is this the right file?")
    if not raw.strip():
        raise refusal(place, "an empty file", "a file with something in it", "check the path")
    return Source(path, raw, _decoded(raw, place, account))


def _inside(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )
    if not found:
        known = ", ".join(sorted(SUFFIXES))
        raise refusal(
            Place(str(folder)), "a folder without files to read", f"files ending in {known}",
            "name the files themselves",
        )  # fmt: skip
    return found


def _decoded(raw: bytes, place: Place, account: Account) -> str:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if encoding is None and b"\0" in raw:
        raise _no_text(place)
    text = _as(encoding or "utf-8", raw)
    if text is not None:
        return text
    text = None if encoding else _as("cp1252", raw)
    if text is None:
        raise _no_text(place)
    if not raw.lstrip().startswith(b"<"):  # XML says itself what it is in
        account.chosen(f"{place.file} is not UTF-8; it was read as Windows-1252")
    return text


def _as(encoding: str, raw: bytes) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _no_text(place: Place) -> Exception:
    return refusal(
        place, "no text: the file is binary, or in an encoding that it does not name",
        "text in UTF-8, UTF-16 with a byte-order mark, or Windows-1252", "save it as UTF-8",
    )  # fmt: skip
