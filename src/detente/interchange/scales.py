"""Positions on scales as a situation: an issue a scale, options along it, closeness as preference.

With x an actor's position, o an option and R the length of the scale, its preference is
1 - |x - o| / R. Salience is the source's; power is capability over the largest capability.

Such sources know no veto: their models weigh actors. In a situation every principal has
to agree. They know no status quo either: unless the user names one, each issue has one more option,
*no agreement*, which is worth nothing to anybody, and links make it all or nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from detente.errors import Place
from detente.interchange.bargain import NO_DEAL, Notes, ring, tell_of_size
from detente.interchange.naming import Names, label
from detente.interchange.record import Account, Settings, listed, within_limits
from detente.interchange.scenario import Range, number_text

LEAST_POWER = 1e-6
STANDS = "where actors stand"
MARKED = "what the source marks; actors that stand elsewhere are between options"
SPREAD = (
    "points evenly spread from end to end; actors stand at more positions than fit (--steps), most "
    "of them between options"
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from ``low`` to ``high``; ``marks`` say what some of its points mean."""

    name: str
    title: str
    low: float
    high: float
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """An actor: how much it can do, where it stands and how much it minds, by scale.

    ``capability`` is not negative; ``salience`` is 0 to 1; a scale without a position is absent.
    """

    name: str
    title: str
    capability: float
    position: dict[str, float]
    salience: dict[str, float]


@dataclass(frozen=True, slots=True)
class Table:
    """Scales and who stands where on them."""

    title: str
    scales: tuple[Scale, ...]
    seats: tuple[Seat, ...]


def situation_of_scales(
    table: Table, place: Place, settings: Settings, account: Account, about: str
) -> tuple[dict[str, Any], Notes]:
    """The situation as data, with what to say above its parts. Raises SituationError."""
    within_limits(account, place, len(table.seats), len(table.scales))
    fixed = _status_quo(table, place, settings, account)
    account.stop_if_wrong()
    table = _those_who_mind(table, place, account)
    names, actors = Names("issue"), Names("actor")
    who = {seat.name: actors.give(seat.name) for seat in table.seats}
    issues: dict[str, Any] = {}
    real: dict[str, list[str]] = {}
    origins: dict[str, list[str]] = {}
    for scale in table.scales:
        name = names.give(scale.name)
        points, why = _points(scale, table, settings.steps, fixed.get(scale.name))
        origins.setdefault(why, []).append(label(scale.name))
        issues[name], real[name] = _issue(scale, points, table, who, fixed)
    _tell_of_options(origins, account)
    _tell_of_names(dict(zip(real, table.scales, strict=True)), who, account)
    data: dict[str, Any] = {
        "detente": 1,
        "title": label(table.title),
        "question": "Where on each scale do the actors settle?",
        "about": about,
        "actors": _actors(table, who),
        "issues": issues,
    }
    if not fixed and len(real) > 1:
        data["links"] = ring(real)
    _tell(table, issues, bool(fixed), account)
    return data, _notes(bool(fixed))


def _those_who_mind(table: Table, place: Place, account: Account) -> Table:
    """The table without actors to whom no scale matters: they cannot have a part in a situation."""
    seats = tuple(seat for seat in table.seats if any(seat.salience.values()))
    gone = [label(seat.name) for seat in table.seats if seat not in seats]
    if gone:
        account.left_out(f"actors to whom nothing matters: {listed(gone)}")
    within_limits(account, place, len(seats), len(table.scales))
    account.stop_if_wrong()
    return replace(table, seats=seats)


def _status_quo(
    table: Table, place: Place, settings: Settings, account: Account
) -> dict[str, float]:
    """The positions that hold without a deal, as the user named them: all scales or none."""
    given = settings.status_quo
    if not given:
        return {}
    found: dict[str, float] = {}
    for scale in table.scales:
        text = given.get(scale.name)
        try:
            found[scale.name] = float(text or "nan")
        except ValueError:
            found[scale.name] = float("nan")
        if not scale.low <= found[scale.name] <= scale.high:
            account.wrong(
                place, f"--status-quo gives {label(scale.name)} {label(text or 'nothing')}",
                f"a position from {scale.low:g} to {scale.high:g} for every scale",
                f"write --status-quo '{label(scale.name)}={scale.low:g}' or another position",
            )  # fmt: skip
    stray = [name for name in given if name not in [scale.name for scale in table.scales]]
    if stray:
        account.wrong(
            place, f"--status-quo names {listed(stray)}",
            f"the scales {listed([scale.name for scale in table.scales])}", "correct the name",
        )  # fmt: skip
    return found


def _issue(
    scale: Scale, points: list[float], table: Table, who: dict[str, str], fixed: dict[str, float]
) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    options = Names("at", {} if fixed else {NO_DEAL: None})
    ids = {point: options.give(number_text(point)) for point in points}
    meaning = {point: text for point, text in scale.marks if text}
    shown = {ids[p]: f"{number_text(p)}: {label(meaning[p])}" if p in meaning else number_text(p)
             for p in points}  # fmt: skip
    length = scale.high - scale.low
    placed = {ids[p]: {"name": shown[ids[p]], "at": _short((p - scale.low) / length * 100.0)}
              for p in points}  # fmt: skip
    body: dict[str, Any] = {
        "name": label(scale.title),
        "status_quo": ids[fixed[scale.name]] if fixed else NO_DEAL,
        "options": placed if fixed else {NO_DEAL: "no agreement", **placed},
        "salience": {who[s.name]: s.salience.get(scale.name, 0.0) for s in table.seats},
        "preferences": {
            who[s.name]: {
                **({} if fixed else {NO_DEAL: 0.0}),
                **{ids[p]: _closeness(s.position[scale.name], p, scale) for p in points},
            }
            for s in table.seats
            if scale.name in s.position
        },
    }
    return body, list(ids.values())


def _closeness(position: float, point: float, scale: Scale) -> float:
    return _short(1.0 - abs(position - point) / (scale.high - scale.low))


def _short(number: float) -> float:
    """Twelve digits, and no minus before a zero."""
    return float(f"{number:.12g}") + 0.0


def _points(scale: Scale, table: Table, most: int, fixed: float | None) -> tuple[list[float], str]:
    """Options along a scale, and where they come from.

    What the source marks and where actors stand; else the marks alone; else points evenly
    spread: the first of these that is more than one point and not more than ``most``.
    """
    marks = {point for point, text in scale.marks if text}
    taken = {seat.position[scale.name] for seat in table.seats if scale.name in seat.position}
    held: set[float] = set() if fixed is None else {fixed}
    if 1 < len(marks | taken | held) <= most:
        return sorted(marks | taken | held), STANDS + " and what the source marks" * bool(marks)
    if len(marks) > 1 and len(marks | held) <= most:
        return sorted(marks | held), MARKED
    spread = Range(scale.low, scale.high, False).points(max(2, most - len(held)))
    return sorted({*spread, *held}), SPREAD


def _tell_of_options(origins: dict[str, list[str]], account: Account) -> None:
    for why, names in origins.items():
        account.chosen(f"options of {listed(names)}: {why}")


def _actors(table: Table, who: dict[str, str]) -> dict[str, Any]:
    most = max(seat.capability for seat in table.seats) or 1.0
    return {
        who[seat.name]: {
            "name": label(seat.title or seat.name),
            "role": "principal",
            "sort": "group",
            "power": max(float(f"{seat.capability / most:.12g}"), LEAST_POWER),
        }
        for seat in table.seats
    }


def _tell_of_names(scales: dict[str, Scale], who: dict[str, str], account: Account) -> None:
    keys = [*((scale.name, name) for name, scale in scales.items()), *who.items()]
    renamed = [f"{label(key)} is {name}" for key, name in keys if key.lower() != name]
    if renamed:
        account.taken(f"names that are no identifiers: {listed(renamed)}")


def _tell(table: Table, issues: dict[str, Any], fixed: bool, account: Account) -> None:
    account.taken(
        "positions became preferences: 1 less the distance to the option over the length of the scale"
    )
    account.taken("capability became power, as a share of the largest; salience stayed salience")
    account.left_out(
        "the weighing of actors without a veto: in a situation every principal has to agree; give "
        "those who need not be asked another role"
    )
    if not fixed:
        account.chosen(
            f"the source has no status quo: each issue has one more option, {NO_DEAL}, which is worth "
            "nothing to anybody, and links make it all or nothing; so every package is better than no "
            "deal to all (--status-quo SCALE=POSITION says what holds today)"
        )
    nought = [label(seat.name) for seat in table.seats if seat.capability == 0.0]
    if nought:
        account.chosen(f"no capability: {listed(nought)} got the least power, {LEAST_POWER:g}")
    account.chosen("outlook, misreading and tangible are not in the source: the defaults hold")
    tell_of_size(math.prod(len(issue["options"]) for issue in issues.values()), account)


def _notes(fixed: bool) -> Notes:
    return {
        ("actors",): "power: capability over the largest capability; every consent needed",
        ("issues",): "one a scale; preferences: closeness; salience as in the source",
        ("links",): "" if fixed else "not in the source: they keep no agreement all or nothing",
    }
