"""From what a user typed to a situation with its claims."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from detente.cases.catalog import case_file, case_names
from detente.errors import Place, Problem, SituationError
from detente.situation.load import Loaded, load, loads
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.sources.claims import Claims
from detente.sources.reading import load_claims
from detente.yamltree import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Opened:
    """A situation, its claims, and the name it goes by."""

    name: str
    loaded: Loaded
    claims: Claims | None
    claims_file: Path | None
    file: Path | None = None

    @property
    def situation(self) -> Situation:
        """The situation itself."""
        return self.loaded.situation


def open_situation(what: str, within: Path | None = None) -> Opened:
    """Open a case by name, a file by path, or standard input as ``-``.

    ``within`` is a folder, resolved, outside of which no claims are read.
    Raises SituationError with every problem of the file, or of its claims.
    """
    if what == "-":
        return _with_claims("stdin", loads(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin", Path()))
    path = Path(what)
    if what in case_names() and not path.is_file():
        return _with_claims(what, load(case_file(what)), case_file(what))
    missing = "no such file"
    if path.is_dir():
        path, missing = path / "situation.yaml", "a folder without situation.yaml"
    if not path.exists():
        names = ", ".join(case_names())
        raise SituationError(
            [Problem(Place(what), "", missing, f"a situation file, - or a case ({names})",
                     "check the name, or start one with: detente new FILE")]
        )  # fmt: skip
    name = path.stem if path.stem != "situation" else path.resolve().parent.name
    return _with_claims(name, load(path), path, within)


def _with_claims(
    name: str, loaded: Loaded, file: Path | None = None, within: Path | None = None
) -> Opened:
    written = loaded.situation.claims
    if written is None:
        return Opened(name, loaded, None, None, file)
    path = loaded.folder / written
    if within is not None and not path.resolve().is_relative_to(within):
        raise SituationError(
            [Problem(loaded.tree.place(("claims",)), "claims",
                     f"{written} is outside the folder that is open", "a claims file in that folder",
                     "move it there, or open a folder that holds both")]
        )  # fmt: skip
    if not path.is_file():
        raise SituationError(
            [Problem(loaded.tree.place(("claims",)), "claims", f"{written} is not there",
                     "a claims file, named from the situation's folder",
                     "correct the name, or leave claims out")]
        )  # fmt: skip
    claims = load_claims(path, base_values(loaded.situation))
    unknown = list(_unknown_claims(loaded, claims))
    if unknown:
        raise SituationError(unknown)
    return Opened(name, loaded, claims, path, file)


def _unknown_claims(loaded: Loaded, claims: Claims) -> list[Problem]:
    """Names in readings that the claims file does not have."""
    found: list[Problem] = []
    for name, reading in loaded.situation.readings.items():
        gone = reading.disbelieve
        for path, names, known in (
            (("readings", name, "claims"), reading.claims, claims.claims),
            (("readings", name, "disbelieve", "claims"), gone.claims, claims.claims),
            (("readings", name, "disbelieve", "speakers"), gone.speakers, claims.speakers),
            (("readings", name, "disbelieve", "sources"), gone.sources, claims.sources),
        ):
            found += [
                Problem(
                    loaded.tree.place((*path, index)), ".".join(path),
                    f"{item} is not in {loaded.situation.claims}", "a name of that file",
                    "correct the name, or add it there",
                )
                for index, item in enumerate(names)
                if item not in known
            ]  # fmt: skip
    return found
