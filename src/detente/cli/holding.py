"""detente stability: which outcomes would hold once reached, and who would leave the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente import __version__
from detente.addresses import suggestion
from detente.analysis.holding import holding, worth_telling
from detente.analysis.stability import stability
from detente.cases.catalog import case_names
from detente.cases.opening import Opened, open_situation
from detente.cli.choosing import one_round, tail
from detente.cli.delivering import deliver
from detente.cli.preparing import prepare, writable
from detente.cli.progress import ready_and_told
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names, tidy
from detente.files import write_text
from detente.interchange.conflict import read_conflict
from detente.interchange.conflict_graph import graph_of
from detente.interchange.reading import Source, read_source
from detente.interchange.record import Account
from detente.model.structure import structure_of
from detente.printable import printable
from detente.report.conflict_words import conflict_wording, wording_of
from detente.report.stability import View, print_stability, stability_object
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.scenarios import Scenario, read_settings, scenarios
from detente.situation.values import set_here
from detente.stability.concepts import concept, stable_states

MARK = '"decisionMakers"'


@dataclass(frozen=True, slots=True)
class Asked:
    """How outcomes are asked about.

    Attributes:
        concept: how far everybody looks ahead.
        start: where things stand: options of a situation, or a state's number; None for the
            status quo, or the first state.
        doubting: whether doubts about delivery count, as at the table.
    """

    concept: str
    start: str | None
    doubting: bool


def hold(request: Request, asked: Asked, *, as_json: bool, out: Path | None) -> None:
    """Ask, print and, with ``out``, write the page and the JSON. Raises UsageError."""
    concept(asked.concept)
    source = _conflict_file(request.what)
    if source is not None:
        _conflict(source, request, asked, as_json=as_json, out=out)
    else:
        _situation(request, asked, as_json=as_json, out=out)


def _conflict_file(what: str) -> Source | None:
    """The file, if it holds a conflict in option form."""
    path = Path(what)
    if what == "-" or not path.is_file() or what in case_names():
        return None
    with path.open("rb") as file:
        if not file.read(1_000_000).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return None
    source = read_source(path, Account())
    return source if MARK in source.text else None


def _conflict(
    source: Source, request: Request, asked: Asked, *, as_json: bool, out: Path | None
) -> None:
    for option, given in (
        ("--round", request.rounds), ("--reading", request.readings), ("--set", request.settings),
        ("--with-doubt", asked.doubting),
    ):  # fmt: skip
        if given:
            raise UsageError(
                f"{option}: {request.what} is a conflict in option form; it goes with situations; "
                "leave it out"
            )
    account = Account()
    conflict = read_conflict(source, account)
    graph = graph_of(conflict)
    start = _state(asked.start, graph.states)
    if out is not None:
        writable(out)
    stable = stable_states(graph)
    states = worth_telling(graph, start, stable[asked.concept])
    found = holding(graph, start, asked.concept, states, stable)
    title = tidy(source.path.stem)
    views = [View("", conflict_wording(conflict, found), found)]
    digest = hashlib.sha256(source.raw).hexdigest()
    plain = stability_object(views, name=title, version=__version__, again={"sha256": digest})
    if out is not None:
        from detente.report.stability_html import render_stability  # noqa: PLC0415 -- slow

        page = render_stability(
            views, None, title=title, file=source.file, version=__version__, digest=digest
        )
        write_text(out / "stability.json", json.dumps(plain, indent=2, ensure_ascii=False) + "\n")
        write_text(out / "stability.html", page)
    if as_json:
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_stability(console, None, views, f"{source.file}, detente {__version__}")
    for remark in account.remarks:
        console.print(Text(printable(f"  {remark}"), style="dim"), soft_wrap=True)
    if out is not None:
        console.print(f"\nPage: {out / 'stability.html'}", soft_wrap=True)


def _state(written: str | None, states: int) -> int:
    """A state's number, from 1, as its position. Raises UsageError."""
    if written is None:
        return 0
    number = int(written) if written.isdecimal() and len(written) < 9 else 0
    if not 1 <= number <= states:
        raise UsageError(
            f"--from {written}: no such state; a number from 1 to {states} is allowed; "
            "see the table of outcomes"
        )
    return number - 1


def _situation(request: Request, asked: Asked, *, as_json: bool, out: Path | None) -> None:
    opened = open_situation(request.what)
    situation = opened.situation
    round_ = one_round(situation, request.rounds)
    wanted = scenarios(
        situation, opened.claims, rounds=(round_,) if round_ else (),
        readings=request.readings, patch=read_settings(situation, request.settings),
    )  # fmt: skip
    start = _package(opened, asked.start)
    prepare(opened, out)
    plan, names = Plan(request.draws, request.seed), Names(situation)
    with ready_and_told() as told:
        every = len(wanted) * plan.draws
        views = [
            _view(names, opened, scenario, plan, asked, start,
                  partial(_told, told, i * plan.draws, every))
            for i, scenario in enumerate(wanted)
        ]  # fmt: skip
    digest, laid = content_hash(situation), set_here(wanted[0].values)
    again = {
        "sha256": digest, "set": laid, "seed": plan.seed, "draws": plan.draws, "round": round_,
    }  # fmt: skip
    plain = stability_object(views, name=opened.name, version=__version__, again=again)

    def page() -> str:
        from detente.report.stability_html import render_stability  # noqa: PLC0415 -- slow

        return render_stability(
            views, names, title=tidy(situation.title), file=opened.name, version=__version__,
            digest=digest, plan=plan, laid=laid,
        )  # fmt: skip

    def show(console: Console) -> None:
        print_stability(console, names, views, tail(opened, request))

    deliver(opened, plain, "stability", out=out, as_json=as_json, page=page, show=show)


def _told(told: Callable[[int, int], None], before: int, every: int, done: int, _: int) -> None:
    """Move the bar of all readings by what is done of one."""
    told(before + done, every)


def _view(
    names: Names, opened: Opened, scenario: Scenario, plan: Plan, asked: Asked,
    start: dict[str, str], progress: Callable[[int, int], None],
) -> View:  # fmt: skip
    found = stability(
        opened.situation, scenario, plan, asked.concept, start=start, doubting=asked.doubting,
        progress=progress,
    )  # fmt: skip
    words = wording_of(names, found, at_status_quo=not start)
    return View(names.scenario(scenario.round, scenario.reading), words, found.holding, found)


def _package(opened: Opened, written: str | None) -> dict[str, str]:
    """Options off the status quo by issue, from ``issue.option`` with commas. Raises UsageError."""
    found: dict[str, str] = {}
    known = {option.ref: option for option in structure_of(opened.situation).options}
    for ref in (part.strip() for part in (written or "").split(",") if part.strip()):
        if ref not in known:
            raise UsageError(
                f"--from {ref}: not in this situation; issue.option is allowed, several with "
                f"commas; {suggestion(ref, known)}"
            )
        if known[ref].issue in found:
            raise UsageError(
                f"--from {ref}: a second option of {known[ref].issue}; one an issue is allowed; "
                "drop one of them"
            )
        found[known[ref].issue] = known[ref].name
    return found
