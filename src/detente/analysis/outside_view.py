"""The forecast held against how often it went so elsewhere: inside, outside, and both pooled.

The inside view is the ensemble over readings, by their prior weights. The outside view is the
mixture of what each reference class says (``outside.base_rates``), by the weights that the
situation gives them. The pooled forecast is a mean of the two, by a weight that is the user's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.analysis.answer import Answer, Run
from detente.analysis.happenings import Happened
from detente.analysis.pooling import pooled
from detente.analysis.probabilities import NAMES, Estimate, events
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
from detente.situation.schema import ClassUse, Outside, Situation

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
class Inside:
    """What the ensemble says of an event.

    Attributes:
        estimate: over readings by weight, with its Monte Carlo error.
        count: in how many draws its condition held, under any reading.
        points: the chance at points within the stated ranges, over readings by weight.
        half, most: where it lies at five and at nine of ten of these points.
        by_reading: each reading's chance, None where its condition never held.
    """

    estimate: Estimate
    count: int
    points: Weighted
    half: Interval
    most: Interval
    by_reading: Mapping[str | None, float | None]


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
    run: Run,
    round_: str | None,
    *,
    weight: float | None = None,
    prior: str = JEFFREYS,
) -> OutsideView | None:
    """Hold a run's forecast of one round against the classes that the situation names.

    Args:
        run: with at least one scenario of the round.
        round_: the meeting.
        weight: of the outside view in the pool; else what the file says, else one half.
        prior: ``jeffreys`` or ``uniform``.

    Returns:
        None where the situation names no class.

    Raises:
        UsageError: no such prior.
    """
    named = run.situation.outside
    if named is None or not named.by_event:
        return None
    rows = [i for i, answer in enumerate(run.answers) if answer.round == round_]
    answers = [run.answers[i] for i in rows]
    weights = prior_weights(run.situation, [answer.reading for answer in answers])
    share, origin = _weight(named, weight)
    inside = _insides(answers, [run.happened[i] for i in rows], weights)
    eve = eve_of(run.situation, round_)
    bases = {name: _base(uses, prior, eve) for name, uses in named.by_event.items()}
    if _BOTH not in bases and _HELD in bases and _GIVEN in bases:
        bases[_BOTH] = _product(bases[_HELD], bases[_GIVEN])
    return OutsideView(
        round_, weights, share, origin, prior, named.note, _months(run, rows), eve,
        {n: _together(inside[n], bases[n], share) for n in NAMES if n in inside and n in bases},
        tuple(n for n in NAMES if n in inside and n not in bases),
        tuple(n for n in NAMES if n in bases and n not in inside),
    )  # fmt: skip


def ahead(run: Run) -> OutsideView | None:
    """The view of what lies ahead: the last round that was run, if any was."""
    return outside_view(run, run.answers[-1].round) if run.answers else None


def _weight(named: Outside, asked: float | None) -> tuple[float, str]:
    if asked is not None:
        return asked, "--weight"
    return (named.weight, "file") if named.weight is not None else (EVEN, "default")


def _months(run: Run, rows: Sequence[int]) -> Interval | None:
    """The least and the greatest horizon that the scenarios allow."""
    if run.situation.aftermath is None:
        return None
    found = [run.scenarios[i].values["aftermath.horizon"].quantity.span for i in rows]
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


def _insides(
    answers: Sequence[Answer], happened: Sequence[Happened], weights: Weights
) -> dict[str, Inside]:
    """Every chance over readings that all of them carry."""
    columns = [events(one) for one in happened]
    carried = [answer.probabilities for answer in answers]
    pi = [weights[answer.reading] for answer in answers]
    found: dict[str, Inside] = {}
    for name in NAMES:
        if not all(name in one for one in columns) or not any(name in one for one in carried):
            continue
        over = pooled(pi, [one[name] for one in columns])
        if over is None:
            continue
        points = point_chances(over.p, pi, [answer.spread.counts[name] for answer in answers])
        by_reading = {
            a.reading: a.probabilities[name].p if name in a.probabilities else None for a in answers
        }
        found[name] = Inside(
            over.estimate, over.count, points, points.interval(HALF), points.interval(MOST),
            by_reading,
        )  # fmt: skip
    return found


def point_chances(
    centre: float, weights: Sequence[float], counts: Sequence[Sequence[tuple[int, int]]]
) -> Weighted:
    """The chance at each point of the inputs, over readings, freed of Monte Carlo noise.

    A point weighs as much as its reading, and as often as the condition held there. What is
    left of its distance from the mean is the share of variance that draws alone would not
    cause (one-way analysis of variance; Cochran 1977, section 10).

    Args:
        centre: the estimate from all draws, around which the points are laid.
        weights: of readings.
        counts: for each reading and point (came true, condition held).
    """
    table = np.array(
        [
            (weight * given, came / given, given)
            for weight, points in zip(weights, counts, strict=True)
            for came, given in points
            if given > 1 and weight  # one draw says nothing of its own noise
        ]
    ).reshape(-1, 3)
    if not len(table):
        return Weighted(np.array([centre]), np.ones(1))
    share = table[:, 0] / table[:, 0].sum()
    p, given = table[:, 1], table[:, 2]
    mean = float(share @ p)
    spread = float(share @ (p - mean) ** 2)
    noise = float(share @ (p * (1.0 - p) / (given - 1.0)))
    factor = np.sqrt(max(spread - noise, 0.0) / spread) if spread > 0.0 else 0.0
    return Weighted(np.clip(centre + factor * (p - mean), 0.0, 1.0), share)
