"""detente scan: a probability as a function of one or two values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.addresses import suggestion
from detente.analysis.probabilities import NAMES
from detente.analysis.scan import BLOCK, lay_out
from detente.analysis.scan import scan as run_scan
from detente.analysis.targets import usual
from detente.cases.opening import open_situation
from detente.cli.choosing import against_round, dated, one_round, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.scan_tables import print_scan, scan_object
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.sweeping import read_sweeps


def scan(
    request: Request, over: Sequence[str], target: str | None, against: str | None, *,
    as_json: bool, out: Path | None,
) -> None:  # fmt: skip
    """Scan, print and, with ``out``, write the page and the JSON."""
    if target is not None and target not in NAMES:
        raise UsageError(
            f"--target {target}: no such probability; {', '.join(NAMES)} are allowed; "
            f"{suggestion(target, NAMES)}"
        )
    opened = open_situation(request.what)
    situation = opened.situation
    patch = read_settings(situation, request.settings)
    sweeps = read_sweeps(situation, over, patch)
    round_ = one_round(situation, request.rounds)
    scenarios(  # a name that is not there is said before anything else
        situation, opened.claims, rounds=request.rounds, readings=request.readings, patch=patch
    )
    readings, note = readings_of(situation, request.readings, len(sweeps))
    layout = lay_out(
        situation, opened.claims, sweeps, target or usual_target(situation, round_),
        round_=round_, against=against_round(situation, round_, against),
        readings=readings, patch=patch,
    )  # fmt: skip
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        runs = sum(len(cell) for cell in layout.wanted)
        warn_of(situation, layout.wanted[0], plan, force, teller, runs=runs, at_once=BLOCK)
        found = run_scan(layout, plan, executor=force.pool, progress=teller.step("Running"))
    plain = scan_object(situation, found, plan, patch, name=opened.name, version=__version__)

    def page() -> str:
        from detente.report.scan_html import render_scan  # noqa: PLC0415 -- slow

        return render_scan(
            situation,
            found,
            plan,
            file=opened.name,
            version=__version__,
            laid=plain["set"],
            note=note,
        )

    notes = [text for text in (note, tail(opened, request)) if text]

    def show(console: Console) -> None:
        print_scan(console, Names(situation), found, notes)

    deliver(opened, plain, "scan", out=out, as_json=as_json, page=page, show=show)


def readings_of(
    situation: Situation, asked: Sequence[str], addresses: int
) -> tuple[tuple[str, ...], str]:
    """Which readings to run, and what to say of it: over two addresses the first, unless asked."""
    names = tuple(situation.readings)
    if addresses < 2 or asked or len(names) < 2:
        return tuple(asked), ""
    others = ", ".join(names[1:])
    return names[:1], f"This is the first reading only; --reading takes others: {others}."


def usual_target(situation: Situation, round_: str | None) -> str:
    """Something tangible at all where meeting is modelled; else if they meet."""
    return usual(dated=dated(situation, round_))
