"""Is there a folder to write to? Found out before the work, not after it."""

from __future__ import annotations

from pathlib import Path

from detente.cases.opening import Opened
from detente.ensemble.checkpoint import unfinished
from detente.errors import UsageError
from detente.files import try_folder

WRITTEN = "situation.yaml"
PARTS = ".parts"  # of a run that is not finished
ANSWERS = (
    "result", "compare", "knockout", "readings", "drivers", "levers", "blockers", "whatif", "scan",
    "robustness", "spatial", "outside",
)  # fmt: skip


def prepare(opened: Opened, out: Path | None) -> None:
    """Make ``out`` if need be and try to write into it. Raises UsageError.

    A folder with a situation that is being run, or with one that no earlier answer stands
    beside, is refused: what a person wrote is never replaced.
    """
    if out is None:
        return
    for file in (opened.file, opened.claims_file):
        if file is not None and file.resolve().parent == out.resolve():
            raise UsageError(
                f"--out {out}: it holds {file.name}, which is being run and would be replaced; "
                "another folder is allowed; choose one"
            )
    ours = unfinished(out / PARTS) or any((out / f"{name}.json").exists() for name in ANSWERS)
    if (out / WRITTEN).exists() and not ours:
        raise UsageError(
            f"--out {out}: it holds a {WRITTEN} that no answer stands beside, so somebody wrote "
            "it; a new folder, or one with earlier answers, is allowed; choose one"
        )
    writable(out)


def writable(out: Path, option: str = "--out") -> None:
    """Make the folder if need be and try to write into it. Raises UsageError."""
    try:
        try_folder(out)
    except OSError as error:
        raise UsageError(
            f"{option} {out}: cannot be written to ({error.strerror}); a folder that can be is "
            "allowed; choose another"
        ) from None
