"""Outputs appear whole or not at all: write beside, flush to disk, rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Generator[Path, None, None]:
    """Yield a scratch path beside ``path`` that replaces it when the block succeeds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    scratch = Path(name)
    try:
        yield scratch
        _flush(scratch)
        scratch.chmod(0o666 & ~_umask())
        scratch.replace(path)
        _flush(path.parent)
    finally:
        scratch.unlink(missing_ok=True)


def try_folder(folder: Path) -> None:
    """Make ``folder`` if need be and write a scratch file there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(prefix=".", suffix=".probe", dir=folder):
        pass


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, its line ends as they are, whole or not at all."""
    with whole(path) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if path.is_file():  # some systems refuse fsync on a folder; a file must be safe
            raise
    finally:
        os.close(handle)


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
