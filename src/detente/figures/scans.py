"""A probability over one address, reading by reading, and its difference between two rounds."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.crossing import Crossing
from detente.analysis.probabilities import MEANINGS
from detente.analysis.scan import Scan, Track
from detente.figures.curves import Curve, Frame, curves, pieces
from detente.figures.naming import Names, percent
from detente.figures.record import Cell, Column, Figure
from detente.figures.scanned import EVEN, error_of, even_crossings, flips, places, stated_range
from detente.figures.sides import points
from detente.figures.spans import Z

LOOK = (
    "Each line is a reading, told by its dash, its marker and the name beside it; the faint band "
    "along it is 95 % Monte Carlo error. Shaded: where most readings say the value lies; thick: "
    "where its own reading says so. "
)


def chance_figure(names: Names, scan: Scan, name: str = "chance") -> Figure | None:
    """The chance over one address; None where it is known at no step of any reading."""
    found = [
        _curve(names, scan, track, even_crossings(scan, track),
               [None if s.chance is None else (s.chance.p, error_of(s)) for s in track.steps])
        for track in scan.tracks
    ]  # fmt: skip
    drawn = [curve for curve in found if curve is not None]
    if not drawn:
        return None
    what = names.address(scan.sweeps[0].address)
    top = max(0.55, _reach(drawn)[1])
    frame = Frame(_ends(scan), (0.0, min(1.05 * top, 1.0)), EVEN, "Chance", what, "%")
    return Figure(
        name,
        f"{names.round(scan.round)}: the chance over “{what}”",
        _chance_alt(names, scan, what),
        f"{LOOK}Dashed: one half. Where a line crosses it there is a tick, and as far as Monte "
        f"Carlo error leaves the place open a bar. The chance that {MEANINGS[scan.target]}.",
        (
            Column("Reading"), Column(what, "number"), Column("Chance", "share"),
            Column("Its Monte Carlo error (1 s.e.)", "number"), Column("Stated value", "text"),
        ),
        tuple(_rows(names, scan)),
        curves(frame, drawn),
    )  # fmt: skip


def difference_figure(names: Names, scan: Scan, name: str = "claim") -> Figure | None:
    """The difference between the two rounds over one address; None without a second round."""
    found = [
        _curve(names, scan, track, flips(scan, track),
               [None if s.difference is None else (s.difference.points, Z * s.difference.se)
                for s in track.steps])
        for track in scan.tracks
    ]  # fmt: skip
    drawn = [curve for curve in found if curve is not None]
    if scan.against is None or not drawn:
        return None
    what = names.address(scan.sweeps[0].address)
    here, there = names.round(scan.round), names.round(scan.against)
    low, high = min(_reach(drawn)[0], 0.0), max(_reach(drawn)[1], 0.0)
    pad = 0.05 * (high - low) + 0.002
    frame = Frame(
        _ends(scan), (low - pad, high + pad), 0.0,
        f"{here} less {there}, in points", what, "points",
    )  # fmt: skip
    return Figure(
        name,
        f"{here} less {there}, over “{what}”",
        _difference_alt(names, scan, what),
        f"{LOOK}In points: above the dashed line {here} is likelier than {there}, below it less "
        "likely; a tick marks where that turns round, a bar how far Monte Carlo error leaves the "
        "place open. Both rounds use the same random numbers.",
        (
            Column("Reading"), Column(what, "number"), Column("Difference (share of draws)", "number"),
            Column("Its Monte Carlo error (1 s.e.)", "number"),
        ),
        tuple(
            (names.reading(track.reading), s.cell[0], s.difference.points, s.difference.se)
            for track in scan.tracks
            for s in track.steps
            if s.difference is not None
        ),
        curves(frame, drawn),
    )  # fmt: skip


def _ends(scan: Scan) -> tuple[float, float]:
    return places(scan)[0], places(scan)[-1]


def _curve(
    names: Names, scan: Scan, track: Track, found: tuple[Crossing, ...],
    known: Sequence[tuple[float, float] | None],
) -> Curve | None:  # fmt: skip
    """One reading's curve; None where nothing is known of it."""
    parts = pieces(places(scan), known)
    if not parts:
        return None
    return Curve(names.reading(track.reading), parts, stated_range(track.stated[0]), found)


def _reach(drawn: Sequence[Curve]) -> tuple[float, float]:
    """The lowest and the highest place of any error band."""
    ends = [
        y + way * half
        for curve in drawn
        for piece in curve.pieces
        for y, half in zip(piece.y, piece.half, strict=True)
        for way in (-1.0, 1.0)
    ]
    return min(ends), max(ends)


def _rows(names: Names, scan: Scan) -> list[tuple[Cell, ...]]:
    return [
        (
            names.reading(track.reading), s.cell[0],
            None if s.chance is None else s.chance.p,
            None if s.chance is None else s.chance.mc_se,
            track.stated[0].written,
        )
        for track in scan.tracks
        for s in track.steps
    ]  # fmt: skip


def _chance_alt(names: Names, scan: Scan, what: str) -> str:
    """From end to end, reading by reading."""
    first, last = _ends(scan)
    told: list[str] = []
    for track in scan.tracks:
        ends = [track.steps[i].chance for i in (0, -1)]
        parts = ["too few draws" if e is None else percent(e.p) for e in ends]
        told.append(f"{names.reading(track.reading)} {parts[0]} and {parts[1]}")
    return f"{what} from {first:g} to {last:g}. The chance at both ends: {'; '.join(told)}."


def _difference_alt(names: Names, scan: Scan, what: str) -> str:
    first, last = _ends(scan)
    told: list[str] = []
    for track in scan.tracks:
        ends = [track.steps[i].difference for i in (0, -1)]
        parts = ["too few draws" if d is None else points(d.points) for d in ends]
        told.append(f"{names.reading(track.reading)} {parts[0]} and {parts[1]}")
    return f"{what} from {first:g} to {last:g}. Points at both ends: {'; '.join(told)}."
