"""detente outside: the forecast beside how often it went so in other cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.inside_view import draw
from detente.analysis.outside_view import outside_view
from detente.cases.opening import open_situation
from detente.cli.choosing import one_round, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.ensemble.chunk import space_for
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.model.structure import structure_of
from detente.outside.base_rates import PRIORS
from detente.outside.classes import reference_classes
from detente.report.outside import NONE_NAMED, class_object, outside_object
from detente.report.outside_terminal import print_classes, print_outside
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.values import set_here

FORMAT = "detente-outside/1"


@dataclass(frozen=True, slots=True)
class Pool:
    """How inside and outside are put together; None: as the file says."""

    weight: float | None
    prior: str


def show_outside(request: Request, pool: Pool, *, as_json: bool, out: Path | None) -> None:
    """Run one meeting, hold it against its classes, print and, with ``out``, write.

    Raises UsageError where the situation names no class, for an unknown prior, or for a weight
    that is no share.
    """
    _must_be_known(pool.prior)
    _must_be_a_share(pool.weight)
    opened = open_situation(request.what)
    situation = opened.situation
    if situation.outside is None or not situation.outside.by_event:
        raise UsageError(f"{opened.name}: {NONE_NAMED}")
    round_ = one_round(situation, request.rounds)
    wanted = scenarios(
        situation, opened.claims, rounds=(round_,) if round_ is not None else (),
        readings=request.readings, patch=read_settings(situation, request.settings),
    )  # fmt: skip
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    space_for(structure_of(situation))  # refuse an impossible size before anybody is hired
    with ready() as teller, working(request.executor) as force:
        warn_of(situation, wanted, plan, force, teller, runs=len(wanted), at_once=len(wanted))
        drawn = draw(situation, wanted, plan, executor=force.pool, progress=teller.step("Running"))
    view = outside_view(situation, drawn, weight=pool.weight, prior=pool.prior)
    assert view is not None
    laid = set_here(wanted[0].values)
    plain = {
        "format": FORMAT, "detente": __version__, "situation": opened.name, "title": situation.title,
        "sha256": content_hash(situation), "seed": plan.seed, "draws": plan.draws, "set": laid,
        **(outside_object(view) or {}),
    }  # fmt: skip

    def page() -> str:
        from detente.report.outside_html import render_outside  # noqa: PLC0415 -- slow

        return render_outside(
            situation, view, plan, file=opened.name, version=__version__, laid=laid
        )

    def show(console: Console) -> None:
        print_outside(console, Names(situation), view, tail(opened, request))

    deliver(opened, plain, "outside", out=out, as_json=as_json, page=page, show=show)


def list_classes(*, as_json: bool) -> None:
    """Print every reference class that ships with Detente."""
    known = reference_classes().values()
    if as_json:
        print(json.dumps([class_object(one) for one in known], indent=2, ensure_ascii=False))
        return
    print_classes(Console(highlight=False), known)


def _must_be_known(prior: str) -> None:
    if prior not in PRIORS:
        raise UsageError(
            f"--prior {prior}: no such prior; {' or '.join(PRIORS)}; jeffreys adds half a case of "
            "each kind, uniform adds one"
        )


def _must_be_a_share(weight: float | None) -> None:
    if weight is not None and not 0.0 <= weight <= 1.0:
        raise UsageError(
            f"--weight {weight:g}: no share of the pool; 0 to 1 is allowed; 0 leaves the outside view "
            "out, 1 the inside view"
        )
