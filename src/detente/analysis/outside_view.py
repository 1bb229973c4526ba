"""The forecast held against how often it went so elsewhere: inside, outside, and both pooled.

The inside view is the ensemble over readings, by their prior weights. The outside view is the
mixture of what each reference class says (``outside.base_rates``), by the weights that the
situation gives them. The pooled forecast is a mean of the two, by a weight that is the user's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.analysis.answer import Run
from detente.analysis.inside_view import Drawn, Inside, drawn_in, insides
from detente.analysis.probabilities import NAMES
from detente.analysis.weights import Weights, prior_weights
from detente.arrays import Floats
from detente.outside.base_rates import HALF, MOST, Beta, Interval, posterior
from detente.outside.classes import ReferenceClass, known_before, reference_classes
from detente.outside.pooling import (
    Mixture,
    Weighted,
    linear_pool,
    log_odds_pool,
    normalised,
    pooled_interval,
)
from detente.situation.lens_sections import ClassUse, Outside
from detente.situation.schema import Situation

EVEN = 0.5  # weight of the outside view where nobody states one: a default, no finding
JEFFREYS = "jeffreys"
FURTHER = 10  # cases of which the number to come is told
_HELD, _GIVEN, _BOTH = "held", "tangible_given_held", "tangible"
_GRID = 200  # points a distribution is put on, to multiply two


@dataclass(frozen=True, slots=True)
class Share:
    """What one reference class says of an event.

    Attributes:
        found: the class.
        weight: among the classes of the event; these sum to 1.
        why: why the situation takes it for one.
        share: the posterior of the share that counts.
        half, most: its 50 % and 90 % intervals.
        further: how many of ten further cases would, from and to, in nine of ten tens.
    """

    found: ReferenceClass
    weight: float
    why: str
    share: Beta
    half: Interval
    most: Interval
    further: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Base:
    """The outside view of an event.

    Attributes:
        shares: the classes; empty where it follows from two other events.
        mean: the chance.
        half, most: its 50 % and 90 % intervals.
        heterogeneity: the share of its variance that lies between the classes, 0 to 1; None
            for a single class.
        distribution: what the intervals are of.
    """

    shares: tuple[Share, ...]
    mean: float
    half: Interval
    most: Interval
    heterogeneity: float | None
    distribution: Mixture | Weighted


@dataclass(frozen=True, slots=True)
class Together:
    """One event: inside, outside, and both pooled.

    ``linear`` and ``log_odds`` are the pooled chance by either rule; ``half`` and ``most`` are
    intervals of the linear pool of the two distributions.
    """

    inside: Inside
    outside: Base
    linear: float
    log_odds: float
    half: Interval
    most: Interval


@dataclass(frozen=True, slots=True)
class OutsideView:
    """The forecast of one meeting beside the outside view.

    Attributes:
        round: the meeting.
        readings: their weights.
        weight: of the outside view in the pool.
        weight_from: ``default``, ``file`` or ``--weight``.
        prior: the name of the prior of each share.
        note: the situation's words on the choice of classes.
        months: the horizon that a deal should outlast, from and to; None without an aftermath.
        eve: the day from which on cases would tell the outcome; None where no date is known.
        events: what can be held against something, by name.
        without: events the ensemble forecasts for which the situation names no class.
        unmet: events with classes that the ensemble does not forecast.
    """

    round: str | None
    readings: Weights
    weight: float
    weight_from: str
    prior: str
    note: str
    months: Interval | None
    eve: date | None
    events: dict[str, Together]
    without: tuple[str, ...]
    unmet: tuple[str, ...]


def outside_view(
    situation: Situation,
    drawn: Sequence[Drawn],
    *,
    weight: float | None = None,
    prior: str = JEFFREYS,
) -> OutsideView | None:
    """Hold the forecast of one round against the classes that the situation names.

    Args:
        situation: with or without classes.
        drawn: the round's scenarios, a reading each; at least one.
        weight: of the outside view in the pool; else what the file says, else one half.
        prior: ``jeffreys`` or ``uniform``.

    Returns:
        None where the situation names no class.

    Raises:
        UsageError: no such prior.
    """
    named = situation.outside
    if named is None or not named.by_event:
        return None
    round_ = drawn[0].scenario.round
    weights = prior_weights(situation, [one.scenario.reading for one in drawn])
    share, origin = _weight(named, weight)
    inside = insides(drawn, weights)
    eve = eve_of(situation, round_)
    bases = {name: _base(uses, prior, eve) for name, uses in named.by_event.items()}
    if _BOTH not in bases and _HELD in bases and _GIVEN in bases:
        bases[_BOTH] = _product(bases[_HELD], bases[_GIVEN])
    return OutsideView(
        round_, weights, share, origin, prior, named.note, _months(situation, drawn), eve,
        {n: _together(inside[n], bases[n], share) for n in NAMES if n in inside and n in bases},
        tuple(n for n in NAMES if n in inside and n not in bases),
        tuple(n for n in NAMES if n in bases and n not in inside),
    )  # fmt: skip


def ahead(run: Run) -> OutsideView | None:
    """The view of what lies ahead: the last round that was run, if any was; None without classes."""
    if not run.answers or run.situation.outside is None:
        return None
    return outside_view(run.situation, drawn_in(run, run.answers[-1].round))


def _weight(named: Outside, asked: float | None) -> tuple[float, str]:
    if asked is not None:
        return asked, "--weight"
    return (named.weight, "file") if named.weight is not None else (EVEN, "default")


def _months(situation: Situation, drawn: Sequence[Drawn]) -> Interval | None:
    """The least and the greatest horizon that the scenarios allow."""
    if situation.aftermath is None:
        return None
    found = [one.scenario.values["aftermath.horizon"].quantity.span for one in drawn]
    return min(low for low, _ in found), max(high for _, high in found)


def eve_of(situation: Situation, round_: str | None) -> date | None:
    """When a meeting was announced, else its day, else the last day the account knows."""
    if round_ is None:
        return situation.as_of
    found = situation.rounds[round_]
    return found.announced or found.planned or found.met or situation.as_of


def _base(uses: Sequence[ClassUse], prior: str, eve: date | None) -> Base:
    known = [known_before(reference_classes()[use.class_], eve) for use in uses]
    mixed = Mixture(
        tuple(posterior(found.k, found.n, prior) for found in known),
        normalised([use.weight for use in uses]),
    )
    shares = tuple(
        Share(
            found, part, use.why, beta, beta.interval(HALF), beta.interval(MOST),
            beta.among(FURTHER, MOST),
        )
        for use, found, part, beta in zip(uses, known, mixed.weights, mixed.parts, strict=True)
    )  # fmt: skip
    return Base(
        shares, mixed.mean, mixed.interval(HALF), mixed.interval(MOST),
        mixed.heterogeneity if len(shares) > 1 else None, mixed,
    )  # fmt: skip


def product_of(first: Mixture, second: Mixture) -> Weighted:
    """The product of two independent shares, on a grid of equally likely points of each."""
    levels = (np.arange(_GRID) + 0.5) / _GRID
    values = np.multiply.outer(_points(first, levels), _points(second, levels)).ravel()
    return Weighted(values, np.full(len(values), 1.0 / len(values)))


def _points(mixed: Mixture, levels: Floats) -> Floats:
    """Quantiles of a mixture, read off its distribution on a fine grid of shares."""
    at = np.linspace(0.0, 1.0, 20 * _GRID + 1)
    parts = [part.cdf_at(at) for part in mixed.parts]
    return np.interp(levels, np.array(mixed.weights) @ np.stack(parts), at)


def _product(held: Base, given: Base) -> Base:
    """That they meet and agree, where there are classes for both halves: their product."""
    assert isinstance(held.distribution, Mixture)
    assert isinstance(given.distribution, Mixture)
    both = product_of(held.distribution, given.distribution)
    return Base((), held.mean * given.mean, both.interval(HALF), both.interval(MOST), None, both)


def _together(inside: Inside, base: Base, weight: float) -> Together:
    """Both pooled. A chance that all or no draws share is half a draw away from 1 or 0."""
    p, edge = inside.estimate.p, 0.5 / inside.count
    return Together(
        inside, base, linear_pool(p, base.mean, weight),
        log_odds_pool(min(max(p, edge), 1.0 - edge), base.mean, weight),
        pooled_interval(inside.points, base.distribution, weight, HALF),
        pooled_interval(inside.points, base.distribution, weight, MOST),
    )  # fmt: skip
