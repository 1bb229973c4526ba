"""What the page of an answer says: plain records, for a template or as JSON."""

from __future__ import annotations

from pydantic import BaseModel, Field

from detente.analysis.answer import Answer, Run
from detente.analysis.compare import difference
from detente.analysis.probabilities import MEANINGS, NAMES
from detente.figures.naming import Names, percent
from detente.figures.spans import main, span
from detente.report.sentences import blocking_sentence, zone_sentence
from detente.situation.writing import in_words
from detente.web.answering import Pair
from detente.words import PROBABILITY

CLEAR = 1.96  # standard errors by which a change must exceed zero to be one


class Chance(BaseModel):
    """One probability, before and after what is changed; errors are Monte Carlo standard errors."""

    name: str
    meaning: str
    main: bool = Field(description="Whether this is the forecast itself.")
    before: float
    before_error: float
    before_says: str = Field(description="As people read it, such as 64%.")
    after: float
    after_error: float
    after_says: str
    points: float = Field(description="After less before, from 0 to 1, on the same random numbers.")
    points_error: float
    says: str = Field(description="The change in words.")


class Changed(BaseModel):
    """A value that stands otherwise than the reading has it."""

    address: str
    what: str
    before: str
    after: str
    why: str = Field(description="Who changed it: you, or a claim left out.")
    setting: str | None = Field(description="The setting to drop to undo it.")


class Told(BaseModel):
    """An answer and what it would be without the changes."""

    situation: str
    round: str | None
    reading: str | None
    draws: int
    seed: int
    headline: str
    word: str = Field(description="The chance as a term of ICD 203.")
    inputs_low: float = Field(description="Where the stated ranges leave the chance open: from.")
    inputs_high: float = Field(description="And to.")
    chances: list[Chance]
    zone: str
    blocks: str
    changes: list[Changed]
    left_out: list[str] = Field(description="Whose word is left out, as sort:name.")


def told(pair: Pair, name: str) -> Told:
    """What a state's answer says. ``name`` is the situation's."""
    run, plain = pair.run, pair.plain
    after, before = run.answers[0], plain.answers[0]
    chief = main(after)
    low, high = span(after)
    return Told(
        situation=name,
        round=after.round,
        reading=after.reading,
        draws=pair.asked.plan.draws,
        seed=pair.asked.plan.seed,
        headline=_headline(run, after, chief),
        word=PROBABILITY.word_for(after.probabilities[chief].p) or "",
        inputs_low=low,
        inputs_high=high,
        chances=[
            _chance(one, pair, chief)
            for one in (chief, *(n for n in NAMES if n != chief))
            if one in after.probabilities and one in before.probabilities
        ],
        zone=zone_sentence(after),
        blocks=blocking_sentence(run, after),
        changes=changes(pair),
        left_out=list(pair.asked.state.without),
    )


def _headline(run: Run, answer: Answer, chief: str) -> str:
    names = Names(run.situation)
    chance = percent(answer.probabilities[chief].p)
    return f"{chance}: {MEANINGS[chief]}. {names.scenario(answer.round, answer.reading)}."


def _chance(name: str, pair: Pair, chief: str) -> Chance:
    first, then = (run.answers[0].probabilities[name] for run in (pair.plain, pair.run))
    points, error = difference(pair.plain.happened[0], pair.run.happened[0], name)
    return Chance(
        name=name, meaning=MEANINGS[name], main=name == chief,
        before=first.p, before_error=first.mc_se, before_says=percent(first.p),
        after=then.p, after_error=then.mc_se, after_says=percent(then.p),
        points=points, points_error=error, says=_change(points, error),
    )  # fmt: skip


def _change(by: float, error: float) -> str:
    if by == 0.0:
        return "unchanged"
    points = f"{'up' if by > 0 else 'down'} {abs(by) * 100:.1f} points"
    return points if abs(by) > CLEAR * error else f"{points}, no more than chance could do"


def changes(pair: Pair) -> list[Changed]:
    """Every value that stands otherwise than in the reading, in the order of addresses."""
    asked, names = pair.asked, Names(pair.run.situation)
    settings = asked.state.by_address
    found: list[Changed] = []
    for address, value in asked.scenario.values.items():
        was = asked.base.values[address]
        if address not in settings and value.quantity == was.quantity:
            continue
        found.append(
            Changed(
                address=address, what=names.address(address),
                before=in_words(was.quantity), after=in_words(value.quantity),
                why="you" if address in settings else "whose word is left out",
                setting=settings.get(address),
            )
        )  # fmt: skip
    return found
