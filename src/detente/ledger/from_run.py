"""What a run says, as forecasts of a question: one a reading, with what it takes to get it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from detente.analysis.answer import Answer, Run
from detente.analysis.probabilities import NAMES
from detente.errors import UsageError
from detente.ledger.records import Forecast, Probability, Provenance
from detente.ledger.tracks import RUN
from detente.situation.dumping import content_hash

EVENTS = tuple(name.replace("_", "-") for name in NAMES)


def forecasts_from(
    run: Run, question: str, event: str, *, name: str, version: str, by: str, at: datetime,
    why: str = "", lens: str = RUN, patch: Mapping[str, str] | None = None,
) -> tuple[list[Forecast], list[str]]:  # fmt: skip
    """A forecast for each scenario of a run, and the scenarios that do not have the event.

    Args:
        run: what was run.
        question: the question forecast, a yes-no one.
        event: which of EVENTS its yes is.
        name: of the situation, as the user named it.
        version: of Detente.
        by: who makes the forecast.
        at: the moment for which it speaks.
        why: the reasons, for all of them.
        lens: the method.
        patch: what was set on top of the file, by address.

    Raises UsageError for an event there is not, or that no scenario has.
    """
    if event not in EVENTS:
        raise UsageError(
            f"--event {event}: not a probability of a run; {', '.join(EVENTS)} are allowed; "
            "choose one"
        )
    key = event.replace("-", "_")
    digest = content_hash(run.situation)

    def made(answer: Answer) -> Forecast:
        estimate = answer.probabilities[key]
        return Forecast(
            question=question, by=by, at=at, value=Probability(p=estimate.p), why=why, lens=lens,
            reading=answer.reading or "",
            provenance=Provenance(
                situation=name, sha256=digest, version=version, seed=run.plan.seed,
                draws=run.plan.draws, round=answer.round, reading=answer.reading,
                protocol=run.protocol, patch=dict(patch or {}), event=event,
                mc_se=estimate.mc_se,
            ),
        )  # fmt: skip

    found = [made(answer) for answer in run.answers if key in answer.probabilities]
    without = [
        " / ".join(part for part in (a.round, a.reading) if part) or "as written"
        for a in run.answers
        if key not in a.probabilities
    ]
    if not found:
        raise UsageError(
            f"--event {event}: no scenario of this run has it; a round with dates has held and "
            "tangible, one without has tangible-given-held; choose another"
        )
    return found, without
