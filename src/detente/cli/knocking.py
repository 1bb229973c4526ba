"""detente knockout: what is left of a forecast without a source, a speaker or a claim."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.knockout import BLOCK, knockouts
from detente.cases.opening import Opened, open_situation
from detente.cli.choosing import one_round, read_priors, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import readings_in, warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.knockouts import knockouts_object, print_knockouts
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios
from detente.sources.claims import Claims
from detente.sources.removal import Removal, asked, removals, together


def knockout(
    request: Request, taken: Sequence[str], priors: Sequence[str], *, as_json: bool,
    out: Path | None,
) -> None:  # fmt: skip
    """Take away, run, print and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    claims = claims_of(opened)
    round_ = one_round(opened.situation, request.rounds)
    wanted = wanted_removals(claims, taken)
    weights = read_priors(opened.situation, priors)
    patch = read_settings(opened.situation, request.settings)
    stated = scenarios(opened.situation, claims, rounds=request.rounds, readings=request.readings)
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        under = readings_in(stated)
        warn_of(
            opened.situation, stated, plan, force, teller,
            runs=under * (1 + len(wanted)), at_once=under * (1 + BLOCK),
        )  # fmt: skip
        found = knockouts(
            opened.situation, claims, wanted, round_, plan,
            readings=request.readings, weights=weights, patch=patch, executor=force.pool,
            progress=teller.step("Running"),
        )  # fmt: skip
    plain = knockouts_object(
        opened.situation, claims, found, plan, name=opened.name, version=__version__
    )

    def page() -> str:
        from detente.report.knockout_html import render_knockouts  # noqa: PLC0415 -- slow

        return render_knockouts(
            opened.situation,
            claims,
            found,
            plan,
            file=opened.name,
            version=__version__,
            laid=plain["set"],
        )

    def show(console: Console) -> None:
        print_knockouts(console, Names(opened.situation), claims, found, tail(opened, request))

    deliver(opened, plain, "knockout", out=out, as_json=as_json, page=page, show=show)


def claims_of(opened: Opened) -> Claims:
    """The claims of a situation. Raises UsageError where it has none."""
    if opened.claims is None:
        raise UsageError(
            f"{opened.name}: no claims file, so there is nobody's word to take away; a situation "
            "with claims: FILE; write one, or let detente read draft it from a text"
        )
    return opened.claims


def wanted_removals(claims: Claims, taken: Sequence[str]) -> tuple[Removal, ...]:
    """What ``--without`` names, parts joined by +; or all there is to take away."""
    if not taken:
        return removals(claims)
    return tuple(together(asked(claims, part) for part in text.split("+")) for text in taken)
