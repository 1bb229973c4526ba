"""What the page shows, flat and in words, ready for the template."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from detente.analysis.answer import Answer, Run
from detente.analysis.probabilities import MEANINGS
from detente.analysis.probabilities import NAMES as PROBABILITIES
from detente.analysis.support import (
    ANALYST,
    AUTHOR,
    BASIS_WORDS,
    COMMENTER,
    QUOTED,
    RECORD,
    SILENT,
    Rest,
)
from detente.figures.blocking import blocking
from detente.figures.drawing import inline_svg
from detente.figures.forecast import forecast
from detente.figures.landscape import MOST as NUMBERED
from detente.figures.landscape import landscape
from detente.figures.naming import Names, percent, tidy
from detente.figures.record import Cell, Column, Figure, csv_of
from detente.figures.support import moving, stacks
from detente.figures.theme import BASIS_MARKS
from detente.report.sentences import (
    MAIN,
    blocking_sentence,
    margin,
    readings_of,
    rounds_of,
    zone_sentence,
)
from detente.situation.schema import Reading
from detente.situation.writing import in_words
from detente.sources.claims import Claim, Claims
from detente.words import PROBABILITY

SHOWN_ROWS = 60  # of a figure's numbers; all are in its CSV
SHOWN_RESTS = 25  # addresses in the table of a reading
COMMON = 0.1  # options in fewer deals than this are left to the packages
GRADE_LETTERS = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
GRADE_DIGITS = {
    "1": "confirmed", "2": "probably true", "3": "possibly true",
    "4": "doubtful", "5": "improbable", "6": "truth cannot be judged",
}  # fmt: skip
BASIS_OF_SORT = {
    "author": AUTHOR, "commenter": COMMENTER, "analyst": ANALYST, "record": RECORD,
}  # fmt: skip


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
    low: str
    high: str
    word: str


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
    chance: Chance | None
    others: tuple[tuple[str, str, str], ...]
    zone: str
    blocks: str
    options: tuple[tuple[str, str], ...]
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


@dataclass(frozen=True, slots=True)
class RestView:
    """One address and whose word it is."""

    what: str
    address: str
    value: str
    origin: str
    letter: str
    basis: str
    claims: tuple[str, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class SupportView:
    """What one reading rests on, in its last round."""

    key: str
    title: str
    picture: Picture | None
    rests: tuple[RestView, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with who says it, how surely, and where."""

    key: str
    says: str
    chain: str
    letter: str
    basis: str
    kind: str
    hedge: str
    strength: str
    grade: str
    grade_words: str
    places: str
    note: str
    only_in: tuple[str, ...]


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


def overview(run: Run) -> tuple[Picture | None, Picture | None]:
    """The figures over all scenarios: how likely, and on whose word."""
    return picture(forecast(run)), picture(stacks(run))


def chances(run: Run) -> tuple[tuple[str, str, tuple[Chance | None, ...]], ...]:
    """The table of answers: a row a reading, a cell a round."""
    names = Names(run.situation)
    by_pair = {(a.round, a.reading): a for a in run.answers}
    return tuple(
        (
            names.reading(reading),
            names.speaker(reading),
            tuple(_chance(run, by_pair.get((r, reading))) for r in rounds_of(run)),
        )
        for reading in readings_of(run)
    )


def _chance(run: Run, answer: Answer | None) -> Chance | None:
    if answer is None or MAIN not in answer.probabilities:
        return None
    found, spread = answer.probabilities[MAIN], answer.spread
    return Chance(
        percent(found.p),
        margin(run, found),
        percent(spread.low),
        percent(spread.high),
        PROBABILITY.word_for(found.p) or "",
    )


def readings(run: Run) -> tuple[ReadingView, ...]:
    """Every reading with its scenarios; figures for the last round it has."""
    names = Names(run.situation)
    return tuple(_reading(run, names, name, key) for key, name in _keyed(run))


def _keyed(run: Run) -> list[tuple[str, str | None]]:
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
            _scenario(run, names, answer, key if answer is answers[-1] else None)
            for answer in answers
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


def _scenario(run: Run, names: Names, answer: Answer, key: str | None) -> ScenarioView:
    drawn = (
        (
            picture(blocking(run, answer, f"blocking-{key}")),
            picture(landscape(run, answer, f"landscape-{key}")),
        )
        if key
        else ()
    )
    status_quo = {f"{n}.{issue.status_quo}" for n, issue in run.situation.issues.items()}
    often = [
        (f"{o.issue}.{o.option}", o.share)
        for o in answer.options
        if o.share >= COMMON and f"{o.issue}.{o.option}" not in status_quo
    ]
    others = [
        (MEANINGS[n], percent(answer.probabilities[n].p), margin(run, answer.probabilities[n]))
        for n in PROBABILITIES
        if n in answer.probabilities and n != MAIN
    ]
    return ScenarioView(
        names.round(answer.round),
        _chance(run, answer),
        tuple(others),
        zone_sentence(answer),
        blocking_sentence(run, answer),
        tuple((names.option(r), percent(s)) for r, s in sorted(often, key=lambda pair: -pair[1])),
        _deals(names, answer),
        tuple(one for one in drawn if one),
    )


def _deals(names: Names, answer: Answer) -> tuple[Deal, ...]:
    return tuple(
        Deal(
            percent(found.share),
            tuple(names.option(ref) for ref in found.changes) or ("nothing changes",),
            tuple((names.actor(n), f"{g:+.2f}") for n, g in found.gain.items()),
        )
        for found in answer.packages[:NUMBERED]
    )


def supports(run: Run) -> tuple[SupportView, ...]:
    """What each reading rests on, in the last round."""
    names = Names(run.situation)
    found: list[SupportView] = []
    for key, reading in _keyed(run):
        answer = [a for a in run.answers if a.reading == reading][-1]
        found.append(
            SupportView(
                f"support-{key}",
                names.scenario(answer.round, reading),
                picture(moving(run, answer, f"support-{key}-figure")),
                tuple(_rest(names, rest) for rest in answer.rests[:SHOWN_RESTS]),
                max(len(answer.rests) - SHOWN_RESTS, 0),
            )
        )
    return tuple(found)


def _rest(names: Names, rest: Rest) -> RestView:
    return RestView(
        names.address(rest.address),
        rest.address,
        rest.value,
        origin_words(names, rest.origin),
        BASIS_MARKS[rest.basis].letter,
        BASIS_WORDS[rest.basis],
        rest.claims,
        "certain" if rest.moves is None else f"{rest.moves:.1%}",
    )


def origin_words(names: Names, origin: str) -> str:
    """Where a value comes from: the file, a default, a round, a reading, the command line."""
    head, _, rest = origin.partition(" ")
    match head:
        case "stated":
            return "the file"
        case "default":
            return "default"
        case "round":
            return f"the round {names.round(rest)}"
        case "reading":
            name, _, why = rest.partition(",")
            return f"the reading {names.reading(name)}{',' if why else ''}{why}"
        case _:
            return "the command line"


def defaults(run: Run) -> tuple[tuple[str, str, str], ...]:
    """Every default that can matter in some scenario: what, address, value."""
    names = Names(run.situation)
    found = {r.address: r for a in run.answers for r in a.rests if r.basis == SILENT}
    return tuple((names.address(a), a, found[a].value) for a in sorted(found))


def claim_views(run: Run) -> tuple[ClaimView, ...]:
    """Every claim, in file order."""
    if run.claims is None:
        return ()
    names = Names(run.situation)
    own = {
        claim: [names.reading(n) for n, r in run.situation.readings.items() if claim in r.claims]
        for claim in run.claims.claims
    }
    return tuple(
        _claim(run.claims, key, claim, tuple(own[key])) for key, claim in run.claims.claims.items()
    )


def chain(claims: Claims, claim: Claim) -> str:
    """Who says it, citing whom."""
    return ", citing ".join(tidy(claims.speakers[name].name) for name in claim.speakers)


def _claim(claims: Claims, key: str, claim: Claim, only_in: tuple[str, ...]) -> ClaimView:
    basis = BASIS_OF_SORT.get(claims.speakers[claim.origin].sort, QUOTED)
    letter, digit = claim.grade
    return ClaimView(
        key,
        tidy(claim.says),
        chain(claims, claim),
        BASIS_MARKS[basis].letter,
        BASIS_WORDS[basis],
        claim.kind,
        tidy(claim.hedge),
        claim.strength,
        claim.grade,
        f"{GRADE_LETTERS[letter]}, {GRADE_DIGITS[digit]}",
        _places(claims, claim),
        tidy(claim.note),
        only_in,
    )


def _places(claims: Claims, claim: Claim) -> str:
    if claim.source is None:
        return ""
    title = tidy(claims.sources[claim.source].title)
    at = ", ".join(f"paragraph {p.paragraph} sentence {p.sentence}" for p in claim.at)
    return f"{title}: {at}" if at else title


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
