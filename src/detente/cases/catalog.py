"""Which cases ship, and where their files are."""

from __future__ import annotations

from pathlib import Path

from detente.addresses import suggestion
from detente.errors import UsageError

FOLDER = Path(__file__).parent
SITUATION = "situation.yaml"


def case_names() -> tuple[str, ...]:
    """Names of the cases that ship, in order."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{SITUATION}")))


def case_file(name: str) -> Path:
    """The situation file of a shipped case. Raises UsageError for an unknown name."""
    if name not in case_names():
        raise UsageError(
            f"no case is called {name}; the shipped cases are allowed; "
            f"{suggestion(name, case_names())}"
        )
    return FOLDER / name / SITUATION


def case_files(name: str) -> tuple[Path, ...]:
    """Every file of a shipped case. Raises UsageError for an unknown name."""
    return tuple(sorted(p for p in case_file(name).parent.iterdir() if p.suffix == ".yaml"))
