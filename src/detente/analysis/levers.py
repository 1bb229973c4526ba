"""What would have to be true: the least move that brings a chance to a target.

For every address that somebody could move, in both directions: the first of 64 steps
towards the end of its scale at which the chance is on the other side of the target.
That step and the one before it are run on all draws, on the random numbers of the
scenario itself, so that a root is where it is said to be, draws and seed given. Few
draws tell where to look; what only they have found is counted, never told as a root.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from detente.analysis.giving_way import giving_way
from detente.analysis.leverage import HALF, Aim, Goal, Leverage, Root, Short, Ways
from detente.analysis.moving import Lever, levers
from detente.analysis.pairing import pairs_of
from detente.analysis.probing import STEPS, ZONE, Bench, Move, Slide
from detente.analysis.seeking import Found, Seeker, by_size
from detente.analysis.sliding import ends
from detente.analysis.weights import mean_of
from detente.ensemble.run import Progress
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

HOPEFUL = 12  # ends that are searched though they fall short
EACH, OTHERS = 4, 1  # the same of each principal, and of each other actor
REACHING = 16  # ends that are searched because they seem to reach the target, at the most
MARGIN = 0.05  # few draws may err by so much
NEAR_MISSES = 4  # moves that few draws miss narrowly, run on all draws
VERIFIED, FEWER = 8, 4  # smallest moves that are run on all draws: to the target, to the zone
TRIES = 3  # of an actor's moves, before it is said to have none
CLEAR = 2.0  # standard errors by which a move must bring a chance nearer to be told of
TASK = 2000  # draws a task


def find_levers(
    situation: Situation,
    scenarios: Sequence[Scenario],
    goal: Goal,
    plan: Plan,
    *,
    actors: tuple[str, ...] = (),
    executor: Executor | None = None,
    chunk: int = TASK,
    progress: Progress | None = None,
) -> list[Leverage]:
    """Least moves to ``goal``, and to a zone in the median draw, in each scenario.

    Args:
        situation: what is run.
        scenarios: where to look, one after the other.
        goal: the chance and the target.
        plan: draws and seed.
        actors: only what one of these could move alone; by default everybody's levers.
        executor: where chunks go.
        chunk: draws a task; results do not depend on it.
        progress: told how much of the work is done, of how much, by estimate.
    """
    structure, results = structure_of(situation), list[Leverage]()
    for index, scenario in enumerate(scenarios):
        found = levers(situation, scenario.values, actors)
        meter = _Meter(progress, index, len(scenarios), len(found))
        bench = Bench(structure, scenario, plan, executor=executor, chunk=chunk, told=meter.tell)
        looking = _Looking(situation, bench, found, actors or tuple(situation.actors))
        target = looking.ways(goal, paired=True)
        zone = looking.ways(Goal(ZONE, HALF), paired=False)
        results.append(Leverage(scenario, actors, len(found), target, zone))
        meter.finish()
    return results


def about_trials(
    situation: Situation, scenarios: Sequence[Scenario], actors: Sequence[str] = ()
) -> int:
    """About how many times ``find_levers`` will run a scenario with all draws.

    Most trials are glances on few draws; together they cost about an eighth of as many runs.
    """
    found = sum(_guess(len(levers(situation, one.values, tuple(actors)))) for one in scenarios)
    return -(-found // 8)


def _guess(addresses: int) -> int:
    return 4 * addresses + 400


class _Meter:
    """How far the work is, as trials are run; how many there will be is a guess."""

    def __init__(self, progress: Progress | None, index: int, of: int, addresses: int) -> None:
        self._progress, self._index, self._of = progress, index, of
        self._guess, self._done = _guess(addresses), 0

    def tell(self, trials: int) -> None:
        self._done += trials
        self._say(self._index + min(self._done / self._guess, 0.98))

    def finish(self) -> None:
        self._say(self._index + 1.0)

    def _say(self, scenarios: float) -> None:
        if self._progress is not None:
            self._progress(round(100 * scenarios), 100 * self._of)


class _Looking:
    """The search in one scenario, goal by goal."""

    def __init__(
        self, situation: Situation, bench: Bench, found: Sequence[Lever], actors: Sequence[str]
    ) -> None:
        self._situation, self._bench, self._actors = situation, bench, actors
        self._levers = {lever.address: lever for lever in found}
        self._moves = [(one,) for lever in found for one in _both_ways(bench.scenario, lever)]

    def ways(self, goal: Goal, *, paired: bool) -> Ways:
        """Everything that reaches one goal."""
        base = self._bench.base.get(goal.name)
        if base is None:
            return Ways(goal, None, (), 0, (), ())
        seeker = Seeker(self._bench, Aim(goal, base.p), self._levers, self._actors)
        giving = () if seeker.aim.met else giving_way(self._bench.blocking(), self._moves)
        guesses = seeker.guessed(dict.fromkeys([*self._hopeful(seeker), *giving]))
        known = seeker.verified(_worth_it(seeker, guesses, VERIFIED if paired else FEWER))
        shorts = self._shorts(seeker, guesses, known)
        pairs = pairs_of(self._situation, seeker, guesses, known, giving) if paired else ()
        larger = {m[0].address for m in by_size(guesses)} - {m[0].address for m in known}
        return Ways(goal, base, _once(seeker.roots(known)), len(larger), shorts, pairs)

    def _hopeful(self, seeker: Seeker) -> list[Move]:
        """Moves whose end comes near the target, or further than most, on few draws."""
        found = seeker.glanced([(move, STEPS) for move in self._moves])
        gains = dict(zip(self._moves, map(seeker.aim.gain, found), strict=True))
        ranked = sorted((m for m in self._moves if gains[m] > 0.0), key=lambda m: -gains[m])
        needed = _about(seeker)
        near_it = [move for move in ranked if gains[move] >= needed][:REACHING]
        each = [m for n in self._actors for m in seeker.own(n, ranked)[: self._shown(n)]]
        return list(dict.fromkeys([*ranked[:HOPEFUL], *near_it, *each]))

    def _shown(self, actor: str) -> int:
        """How many of an actor's own moves are searched in any case."""
        return EACH if actor in self._situation.with_role("principal") else OTHERS

    def _shorts(self, seeker: Seeker, guesses: Found, known: Found) -> tuple[Short, ...]:
        """Actors without a move of their own; ``known`` gains what turns up on the way."""
        for _ in range(TRIES):
            known.update(
                seeker.verified(_untried(seeker, self._missing(seeker, known), guesses, known))
            )
        found = (self._short(seeker, n, guesses, known) for n in self._missing(seeker, known))
        shorts = [short for short in found if short is not None]
        return tuple(
            sorted(shorts, key=lambda s: -seeker.aim.gain({seeker.aim.goal.name: s.chance}))
        )

    def _missing(self, seeker: Seeker, known: Found) -> list[str]:
        """Actors that have levers of their own, but none that is known to reach the goal."""
        reaching = by_size(known)
        return [
            name
            for name in self._actors
            if seeker.own(name, self._moves) and not seeker.own(name, reaching)
        ]

    def _short(self, seeker: Seeker, actor: str, guesses: Found, known: Found) -> Short | None:
        """The nearest an actor comes, on all draws; None where nothing brings it clearly nearer."""
        own, aim = seeker.own(actor, guesses), seeker.aim
        if not own:
            return None
        move = max(own, key=lambda one: seeker.best(one)[1])
        step, _ = seeker.best(move)
        (found,) = self._bench.exact([(move, step)])
        if aim.reached(found):  # few draws had missed it
            known.update(seeker.verified({move: step}))
            return None
        chance = found.get(aim.goal.name)
        if chance is None or aim.gain(found) <= CLEAR * chance.mc_se:
            return None
        return Short(actor, seeker.moved(move[0], step), chance)


def _worth_it(seeker: Seeker, guesses: Found, most: int) -> dict[Move, int]:
    """The smallest moves, the smallest of each actor, and near misses, with a guess each."""
    found = by_size(guesses)
    each = [move for name in seeker.actors for move in seeker.own(name, found)[:1]]
    missed = [
        move
        for move, guess in guesses.items()
        if guess is None and seeker.best(move)[1] >= _about(seeker)
    ]
    missed.sort(key=lambda move: -seeker.best(move)[1])
    wanted = dict.fromkeys([*found[:most], *each, *missed[:NEAR_MISSES]])
    return {move: guesses[move] or seeker.best(move)[0] for move in wanted}


def _about(seeker: Seeker) -> float:
    """A gain on few draws that might be the whole distance to the target."""
    return max(seeker.aim.distance - MARGIN, seeker.aim.distance / 2)


def _untried(
    seeker: Seeker, missing: Sequence[str], guesses: Found, known: Found
) -> dict[Move, int]:
    """For each actor without a root, its next smallest guess."""
    found = [move for move in by_size(guesses) if move not in known]
    first = [move for name in missing for move in seeker.own(name, found)[:1]]
    return {move: guesses[move] or STEPS for move in first}


def _both_ways(scenario: Scenario, lever: Lever) -> list[Slide]:
    """Towards either end of the scale, where it is not there already."""
    quantity = scenario.values[lever.address].quantity
    start = mean_of(quantity)
    assert start is not None
    span = ends(scenario.values, lever.address)
    return [Slide(lever.address, start, end) for end in span if quantity.fixed != end]


def _once(roots: Sequence[Root]) -> tuple[Root, ...]:
    """The smaller of two ways of one address."""
    found: dict[str, Root] = {}
    for root in roots:
        found.setdefault(root.moved[0].lever.address, root)
    return tuple(found.values())
