"""The outcomes of a run, or of a folder of results, as one Arrow table."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from detente.ensemble.chunk import Outcomes
from detente.ensemble.tables import outcome_table
from detente.errors import UsageError
from detente.files import whole
from detente.model.structure import structure_of
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

# pyarrow carries no types, so it is brought in as Any
pa: Any = import_module("pyarrow")
compute: Any = import_module("pyarrow.compute")
csv: Any = import_module("pyarrow.csv")
parquet: Any = import_module("pyarrow.parquet")

FILE = "outcomes.parquet"
BETWEEN = "; "  # between the blocking sets of a draw, where a cell holds one text


class HasOutcomes(Protocol):
    """What ``detente.answer`` returns, as far as tables need it."""

    @property
    def situation(self) -> Situation:
        """The situation that was run."""
        ...

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """Rounds under readings, in order."""
        ...

    @property
    def outcomes(self) -> Sequence[Outcomes]:
        """Outcomes, one a scenario."""
        ...


Source = HasOutcomes | Path | str


def arrow_of(source: Source) -> Any:
    """The outcome table of a run, a folder of results or a Parquet file: a row a draw and scenario.

    Raises UsageError for a file that is not such a table.
    """
    if not isinstance(source, (str, Path)):
        return outcome_table(structure_of(source.situation), source.scenarios, source.outcomes)
    path = Path(source)
    path = path / FILE if path.is_dir() else path
    try:
        table = parquet.read_table(path)
    except FileNotFoundError:
        raise UsageError(
            f"{path}: no such file; a folder that detente run --out wrote, or its {FILE}; check "
            "the path"
        ) from None
    except (pa.ArrowInvalid, OSError) as error:
        first = str(error).splitlines()[0]
        raise UsageError(
            f"{path}: no Parquet ({first}); an outcome table; check the path"
        ) from None
    if not {"round", "reading", "draw", "deal"} <= set(table.column_names):
        raise UsageError(
            f"{path}: no outcomes (its columns are {', '.join(table.column_names[:6])}, …); an "
            f"outcome table such as {FILE}; name that file"
        )
    return table


def flat(table: Any) -> Any:
    """The same with plain texts: names instead of codes, blocking sets joined by ``; ``."""
    for index, field in enumerate(table.schema):
        column = table.column(index)
        if pa.types.is_list(field.type):
            column = compute.binary_join(column, BETWEEN)
        elif pa.types.is_dictionary(field.type):
            column = column.cast(pa.string())
        table = table.set_column(index, field.name, column)
    return table


def write_csv(table: Any, path: Path) -> None:
    """Write a table as CSV with a header, whole or not at all; missing values are empty."""
    with whole(path) as scratch:
        csv.write_csv(flat(table), scratch)
