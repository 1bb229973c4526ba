"""Outputs appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.files import whole, write_text


def test_a_failure_leaves_the_old_file_and_no_scratch(tmp_path: Path) -> None:
    """When the block raises, what stood there still stands, and nothing else does."""
    path = tmp_path / "result.json"
    write_text(path, "old")

    def fail() -> None:
        with whole(path) as scratch:
            scratch.write_text("half", encoding="utf-8")
            assert path.read_text(encoding="utf-8") == "old"
            raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]


def test_a_success_replaces_the_file_in_a_new_folder(tmp_path: Path) -> None:
    """Folders are made, text is UTF-8, the rights are those of any new file."""
    path = tmp_path / "deep" / "er" / "report.html"
    write_text(path, "Türkiye\n")
    assert path.read_bytes() == "Türkiye\n".encode()
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
