"""detente frontier: the packages that no other is better than for every principal."""

from __future__ import annotations

import json

from rich.console import Console

from detente import __version__
from detente.analysis.efficient import efficient
from detente.cases.opening import open_situation
from detente.cli.choosing import one_round, tail
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.efficient import efficient_object, print_efficient
from detente.sampling.draws import Plan
from detente.situation.scenarios import AS_WRITTEN, read_settings, scenarios


def frontier(request: Request, draw: int | None, *, within_zone: bool, as_json: bool) -> None:
    """Find the frontier and print it. Raises UsageError."""
    opened = open_situation(request.what)
    situation = opened.situation
    if len(request.readings) > 1:
        raise UsageError(f"--reading {','.join(request.readings)}: one is allowed; name one")
    round_ = one_round(situation, request.rounds)
    (scenario,) = scenarios(
        situation, opened.claims, rounds=(round_,) if round_ else (),
        readings=request.readings or (AS_WRITTEN,),
        patch=read_settings(situation, request.settings),
    )  # fmt: skip
    plan = Plan(request.draws, request.seed)
    found = efficient(situation, scenario, plan, draw, within_zone=within_zone)
    if as_json:
        plain = efficient_object(
            situation, found, plan, name=opened.name, scenario=scenario.name, version=__version__
        )
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    names = Names(situation)
    told = names.scenario(scenario.round, scenario.reading)
    print_efficient(Console(highlight=False), names, found, told, tail(opened, request))
