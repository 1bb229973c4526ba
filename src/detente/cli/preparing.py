"""Is there a folder to write to? Found out before the work, not after it."""

from __future__ import annotations

from pathlib import Path

from detente.cli.opening import Opened
from detente.errors import UsageError
from detente.files import whole


def prepare(opened: Opened, out: Path | None) -> None:
    """Make ``out`` if need be and try to write into it. Raises UsageError."""
    if out is None:
        return
    for file in (opened.file, opened.claims_file):
        if file is not None and file.resolve().parent == out.resolve():
            raise UsageError(
                f"--out {out}: it holds {file.name}, which is being run and would be replaced; "
                "another folder is allowed; choose one"
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with whole(out / ".probe"):
            pass
        (out / ".probe").unlink()
    except OSError as error:
        raise UsageError(
            f"--out {out}: cannot be written to ({error.strerror}); a folder that can be is "
            "allowed; choose another"
        ) from None
