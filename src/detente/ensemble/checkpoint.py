"""Finished parts of a long run on disk, so that it may be interrupted anywhere and go on.

A part holds the outcomes of some consecutive draws under every scenario, as one Parquet
file that appears whole or not at all. A manifest says which run the parts belong to; so
does every part, so that a stray file is never taken for one. Parts of the same run are the
same whoever made them, so two clients that share a folder do each other no harm.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from detente import __version__
from detente.ensemble.chunk import Outcomes
from detente.errors import DetenteError, UsageError
from detente.files import whole, write_text
from detente.model.structure import Structure
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario

# pyarrow carries no types, so it is brought in as Any
pa: Any = import_module("pyarrow")
parquet: Any = import_module("pyarrow.parquet")

FORMAT = "detente-parts/1"
MANIFEST = "manifest.json"
_RUN = b"detente.run"
FIELDS = tuple(field.name for field in fields(Outcomes))
Columns = dict[str, Any]


def identity(
    structure: Structure, scenarios: Sequence[Scenario], plan: Plan, **more: object
) -> dict[str, str]:
    """Everything that the outcomes of a run depend on, by what a user would call it.

    ``more`` is whatever else tells runs apart: the protocol, digests of files.
    """
    return {
        "version of Detente": __version__,
        "structure of the situation": _digest(structure),
        "scenarios": ", ".join(scenario.name for scenario in scenarios),
        "values of the situation": _digest([(s.values, s.calendar) for s in scenarios]),
        "draws": f"{plan.draws}",
        "seed": f"{plan.seed}",
        "plan": _digest((plan.repeats, plan.luck, sorted(plan.other))),
        **{name.replace("_", " "): f"{value}" for name, value in more.items()},
    }


def _digest(thing: object) -> str:
    """Of records of numbers and texts, whose written form is the same everywhere."""
    return hashlib.sha256(repr(thing).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one run in a folder.

    Attributes:
        folder: where they are.
        run: digest of what the outcomes depend on.
        draws: rows of the whole run.
        block: rows of a part; the last may have fewer.
        scenarios: how many each part holds.
    """

    folder: Path
    run: str
    draws: int
    block: int
    scenarios: int

    @property
    def starts(self) -> range:
        """First rows of all parts, those that are missing included."""
        return range(0, self.draws, self.block)

    def rows(self, start: int) -> int:
        """How many draws the part from ``start`` has."""
        return min(self.block, self.draws - start)

    def path(self, start: int) -> Path:
        """Where the part from ``start`` stands."""
        return self.folder / f"{start:010d}.parquet"

    def done(self) -> set[int]:
        """Starts of the parts that are whole and belong to this run."""
        return {start for start in self.starts if self._belongs(start)}

    def _belongs(self, start: int) -> bool:
        try:
            with parquet.ParquetFile(self.path(start)) as file:
                said: Any = file.schema_arrow.metadata
                ours = said is not None and bytes(said.get(_RUN, b"")) == self.run.encode()
                return ours and int(file.metadata.num_rows) == self.rows(start)
        except (OSError, pa.ArrowException):
            return False  # not there, torn, or no part at all: it is made again

    def write(self, start: int, outcomes: Sequence[Outcomes]) -> None:
        """Keep the outcomes of every scenario, in order, for the rows from ``start``."""
        table = part_table(outcomes).replace_schema_metadata({_RUN: self.run})
        with whole(self.path(start)) as scratch:
            parquet.write_table(table, scratch, compression="zstd", write_page_checksum=True)

    def read(self, scenario: int) -> Iterator[Outcomes]:
        """The outcomes of one scenario, part after part, in the order of draws."""
        for found in self.some(scenario, FIELDS):
            every: Columns = {name: found.get(name) for name in FIELDS}
            yield Outcomes(**every)

    def some(self, scenario: int, names: Collection[str]) -> Iterator[Columns]:
        """Some fields of ``Outcomes`` of one scenario, part after part, those modelled only."""
        for start in self.starts:
            yield self._some(start, scenario, names)

    def _some(self, start: int, scenario: int, names: Collection[str]) -> Columns:
        path = self.path(start)
        try:
            with parquet.ParquetFile(path, page_checksum_verification=True) as file:
                wanted = [
                    name for name in file.schema_arrow.names
                    if name.split(".")[0] == f"{scenario}" and name.split(".")[1] in names
                ]  # fmt: skip
                return _arrays(file.read(columns=wanted))
        except (OSError, pa.ArrowException) as error:
            path.unlink(missing_ok=True)
            raise DetenteError(
                f"{path} is damaged ({str(error).splitlines()[0]}) and was removed; "
                "give --resume, and its draws are made again"
            ) from None

    def remove(self) -> None:
        """Delete the folder with all its parts."""
        shutil.rmtree(self.folder, ignore_errors=True)


def part_table(outcomes: Sequence[Outcomes]) -> Any:
    """The outcomes of several scenarios side by side, a row a draw, as an Arrow table."""
    columns: Columns = {}
    for index, one in enumerate(outcomes):
        columns |= _columns(index, one)
    return pa.table(columns)


def _columns(index: int, outcomes: Outcomes) -> Columns:
    """Every field as flat columns: ``index.field``, or ``index.field.k`` for a wide one."""
    flat: Columns = {}
    for name in FIELDS:
        array = getattr(outcomes, name)
        if array is None:
            continue
        if array.ndim == 1:
            flat[f"{index}.{name}"] = pa.array(array)
        else:
            flat |= {f"{index}.{name}.{k}": pa.array(array[:, k]) for k in range(array.shape[1])}
    return flat


def _arrays(table: Any) -> Columns:
    """The fields of ``_columns`` again, as arrays of the same type and bits."""
    found: dict[str, list[Any]] = {}
    wide: set[str] = set()
    for name in table.column_names:
        _, field, *k = name.split(".")
        found.setdefault(field, []).append(table.column(name).to_numpy())
        if k:
            wide.add(field)
    return {
        field: np.stack(columns, axis=1) if field in wide else columns[0]
        for field, columns in found.items()
    }


def begin(folder: Path, run: Mapping[str, str], plan: Plan, scenarios: int, block: int) -> Parts:
    """Start a run whose parts stand in ``folder``, which need not be there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {"format": FORMAT, "block": block, "run": dict(run)}
    write_text(folder / MANIFEST, json.dumps(said, indent=2, ensure_ascii=False) + "\n")
    return Parts(folder, _digest(sorted(run.items())), plan.draws, block, scenarios)


def unfinished(folder: Path) -> bool:
    """Whether ``folder`` holds parts of some run, one at least."""
    return (folder / MANIFEST).is_file() and any(folder.glob("*.parquet"))


def go_on(folder: Path, run: Mapping[str, str], plan: Plan, scenarios: int) -> Parts:
    """The parts of the run that was begun in ``folder``. Raises UsageError for another run."""
    before, block = _manifest(folder)
    differing = [name for name in run if before.get(name) != run[name]]
    if differing or before.keys() - run.keys():
        raise UsageError(
            f"--resume: {folder.parent} holds an unfinished run of something else; "
            f"it differs in: {'; '.join(_apart(name, before, run) for name in differing)}; "
            "the same run is allowed; ask for that one, or choose another --out, or delete "
            f"{folder} to begin anew"
        )
    return Parts(folder, _digest(sorted(run.items())), plan.draws, block, scenarios)


def _apart(name: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What differs, with both sides where a person can read them."""
    if "digest" in name or name not in before or len(now[name]) == hashlib.sha256().digest_size * 2:
        return name
    return f"{name} ({before[name]} there, {now[name]} asked for)"


def _manifest(folder: Path) -> tuple[dict[str, str], int]:
    """What the run depended on, and the rows of its parts. Raises UsageError."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        said: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        run = {str(name): str(value) for name, value in said["run"].items()}
        if said["format"] == FORMAT and int(said["block"]) > 0:
            return run, int(said["block"])
    raise UsageError(
        f"--resume: {folder / MANIFEST} cannot be read as {FORMAT}; one written by this version "
        f"is allowed; delete {folder} to begin anew"
    )
