"""detente export: outcomes as a table, or one bargaining problem in another tool's form."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from detente.cases.opening import open_situation
from detente.cli.choosing import one_round
from detente.cli.preparing import writable
from detente.cli.running import Request
from detente.errors import UsageError
from detente.files import write_text
from detente.interchange.gambit import demand_game
from detente.interchange.outcomes import FILE, arrow_of, write_csv
from detente.interchange.point import Point, point_of
from detente.interchange.record import Remark
from detente.interchange.scenario_files import DOMAIN, write_genius, write_negmas
from detente.interchange.scenario_of import scenario_of
from detente.printable import printable
from detente.sampling.draws import Plan
from detente.situation.scenarios import AS_WRITTEN, read_settings, scenarios

TABLES = (".csv", ".nc")


def export(request: Request, out: Path, to: str | None, draw: int | None, *, force: bool) -> None:
    """Write what was asked for and say what became of each part. Raises UsageError."""
    if to is None and _is_result(request.what):
        _table(Path(request.what), out, force=force)
    elif to is None:
        raise UsageError(
            f"{request.what}: no results of detente run --out (no {FILE} in it); such a folder or "
            "file, or --to with negmas, negmas-json, genius or gambit; run it with --out first, or add --to"
        )
    else:
        _problem(request, out, to, draw, force=force)


def _is_result(what: str) -> bool:
    path = Path(what)
    return path.suffix == ".parquet" or (path / FILE).is_file()


def _table(source: Path, out: Path, *, force: bool) -> None:
    if out.suffix.lower() not in TABLES:
        raise UsageError(
            f"-o {out}: no such kind of table; {' or '.join(TABLES)} are allowed; name a file that ends "
            "in one of them (Parquet is there already)"
        )
    _check_new([out], force=force)
    table = arrow_of(source)
    if out.suffix.lower() == ".csv":
        write_csv(table, out)
    else:
        from detente.interchange.xarray_dataset import write_netcdf  # noqa: PLC0415 -- an extra

        write_netcdf(source, out)
    print(f"{out}: {table.num_rows:,} rows, {table.num_columns} columns", file=sys.stderr)


def _problem(request: Request, out: Path, to: str, draw: int | None, *, force: bool) -> None:
    opened = open_situation(request.what)
    situation = opened.situation
    if len(request.readings) > 1:
        raise UsageError(f"--reading {','.join(request.readings)}: one is allowed; name one")
    round_ = one_round(situation, request.rounds)
    (scenario,) = scenarios(
        situation, opened.claims, rounds=(round_,) if round_ else (),
        readings=request.readings or (AS_WRITTEN,),
        patch=read_settings(situation, request.settings),
    )  # fmt: skip
    name = opened.name if scenario.name == AS_WRITTEN else f"{opened.name}: {scenario.name}"
    if to == "gambit":
        _check_suffix(out)
        _check_new([out], force=force)
    point = point_of(situation, scenario, Plan(request.draws, request.seed), draw)
    files = _game(point, name, out) if to == "gambit" else _scenario(point, name, out, to, force)
    _tell(files, point.account.remarks)


def _check_suffix(out: Path) -> None:
    if out.suffix.lower() != ".nfg":
        raise UsageError(f"-o {out}: a game of Gambit; a file that ends in .nfg; rename it")


def _game(point: Point, name: str, out: Path) -> list[Path]:
    write_text(out, demand_game(point, name))
    return [out]


def _scenario(point: Point, name: str, out: Path, to: str, force: bool) -> list[Path]:
    scenario = scenario_of(point, name)
    suffix = {"genius": ".xml", "negmas-json": ".json"}.get(to, ".yaml")
    if out.exists() and not out.is_dir():
        raise UsageError(f"-o {out}: a file; a folder for the files of a scenario; name a folder")
    parties = [out / f"{profile.name}{suffix}" for profile in scenario.profiles]
    _check_new([out / f"{DOMAIN}{suffix}", *parties], force=force)
    writable(out, "-o")
    if to == "genius":
        return write_genius(scenario, out)
    return write_negmas(scenario, out, suffix)


def _check_new(paths: Iterable[Path], *, force: bool) -> None:
    there = [str(path) for path in paths if path.exists()]
    if there and not force:
        raise UsageError(
            f"{', '.join(there)}: exists; a new name is allowed; choose one, or give --force"
        )


def _tell(files: list[Path], remarks: list[Remark]) -> None:
    for remark in remarks:
        print(printable(f"  {remark}"), file=sys.stderr)
    print(f"wrote {', '.join(map(str, files))}", file=sys.stderr)
