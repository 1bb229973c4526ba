"""What a run says, as forecasts of a question: one a reading, with what it takes to get it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from detente.analysis.answer import Run
from detente.errors import UsageError
from detente.ledger.events import CONDITIONED, DATES, MONTHS, Event, event_for
from detente.ledger.reading_off import ReadOff, read_off
from detente.ledger.records import Forecast, Provenance, Question
from detente.ledger.tracks import RUN
from detente.situation.dumping import content_hash


def forecasts_from(
    run: Run, question: Question, event: str | None, *, name: str, version: str, by: str,
    at: datetime, why: str = "", lens: str = RUN, patch: Mapping[str, str] | None = None,
) -> tuple[list[Forecast], list[str]]:  # fmt: skip
    """A forecast for each scenario of a run, and the scenarios that do not have the event.

    Args:
        run: what was run.
        question: the question forecast.
        event: which event of the run answers it, as in ``events``; None for the usual one.
        name: of the situation, as the user named it.
        version: of Detente.
        by: who makes the forecast.
        at: the moment for which it speaks.
        why: the reasons, for all of them.
        lens: the method.
        patch: what was set on top of the file, by address.

    Raises UsageError for an event that does not fit the question, or that no scenario has.
    """
    wanted = event_for(question, event, run.situation)
    digest = content_hash(run.situation)

    def made(index: int, found: ReadOff) -> Forecast:
        answer = run.answers[index]
        return Forecast(
            question=question.id, by=by, at=at, value=found.value, why=why, lens=lens,
            reading=answer.reading or "",
            provenance=Provenance(
                situation=name, sha256=digest, version=version, seed=run.plan.seed,
                draws=run.plan.draws, round=answer.round, reading=answer.reading,
                protocol=run.protocol, patch=dict(patch or {}), event=wanted.text,
                counted=found.counted, mc_se=found.mc_se,
            ),
        )  # fmt: skip

    read = [read_off(run, index, wanted) for index in range(len(run.answers))]
    forecasts = [made(index, found) for index, found in enumerate(read) if found is not None]
    without = [
        " / ".join(part for part in (a.round, a.reading) if part) or "as written"
        for a, found in zip(run.answers, read, strict=True)
        if found is None
    ]
    if not forecasts:
        raise UsageError(f"--event {wanted.text}: no scenario of this run has it; {_why(wanted)}")
    return forecasts, without


def _why(event: Event) -> str:
    """What a run needs to have an event."""
    if event.what in DATES:
        return (
            "only the run-up is dated, of a round with announced: and planned: (or met:), and what "
            "is dated has to come in some draw; choose such a round, or another event"
        )
    if event.what == MONTHS or event.given == "deal":
        return (
            "a deal in some draw is needed, and for months aftermath: in the file; choose another"
        )
    given = f"{event.what}-given-held" if event.what in CONDITIONED else "tangible-given-held"
    return (
        "a round with dates has it of all draws, one without only given held or given a deal, as "
        f"in {given}; choose another"
    )
