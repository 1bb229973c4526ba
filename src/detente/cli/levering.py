"""detente levers: what would have to be true for a chance to reach a target."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.addresses import suggestion
from detente.analysis.leverage import Goal
from detente.analysis.levers import about_trials, find_levers
from detente.analysis.probabilities import NAMES
from detente.analysis.targets import usual
from detente.cases.opening import open_situation
from detente.cli.choosing import one_round, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.levers import levers_object, print_levers
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario, read_settings, scenarios
from detente.situation.schema import Situation

USUAL = 0.5


def levers(
    request: Request, target: str | None, actors: Sequence[str], *, as_json: bool, out: Path | None
) -> None:
    """Search, print and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    situation = opened.situation
    chosen = known_actors(situation, actors)
    round_ = one_round(situation, request.rounds)
    wanted = scenarios(
        situation, opened.claims, rounds=(round_,) if round_ else (),
        readings=request.readings, patch=read_settings(situation, request.settings),
    )  # fmt: skip
    goal = read_target(target, wanted)
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        warn_of(
            situation, wanted, plan, force, teller,
            runs=about_trials(situation, wanted, chosen), at_once=len(wanted),
        )  # fmt: skip
        found = find_levers(
            situation,
            wanted,
            goal,
            plan,
            actors=chosen,
            executor=force.pool,
            progress=teller.step("Running"),
        )
    plain = levers_object(
        situation, found, goal, plan, actors=chosen, name=opened.name, version=__version__
    )

    def page() -> str:
        from detente.report.levers_html import render_levers  # noqa: PLC0415 -- slow

        return render_levers(
            situation, found, plan, file=opened.name, version=__version__, laid=plain["set"]
        )

    def show(console: Console) -> None:
        print_levers(console, Names(situation), found, plan, tail(opened, request))

    deliver(opened, plain, "levers", out=out, as_json=as_json, page=page, show=show)


def known_actors(situation: Situation, actors: Sequence[str]) -> tuple[str, ...]:
    """The actors asked for, each once. Raises UsageError for one the situation does not have."""
    for name in actors:
        if name not in situation.actors:
            raise UsageError(
                f"--actor {name}: not in this situation; an actor of it is allowed; "
                f"{suggestion(name, situation.actors)}"
            )
    return tuple(dict.fromkeys(actors))


def read_target(written: str | None, wanted: Sequence[Scenario]) -> Goal:
    """``NAME=P`` as a goal; by default one half of the main probability. Raises UsageError."""
    dated = all(one.calendar is not None for one in wanted)
    name, equals, number = (written or "").partition("=")
    if written is None:
        name, equals, number = usual(dated=dated), "=", str(USUAL)
    if name not in NAMES:
        raise UsageError(
            f"--target {written}: {name!r} is no probability; {', '.join(NAMES)} are allowed; "
            f"{suggestion(name, NAMES)}"
        )
    if not dated and name in {"held", "tangible"}:
        raise UsageError(
            f"--target {written}: this meeting has no dates, so that it is taken as held; "
            f"tangible_given_held or deal are allowed; write --target tangible_given_held={number or USUAL}"
        )
    return Goal(name, _share(written or "", name, number if equals else ""))


def _share(written: str, name: str, number: str) -> float:
    try:
        p = float(number)
    except ValueError:
        p = -1.0
    if not 0.0 < p < 1.0:
        raise UsageError(
            f"--target {written}: found {number!r}; NAME=P with P above 0 and below 1 is allowed; "
            f"write {name}={USUAL}"
        )
    return p
