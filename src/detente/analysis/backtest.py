"""Models held against decisions that were taken: how far off, and how well they say so themselves.

Each model's point forecast is scored as it is. Around it a predictive distribution is fitted, and
scored on proposals that the fit did not see (``spatial.folds`` says which). Distributions that know
no model are scored beside: outcomes of all other proposals, and of those with forecasts alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from detente.analysis.backtest_scores import (
    FEWEST_PROPOSALS,
    Against,
    Scores,
    of_distributions,
    of_points,
    scored,
)
from detente.analysis.forecasters import MAIN, Forecaster, forecasters
from detente.analysis.grouped import REPLICATES, Groups, groups
from detente.arrays import Bools, Floats, Ints
from detente.errors import UsageError
from detente.interchange.deu_record import Decisions
from detente.spatial.climatology import analogues, climatology
from detente.spatial.fitting import Fit, Held, fit_with_ridge_chosen, held_out
from detente.spatial.focal import focal, on_grid
from detente.spatial.folds import folds
from detente.spatial.scores import crps

Told = Callable[[int, int], None]


def _untold(done: int, every: int) -> None:
    """Nobody wants to know how far it is."""


CLIMATOLOGY, ANALOGUES, PLAIN = "climatology", "analogues", "compromise-without-pulls"


@dataclass(frozen=True, slots=True)
class Tested:
    """A forecaster or a distribution, held against the outcomes.

    Attributes:
        name, title, says, source: who it is.
        baseline: whether it is what a model has to beat.
        cases: the issues that it forecasts. Axis (case,) of all issues scored.
        forecast: its points, NaN for a distribution without. Axis (case,) of its own issues.
        mass: its distributions, by fits that did not see the issue. Axes (case, point).
        fits: the fit of each fold; none for a distribution that is not fitted.
        scores: see ``backtest_scores``.
    """

    name: str
    title: str
    says: str
    source: str
    baseline: bool
    cases: Bools
    forecast: Floats
    mass: Floats
    fits: tuple[Fit, ...]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Backtest:
    """What came of it.

    Attributes:
        decisions: the issues scored.
        left_out: how many were not, for want of an outcome or of positions.
        fold: the fold of each issue.
        models: models, then baselines.
        others: distributions beside: the main model's without pulls, and those that know no model.
        whole: the main model's distribution without pulls, fitted to every issue.
        seed, replicates: of the intervals.
    """

    decisions: Decisions
    left_out: int
    fold: Ints
    models: tuple[Tested, ...]
    others: tuple[Tested, ...]
    whole: Fit
    seed: int
    replicates: int

    @property
    def outcome(self) -> Ints:
        """What each issue came to, as a point of the grid. Axis (case,)."""
        return on_grid(self.decisions.outcome)

    @property
    def main(self) -> Tested:
        """The model that others are compared with."""
        return next(model for model in self.models if model.name == MAIN)

    def groups(self) -> Groups:
        """The proposals, and how they are drawn again."""
        return groups(self.decisions.proposal, self.seed, self.replicates)


def backtest(
    decisions: Decisions,
    names: Sequence[str] = (),
    *,
    executor: Executor,
    seed: int = 1,
    replicates: int = REPLICATES,
    told: Told = _untold,
) -> Backtest:
    """Hold models against the outcomes of decisions.

    Args:
        decisions: those that were taken; what cannot be scored is left out.
        names: which models; all where none is named.
        executor: threads that share the work; what comes out does not depend on it.
        seed: of the intervals.
        replicates: how often proposals are drawn again for them.
        told: called with how much is done of how much.

    Raises:
        UsageError: for an unknown model, or too few proposals to cross-validate and resample.
    """
    who = forecasters(names)
    known = decisions.scored()
    proposals = len(set(known.proposal))
    if proposals < FEWEST_PROPOSALS:
        raise UsageError(
            f"{proposals} proposals have an outcome and three actors\u2019 positions; at least "
            f"{FEWEST_PROPOSALS} are needed to hold a forecast against; give the whole data"
        )
    bench = _Bench(known, folds(known.proposal), seed, replicates)
    every = 2 * len(who) + 1
    told(0, every)
    points: list[Floats] = []
    for job in [executor.submit(one, known) for one in who]:
        points.append(job.result())
        told(len(points), every)
    main = points[[one.name for one in who].index(MAIN)]
    jobs = [executor.submit(bench.held, point, pulls=True) for point in points]
    plain = executor.submit(bench.held, main, pulls=False)
    found: list[Held] = []
    for job in jobs:
        found.append(job.result())
        told(len(points) + len(found), every)
    against = bench.against(main, found[[one.name for one in who].index(MAIN)])
    models = [
        bench.tested(one, point, held, against)
        for one, point, held in zip(who, points, found, strict=True)
    ]
    others = bench.others(main, plain.result(), against)
    told(every, every)
    return Backtest(
        known, len(decisions) - len(known), bench.fold, tuple(models), others,
        bench.whole(main), seed, replicates,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Bench:
    """Issues that are scored, their folds, and how intervals are found."""

    known: Decisions
    fold: Ints
    seed: int
    replicates: int

    def held(self, forecast: Floats, *, pulls: bool) -> Held:
        """Distributions around a forecast, of the issues that it has one for."""
        cases = ~np.isnan(forecast)
        here = self.known.of(cases)
        of = focal(forecast[cases], here.table, here.setters(), pulls=pulls)
        return held_out(of, on_grid(here.outcome), self.fold[cases])

    def whole(self, forecast: Floats) -> Fit:
        """The distribution without pulls, fitted to every issue."""
        of = focal(forecast, self.known.table, self.known.setters())
        every = np.arange(len(self.known))
        return fit_with_ridge_chosen(of, on_grid(self.known.outcome), self.fold, every)

    def against(self, main: Floats, held: Held) -> Against:
        """What others are compared with."""
        outcome = on_grid(self.known.outcome)
        return Against(
            np.abs(main - self.known.outcome), crps(held.mass, outcome),
            crps(climatology(outcome, self.known.proposal), outcome),
        )  # fmt: skip

    def tested(self, who: Forecaster, forecast: Floats, held: Held, against: Against) -> Tested:
        """A forecaster with its scores."""
        cases = ~np.isnan(forecast)
        here = self.known.of(cases)
        less = Against(against.error[cases], against.crps[cases], against.climatology[cases])
        columns = of_points(forecast[cases], here.outcome, less)
        columns |= of_distributions(held.mass, on_grid(here.outcome), less)
        return Tested(
            who.name, who.title, who.says, who.source, who.baseline, cases, forecast[cases],
            held.mass, held.fits, scored(columns, here, self.seed, self.replicates),
        )  # fmt: skip

    def others(self, main: Floats, plain: Held, against: Against) -> tuple[Tested, ...]:
        """Distributions without a point of their own."""
        outcome, proposal = on_grid(self.known.outcome), self.known.proposal
        return (
            self._other(
                PLAIN, "compromise, without pulls",
                "The same around the compromise, where no actor has a pull of its own.",
                plain.mass, plain.fits, against,
            ),
            self._other(
                ANALOGUES, "outcomes of like issues",
                "Outcomes of other proposals, weighted by nearness of the compromise.",
                analogues(main, outcome, proposal), (), against,
            ),
            self._other(
                CLIMATOLOGY, "all other outcomes",
                "Outcomes of all other proposals, each alike.",
                climatology(outcome, proposal), (), against,
            ),
        )  # fmt: skip

    def _other(
        self, name: str, title: str, says: str, mass: Floats, fits: tuple[Fit, ...],
        against: Against,
    ) -> Tested:  # fmt: skip
        outcome = on_grid(self.known.outcome)
        columns = of_distributions(mass, outcome, against)
        scores = scored(columns, self.known, self.seed, self.replicates)
        cases, none = np.ones(len(outcome), dtype=np.bool_), np.full(len(outcome), np.nan)
        return Tested(name, title, says, "outcomes", True, cases, none, mass, fits, scores)
