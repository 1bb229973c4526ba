"""detente run: from a request to the summary, the JSON or a folder of results."""

from __future__ import annotations

import json
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from detente import __version__
from detente.analysis.answer import Run, answer
from detente.cli.opening import Opened, open_situation
from detente.ensemble.run import Progress as Told
from detente.ensemble.tables import draw_table, outcome_table, write_parquet
from detente.ensemble.warming import warm_kernels
from detente.files import whole, write_text
from detente.model.structure import structure_of
from detente.report.html import render
from detente.report.result_json import result_object
from detente.report.terminal import print_run
from detente.sampling.draws import Plan
from detente.situation.dumping import dumps
from detente.situation.scenarios import read_settings, scenarios

SLOW = 1.5  # seconds after which compiling is worth a word


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked to run."""

    what: str
    rounds: tuple[str, ...]
    readings: tuple[str, ...]
    draws: int
    seed: int
    settings: tuple[str, ...]


def run(request: Request, *, as_json: bool, out: Path | None) -> None:
    """Run and print; with ``out``, write everything there as well."""
    opened = open_situation(request.what)
    result = make_run(opened, request)
    if out is not None:
        _write(opened, result, out)
    if as_json:
        print(json.dumps(result_object(result, opened.name), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_run(console, result, opened.name, __version__)
    if out is not None:
        console.print(f"\nReport: {out / 'report.html'}", soft_wrap=True)


def make_run(opened: Opened, request: Request) -> Run:
    """Run what was asked, showing progress on standard error."""
    patch = read_settings(opened.situation, request.settings)
    wanted = scenarios(
        opened.situation, opened.claims,
        rounds=request.rounds, readings=request.readings, patch=patch,
    )  # fmt: skip
    console = Console(stderr=True)
    _warm(console)
    plan = Plan(request.draws, request.seed)
    with _progress(console) as told:
        return answer(opened.situation, opened.claims, wanted, plan, progress=told)


def _warm(console: Console) -> None:
    """Compile the kernels, or load them; say so if that takes noticeably long."""
    note = threading.Timer(
        SLOW,
        console.print,
        ["Compiling the kernels: once after each installation, about half a minute …"],
    )
    note.start()
    try:
        warm_kernels()
    finally:
        note.cancel()


@contextmanager
def _progress(console: Console) -> Iterator[Told]:
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(), console=console, transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task("Running", total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every)


def _write(opened: Opened, result: Run, out: Path) -> None:
    structure = structure_of(result.situation)
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / "situation.yaml", dumps(result.situation))
    if opened.claims_file is not None and result.situation.claims is not None:
        with whole(out / Path(result.situation.claims).name) as scratch:
            shutil.copyfile(opened.claims_file, scratch)
    write_parquet(draw_table(result.scenarios, result.plan), out / "draws.parquet")
    write_parquet(
        outcome_table(structure, result.scenarios, result.outcomes), out / "outcomes.parquet"
    )
    found = json.dumps(result_object(result, opened.name), indent=2, ensure_ascii=False)
    write_text(out / "result.json", found + "\n")
    write_text(out / "report.html", render(result, file=opened.name, version=__version__))
