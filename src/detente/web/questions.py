"""Questions that take long, each answered by a page of the report."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente import __version__
from detente.analysis.answer import answer
from detente.analysis.compare import compare
from detente.analysis.drivers import drivers
from detente.analysis.knockout import knockouts
from detente.analysis.leverage import Goal
from detente.analysis.levers import find_levers
from detente.analysis.scan import lay_out
from detente.analysis.scan import scan as run_scan
from detente.analysis.targets import usual
from detente.cases.opening import Opened
from detente.ensemble.run import Progress
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.compare_html import render_comparison
from detente.report.drivers import Telling
from detente.report.drivers_html import render_drivers
from detente.report.html import render
from detente.report.knockout_html import render_knockouts
from detente.report.levers_html import render_levers
from detente.report.scan_html import render_scan
from detente.situation.quantities import Quantity
from detente.situation.scenarios import AS_WRITTEN, Scenario, read_settings, scenarios
from detente.situation.sweeping import read_sweeps
from detente.situation.values import base_values, set_here
from detente.sources.removal import removals
from detente.web.state import Asked, State, concrete

EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a page can ask.

    Attributes:
        name: in addresses. section: the page that asks it.
        title, about: what it is called, what it tells and roughly how long it takes.
        page: makes the page that answers it.
    """

    name: str
    section: str
    title: str
    about: str
    page: Callable[[Opened, State, Executor, Progress], str]


def _report(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    laid = _laid(opened, state)
    wanted = scenarios(
        opened.situation, opened.claims, patch=laid.patch, left_out=laid.asked.removal
    )
    run = answer(
        opened.situation, opened.claims, wanted, laid.asked.plan, executor=pool, progress=told
    )
    return render(run, file=opened.name, version=__version__, laid=laid.told)


def _compare(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    """The round against the one before it, under every reading."""
    laid = _laid(opened, state)
    rounds = list(opened.situation.rounds)
    round_ = laid.asked.base.round
    here = rounds.index(round_) if round_ in rounds else 0
    if here == 0:
        raise UsageError("there is no earlier round to compare this one with; choose a later round")
    before, after = (
        scenarios(
            opened.situation, opened.claims, rounds=(name,), patch=laid.patch,
            left_out=laid.asked.removal,
        )
        for name in rounds[here - 1 : here + 1]
    )  # fmt: skip
    return _compared(opened, laid, list(zip(before, after, strict=True)), pool, told)


def _compare_readings(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    """Two readings of one round."""
    laid = _laid(opened, state)
    if state.against is None:
        raise UsageError("no other reading is chosen; choose one and show this page again")
    first, second = laid.asked.scenario, concrete(opened, state.but(reading=state.against)).scenario
    if first.reading == second.reading:
        raise UsageError("that is the same reading twice; choose another")
    return _compared(opened, laid, [(first, second)], pool, told)


def _compared(
    opened: Opened, laid: _Laid, pairs: list[tuple[Scenario, Scenario]], pool: Executor,
    told: Progress,
) -> str:  # fmt: skip
    dated = all(one.calendar is not None for pair in pairs for one in pair)
    found = compare(
        opened.situation, pairs, laid.asked.plan, usual(dated=dated),
        executor=pool, progress=told,
    )  # fmt: skip
    return render_comparison(
        opened.situation, opened.claims, found, laid.asked.plan, file=opened.name,
        version=__version__, laid=laid.told,
    )  # fmt: skip


def _drivers(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    laid = _laid(opened, state)
    found = drivers(
        opened.situation, opened.claims, laid.asked.base.round, laid.asked.plan,
        readings=_readings(state), patch=laid.patch, left_out=laid.asked.removal,
        executor=pool, progress=told,
    )  # fmt: skip
    tell = Telling(Names(opened.situation), opened.claims, found)
    return render_drivers(tell, file=opened.name, version=__version__, laid=laid.told)


def _levers(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    laid = _laid(opened, state)
    asked = laid.asked
    found = find_levers(
        opened.situation, [asked.scenario], Goal(_main(asked), EVEN), asked.plan, executor=pool,
        progress=told,
    )  # fmt: skip
    return render_levers(
        opened.situation, found, asked.plan, file=opened.name, version=__version__, laid=laid.told
    )


def _knockouts(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    laid, claims = _laid(opened, state), opened.claims
    if claims is None:
        raise UsageError(f"{opened.name}: no claims file, so there is nobody's word to take away")
    found = knockouts(
        opened.situation, claims, removals(claims), laid.asked.base.round, laid.asked.plan,
        readings=_readings(state), patch=laid.patch, left_out=laid.asked.removal,
        executor=pool, progress=told,
    )  # fmt: skip
    return render_knockouts(
        opened.situation, claims, found, laid.asked.plan, file=opened.name, version=__version__,
        laid=laid.told,
    )  # fmt: skip


def _scan(opened: Opened, state: State, pool: Executor, told: Progress) -> str:
    situation, laid = opened.situation, _laid(opened, state)
    asked = laid.asked
    if not state.over:
        raise UsageError("no value to move; name one, by its address, and show this page again")
    sweeps = read_sweeps(situation, [_over_all(opened, one) for one in state.over], laid.patch)
    layout = lay_out(
        situation, opened.claims, sweeps, _main(asked), round_=asked.base.round,
        readings=(asked.base.reading or AS_WRITTEN,), patch=laid.patch, left_out=asked.removal,
    )  # fmt: skip
    found = run_scan(layout, asked.plan, executor=pool, progress=told)
    return render_scan(
        situation, found, asked.plan, file=opened.name, version=__version__, laid=laid.told
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """What a state lays on the file: values, whose word is left out, and both as pages tell it."""

    asked: Asked
    patch: dict[str, Quantity]
    told: dict[str, str]


def _laid(opened: Opened, state: State) -> _Laid:
    asked = concrete(opened, state)
    away = {"left out": ", ".join(state.without)} if state.without else {}
    patch = read_settings(opened.situation, state.settings)
    return _Laid(asked, patch, set_here(asked.scenario.values) | away)


def _over_all(opened: Opened, written: str) -> str:
    """``ADDRESS`` or ``ADDRESS=FROM..TO``; without a range, all that may stand there."""
    value = base_values(opened.situation).get(written)
    if value is None:
        return written
    low, high = value.kind.bounds
    return f"{written}={low:g}..{high:g}"


def _main(asked: Asked) -> str:
    """The chance that a question is about: of meeting and agreeing, where meeting is modelled."""
    return usual(dated=asked.base.calendar is not None)


def _readings(state: State) -> tuple[str, ...]:
    return (state.reading,) if state.reading else ()


QUESTIONS: dict[str, Question] = {
    one.name: one
    for one in (
        Question(
            "report", "run", "The whole report",
            "Every round under every reading, as one page that can be saved and sent.", _report,
        ),
        Question(
            "compare", "compare", "This round and the one before",
            "The chance in both, and how much of the difference each driver makes.", _compare,
        ),
        Question(
            "readings", "compare", "This reading and another",
            "The chance under both in this round, and how much each difference makes.",
            _compare_readings,
        ),
        Question(
            "drivers", "why", "What the chance depends on",
            "How much of the spread of the outcome goes with each uncertain value.", _drivers,
        ),
        Question(
            "levers", "why", "What would have to be true",
            "For each value: how far it must move for the chance to cross one half.", _levers,
        ),
        Question(
            "scan", "why", "Where the chance turns",
            "One value, or two together, moved over all they may be.", _scan,
        ),
        Question(
            "knockouts", "word", "Every source, speaker and claim taken away in turn",
            "What is left of the chance without each of them.", _knockouts,
        ),
    )
}  # fmt: skip


@debug_mode(False)  # tests check the specifications; here it would only cost time
def answered(
    question: Question, opened: Opened, state: State, pool: Executor, told: Progress
) -> str:
    """The page that answers a question. Raises UsageError where it cannot be asked here."""
    return question.page(opened, state, pool, told)
