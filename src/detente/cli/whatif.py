"""detente whatif: before, after and the difference."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.addresses import suggestion
from detente.analysis.probabilities import NAMES
from detente.analysis.targets import usual
from detente.analysis.whatif import Asked, ask, runs_of
from detente.cases.opening import Opened, open_situation
from detente.cli.choosing import one_round, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.whatif import print_whatifs, whatif_object
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.schema import Situation
from detente.situation.what_ifs import WhatIf, as_set, load_what_ifs

Wanted = list[tuple[Scenario, list[Asked]]]


def what_if(
    request: Request, file: Path | None, target: str | None, *, as_json: bool, out: Path | None
) -> None:
    """Ask, print and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    situation = opened.situation
    wanted = laid_on(opened, request, asked(situation, request.settings, file))
    aim = known_target(target, [one for one, _ in wanted])
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        first = [one for one, _ in wanted]
        warn_of(situation, first, plan, force, teller, runs=runs_of(wanted), at_once=len(first) + 1)
        found = ask(
            situation, wanted, plan, aim, executor=force.pool, progress=teller.step("Running")
        )
    plain = whatif_object(situation, found, plan, name=opened.name, version=__version__)

    def page() -> str:
        from detente.report.whatif_html import render_whatifs  # noqa: PLC0415 -- slow

        return render_whatifs(situation, found, plan, file=opened.name, version=__version__)

    more = f", --from {file}" if file is not None else ""

    def show(console: Console) -> None:
        print_whatifs(console, Names(situation), found, tail(opened, request) + more)

    deliver(opened, plain, "whatif", out=out, as_json=as_json, page=page, show=show)


def asked(situation: Situation, settings: Sequence[str], file: Path | None) -> list[WhatIf]:
    """What the command line sets, as one what-if, and those of the file.

    Raises UsageError where neither asks anything; SituationError for mistakes in the file.
    """
    found = [as_set(situation, settings)] if settings else []
    found += load_what_ifs(file, situation) if file is not None else ()
    if not found:
        raise UsageError(
            "nothing to ask; values (--set ADDRESS=VALUE) or named what-ifs (--from FILE) are "
            "allowed; addresses are listed by: detente case show NAME --addresses"
        )
    return found


def laid_on(opened: Opened, request: Request, what_ifs: Sequence[WhatIf]) -> Wanted:
    """Every scenario as it stands, with each what-if laid on it.

    Raises UsageError for names the situation does not have, and for every what-if whose
    values do not add up.
    """
    situation, claims = opened.situation, opened.claims
    round_ = one_round(situation, request.rounds)
    rounds = (round_,) if round_ is not None else ()
    bases = scenarios(situation, claims, rounds=rounds, readings=request.readings)
    wanted: Wanted = [(base, []) for base in bases]
    mistakes: list[str] = []
    for one in what_ifs:
        try:
            laid = scenarios(
                situation, claims, rounds=rounds, readings=request.readings, patch=one.patch
            )
        except UsageError as error:
            mistakes += [f"{one.name}: {line}" for line in str(error).splitlines()]
            continue
        for (_, afters), after in zip(wanted, laid, strict=True):
            afters.append((one, after))
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return wanted


def known_target(target: str | None, bases: Sequence[Scenario]) -> str:
    """The probability to explain; by default the main one. Raises UsageError for no name of one."""
    dated = all(one.calendar is not None for one in bases)
    if target is None:
        return usual(dated=dated)
    if target not in NAMES:
        raise UsageError(
            f"--target {target}: no such probability; {', '.join(NAMES)} are allowed; "
            f"{suggestion(target, NAMES)}"
        )
    if not dated and target in {"held", "tangible"}:
        raise UsageError(
            f"--target {target}: this meeting has no dates, so that it is taken as held; "
            "tangible_given_held or deal are allowed; write --target tangible_given_held"
        )
    return target
