"""What a search for levers finds: goals, moves that reach them, moves that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.analysis.moving import Lever
from detente.analysis.probabilities import Estimate
from detente.situation.quantities import Quantity
from detente.situation.scenarios import Scenario

HALF = 0.5  # a median draw
UNWANTED = frozenset({"escalates"})  # chances that are asked to be low


@dataclass(frozen=True, slots=True)
class Goal:
    """A chance and where it should be: a name of NAMES, or ZONE."""

    name: str
    p: float


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal seen from where a scenario stands.

    ``raising``: the chance is below the target and has to rise. Otherwise the target is
    met, and what counts as reaching it is to fall below.
    """

    goal: Goal
    base: float

    @property
    def raising(self) -> bool:
        """Whether the target is not met yet."""
        return self.base < self.goal.p

    @property
    def met(self) -> bool:
        """Whether what is asked for is there, so that the search is for what would undo it."""
        return self.raising == (self.goal.name in UNWANTED)

    def reached(self, chances: Mapping[str, Estimate]) -> bool:
        """Whether the chance is on the other side of the target; not where it cannot be told."""
        found = chances.get(self.goal.name)
        return found is not None and (found.p >= self.goal.p) == self.raising

    def gain(self, chances: Mapping[str, Estimate]) -> float:
        """How far the chance has moved towards the target and beyond; -1 where untold."""
        found = chances.get(self.goal.name)
        if found is None:
            return -1.0
        return found.p - self.base if self.raising else self.base - found.p

    @property
    def distance(self) -> float:
        """How far it has to move."""
        return abs(self.goal.p - self.base)


@dataclass(frozen=True, slots=True)
class Moved:
    """One value on its way: its lever, its mean before and after, and what then stands there."""

    lever: Lever
    start: float
    stop: float
    value: Quantity

    @property
    def size(self) -> float:
        """How far its mean moves, on the scale of its kind."""
        return abs(self.stop - self.start)


@dataclass(frozen=True, slots=True)
class Root:
    """The least move of one value, or of two together, that reaches the goal.

    Attributes:
        moved: the values, one or two.
        steps: how many of the 64 steps to the ends of their scales they go.
        chance: there, run on all draws.
        short: one step less, where the goal is not reached.
    """

    moved: tuple[Moved, ...]
    steps: int
    chance: Estimate
    short: Estimate | None

    @property
    def size(self) -> float:
        """How far the means move, all together."""
        return sum(one.size for one in self.moved)

    @property
    def movers(self) -> tuple[str, ...]:
        """Actors that could make the whole move without anybody's leave."""
        first, *others = (one.lever for one in self.moved)
        alone = (name for name in first.owners if first.moved_by(name))
        return tuple(name for name in alone if all(other.moved_by(name) for other in others))


@dataclass(frozen=True, slots=True)
class Short:
    """What comes nearest of an actor's own moves, where none reaches the goal by itself."""

    actor: str
    moved: Moved
    chance: Estimate


@dataclass(frozen=True, slots=True)
class Ways:
    """How one goal can be reached in one scenario.

    Attributes:
        goal: the chance and the target.
        base: the chance as things stand; None where it cannot be told.
        roots: least single moves, the smallest first.
        larger: how many more addresses reach it on few draws, by larger moves.
        shorts: of actors that reach it by no single move, the nearest they come, the
            nearest first.
        pairs: least moves of two values by the same share of their ways, the smallest
            first; each needs the other to get there in so few steps.
    """

    goal: Goal
    base: Estimate | None
    roots: tuple[Root, ...]
    larger: int
    shorts: tuple[Short, ...]
    pairs: tuple[Root, ...]

    @property
    def raising(self) -> bool:
        """Whether the chance is below the target, or cannot be told."""
        return self.base is None or self.base.p < self.goal.p

    @property
    def met(self) -> bool:
        """Whether what is asked for is there: a chance as high as that, or war as seldom."""
        return self.base is not None and self.raising == (self.goal.name in UNWANTED)

    def alone(self, actor: str) -> Root | None:
        """The smallest single move that ``actor`` could make without anybody's leave."""
        return next((root for root in self.roots if actor in root.movers), None)


@dataclass(frozen=True, slots=True)
class Leverage:
    """The answer for one scenario: ways to the target, and ways to open the zone.

    ``looked_at`` is how many addresses somebody could move; with ``actors``, how many one
    of them could move alone.
    """

    scenario: Scenario
    actors: tuple[str, ...]
    looked_at: int
    target: Ways
    zone: Ways
