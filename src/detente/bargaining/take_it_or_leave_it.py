"""One principal makes one offer, and misreads what the others would take.

The proposer i offers the package that maximises its surplus times the chance that the
others accept,

    s_i(p) * prod_j Phi(s_j(p) / m_j),   j over the other principals,

m_j being how far j's demand is misread: it asks for more than a sure thing would bring,
and runs the risk of a refusal (the screening of Fearon 1995; Myerson & Satterthwaite
1983). It knows its own demand. The offer may lie outside the zone. Who proposes is drawn
by bargaining weight; where nothing is misread the offer is the proposer's best package.
"""

from __future__ import annotations

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.rows import TOLERANCE, lay_out, mark_feasible, strike
from detente.bargaining.solution import Arrays, Question, Solution
from detente.kernels import kernel, normal_cdf

FAR = 6.0  # misreadings below a demand at which nobody would hope to be accepted


def take_it_or_leave_it(question: Question) -> Solution:
    """The package offered in every draw, by the proposer that chance names."""
    principals = len(question.table.weight[0]) if question.draws else 1
    draws = question.draws
    share = question.table.weight / question.table.weight.sum(axis=1, keepdims=True)
    lot = np.full(draws, 0.0) if question.lots is None else question.lots.proposes
    below = share.cumsum(axis=1) <= lot[:, None]
    proposer = np.minimum(below.sum(axis=1), principals - 1).astype(np.int64)
    problem, layout = question.arrays()
    filled = question.blank()
    _solve(problem, layout, question.table.misreading, proposer, *filled)
    to_win: Bools = np.not_equal(np.arange(principals)[None, :], proposer[:, None])
    return question.answer(*filled, to_win=to_win)


@kernel
def _solve(
    problem: Arrays, layout: Arrays, misreading: Floats, proposer: Ints, chosen: Ints, zone: Ints,
    ties: Ints,
) -> None:  # fmt: skip
    gain, demand, weight, bonus, with_links, absolute, may_break, line_party, line_option = problem
    (high_options, high_number, high_changes, class_of, low_options, low_number, low_changes,
     code, start, rows, barred, votes, needed) = layout  # fmt: skip
    parties, principals = gain.shape[1], weight.shape[1]
    own = np.empty((parties, gain.shape[2]))
    high = np.empty((parties, class_of.size))
    low = np.empty((parties, low_number.size))
    lists = np.empty((parties, rows.size))
    best_of = np.empty((parties, start.size - 1))
    ok = np.empty(low_number.size, dtype=np.uint8)
    need, least = np.empty(parties), np.empty(parties)
    for d in range(gain.shape[0]):
        lay_out(
            gain[d], bonus[d], with_links, absolute[d], may_break[d], line_party, line_option,
            principals, high_options, low_options, code, start, rows, own, high, low, lists, best_of,
        )  # fmt: skip
        mine, best = proposer[d], 0.0
        chosen[d], zone[d], ties[d] = -1, 0, 0
        fewest = 0
        for p in range(parties):
            hoped = p < principals and p != mine
            least[p] = demand[d, p] - (FAR * misreading[d, p] if hoped else 0.0)
        for h in range(class_of.size):
            c: int = class_of[h]
            reachable = True
            for p in range(parties):
                need[p] = least[p] - TOLERANCE - high[p, h]
                reachable &= best_of[p, c] >= need[p]
            if not reachable:
                continue
            first, last = start[c], start[c + 1]
            if mark_feasible(lists, need, votes, needed, first, last, ok) == 0:
                continue
            strike(ok, rows, first, last, low_number, barred - high_number[h])
            for j in range(last - first):
                if not ok[j]:
                    continue
                suits = True
                for p in range(principals):
                    above = lists[p, first + j] + high[p, h] - demand[d, p]
                    suits &= above >= -TOLERANCE
                zone[d] += suits
                score = max(lists[mine, first + j] + high[mine, h] - demand[d, mine], 0.0)
                if score + TOLERANCE < best:
                    continue
                score = max(score, TOLERANCE)  # where it gains nothing, acceptance decides
                for p in range(principals):
                    if p != mine and misreading[d, p] > 0.0:
                        above = lists[p, first + j] + high[p, h] - demand[d, p]
                        score *= normal_cdf(above / misreading[d, p])
                if score < best - TOLERANCE * best or score <= 0.0:
                    continue
                changes = high_changes[h] + low_changes[rows[first + j]]
                number = high_number[h] + low_number[rows[first + j]]
                better = score > best + TOLERANCE * best
                ties[d] = 1 if better else ties[d] + 1
                best = score if better else max(best, score)
                if better or chosen[d] < 0 or (changes, number) < (fewest, chosen[d]):
                    chosen[d], fewest = number, changes
