"""detente compare: two rounds under each reading, or two readings in each round."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.compare import compare as compare_scenarios
from detente.analysis.driving import differences
from detente.analysis.probabilities import NAMES
from detente.analysis.targets import usual
from detente.cases.opening import Opened, open_situation
from detente.cli.choosing import tail
from detente.cli.delivering import deliver
from detente.cli.foretelling import warn_of
from detente.cli.placing import check_executor, working
from detente.cli.preparing import prepare
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.cli.telling import Teller
from detente.ensemble.executors import Workforce
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.comparing import comparison_object, print_comparison
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario, read_settings, scenarios

Pairs = list[tuple[Scenario, Scenario]]


def compare(request: Request, target: str | None, *, as_json: bool, out: Path | None) -> None:
    """Compare, print and, with ``out``, write the page and the JSON."""
    if target is not None and target not in NAMES:
        raise UsageError(f"--target {target}: no such probability; {', '.join(NAMES)} are allowed")
    check_executor(request.executor)
    opened = open_situation(request.what)
    prepare(opened, out)
    wanted = pairs(opened, request)
    plan = Plan(request.draws, request.seed)
    with ready() as teller, working(request.executor) as force:
        _foretell(opened, wanted, plan, force, teller)
        found = compare_scenarios(
            opened.situation, wanted, plan, target or _usual(wanted),
            executor=force.pool, progress=teller.step("Running"),
        )  # fmt: skip
    plain = comparison_object(opened.situation, found, plan, name=opened.name, version=__version__)

    def page() -> str:
        from detente.report.compare_html import render_comparison  # noqa: PLC0415 -- slow

        return render_comparison(
            opened.situation,
            opened.claims,
            found,
            plan,
            file=opened.name,
            version=__version__,
            laid=plain["set"],
        )

    def show(console: Console) -> None:
        print_comparison(console, Names(opened.situation), found, tail(opened, request))

    deliver(opened, plain, "compare", out=out, as_json=as_json, page=page, show=show)


def _foretell(opened: Opened, wanted: Pairs, plan: Plan, force: Workforce, teller: Teller) -> None:
    """Say what it will take if that is much. Raises UsageError for what memory cannot hold."""
    both = tuple(one for pair in wanted for one in pair)
    mixes = [2 ** len(differences(opened.situation, *pair).drivers) for pair in wanted]
    warn_of(opened.situation, both, plan, force, teller, runs=sum(mixes), at_once=max(mixes))


def _usual(wanted: Pairs) -> str:
    """What to split unless told: ``tangible``, where meeting at all is part of the forecast.

    Not the chance if they meet: whoever sees no result stays away, so it compares
    meetings that were selected differently on the two sides.
    """
    modelled = all(one.calendar is not None for pair in wanted for one in pair)
    return usual(dated=modelled)


def pairs(opened: Opened, request: Request) -> Pairs:
    """The pairs that were asked for. Raises UsageError unless two rounds or two readings are.

    Two rounds are compared under every reading; two readings, in every round; two of
    each, the rounds under each of the two.
    """
    situation = opened.situation
    rounds, readings = (tuple(dict.fromkeys(names)) for names in (request.rounds, request.readings))
    if not rounds and len(readings) != 2 and len(situation.rounds) == 2:
        rounds = tuple(situation.rounds)
    patch = read_settings(situation, request.settings)
    found = scenarios(situation, opened.claims, rounds=rounds, readings=readings, patch=patch)
    by_name = {(one.round, one.reading): one for one in found}
    names = list(dict.fromkeys(one.round for one in found))
    views = list(dict.fromkeys(one.reading for one in found))
    if len(rounds) == 2:
        return [(by_name[names[0], view], by_name[names[1], view]) for view in views]
    if len(readings) == 2:
        return [(by_name[name, views[0]], by_name[name, views[1]]) for name in names]
    raise UsageError(
        "nothing to compare; two rounds (--rounds a,b) or two readings (--readings a,b) are "
        f"allowed; rounds here: {', '.join(situation.rounds) or 'none'}; "
        f"readings: {', '.join(situation.readings) or 'none'}"
    )
