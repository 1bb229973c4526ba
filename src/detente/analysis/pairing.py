"""The least moves of two values at once, both by the same share of their way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from detente.analysis.leverage import Root
from detente.analysis.probing import STEPS, Move
from detente.analysis.seeking import Found, Seeker, by_size
from detente.situation.schema import Situation
from detente.situation.sums import sum_faults

LEADERS, OF_EACH = 4, 2  # single moves that bring most: in all, and of each principal
PAIRS = 28  # pairs searched in all their steps: those that bring most half-way
VERIFIED = 4  # smallest pairs that are run on all draws, besides the smallest of each sort


def pairs_of(
    situation: Situation, seeker: Seeker, guesses: Found, known: Found, giving: Sequence[Move]
) -> tuple[Root, ...]:
    """The smallest pairs that reach the aim, one of them among the moves that bring most.

    ``guesses`` are single moves that were looked at on few draws, ``known`` those that
    were run on all; ``giving`` make what blocks a deal give way. The smallest pairs are kept, and the smallest that takes several
    sides or is one actor's own. A pair is none if one of the two gets there as soon alone.
    """
    moves = _ranked(seeker, guesses)
    sides = (*combinations(giving, 2), *product(_leaders(situation, seeker, moves), moves))
    pairs = [
        tuple(sorted(a + b, key=lambda slide: slide.address))
        for a, b in sides
        if a[0].address != b[0].address
    ]
    fitting = [p for p in dict.fromkeys(pairs) if _adds_up(situation, seeker, p)]
    found = seeker.guessed(_most(seeker, fitting))
    smallest = by_size(found)
    sorts: dict[tuple[str, ...], Move] = {}
    for pair in smallest:
        sorts.setdefault(seeker.movers(pair), pair)
    wanted = dict.fromkeys([*smallest[:VERIFIED], *sorts.values()])
    verified = seeker.verified({pair: found[pair] or STEPS for pair in wanted})
    alone = {**guesses, **known}
    return seeker.roots({p: k for p, k in verified.items() if _shared(p, k, alone)})


def _shared(pair: Move, step: int | None, alone: Found) -> bool:
    """Whether each of a pair needs the other: neither gets there in so few steps by itself."""
    single = (alone.get((slide,)) for slide in pair)
    return step is not None and all(k is None or step < k for k in single)


def _ranked(seeker: Seeker, guesses: Found) -> list[Move]:
    """The better direction of each address, what brings most first."""
    ranked: dict[str, Move] = {}
    for move in sorted(guesses, key=lambda move: -seeker.best(move)[1]):
        ranked.setdefault(move[0].address, move)
    return list(ranked.values())


def _leaders(situation: Situation, seeker: Seeker, moves: list[Move]) -> list[Move]:
    """Moves that bring most in all, and of each principal's own."""
    principals = situation.with_role("principal")
    each = [move for name in principals for move in seeker.own(name, moves)[:OF_EACH]]
    return list(dict.fromkeys([*moves[:LEADERS], *each]))


def _most(seeker: Seeker, pairs: list[Move]) -> list[Move]:
    """The pairs that bring most half-way, on few draws."""
    halfway = seeker.glanced([(pair, STEPS // 2) for pair in pairs])
    gains = dict(zip(pairs, map(seeker.aim.gain, halfway), strict=True))
    return sorted(pairs, key=lambda pair: -gains[pair])[:PAIRS]


def _adds_up(situation: Situation, seeker: Seeker, pair: Move) -> bool:
    """Whether shares and weights still add up at the end of the way, so also before it."""
    values = seeker.bench.moved((pair, STEPS)).values
    return not any(sum_faults(situation, values, (), ""))
