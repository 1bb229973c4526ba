"""One round's samples under every reading, and every way in which ``drivers`` divides them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from detente.analysis.driver_pages import Base, every_subset, pages, told
from detente.analysis.driver_scopes import DRAW, Effects, Reading, Scope
from detente.analysis.given_data import Moved, bins_for, bins_of, moved
from detente.analysis.groupings import (
    DRIVER,
    INPUTS,
    MOST,
    Ground,
    Members,
    chosen,
    events,
    folded,
    grouped,
)
from detente.analysis.outputs import Outputs, outputs_of
from detente.analysis.pick_freeze import Pages, second_of
from detente.analysis.pooling import standard_error
from detente.analysis.probabilities import Estimate
from detente.analysis.resampling import Resampling, Share
from detente.analysis.shapley_effects import (
    CHANCE,
    MOST_PLAYERS,
    Shapley,
    game,
    shapley_effects,
)
from detente.analysis.sobol import (
    Products,
    averaged,
    effects,
    of_chances,
    of_draws,
    share_of_inputs,
)
from detente.analysis.targets import usual
from detente.analysis.weights import Weights
from detente.arrays import Floats
from detente.errors import UsageError
from detente.sampling.draws import Draws, Plan
from detente.situation.believing import voices
from detente.situation.schema import Situation
from detente.sources.claims import Claims

MOST_TOGETHER = 4096  # draws of a page where every subset is run
_Z = 1.96


class Study:
    """What was run, and how it is divided. ``weights`` sum to 1; readings are their keys."""

    def __init__(
        self, situation: Situation, claims: Claims | None, plan: Plan, weights: Weights,
        bases: Mapping[Reading, Base], target: str | None,
    ) -> None:  # fmt: skip
        self._situation, self._plan, self._weights, self._bases = situation, plan, weights, bases
        models = next(iter(bases.values())).models
        self.target = _target(models, target)
        samples = [base.sample for base in bases.values()]
        self._joint = outputs_of(models, samples, [weights[r] for r in bases])
        self._own = {r: outputs_of(models, [base.sample], [1.0]) for r, base in bases.items()}
        self._resampling = Resampling(plan.seed)
        self._grounds = {
            r: Ground(
                situation, base.scenario,
                voices(situation, claims, base.scenario.values, r) if claims else None,
            )
            for r, base in bases.items()
        }  # fmt: skip
        self.over = self._over()
        self.each = {reading: self._scope(reading) for reading in bases}
        if self.target in self._joint.names:
            self._weight = {a: s[self.target].value for a, s in self.over.addresses.items()}
        else:
            self._weight = {}

    # -- one reading, and all of them

    def _over(self) -> Scope:
        plain = {r: told(Pages(b.a, b.b, {}), self._joint) for r, b in self._bases.items()}
        products = self._averaged({r: of_chances(one) for r, one in plain.items()})
        means = sum(self._weights[r] * _points(one) for r, one in plain.items())
        found: dict[str, Moved] = {}
        for reading, one in plain.items():
            for address, moves in self._moved(reading, one).items():
                weight = self._weights[reading]
                before = found.get(address, Moved(np.zeros(1), np.zeros(1)))
                found[address] = Moved(
                    before.variance + weight * moves.variance, before.se + weight * moves.se
                )
        return self._told(self._joint, np.asarray(means), products, found)

    def _scope(self, reading: Reading) -> Scope:
        base, outputs = self._bases[reading], self._own[reading]
        plain = told(Pages(base.a, base.b, {}), outputs)
        return self._told(outputs, _points(plain), of_chances(plain), self._moved(reading, plain))

    def _told(
        self, outputs: Outputs, means: Floats, products: Products, found: Mapping[str, Moved]
    ) -> Scope:
        whole = [Estimate(float(c.mean()), standard_error(c)) for c in products.whole]
        return Scope(
            {
                name: Estimate(outputs.means[name], standard_error(column))
                for name, column in zip(outputs.names, means, strict=True)
            },
            share_of_inputs(products, outputs.names, self._resampling),
            outputs.skipped,
            addresses={a: _shares(outputs.names, one, whole) for a, one in found.items()},
        )

    def _moved(self, reading: Reading, plain: Pages) -> dict[str, Moved]:
        """What goes with each address under one reading, from both of its samples."""
        base, columns = self._bases[reading], _points(plain)
        values = base.scenario.values
        first = Draws(values, self._plan, 0, self._plan.draws)
        second = Draws(values, second_of(self._plan, base.uncertain), 0, self._plan.draws)
        count = bins_for(columns.shape[1])
        return {
            address: moved(
                np.concatenate([bins_of(d.stratum(address), count) for d in (first, second)]),
                columns,
            )
            for address in base.uncertain
        }

    def _averaged(self, found: Mapping[Reading, Products]) -> Products:
        return averaged([self._weights[r] for r in found], list(found.values()))

    # -- groups

    def split(self, part: str) -> Members:
        """Divide every scope by one part; the groups, with their members under any reading."""
        groups = self._groups(part)
        of = of_draws if part == DRAW else of_chances
        joint: dict[Reading, Products] = {}
        for reading, base in self._bases.items():
            counts = pages(base, self._plan, groups[reading])
            own = self._own[reading]
            self.each[reading].effects[part] = self._effects(of(told(counts, own)), own)
            joint[reading] = of(told(counts, self._joint))
        self.over.effects[part] = self._effects(self._averaged(joint), self._joint)
        return _members(list(groups.values()))

    def _effects(self, products: Products, outputs: Outputs) -> Effects:
        return effects(products, outputs.names, self._resampling)

    def _groups(self, part: str, most: int = MOST + 1) -> dict[Reading, Members]:
        """The groups of each reading, of the same names in the same order."""
        if part == DRAW:
            parts = {
                r: {INPUTS: base.uncertain, **events(self._situation, base.scenario)}
                for r, base in self._bases.items()
            }
            return _alike(parts)
        found = {r: grouped(ground, part) for r, ground in self._grounds.items()}
        kept = chosen(list(found.values()), self._weight, most)
        return _alike({r: folded(members, kept) for r, members in found.items()})

    # -- every subset

    def together(self) -> tuple[Members, dict[str, Shapley]]:
        """Divide the variance among drivers, chance, and the reading where there are several."""
        room = MOST_PLAYERS - 1 - (len(self._bases) > 1)
        groups = {r: {**one, CHANCE: ()} for r, one in self._groups(DRIVER, room).items()}
        draws = min(self._plan.draws // self._plan.repeats, MOST_TOGETHER)
        plan = Plan(draws, self._plan.seed)
        found = {
            r: np.stack([self._joint.of(page) for page in every_subset(base, plan, groups[r])])
            for r, base in self._bases.items()
        }
        players, worth = game(list(next(iter(groups.values()))), found, self._weights)
        divided = shapley_effects(players, worth, self._joint.names, self._resampling)
        members = _members(list(groups.values()))
        return {name: members.get(name, ()) for name in players}, divided


def _target(models: tuple[str, ...], asked: str | None) -> str:
    if asked is None:
        return usual(dated="tangible" in models)
    if asked not in models:
        raise UsageError(
            f"--target {asked}: this round does not model it; {', '.join(models)}; choose one"
        )
    return asked


def _points(plain: Pages) -> Floats:
    """Outputs at each point of both samples, averaged over chance: shape (output, point)."""
    return np.concatenate([plain.a.mean(axis=-1), plain.b.mean(axis=-1)], axis=1)


def _shares(names: tuple[str, ...], found: Moved, whole: Sequence[Estimate]) -> dict[str, Share]:
    """Variances as shares of the whole, with intervals of about 95 % for the error of both."""
    told_of: dict[str, Share] = {}
    for name, variance, se, every in zip(names, found.variance, found.se, whole, strict=True):
        if every.p > 0.0:
            value = float(variance) / every.p
            reach = _Z * math.hypot(float(se) / every.p, value * every.mc_se / every.p)
            told_of[name] = Share(value, value - reach, value + reach)
        else:
            told_of[name] = Share(0.0, 0.0, 0.0)
    return told_of


def _alike(parts: Mapping[Reading, Members]) -> dict[Reading, Members]:
    """The same names in the same order for every reading; some stand for nothing there."""
    names = dict.fromkeys(name for members in parts.values() for name in members)
    return {r: {n: members.get(n, ()) for n in names} for r, members in parts.items()}


def _members(found: list[Members]) -> Members:
    """What is in each group under any reading, in the order met."""
    names = dict.fromkeys(name for members in found for name in members)
    return {
        name: tuple(dict.fromkeys(a for members in found for a in members.get(name, ())))
        for name in names
    }
