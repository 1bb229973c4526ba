"""One goal in one scenario: where moves reach it, on few draws and on all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from detente.analysis.leverage import Aim, Moved, Root
from detente.analysis.moving import Lever
from detente.analysis.probing import STEPS, Bench, Chances, Move, Slide, Trial
from detente.analysis.searching import Search, first_step, near, solved

Look = Callable[[list[Trial]], list[Chances]]
Found = dict[Move, int | None]  # by move, the first step that reaches the goal; None: none does


class Seeker:
    """Looks for the least of given moves that reach an aim.

    Attributes:
        aim: what is to be reached.
        bench: where trials are run.
        actors: in whose order ties are broken.
    """

    def __init__(
        self, bench: Bench, aim: Aim, levers: Mapping[str, Lever], actors: Sequence[str]
    ) -> None:
        self.bench, self.aim, self.actors = bench, aim, tuple(actors)
        self._lever = levers
        self._seen: dict[Move, set[int]] = {}  # steps that were looked at on few draws

    def guessed(self, moves: Iterable[Move]) -> Found:
        """Where each move reaches the aim on few draws."""
        return self._searched({move: first_step() for move in moves}, self.glanced)

    def verified(self, guesses: Mapping[Move, int]) -> Found:
        """Where, near a guess, a step reaches it on all draws and the one before does not."""
        searches = {move: near(guess) for move, guess in guesses.items()}
        return self._searched(searches, self.bench.exact)

    def glanced(self, trials: Sequence[Trial]) -> list[Chances]:
        """Trials on few draws; which steps were looked at is kept."""
        for move, step in trials:
            self._seen.setdefault(move, set()).add(step)
        return self.bench.quick(trials)

    def best(self, move: Move) -> tuple[int, float]:
        """Of the steps looked at on few draws, the one that brings most, and how much."""
        steps = sorted(self._seen[move])
        gains = map(self.aim.gain, self.bench.quick([(move, step) for step in steps]))
        return max(zip(steps, gains, strict=True), key=itemgetter(1))

    def own(self, actor: str, moves: Iterable[Move]) -> list[Move]:
        """Those of ``moves`` that an actor could make without anybody's leave."""
        return [move for move in moves if self._may(actor, move)]

    def movers(self, move: Move) -> tuple[str, ...]:
        """Who could make the move alone; nobody where it takes two sides."""
        return tuple(name for name in self.actors if self._may(name, move))

    def _may(self, actor: str, move: Move) -> bool:
        return all(self._lever[slide.address].moved_by(actor) for slide in move)

    def roots(self, found: Found) -> tuple[Root, ...]:
        """What was found on all draws, by size, then by whose it is."""
        roots = [self._root(move, step) for move, step in found.items() if step is not None]
        place = {name: index for index, name in enumerate(self.actors)}

        def order(root: Root) -> tuple[float, list[int]]:
            owners = (name for one in root.moved for name in one.lever.owners)
            return round(root.size, 9), [place.get(name, len(place)) for name in owners]

        return tuple(sorted(roots, key=order))

    def _root(self, move: Move, step: int) -> Root:
        name = self.aim.goal.name
        (there,) = self.bench.exact([(move, step)])
        before = self.bench.exact([(move, step - 1)])[0] if step > 1 else self.bench.base
        moved = tuple(self.moved(slide, step) for slide in move)
        return Root(moved, step, there[name], before.get(name))

    def moved(self, slide: Slide, step: int) -> Moved:
        """What stands at a slide's address after so many steps."""
        quantity = self.bench.moved(((slide,), step)).values[slide.address].quantity
        stop = slide.start + step / STEPS * (slide.end - slide.start)
        return Moved(self._lever[slide.address], slide.start, stop, quantity)

    def _searched(self, searches: Mapping[Move, Search], look: Look) -> Found:
        def ask(trials: list[Trial]) -> list[bool]:
            return [self.aim.reached(one) for one in look(trials)]

        return solved(searches, ask)


def size_of(move: Move, step: int | None) -> float:
    """How far the means move, all together, in so many steps."""
    return sum(slide.length for slide in move) * (step or 0) / STEPS


def by_size(found: Found) -> list[Move]:
    """Moves that reach the aim, the smallest first."""
    reaching = [move for move, step in found.items() if step is not None]
    return sorted(reaching, key=lambda move: size_of(move, found[move]))
