"""What a ledger keeps: questions, forecasts, resolutions. None changes once it is written.

Bodies go into the log as JSON, so a record holds plain values: an answer on a date is
written as ``2025-10-31``, in quantiles too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from detente.printable import printable

Kind = Literal["yes-no", "one-of", "number", "date"]
Verdict = Literal["value", "ambiguous", "annulled", "void"]
Answer = bool | float | str  # of a yes-no, a number, and an option or a date

AFTER = "made after the fact"  # what such a forecast is called wherever it is shown

MAX_LINE, MAX_PROSE = 500, 20_000
MAX_OPTIONS, MAX_TAGS = 100, 30
MAX_QUANTILES, MAX_SAMPLE = 199, 10_000


def _plain(text: str) -> str:
    if printable(text) != text or "\n" in text:
        raise ValueError("a line of text without control characters is allowed")
    return text


def _text(text: str) -> str:
    if printable(text) != text:
        raise ValueError("text without control characters is allowed")
    return text


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment with its time zone is allowed")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("a moment within the calendar is allowed") from None


Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
Line = Annotated[str, Field(max_length=MAX_LINE), AfterValidator(_plain)]
Said = Annotated[str, Field(min_length=1, max_length=MAX_LINE), AfterValidator(_plain)]
Prose = Annotated[str, Field(max_length=MAX_PROSE), AfterValidator(_text)]
Moment = Annotated[datetime, AfterValidator(_aware)]
Day = Annotated[date, Field(ge=date(1, 1, 2), le=date(9998, 12, 31))]  # so that it has an end
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Point = Finite | str  # a number, or a date as text


class Record(BaseModel):
    """Base of everything a ledger keeps: frozen, and nothing in it goes unnoticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(Record):
    """What has to come true for a question to count.

    Attributes:
        says: the condition in words.
        question: a question of the same ledger whose answer decides it, if there is one.
        answer: the answer of that question under which the condition holds.
    """

    says: Said
    question: Name | None = None
    answer: Answer = True


class Question(Record):
    """What is asked, and by which rules it will be answered.

    Attributes:
        id: its name in the ledger.
        text: the question.
        criteria: what will count as which answer.
        fine_print: what else was agreed beforehand.
        kind: what an answer is.
        options: of a ``one-of``, at least two.
        ordered: whether the options have an order, so that near misses count for more.
        unit: of a ``number``.
        opens, closes: the first and the last day on which a forecast counts, UTC.
        condition: without it the question stands by itself.
        truth: where the answer will be looked up.
        tags: words to group by.
        by: who asked; empty in entries of earlier versions, and of sets that do not say.
        imported: the record it was read from; empty for a question asked in this ledger.
    """

    id: Name
    text: Said
    criteria: Prose
    fine_print: Prose = ""
    kind: Kind = "yes-no"
    options: Annotated[tuple[Said, ...], Field(max_length=MAX_OPTIONS)] = ()
    ordered: bool = False
    unit: Line = ""
    opens: Day
    closes: Day
    condition: Condition | None = None
    truth: Prose = ""
    tags: Annotated[tuple[Name, ...], Field(max_length=MAX_TAGS)] = ()
    by: Line = ""
    imported: Line = ""


class Probability(Record):
    """The probability of yes."""

    form: Literal["probability"] = "probability"
    p: Share


class Shares(Record):
    """A probability for each option; together 1."""

    form: Literal["shares"] = "shares"
    shares: dict[str, Share]


class Quantiles(Record):
    """Values below which the answer lies with the given probabilities, both rising."""

    form: Literal["quantiles"] = "quantiles"
    levels: Annotated[tuple[float, ...], Field(min_length=1, max_length=MAX_QUANTILES)]
    values: tuple[Point, ...]


class Normal(Record):
    """A normal distribution, for a number."""

    form: Literal["normal"] = "normal"
    mean: Finite
    sd: Annotated[float, Field(gt=0.0, allow_inf_nan=False)]


class Sample(Record):
    """Equally likely values, such as the draws of a run."""

    form: Literal["sample"] = "sample"
    values: Annotated[tuple[Point, ...], Field(min_length=1, max_length=MAX_SAMPLE)]


Value = Annotated[Probability | Shares | Quantiles | Normal | Sample, Field(discriminator="form")]


class Provenance(Record):
    """The run a forecast was read off, enough to get it again.

    Attributes:
        situation: what was run, as the user named it.
        sha256: content hash of the situation.
        version: of Detente.
        seed, draws: the plan.
        round, reading: the scenario; None where the situation has none.
        protocol: which package of the zone is agreed on.
        patch: what was set on top of the file, by address.
        event: what of the run it is.
        counted: how many draws it rests on, fewer than all where the event leaves some out; None
            of a probability that a run prints.
        mc_se: the Monte Carlo error of a probability, one standard error, or the largest of
            several; None of a sample.
    """

    situation: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    version: Line
    seed: int
    draws: int
    round: Line | None = None
    reading: Line | None = None
    protocol: Line = "nash"
    patch: dict[str, str] = {}
    event: Line
    counted: int | None = None
    mc_se: Share | None = None


class Forecast(Record):
    """What somebody expects of a question.

    Attributes:
        question: its name.
        by: who says so.
        at: the moment for which it speaks.
        value: what is expected.
        why: the reasons.
        lens: the method, such as ``judgement``, ``run`` or ``outside``.
        reading: of the situation, or empty.
        after_the_fact: made when the answer could be known; never mixed with the others.
        imported: the record it was read from; empty for a forecast made in this ledger.
        provenance: of a forecast from a run.
    """

    question: Name
    by: Said
    at: Moment
    value: Value
    why: Prose = ""
    lens: Name = "judgement"
    reading: Line = ""
    after_the_fact: bool = False
    imported: Line = ""
    provenance: Provenance | None = None


class Resolution(Record):
    """What the world answered, by whom it was entered, and on whose word.

    Attributes:
        question: its name.
        verdict: ``value`` with an answer; ``ambiguous`` where the criteria do not decide;
            ``annulled`` where the question was a mistake; ``void`` where its condition failed.
        answer: of a ``value``, else None.
        known: the moment from which the answer could be known; forecasts from then on do not count.
        source: where it stands.
        by: who entered it.
        note: anything else.
    """

    question: Name
    verdict: Verdict
    answer: Answer | None = None
    known: Moment
    source: Annotated[Prose, Field(min_length=1)]
    by: Said
    note: Prose = ""


RECORDS: dict[str, type[Question | Forecast | Resolution]] = {
    "question": Question,
    "forecast": Forecast,
    "resolution": Resolution,
}


def kind_of(record: Question | Forecast | Resolution) -> str:
    """The kind of entry that a record makes: ``question``, ``forecast`` or ``resolution``."""
    return next(name for name, made in RECORDS.items() if isinstance(record, made))


def question_of(record: Question | Forecast | Resolution) -> str:
    """The name of the question that a record is about."""
    return record.id if isinstance(record, Question) else record.question
