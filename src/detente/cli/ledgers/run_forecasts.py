"""detente ledger forecast --from-run: check first, run, and read the forecasts off."""

from __future__ import annotations

from datetime import datetime

from detente import __version__
from detente.bargaining.protocols import protocol
from detente.cases.opening import open_situation
from detente.cli.choosing import dated, one_round
from detente.cli.ledgers.as_typed import OfRun
from detente.cli.ledgers.common import made
from detente.cli.placing import check_executor
from detente.cli.running import Request, Saving, make_run
from detente.errors import UsageError
from detente.ledger.events import DATES, PROBABILITIES, Event, event_for
from detente.ledger.from_run import forecasts_from
from detente.ledger.records import Forecast, Question
from detente.ledger.tracks import RUN
from detente.situation.schema import Situation
from detente.situation.values import set_here


def forecasts(
    question: Question, wanted: OfRun, *, by: str, at: datetime, why: str, lens: str | None
) -> tuple[list[Forecast], list[str]]:
    """What a run says of a question, and the scenarios that say nothing. Raises UsageError."""
    protocol(wanted.protocol)
    check_executor(wanted.executor)
    opened = open_situation(wanted.what)
    round_ = one_round(opened.situation, wanted.rounds)
    event = event_for(question, wanted.event, opened.situation)  # before the work, not after it
    _must_be_dated(event, opened.situation, round_)
    request = Request(
        wanted.what, (round_,) if round_ else (), wanted.readings, wanted.draws, wanted.seed,
        wanted.settings, wanted.executor,
    )  # fmt: skip
    saving = Saving(whole=event.what not in PROBABILITIES)
    run = make_run(opened, request, wanted.protocol, saving)
    patch = set_here(run.scenarios[0].values)
    return made(
        "ledger forecast",
        lambda: forecasts_from(
            run, question, wanted.event, name=opened.name, version=__version__, by=by, at=at,
            why=why, lens=lens or RUN, patch=patch,
        ),
    )  # fmt: skip


def _must_be_dated(event: Event, situation: Situation, round_: str | None) -> None:
    """A run-up alone has dates. Raises UsageError."""
    known = round_ is None or round_ in situation.rounds  # else the run says so
    if event.what not in DATES or not known or dated(situation, round_):
        return
    found = f"round {round_} has no dates" if round_ else "the situation has no round"
    raise UsageError(
        f"--event {event.text}: {found}, and nothing else of a run is dated; a round with "
        "announced: and planned: (or met:) is allowed; name one with --round, or write the dates "
        "into the file"
    )
