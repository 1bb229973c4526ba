"""detente robustness: the same questions under every protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.probabilities import NAMES
from detente.analysis.robustness import robustness as under_every_protocol
from detente.bargaining.protocols import PROTOCOLS, protocol
from detente.cases.opening import open_situation
from detente.cli.choosing import against_round, one_round, tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.robustness import print_robustness, robustness_object
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.values import set_here


def robustness(
    request: Request, names: Sequence[str], target: str | None, against: str | None, *,
    as_json: bool, out: Path | None,
) -> None:  # fmt: skip
    """Run under every protocol, print and, with ``out``, write the page and the JSON."""
    if target is not None and target not in NAMES:
        raise UsageError(f"--target {target}: no such probability; {', '.join(NAMES)} are allowed")
    for name in names:
        protocol(name)
    opened = open_situation(request.what)
    situation = opened.situation
    round_ = one_round(situation, request.rounds)
    before = against_round(situation, round_, against)
    patch = read_settings(situation, request.settings)
    stated = scenarios(
        situation, opened.claims, patch=patch, readings=request.readings,
        rounds=[name for name in (round_, before) if name is not None],
    )  # fmt: skip
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        runs = len(stated) * len(names or PROTOCOLS)
        warn_of(situation, stated, plan, force, teller, runs=runs, at_once=len(stated))
        found = under_every_protocol(
            situation, opened.claims, round_, plan, before=before, protocols=names,
            readings=request.readings, target=target, patch=patch, executor=force.pool,
            progress=teller.step("Running"),
        )  # fmt: skip
    plain = robustness_object(
        situation, set_here(stated[0].values), found, plan, name=opened.name, version=__version__
    )

    def page() -> str:
        from detente.report.robustness_html import render_robustness  # noqa: PLC0415 -- slow

        return render_robustness(
            situation, found, plan, file=opened.name, version=__version__, laid=plain["set"]
        )

    def show(console: Console) -> None:
        print_robustness(console, Names(situation), found, tail(opened, request))

    deliver(opened, plain, "robustness", out=out, as_json=as_json, page=page, show=show)
