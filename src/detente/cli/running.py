"""detente run: from a request to the summary, the JSON or a folder of results."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.answer import Run, answer
from detente.bargaining.protocols import NASH, protocol
from detente.cases.opening import Opened, open_situation
from detente.cli.foretelling import Foretold, announcement, foretell, must_fit
from detente.cli.placing import THREADS, check_executor, working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.streaming import must_agree, parts_folder, parts_of, stream_run
from detente.cli.telling import Teller
from detente.ensemble.checkpoint import Parts, unfinished
from detente.ensemble.chunk import space_for
from detente.ensemble.estimate import draw_cost, measured
from detente.ensemble.executors import Workforce
from detente.ensemble.scouting import NOBODY, scout
from detente.ensemble.streaming import Task
from detente.ensemble.warming import needs_search
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.report.result_json import result_object
from detente.report.terminal import print_run
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked to run."""

    what: str
    rounds: tuple[str, ...]
    readings: tuple[str, ...]
    draws: int
    seed: int
    settings: tuple[str, ...]
    executor: str = THREADS


@dataclass(frozen=True, slots=True)
class Saving:
    """Where results go, if anywhere.

    Attributes:
        out: the folder; None to print only.
        resume: whether to go on with what it holds.
        draws_too: whether to write the table of draws, the largest file by far.
        whole: whether all outcomes must be in memory afterwards, so that they never go to disk.
    """

    out: Path | None = None
    resume: bool = False
    draws_too: bool = True
    whole: bool = False


def run(request: Request, protocol_name: str, saving: Saving, *, as_json: bool) -> None:
    """Run and print; with a folder to save in, write everything there as well."""
    protocol(protocol_name)
    check_executor(request.executor)
    must_agree(saving.out, resume=saving.resume)
    opened = open_situation(request.what)
    prepare(opened, saving.out)
    result = make_run(opened, request, protocol_name, saving)
    if as_json:
        print(json.dumps(result_object(result, opened.name), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_run(console, result, opened.name, __version__)
    if saving.out is not None:
        console.print(f"\nReport: {saving.out / 'report.html'}", soft_wrap=True)


def make_run(
    opened: Opened, request: Request, protocol_name: str = NASH, saving: Saving | None = None
) -> Run:
    """Run what was asked and save it, showing progress on standard error."""
    saving = saving or Saving()
    patch = read_settings(opened.situation, request.settings)
    wanted = scenarios(
        opened.situation, opened.claims,
        rounds=request.rounds, readings=request.readings, patch=patch,
    )  # fmt: skip
    task = Task(
        structure_of(opened.situation), tuple(wanted), Plan(request.draws, request.seed),
        (NOBODY,) * len(wanted), protocol=protocol_name,
    )  # fmt: skip
    space_for(task.structure)  # refuse an impossible size before anybody is hired
    searching = needs_search(task.structure, protocol_name)
    with ready(searching=searching) as teller, working(request.executor) as force:
        told = _foretold(task, force, saving)
        if told.streams and saving.whole:
            raise UsageError(
                f"--draws {request.draws}: {task.rows:,} rows are too many to keep in memory, which "
                "this needs; fewer are allowed; 10000 draws are plenty"
            )
        if told.streams:
            return _long(opened, task, force, teller, told, saving)
        if told.is_much:
            must_fit(told, saving.out or Path())
            teller.say(announcement(task, force, told, saving.out))
        result = answer(
            opened.situation, opened.claims, wanted, task.plan, executor=force.pool,
            progress=teller.step("Running"), protocol=protocol_name,
        )  # fmt: skip
        return _saved(opened, result, saving)


def _foretold(task: Task, force: Workforce, saving: Saving) -> Foretold:
    """What the run will take; it streams too where it goes on with parts."""
    writes = saving.out is not None
    table = draw_cost(task) if writes and saving.draws_too else None
    told = foretell(task, force, measured(task, force), table, writes=writes)
    going_on = saving.out is not None and unfinished(parts_folder(saving.out))
    return replace(told, streams=True) if going_on else told


def _long(
    opened: Opened, task: Task, force: Workforce, teller: Teller, told: Foretold, saving: Saving
) -> Run:
    """A run whose outcomes go to disk while it runs."""
    place = saving.out or Path(tempfile.gettempdir())
    if saving.out is None or not unfinished(parts_folder(saving.out)):
        must_fit(told, place)  # before anything is begun there
    with parts_of(opened, task, told.block, saving.out) as parts:
        there = _share_there(parts)
        must_fit(told, place, there * told.disk)
        if saving.resume and not there:
            teller.say("Nothing to go on with yet; beginning with the first draw.")
        if told.is_much or there:
            teller.say(announcement(task, force, told, saving.out, done=there))
        expects = partial(scout, task.structure, seed=task.plan.seed, protocol=task.protocol)
        task = replace(task, scouts=tuple(force.pool.map(expects, task.scenarios)))
        result = stream_run(
            opened, task, parts, force, teller, saving.out, draws_too=saving.draws_too
        )
        _saved(opened, result, saving)
        parts.remove()
    return result


def _share_there(parts: Parts) -> float:
    return sum(parts.rows(start) for start in parts.done()) / parts.draws


def _saved(opened: Opened, result: Run, saving: Saving) -> Run:
    """Write what there is to write; a long run has written its tables by then."""
    if saving.out is not None:
        from detente.cli.saving import save_run  # noqa: PLC0415 -- draws pictures: slow to import

        save_run(opened, result, saving.out, draws_too=saving.draws_too)
    return result
