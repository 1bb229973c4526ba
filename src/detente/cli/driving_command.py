"""detente drivers: which uncertain values an answer depends on, and how much is chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.addresses import suggestion
from detente.analysis.driver_scopes import PARTS, Drivers
from detente.analysis.drivers import about_draws, drivers
from detente.analysis.outputs import OUTPUTS
from detente.cases.opening import Opened, open_situation
from detente.cli.choosing import one_round, read_priors
from detente.cli.delivering import deliver
from detente.cli.foretelling import readings_in, warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.drivers import Telling
from detente.report.drivers_json import drivers_object
from detente.report.drivers_terminal import print_drivers
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios


def show_drivers(
    request: Request, parts: Sequence[str], priors: Sequence[str], target: str | None, *,
    as_json: bool, out: Path | None,
) -> None:  # fmt: skip
    """Run, divide, print and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    situation = opened.situation
    round_ = one_round(situation, request.rounds)
    wanted = _known("--by", parts, PARTS) or PARTS
    _known("--target", () if target is None else (target,), OUTPUTS)
    weights = read_priors(situation, priors)
    patch = read_settings(situation, request.settings)
    stated = scenarios(
        situation, opened.claims, rounds=request.rounds, readings=request.readings, patch=patch
    )
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        readings = readings_in(stated)
        runs = max(about_draws(plan, wanted, readings) // plan.draws, 1)
        warn_of(situation, stated, plan, force, teller, runs=runs, at_once=readings)
        found = drivers(
            situation, opened.claims, round_, plan, parts=wanted,
            target=target, readings=request.readings, weights=weights, patch=patch, executor=force.pool,
            progress=teller.step("Running"),
        )  # fmt: skip
    tell = Telling(Names(situation), opened.claims, found)
    plain = drivers_object(tell, name=opened.name, version=__version__)

    def page() -> str:
        from detente.report.drivers_html import render_drivers  # noqa: PLC0415 -- slow

        return render_drivers(tell, file=opened.name, version=__version__, laid=plain["set"])

    def show(console: Console) -> None:
        print_drivers(console, tell, _tail(opened, found))

    deliver(opened, plain, "drivers", out=out, as_json=as_json, page=page, show=show)


def _known(option: str, given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Names that an option takes, each once. Raises UsageError naming every mistake."""
    mistakes = [
        f"{option} {name}: no such name; {', '.join(known)}; {suggestion(name, known)}"
        for name in given
        if name not in known
    ]
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return tuple(dict.fromkeys(given))


def _tail(opened: Opened, found: Drivers) -> str:
    """What it takes to get the same again."""
    laid = "".join(f", --set {address}={written}" for address, written in found.settings.items())
    plan = found.plan
    return (
        f"{opened.name}, seed {plan.seed}, {plan.draws:,} draws a page ({plan.repeats} draws of "
        f"chance at {plan.draws // plan.repeats:,} points){laid}, detente {__version__}"
    )
