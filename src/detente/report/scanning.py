"""A scan in sentences, each computed from its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from detente.analysis.crossing import ABOVE, BELOW, EVEN, UNKNOWN, Crossing, Stretch, side_of
from detente.analysis.crossing import stretches as stretches_of
from detente.analysis.probabilities import MEANINGS
from detente.analysis.scan import Scan, Step, Track
from detente.figures.naming import Names, and_list, percent
from detente.figures.scanned import EVEN as HALF
from detente.figures.scanned import error_of, even_crossings, flips, stated_range
from detente.figures.spans import Z
from detente.situation.writing import in_words

WORDS = {
    ABOVE: "holds",
    BELOW: "is turned round",
    EVEN: "cannot be told apart from chance",
    UNKNOWN: "cannot be judged",
}


def sentences(names: Names, scan: Scan) -> tuple[str, ...]:
    """The answer, most important first."""
    if len(scan.sweeps) == 1:
        return (
            moves_sentence(names, scan),
            *even_sentences(names, scan),
            *claim_sentences(names, scan),
            stated_sentence(names, scan),
        )
    return tuple(text for track in scan.tracks for text in _plane(names, scan, track))


def number(value: float, wide: float) -> str:
    """A place on an axis that is ``wide`` long, to a thirtieth of it or better."""
    decimals = max(0, math.ceil(math.log10(30.0 / wide)))
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def step_words(value: float) -> str:
    """A step as it was asked for."""
    return f"{value:g}".replace("-", "−")


def quoted(names: Names, tracks: Iterable[Track]) -> str:
    """Titles of readings in quotation marks."""
    return and_list(f"“{names.reading(track.reading)}”" for track in tracks)


def _subject(names: Names, scan: Scan, place: int = 0) -> str:
    return f"“{names.address(scan.sweeps[place].address)}”"


def _chance(scan: Scan) -> str:
    """What is told the chance of; a condition in it ends with a comma."""
    meaning = MEANINGS[scan.target]
    return f"the chance that {meaning}{',' if ', ' in meaning else ''}"


def _wide(scan: Scan) -> float:
    values = scan.sweeps[0].values
    return values[-1] - values[0]


def moves_sentence(names: Names, scan: Scan) -> str:
    """Between what and what the chance moves, most under which reading and least under which."""
    known = [track for track in scan.tracks if _ends(track)]
    first, *_, last = scan.sweeps[0].values
    where = names.round(scan.round)
    if len(scan.tracks) == 1:
        where = names.scenario(scan.round, scan.tracks[0].reading)
    start = (
        f"{where}: as {_subject(names, scan)} goes from {step_words(first)} to "
        f"{step_words(last)}, {_chance(scan)}"
    )
    if not known:
        return f"{start} cannot be told: its condition comes true too seldom."
    if len(scan.tracks) == 1:
        return f"{start} lies {_between(known[0])}."
    most, least = (pick(known, key=_reach) for pick in (max, min))
    text = f"{start} moves most under {quoted(names, [most])}, {_between(most)}"
    if least is not most:
        text += f", and least under {quoted(names, [least])}, {_between(least)}"
    return f"{text}."


def _ends(track: Track) -> tuple[tuple[float, Step], ...]:
    """The lowest and the highest known chance with its step; nothing where none is known."""
    known = [(step.chance.p, step) for step in track.steps if step.chance is not None]
    if not known:
        return ()
    return min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])


def _reach(track: Track) -> float:
    (low, _), (high, _) = _ends(track)
    return high - low


def _between(track: Track) -> str:
    low, high = (f"{percent(p)} (at {_at(step)})" for p, step in _ends(track))
    return f"between {low} and {high}"


def _at(step: Step) -> str:
    return and_list(step_words(value) for value in step.cell)


def _grouped(
    names: Names, scan: Scan, told: Callable[[Track], str], subject: str, again: str
) -> list[str]:
    """What is told of each reading, those of which the same is told together.

    The first sentence is about ``subject``, the others about the same, called ``again``.
    """
    groups: dict[str, list[Track]] = {}
    for track in scan.tracks:
        groups.setdefault(told(track), []).append(track)
    found: list[str] = []
    for text, some in groups.items():
        who = again if found else subject
        if len(scan.tracks) == 1:
            found.append(f"{who[0].upper()}{who[1:]} {text}.")
        else:
            every = len(some) == len(scan.tracks)
            where = "every reading" if every else quoted(names, some)
            found.append(f"Under {where} {who} {text}.")
    return found


def even_sentences(names: Names, scan: Scan) -> list[str]:
    """Where the chance crosses one half, or on which side it stays, reading by reading."""
    return _grouped(names, scan, lambda track: _even(scan, track), "it", "it")


def _even(scan: Scan, track: Track) -> str:
    found = even_crossings(scan, track)
    if found:
        told = and_list(_crossing(scan, one) for one in found)
        side = "above" if found[0].rising else "below"
        only = f", and is more likely than not {side} that" if len(found) == 1 else ""
        return f"crosses one half near {told}{only}{_beside_stated(track, found)}"
    sides = {side_of(y, half) for y, half in _heights(track)} - {UNKNOWN}
    if not sides:
        return "cannot be told from one half, for want of draws"
    if sides == {EVEN}:
        return "cannot be told apart from one half anywhere"
    where = "below" if BELOW in sides else "above"
    other = "above" if BELOW in sides else "below"
    return (
        f"stays {where} one half" if EVEN not in sides else f"is nowhere clearly {other} one half"
    )


def _heights(track: Track) -> list[tuple[float | None, float]]:
    return [
        (None if step.chance is None else step.chance.p - HALF, error_of(step))
        for step in track.steps
    ]


def _crossing(scan: Scan, one: Crossing) -> str:
    wide = _wide(scan)
    return (
        f"{number(one.at, wide)} (Monte Carlo error leaves {number(one.low, wide)} to "
        f"{number(one.high, wide)})"
    )


def _beside_stated(track: Track, found: Sequence[Crossing]) -> str:
    """Where the one crossing lies beside what the reading states; nothing for several."""
    if len(found) != 1:
        return ""
    (low, high), one = stated_range(track.stated[0]), found[0]
    if high < one.low:
        return "; what it states lies below"
    if low > one.high:
        return "; what it states lies above"
    return "; that lies within what it states" if low < high else "; what it states lies there"


def stated_sentence(names: Names, scan: Scan) -> str:
    """What the readings state at the address."""
    groups: dict[str, list[Track]] = {}
    for track in scan.tracks:
        groups.setdefault(in_words(track.stated[0]), []).append(track)
    if len(groups) == 1:
        return f"What is stated there: {next(iter(groups))}."
    parts = [f"{words} under {quoted(names, some)}" for words, some in groups.items()]
    return f"What is stated there: {'; '.join(parts)}."


def claim_sentences(names: Names, scan: Scan) -> list[str]:
    """Where the claim that this round is likelier than the other holds; nothing without another."""
    if scan.against is None:
        return []
    here, there = names.round(scan.round), names.round(scan.against)
    claim = f"the claim that {here} is likelier than {there}"
    return _grouped(names, scan, lambda track: _claim(scan, track), claim, "the claim")


def _claim(scan: Scan, track: Track) -> str:
    """What becomes of the claim along the address."""
    parts, found = claim_stretches(scan, track), flips(scan, track)
    if len(parts) == 1:
        side = parts[0].side
        return f"{WORDS[side]}{' at every step' if side in {ABOVE, BELOW} else ''}"
    clear = [part.side for part in parts if part.side != EVEN]
    if len(found) == 1 and len(clear) == 2 and EVEN not in {parts[0].side, parts[-1].side}:
        one = found[0]
        side, other = ("above", "below") if one.rising else ("below", "above")
        return (
            f"holds while the value is {side} {_crossing(scan, one)}, and is turned round {other}"
        )
    told = and_list(f"{WORDS[part.side]} {_span(scan, part)}" for part in parts)
    flip = and_list(_crossing(scan, one) for one in found)
    return f"{told}; it changes sides near {flip}" if found else told


def claim_stretches(scan: Scan, track: Track) -> tuple[Stretch, ...]:
    """Along one address: where the difference is clear, and with which sign."""
    found = [step.difference for step in track.steps]
    return stretches_of(
        scan.sweeps[0].values,
        [None if d is None else d.points for d in found],
        [0.0 if d is None else Z * d.se for d in found],
    )


def _span(scan: Scan, part: Stretch) -> str:
    first, *_, last = scan.sweeps[0].values
    start, end = step_words(part.first), step_words(part.last)
    if part.first == part.last:
        return f"at {start}"
    if part.first == first:
        return f"up to {end}"
    return f"from {start} on" if part.last == last else f"from {start} to {end}"


def _plane(names: Names, scan: Scan, track: Track) -> list[str]:
    """Two addresses: the ends of the chance, the sides of one half, what is stated, the claim."""
    frame = names.scenario(scan.round, track.reading)
    what = _chance(scan)
    over = f"{_subject(names, scan)} and {_subject(names, scan, 1)}"
    if not _ends(track):
        return [
            f"{frame}: over {over}, {what} cannot be told: its condition comes true too seldom."
        ]
    stated = and_list(
        f"{in_words(quantity)} for {_subject(names, scan, place)}"
        for place, quantity in enumerate(track.stated)
    )
    sides = [side_of(y, half) for y, half in _heights(track)]
    told = [
        f"{frame}: over {over}, {what} lies {_between(track)}.",
        (
            f"It is more likely than not in {_share(sides, ABOVE)} of {len(sides)} cells, less "
            f"likely in {_share(sides, BELOW)}{_rest(sides, 'one half')}."
        ),
    ]
    if scan.against is not None:
        here, there = names.round(scan.round), names.round(scan.against)
        signs = [
            side_of(None, 0.0) if d is None else side_of(d.points, Z * d.se)
            for d in (step.difference for step in track.steps)
        ]
        told.append(
            f"The claim that {here} is likelier than {there} holds in {_share(signs, ABOVE)} of the "
            f"cells and is turned round in {_share(signs, BELOW)}{_rest(signs, 'chance')}."
        )
    return [*told, f"What is stated there: {stated}."]


def _share(sides: Sequence[int], side: int) -> str:
    return percent(sides.count(side) / len(sides))


def _rest(sides: Sequence[int], what: str) -> str:
    """What is neither: not told apart from ``what``, or known from too few draws."""
    told = ""
    if EVEN in sides:
        told += f"; in {_share(sides, EVEN)} it cannot be told apart from {what}"
    if UNKNOWN in sides:
        told += f"; in {_share(sides, UNKNOWN)} there are too few draws to tell"
    return told
