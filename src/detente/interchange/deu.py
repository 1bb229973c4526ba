"""Decision-making in the EU (Arregui & Perarnaud 2021, doi:10.34810/data53), in either form."""

from __future__ import annotations

from pathlib import Path

from detente.errors import Place
from detente.interchange.deu_record import Decisions
from detente.interchange.deu_tidy import Tidy, read_tidy
from detente.interchange.deu_wide import looks_wide, read_wide
from detente.interchange.reading import Source, read_source
from detente.interchange.record import Account, refusal

DOI = "10.34810/data53"
ISSUES, POSITIONS, POWER = "deu_issues.csv", "deu_positions_long.csv", "council_power.csv"
_TABLES = (".tsv", ".tab", ".csv", ".txt")
_ALLOWED = (
    f"a folder with the original table, or with {ISSUES} and {POSITIONS}, or the original itself"
)
_REMEDY = f"the data are at https://doi.org/{DOI}"


def read_deu(path: Path) -> Decisions:
    """The issues in a folder, tidy tables first, or in the original table itself.

    Raises:
        SituationError: with every mistake in the files, or where there is nothing to read.
    """
    if path.is_dir():
        if (path / ISSUES).exists() or (path / POSITIONS).exists():
            return _tidy(path)
        return read_wide(_original(path))
    source = read_source(path, Account())
    if not looks_wide(source):
        raise refusal(source.place, "not the original table of the data", _ALLOWED, _REMEDY)
    return read_wide(source)


def _tidy(folder: Path) -> Decisions:
    account = Account()
    power = folder / POWER
    return read_tidy(
        Tidy(
            read_source(folder / ISSUES, account),
            read_source(folder / POSITIONS, account),
            read_source(power, account) if power.exists() else None,
        )
    )


def _original(folder: Path) -> Source:
    tables = sorted(p for p in folder.iterdir() if p.suffix.lower() in _TABLES and p.is_file())
    for path in tables:
        source = read_source(path, Account())
        if looks_wide(source):
            return source
    raise refusal(Place(str(folder)), "none of the tables of the data", _ALLOWED, _REMEDY)
