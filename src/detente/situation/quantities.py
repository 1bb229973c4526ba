"""How an uncertain value may be written, and its reading into data.

Accepted: a word of the kind's scale, a number, ``0.2..0.5``, ``{low:, high:}``,
``{low:, mode:, high:}``, ``{beta: [a, b]}``, ``{normal: {mean:, sd:}}`` and
``{quantiles: {0: .., .., 1: ..}}``. The result is data; sampling lives elsewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from detente.addresses import nearest
from detente.checking import shown
from detente.situation.kinds import Bounds, Kind


@dataclass(frozen=True, slots=True)
class Point:
    """A value known, or assumed, exactly."""

    value: float


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything from ``low`` to ``high``, all equally likely."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Triangle:
    """From ``low`` to ``high``, most likely near ``mode``."""

    low: float
    mode: float
    high: float


@dataclass(frozen=True, slots=True)
class Beta:
    """The beta distribution on 0..1 with shapes ``a`` and ``b``."""

    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution cut off at the kind's bounds."""

    mean: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Straight lines between stated quantiles; chances run from 0 to 1."""

    chances: tuple[float, ...]
    values: tuple[float, ...]


Shape = Point | Uniform | Triangle | Beta | Normal | Quantiles


@dataclass(frozen=True, slots=True)
class Quantity:
    """An uncertain value as written, and the distribution it stands for."""

    shape: Shape
    written: str = field(compare=False)

    @property
    def fixed(self) -> float | None:
        """The value if it is certain, else None."""
        return self.shape.value if isinstance(self.shape, Point) else None

    @property
    def span(self) -> Bounds:
        """Least and greatest value it can take."""
        shape = self.shape
        if isinstance(shape, Point):
            return shape.value, shape.value
        if isinstance(shape, Beta):
            return 0.0, 1.0
        if isinstance(shape, Quantiles):
            return shape.values[0], shape.values[-1]
        return shape.low, shape.high


class Unreadable(ValueError):
    """A value that is no quantity: what was found, what is allowed, what to do."""

    def __init__(self, found: str, allowed: str, remedy: str) -> None:
        super().__init__(f"{found}; {allowed}; {remedy}")
        self.found, self.allowed, self.remedy = found, allowed, remedy


def from_span(span: Bounds, written: str) -> Quantity:
    """A quantity for a range: a point where both ends are equal."""
    low, high = span
    return Quantity(Point(low) if low == high else Uniform(low, high), written)


def default_of(kind: Kind) -> Quantity:
    """What holds where the file says nothing."""
    return from_span(kind.default, "default")


def neutral_of(kind: Kind) -> Quantity:
    """What holds where every claim for the address has been taken away."""
    return from_span(kind.neutral, "neutral")


_RANGE = re.compile(r"\s*([-+.\deE]+?)\s*\.\.\s*([-+.\deE]+)\s*\Z")


def read(raw: object, kind: Kind) -> Quantity:
    """Read one written value of ``kind``. Raises Unreadable."""
    if isinstance(raw, bool) or raw is None:
        raise Unreadable(f"found {shown(raw)}", kind.allowed, "write a word or a number")
    if isinstance(raw, (int, float)):
        return Quantity(Point(_number(raw, kind)), f"{raw:g}")
    if isinstance(raw, str):
        return _read_text(raw, kind)
    if isinstance(raw, Mapping):
        return _read_mapping(cast(Mapping[object, object], raw), kind)
    raise Unreadable(f"found {shown(raw)}", kind.allowed, "write a word, a number or low..high")


def _read_text(raw: str, kind: Kind) -> Quantity:
    text = " ".join(raw.split()).lower()
    words = kind.words
    if text in words:
        return from_span(words[text], text)
    if kind.signed and text.removeprefix("minus ") in words:
        low, high = words[text.removeprefix("minus ")]
        return from_span((-high + 0.0, -low + 0.0), text)
    span = _RANGE.match(text)
    if span:
        try:
            low, high = float(span[1]), float(span[2])
        except ValueError:
            raise _bad_form(raw, kind) from None
        return _uniform(low, high, kind, text)
    try:
        number = float(text)
    except ValueError:
        raise _bad_form(raw, kind) from None
    return Quantity(Point(_number(number, kind)), f"{number:g}")


def _bad_form(raw: str, kind: Kind) -> Unreadable:
    near = nearest(raw.lower(), kind.words)
    remedy = f"did you mean {near}?" if near else "choose a word of the scale or give numbers"
    return Unreadable(f"found {shown(raw)}, which is no word of this scale", kind.allowed, remedy)


def _number(raw: object, kind: Kind) -> float:
    low, high = kind.bounds
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise Unreadable(f"found {shown(raw)}", kind.allowed, "give a number")
    value = float(raw)
    if not math.isfinite(value):
        raise Unreadable(f"found {shown(raw)}", kind.allowed, "give a finite number")
    if not low <= value <= high:
        raise Unreadable(
            f"found {value:g}", kind.allowed, f"give a number from {low:g} to {high:g}"
        )
    return value + 0.0


def _uniform(low: object, high: object, kind: Kind, written: str) -> Quantity:
    bottom, top = _number(low, kind), _number(high, kind)
    if bottom > top:
        raise Unreadable(
            f"found the inverted range {bottom:g}..{top:g}",
            "the lower end comes first",
            f"write {top:g}..{bottom:g}",
        )
    return from_span((bottom, top), written)


def _read_mapping(raw: Mapping[object, object], kind: Kind) -> Quantity:
    keys = frozenset(str(key) for key in raw)
    reader = _FORMS.get(keys)
    if reader is None:
        raise Unreadable(
            f"found the keys {', '.join(sorted(keys)) or '(none)'}",
            "{low, high}, {low, mode, high}, {beta}, {normal} or {quantiles}",
            "use one of these forms",
        )
    return reader({str(key): value for key, value in raw.items()}, kind)


def _low_high(raw: Mapping[str, object], kind: Kind) -> Quantity:
    return _uniform(raw["low"], raw["high"], kind, f"{raw['low']}..{raw['high']}")


def _triangle(raw: Mapping[str, object], kind: Kind) -> Quantity:
    low, mode, high = (_number(raw[key], kind) for key in ("low", "mode", "high"))
    if not low <= mode <= high:
        raise Unreadable(
            f"found low {low:g}, mode {mode:g}, high {high:g}",
            "low <= mode <= high",
            "put the three numbers in order",
        )
    if low == high:
        return Quantity(Point(low), f"{low:g}")
    return Quantity(Triangle(low, mode, high), f"{low:g}..{high:g}, mode {mode:g}")


def _beta(raw: Mapping[str, object], kind: Kind) -> Quantity:
    if kind.bounds[0] > 0 or kind.bounds[1] < 1:
        raise Unreadable("found a beta distribution", kind.allowed, "use low..high here")
    shapes = raw["beta"]
    if not isinstance(shapes, list) or len(cast(list[object], shapes)) != 2:
        raise Unreadable(f"found {shown(raw['beta'])}", "beta: [a, b]", "give two shapes")
    a, b = (_positive(shape, "a beta shape") for shape in cast(list[object], shapes))
    return Quantity(Beta(a, b), f"beta({a:g}, {b:g})")


def _normal(raw: Mapping[str, object], kind: Kind) -> Quantity:
    body = raw["normal"]
    if not isinstance(body, Mapping) or set(cast(Mapping[str, object], body)) != {"mean", "sd"}:
        raise Unreadable(f"found {shown(raw['normal'])}", "normal: {mean: .., sd: ..}", "give both")
    given = cast(Mapping[str, object], body)
    mean, sd = _number(given["mean"], kind), _positive(given["sd"], "a standard deviation")
    low, high = kind.bounds
    return Quantity(Normal(mean, sd, low, high), f"normal({mean:g}, {sd:g})")


def _quantiles(raw: Mapping[str, object], kind: Kind) -> Quantity:
    body = raw["quantiles"]
    if not isinstance(body, Mapping):
        raise Unreadable(
            f"found {shown(raw['quantiles'])}", "quantiles: {0: .., 1: ..}", "give a table"
        )
    try:
        given = {
            float(str(key)): value for key, value in cast(Mapping[object, object], body).items()
        }
    except ValueError:
        raise Unreadable(
            f"found {shown(raw['quantiles'])}",
            "chances from 0 to 1 as keys",
            "write quantiles: {0: .., 1: ..}",
        ) from None
    chances = tuple(sorted(given))
    values = tuple(_number(given[chance], kind) for chance in chances)
    if len(given) < len(cast(Mapping[object, object], body)):
        raise Unreadable(
            f"found {shown(raw['quantiles'])}", "each chance once", "drop the repeated one"
        )
    if (
        len(chances) < 2
        or not all(0.0 <= c <= 1.0 for c in chances)
        or chances[0]
        or chances[-1] != 1.0
    ):
        raise Unreadable(
            f"found quantiles at {', '.join(f'{c:g}' for c in chances) or '(none)'}",
            "quantiles 0 and 1, the least and greatest value, must both be stated",
            "add them",
        )
    if any(a > b for a, b in pairwise(values)):
        raise Unreadable(
            "found quantiles that fall", "values rise with their chance", "put them in order"
        )
    return Quantity(Quantiles(chances, values), f"quantiles({len(chances)})")


_FORMS: dict[frozenset[str], Callable[[Mapping[str, object], Kind], Quantity]] = {
    frozenset({"low", "high"}): _low_high,
    frozenset({"low", "mode", "high"}): _triangle,
    frozenset({"beta"}): _beta,
    frozenset({"normal"}): _normal,
    frozenset({"quantiles"}): _quantiles,
}


def _positive(raw: object, what: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not 0 < raw < 1e6:
        raise Unreadable(f"found {shown(raw)} as {what}", "a number above 0", "give one")
    return float(raw)
