"""Random problems of a size: additive values, drawn by seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.bargaining.solution import Question
from detente.bargaining.space import Rules, make_space
from detente.model.table import Table
from detente.testing.problems import plain_table


@dataclass(frozen=True, slots=True)
class Size:
    """A kind of problem.

    Each party values every option of an issue between 0 and 1, and cares for issues by shares
    that sum to 1. Gains are over the first option of each issue, which is the status quo.
    With a ``grid`` values are multiples of 1/grid and issues count the same, so sums tie.

    Attributes:
        issues, options: how many, and of each issue.
        principals, consents: parties; every package touches each of the ``consents``.
        demand: what each party must gain at least.
    """

    issues: int
    options: int = 4
    principals: int = 2
    consents: int = 0
    demand: float = 0.1
    grid: int | None = None

    @property
    def name(self) -> str:
        """``4^10``."""
        return f"{self.options}^{self.issues}"

    def question(self, draws: int, seed: int = 1) -> Question:
        """So many draws of it."""
        parties, positions = self.principals + self.consents, self.issues * self.options
        rng = np.random.default_rng(seed)
        value = rng.random((draws, parties, self.issues, self.options))
        salience = rng.random((draws, parties, self.issues, 1))
        salience /= salience.sum(axis=2, keepdims=True)
        if self.grid is not None:
            value = np.round(value * self.grid) / self.grid
            salience = np.ones_like(salience)
        gain = value * salience
        gain = (gain - gain[..., :1]).reshape(draws, parties, positions)
        changing = tuple(at for at in range(positions) if at % self.options)
        rules = Rules(
            (self.options,) * self.issues,
            consent_to=(changing,) * self.consents,
            status_quo=tuple(range(0, positions, self.options)),
        )
        table = plain_table(
            gain, np.full((draws, parties), self.demand), np.ones((draws, self.principals))
        )
        return Question(make_space(rules), table, ())


def some_draws(question: Question, start: int, stop: int) -> Question:
    """Draws ``start`` to ``stop`` of a question."""
    rows = {name: getattr(question.table, name)[start:stop] for name in Table.__slots__}
    return replace(question, table=Table(**rows))
