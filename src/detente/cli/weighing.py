"""detente readings: rival readings weighed by what happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.weighing import weigh
from detente.cases.opening import open_situation
from detente.cli.choosing import one_round, read_priors, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import readings_in, warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.figures.naming import Names
from detente.report.weighing import print_weighing, weighing_object
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios


def readings(
    request: Request, events: Sequence[str], priors: Sequence[str], *, every_event: bool,
    as_json: bool, out: Path | None,
) -> None:  # fmt: skip
    """Weigh, print and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    situation = opened.situation
    round_ = one_round(situation, request.rounds)
    weights = read_priors(situation, priors)
    patch = read_settings(situation, request.settings)
    stated = scenarios(
        situation, opened.claims, rounds=request.rounds, readings=request.readings, patch=patch
    )
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        # every meeting of the file under every reading, the forecast one perhaps twice
        runs = (len(situation.rounds) + 1) * readings_in(stated)
        warn_of(situation, stated, plan, force, teller, runs=runs, at_once=runs)
        found = weigh(
            situation, opened.claims, round_, plan, readings=request.readings,
            event_names=events, every_event=every_event, weights=weights, patch=patch,
            executor=force.pool, progress=teller.step("Running"),
        )  # fmt: skip
    plain = weighing_object(
        situation, stated[0].values, found, plan, name=opened.name, version=__version__
    )

    def page() -> str:
        from detente.report.weighing_html import render_weighing  # noqa: PLC0415 -- slow

        return render_weighing(
            situation, found, plan, file=opened.name, version=__version__, laid=plain["set"]
        )

    def show(console: Console) -> None:
        print_weighing(console, Names(situation), found, tail(opened, request))

    deliver(opened, plain, "readings", out=out, as_json=as_json, page=page, show=show)
