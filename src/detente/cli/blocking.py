"""detente blockers: what stands in the way of a deal, and the deal that was there but for it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.kept_out import kept_out
from detente.cases.opening import open_situation
from detente.cli.choosing import tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.figures.naming import Names
from detente.report.blocking import blocked_object, print_blocked
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios


def blockers(request: Request, *, as_json: bool, out: Path | None) -> None:
    """Find what blocks, print it and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    patch = read_settings(opened.situation, request.settings)
    wanted = scenarios(
        opened.situation, opened.claims,
        rounds=request.rounds, readings=request.readings, patch=patch,
    )  # fmt: skip
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        warn_of(
            opened.situation, wanted, plan, force, teller,
            runs=len(wanted), at_once=1, why=True,
        )  # fmt: skip
        found = kept_out(
            opened.situation, wanted, plan, executor=force.pool, progress=teller.step("Running")
        )
    plain = blocked_object(
        opened.situation, found, plan, patch, name=opened.name, version=__version__
    )

    def page() -> str:
        from detente.report.blocking_html import render_blocked  # noqa: PLC0415 -- slow

        return render_blocked(
            opened.situation, found, plan, file=opened.name, version=__version__, laid=plain["set"]
        )

    def show(console: Console) -> None:
        print_blocked(console, Names(opened.situation), found, plan, tail(opened, request))

    deliver(opened, plain, "blockers", out=out, as_json=as_json, page=page, show=show)
