"""A ledger in words: what was forecast, and where a question stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from detente.ledger.exchange.flat import said
from detente.ledger.history import History, Standing
from detente.ledger.records import (
    AFTER,
    Forecast,
    Normal,
    Probability,
    Provenance,
    Quantiles,
    Sample,
    Shares,
    Value,
)

STATUS_WORDS = {
    "open": "open",
    "closed": "closed, not answered yet",
    "resolved": "answered",
    "ambiguous": "ambiguous: the criteria do not decide",
    "annulled": "annulled: the question was a mistake",
    "void": "void: its condition failed",
}

NOTE_HASH = (
    "A log written anew from the start is sound too: note this hash elsewhere, and give it with "
    "--head the next time."
)
TOO_LATE = "does not count: the answer could be known"


def sound_words(entries: int, faults: int) -> str:
    """How long a log is, and whether it is sound."""
    sound = "sound" if not faults else f"{faults} fault{'s' if faults > 1 else ''}"
    return f"{entries:,} entries, {sound}"


def share_words(p: float) -> str:
    """A probability in per cent, to three digits."""
    return f"{100.0 * p:.3g}%"


def value_words(value: Value) -> str:
    """A forecast in a few words."""
    match value:
        case Probability():
            return share_words(value.p)
        case Shares():
            return ", ".join(f"{name} {share_words(p)}" for name, p in value.shares.items())
        case Quantiles():
            pairs = zip(value.levels, value.values, strict=True)
            return ", ".join(f"{level:g}: {point}" for level, point in pairs)
        case Normal():
            return f"normal, mean {value.mean:g}, sd {value.sd:g}"
        case Sample():
            return _sample_words(value)


def _sample_words(value: Sample) -> str:
    """A sample by its median and the values that nine tenths of it lie between."""
    rising = sorted(value.values)  # numbers, or dates as text, never both
    low, middle, high = (rising[int(q * (len(rising) - 1) + 0.5)] for q in (0.05, 0.5, 0.95))
    told = [point if isinstance(point, str) else f"{point:.6g}" for point in (low, middle, high)]
    return f"median {told[1]}, 90% from {told[0]} to {told[2]} (a sample of {len(rising):,})"


def standing_words(stands: Standing) -> str:
    """Where a question stands; only an answer is ever told as yes or no."""
    if stands.status == "resolved":
        return said(stands.answer)
    told = STATUS_WORDS[stands.status]
    return f"{told} ({stands.because})" if stands.because else told


def forecast_words(one: Forecast) -> str:
    """A forecast in one line: of what, under which reading, whose, and on what it rests."""
    reading = f" under {one.reading}" if one.reading else ""
    late = f"; {AFTER}" if one.after_the_fact else ""
    run, rests = one.provenance, ""
    if run is not None and run.counted is not None and run.counted != run.draws:
        rests = f", from {run.counted:,} of {run.draws:,} draws"
    said_by = f"by {one.by}, lens {one.lens}"
    return f"{one.question}{reading}: {value_words(one.value)}, {said_by}{rests}{late}"


def forecast_notes(one: Forecast) -> str:
    """The lens, the reading, and whether it was made after the fact or taken from elsewhere."""
    parts = [one.lens, one.reading, AFTER if one.after_the_fact else ""]
    parts.append("imported" if one.imported else "")
    return ", ".join(part for part in parts if part)


def asked_words(history: History) -> str:
    """Who asked, and where that stands."""
    by = f" by {history.question.by}" if history.question.by else ""
    return f"asked{by} in entry {history.asked.number}"


def reasons_words(history: History) -> list[str]:
    """Each reason given, once, with the entries that give it."""
    given = [(one.number, one.record.why) for one in history.forecasts if one.record.why]
    return [f"why, {entries}: {why}" for why, entries in _by_entries(given).items()]


def runs_words(history: History) -> list[str]:
    """Each run that forecasts were read off, once, with what it takes to get it again."""
    made = [
        (one.number, _run_words(one.record.provenance))
        for one in history.forecasts
        if one.record.provenance is not None
    ]
    return [f"run, {entries}: {told}" for told, entries in _by_entries(made).items()]


def _run_words(run: Provenance) -> str:
    """All but the reading, in which forecasts of one run differ."""
    laid = ", ".join(f"{address}={value}" for address, value in run.patch.items())
    parts = [
        run.event, f"round {run.round}" if run.round else "", f"seed {run.seed}",
        f"{run.draws:,} draws", run.protocol, f"detente {run.version}",
        f"set {laid}" if laid else "",
    ]  # fmt: skip
    told = ", ".join(part for part in parts if part)
    return f"{run.situation} (sha256 {run.sha256[:16]}\u2026), {told}"


def _by_entries(told: Iterable[tuple[int, str]]) -> dict[str, str]:
    """What is told, once, with the numbers of all entries that tell it."""
    found: dict[str, list[str]] = {}
    for number, text in told:
        found.setdefault(text, []).append(str(number))
    return {
        text: f"entr{'y' if len(numbers) == 1 else 'ies'} {', '.join(numbers)}"
        for text, numbers in found.items()
    }


def day_words(at: datetime) -> str:
    """A moment as a day."""
    return f"{at:%Y-%m-%d}"
