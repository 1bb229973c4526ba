"""Results as files, each whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from detente import __version__
from detente.analysis.answer import Run
from detente.cases.opening import Opened
from detente.ensemble.tables import write_draws, write_outcomes
from detente.errors import Interrupted
from detente.files import whole, write_text
from detente.model.structure import structure_of
from detente.report.html import render
from detente.report.result_json import result_object
from detente.situation.dumping import dumps


def save_run(opened: Opened, result: Run, out: Path, *, draws_too: bool = True) -> None:
    """Write the situation, the draws, the outcomes, the result and the report into ``out``.

    The tables of a run whose outcomes are not in memory stand there already.
    """
    with _told(out):
        _save_situation(opened, out)
        if result.outcomes:
            _save_tables(result, out, draws_too=draws_too)
        _save_json(result_object(result, opened.name), out / "result.json")
        write_text(out / "report.html", render(result, file=opened.name, version=__version__))


def _save_tables(result: Run, out: Path, *, draws_too: bool) -> None:
    if draws_too:
        write_draws(result.scenarios, result.plan, out / "draws.parquet")
    structure, pieces = structure_of(result.situation), [[one] for one in result.outcomes]
    write_outcomes(structure, result.scenarios, pieces, out / "outcomes.parquet")


def save_page(
    opened: Opened | None, page: str, plain: dict[str, Any], out: Path, name: str
) -> None:
    """Write the situation, if any, an answer as JSON and its page, NAME.json and NAME.html."""
    with _told(out):
        if opened is not None:
            _save_situation(opened, out)
        _save_json(plain, out / f"{name}.json")
        write_text(out / f"{name}.html", page)


@contextmanager
def _told(out: Path) -> Generator[None, None, None]:
    """Say which files are there already if the user stops in between; each is whole."""
    try:
        yield
    except KeyboardInterrupt:
        names = ", ".join(sorted(p.name for p in out.iterdir() if p.is_file())) or "nothing"
        raise Interrupted(f"interrupted while writing; {out} holds {names}, each whole") from None


def _save_situation(opened: Opened, out: Path) -> None:
    situation = opened.situation
    if opened.claims_file is not None and situation.claims is not None:
        name = Path(situation.claims).name  # claims stand beside the situation here
        situation = situation.model_copy(update={"claims": name})
        with whole(out / name) as scratch:
            shutil.copyfile(opened.claims_file, scratch)
    write_text(out / "situation.yaml", dumps(situation))


def _save_json(plain: dict[str, Any], path: Path) -> None:
    write_text(path, json.dumps(plain, indent=2, ensure_ascii=False) + "\n")
