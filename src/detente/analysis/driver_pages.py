"""The runs behind ``drivers``: two samples of every reading, and a page for every group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from detente.analysis.groupings import Members, uncertain
from detente.analysis.outputs import Outputs, counted, modelled
from detente.analysis.pick_freeze import Evaluate, Pages, both_samples, pages_of
from detente.analysis.shapley_effects import CHANCE
from detente.arrays import Floats
from detente.ensemble.run import Progress, run
from detente.ensemble.scouting import scout
from detente.model.structure import Structure
from detente.sampling.draws import SECOND, Plan
from detente.situation.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Base:
    """Samples a and b of one scenario, as they are counted: (counted, point, luck).

    ``models`` are the outputs the scenario has.
    """

    scenario: Scenario
    evaluate: Evaluate
    uncertain: tuple[str, ...]
    models: tuple[str, ...]
    a: Floats
    b: Floats

    @property
    def sample(self) -> Floats:
        """Both samples as one: shape (counted, draw)."""
        return np.concatenate([self.a, self.b], axis=1).reshape(len(self.a), -1)


class Runs:
    """Runs pages and says how far it is."""

    def __init__(
        self, structure: Structure, executor: Executor | None, chunk: int, progress: Progress | None
    ) -> None:
        self._structure, self._executor, self._chunk = structure, executor, chunk
        self._progress, self._done, self._expected = progress, 0, 0

    def expect(self, draws: int) -> None:
        """Say that so many more draws will be asked for."""
        self._expected += draws

    def base(self, scenario: Scenario, plan: Plan) -> Base:
        """Samples a and b of a scenario."""
        models = list[tuple[str, ...]]()
        expects = scout(self._structure, scenario, seed=plan.seed)

        def evaluate(asked: Plan) -> Floats:
            (found,) = run(
                self._structure, [scenario], asked, executor=self._executor, chunk=self._chunk,
                why=False, scouts=[expects],
            )  # fmt: skip
            models.append(modelled(found))
            self._tell(asked.draws)
            return counted(found)

        drawn = uncertain(scenario)
        a, b = both_samples(evaluate, plan, drawn)
        return Base(scenario, evaluate, drawn, models[0], a, b)

    def _tell(self, draws: int) -> None:
        self._done += draws
        if self._progress is not None:
            self._progress(self._done, max(self._expected, self._done))


def pages(base: Base, plan: Plan, groups: Mapping[str, Sequence[str]]) -> Pages:
    """The page of each group of one scenario, as it is counted."""
    sets = {name: frozenset(addresses) for name, addresses in groups.items()}
    return pages_of(base.evaluate, plan, sets, base.a, base.b)


def told(counts: Pages, outputs: Outputs) -> Pages:
    """Pages of outputs from pages as they are counted."""
    groups = {name: outputs.of(page) for name, page in counts.groups.items()}
    return Pages(outputs.of(counts.a), outputs.of(counts.b), groups)


def every_subset(base: Base, plan: Plan, groups: Members) -> Floats:
    """A page for every set of groups drawn anew: shape (2^k, counted, draw).

    Page m draws group i anew if bit i of m is set. CHANCE has no addresses: it stands for
    all events.
    """
    names = list(groups)
    found: list[Floats] = []
    for mask in range(1 << len(names)):
        anew = [name for i, name in enumerate(names) if mask >> i & 1]
        other = frozenset(address for name in anew for address in groups[name])
        luck = SECOND if CHANCE in anew else plan.luck
        found.append(base.evaluate(replace(plan, luck=luck, other=other)))
    return np.stack(found)
