"""What the page shows, flat and in words, ready for the template."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from detente.analysis.answer import Answer, Run
from detente.analysis.probabilities import MEANINGS
from detente.analysis.probabilities import NAMES as PROBABILITIES
from detente.figures.blocking import blocking
from detente.figures.causes import causes
from detente.figures.drawing import inline_svg
from detente.figures.endings import in_short, why_not
from detente.figures.fan import fan
from detente.figures.forecast import forecast
from detente.figures.landscape import MOST as NUMBERED
from detente.figures.landscape import landscape
from detente.figures.naming import Names, percent, tidy
from detente.figures.record import Cell, Column, Figure, csv_of
from detente.figures.spans import IF_THEY_MEET, main, main_words, meets_enough, met, span
from detente.figures.support import stacks
from detente.figures.tree import tree
from detente.report.meeting import road_sentence
from detente.report.sentences import (
    blocking_sentence,
    margin,
    readings_of,
    rounds_of,
    zone_sentence,
)
from detente.situation.schema import Reading
from detente.situation.writing import in_words
from detente.words import PROBABILITY

SHOWN_ROWS = 60  # of a figure's numbers; all are in its CSV
COMMON = 0.1  # options in fewer deals than this are left to the packages


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure drawn for the page. ``more`` is how many rows only the CSV holds."""

    figure: Figure
    svg: str
    rows: tuple[tuple[str, ...], ...]
    more: int
    csv: str


@dataclass(frozen=True, slots=True)
class Chance:
    """One cell of the table of answers."""

    p: str
    error: str
    span: str
    word: str


@dataclass(frozen=True, slots=True)
class Apart:
    """One reading in the table that keeps three chances apart."""

    title: str
    held: str
    given: str
    tangible: str
    mostly: str


@dataclass(frozen=True, slots=True)
class Deal:
    """A likely package in words."""

    share: str
    changes: tuple[str, ...]
    gains: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One round under one reading."""

    round: str
    chance: Chance
    others: tuple[tuple[str, str, str], ...]
    road: str
    way: tuple[Picture, ...]
    zone: str
    blocks: str
    options: tuple[tuple[str, str], ...]
    common: tuple[str, ...]
    deals: tuple[Deal, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One reading over all its rounds."""

    key: str
    title: str
    speaker: str
    note: str
    disputes: tuple[tuple[str, str], ...]
    refuses: tuple[str, ...]
    scenarios: tuple[ScenarioView, ...]


def picture(figure: Figure | None) -> Picture | None:
    """Draw a figure and lay its numbers out."""
    if figure is None:
        return None
    columns = figure.columns
    rows = tuple(
        tuple(shown(cell, column) for cell, column in zip(row, columns, strict=True))
        for row in figure.rows[:SHOWN_ROWS]
    )
    more = max(len(figure.rows) - SHOWN_ROWS, 0)
    encoded = base64.b64encode(csv_of(figure).encode()).decode()
    return Picture(figure, inline_svg(figure), rows, more, encoded)


def shown(cell: Cell, column: Column) -> str:
    """A number as a reader wants it."""
    if cell is None:
        return "\u2013"
    if isinstance(cell, str):
        return cell
    match column.form:
        case "share":
            return f"{cell:.1%}"
        case "number":
            return f"{cell:.3f}"
        case _:
            return f"{cell:,.0f}"


def overview(run: Run) -> tuple[Picture | None, Picture | None, Picture | None]:
    """The figures over all scenarios: how likely, whether they meet, and on whose word."""
    return picture(forecast(run)), picture(causes(run)), picture(stacks(run))


def apart(run: Run) -> tuple[tuple[str, tuple[Apart, ...]], ...]:
    """For each round with a run-up: held, tangible if held, and tangible at all, by reading."""
    names = Names(run.situation)
    found = [
        (
            names.round(round_),
            tuple(
                _apart(run, names, a)
                for a in run.answers
                if a.round == round_ and "held" in a.probabilities
            ),
        )
        for round_ in reversed(rounds_of(run))
    ]
    return tuple((round_, rows) for round_, rows in found if rows)


def _apart(run: Run, names: Names, answer: Answer) -> Apart:
    found, why = answer.probabilities, why_not(answer)
    return Apart(
        names.reading(answer.reading),
        percent(found["held"].p),
        percent(found[IF_THEY_MEET].p) if meets_enough(run, answer) else "\u2013",
        percent(found["tangible"].p),
        in_short(why[0][0]) if why else "",
    )


def chances(run: Run) -> tuple[tuple[str, str, tuple[Chance | None, ...]], ...]:
    """The table of answers: a row a reading, a cell a round."""
    names = Names(run.situation)
    by_pair = {(a.round, a.reading): a for a in run.answers}
    return tuple(
        (
            names.reading(reading),
            names.speaker(reading),
            tuple(
                _chance(run, by_pair[r, reading]) if (r, reading) in by_pair else None
                for r in rounds_of(run)
            ),
        )
        for reading in readings_of(run)
    )


def _chance(run: Run, answer: Answer) -> Chance:
    found, open_ = answer.probabilities[main(answer)], span(answer)
    return Chance(
        percent(found.p),
        margin(found, run.plan.draws),
        f"{percent(open_[0])} to {percent(open_[1])}",
        PROBABILITY.word_for(found.p) or "",
    )


def readings(run: Run) -> tuple[ReadingView, ...]:
    """Every reading with its scenarios; figures for the last round it has."""
    names = Names(run.situation)
    return tuple(_reading(run, names, name, key) for key, name in keyed(run))


def keyed(run: Run) -> list[tuple[str, str | None]]:
    """An identifier for each reading's part of the page."""
    return [(f"r{i}", name) for i, name in enumerate(readings_of(run), 1)]


def _reading(run: Run, names: Names, name: str | None, key: str) -> ReadingView:
    body = run.situation.readings[name] if name is not None else None
    answers = [answer for answer in run.answers if answer.reading == name]
    return ReadingView(
        key,
        names.reading(name),
        names.speaker(name),
        tidy(body.note) if body else "",
        tuple((names.address(a), in_words(q)) for a, q in body.set.items()) if body else (),
        _refused(run, body) if body else (),
        tuple(
            scenario_view(run, answer, key if answer is answers[-1] else None) for answer in answers
        ),
    )


def _refused(run: Run, body: Reading) -> tuple[str, ...]:
    """Whose word a reading does not take."""
    gone, claims = body.disbelieve, run.claims
    if claims is None:
        return (*gone.speakers, *gone.sources, *gone.claims)
    return (
        *(tidy(claims.speakers[name].name) for name in gone.speakers if name in claims.speakers),
        *(tidy(claims.sources[name].title) for name in gone.sources if name in claims.sources),
        *(tidy(claims.claims[name].says) for name in gone.claims if name in claims.claims),
    )


def drawn(run: Run, answer: Answer, key: str) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The figures of one scenario: the way to the table, then the table.

    ``key`` ends their names, so that several scenarios share a page.
    """
    way = (
        tree(run, answer, f"tree-{key}") if answer.road else None,
        fan(run, answer, f"fan-{key}"),
    )
    table = (
        blocking(run, answer, f"blocking-{key}"),
        landscape(run, answer, f"landscape-{key}"),
    )
    return tuple(one for one in way if one), tuple(one for one in table if one)


def scenario_view(run: Run, answer: Answer, key: str | None = None) -> ScenarioView:
    """One round under one reading, in words; with ``key``, pictures as well."""
    names = Names(run.situation)
    way, table = drawn(run, answer, key) if key else ((), ())
    status_quo = {f"{n}.{issue.status_quo}" for n, issue in run.situation.issues.items()}
    often = [
        (f"{o.issue}.{o.option}", o.share)
        for o in answer.options
        if o.share >= COMMON and f"{o.issue}.{o.option}" not in status_quo
    ]
    others = [
        (
            MEANINGS[n],
            percent(answer.probabilities[n].p),
            margin(answer.probabilities[n], _behind(run, answer, n)),
        )
        for n in PROBABILITIES
        if n in answer.probabilities and n != main(answer)
    ]
    return ScenarioView(
        names.round(answer.round),
        _chance(run, answer),
        tuple(others),
        road_sentence(answer) or "",
        tuple(one for one in map(picture, way) if one),
        zone_sentence(answer),
        blocking_sentence(run, answer),
        tuple((names.option(r), percent(s)) for r, s in sorted(often, key=lambda pair: -pair[1])),
        tuple(names.option(ref) for ref in _common(answer)),
        _deals(names, answer),
        tuple(one for one in map(picture, table) if one),
    )


def _behind(run: Run, answer: Answer, name: str) -> int:
    """In how many draws the condition of a probability came true."""
    if name == IF_THEY_MEET:
        return met(run, answer)
    if name != "lasts_given_deal":
        return run.plan.draws
    return round(run.plan.draws * answer.probabilities["deal"].p)


def _common(answer: Answer) -> tuple[str, ...]:
    """What every listed package contains, where there are several."""
    listed = answer.packages[:NUMBERED]
    if len(listed) < 2:  # one package is told in full
        return ()
    return tuple(r for r in listed[0].changes if all(r in found.changes for found in listed))


def _deals(names: Names, answer: Answer) -> tuple[Deal, ...]:
    common = _common(answer)
    return tuple(
        Deal(
            percent(found.share),
            tuple(names.option(ref) for ref in found.changes if ref not in common),
            tuple((names.actor(n), f"{g:+.2f}") for n, g in found.gain.items()),
        )
        for found in answer.packages[:NUMBERED]
    )


def links(run: Run) -> tuple[tuple[str, str, str], ...]:
    """Every link: its short name, what it asks, its note."""
    names = Names(run.situation)
    return tuple(
        (names.constraint(f"links.{link.id}"), names.link(link.id), tidy(link.note))
        for link in run.situation.links
    )


def settings(run: Run) -> tuple[tuple[str, str], ...]:
    """What the command line laid over the file: address, value."""
    values = run.scenarios[0].values if run.scenarios else {}
    return tuple((a, in_words(v.quantity)) for a, v in values.items() if v.origin == "--set")


def question(run: Run) -> str:
    """What the table of answers tells the chance of."""
    return f"Chance {main_words(run.answers)}"
