"""Power over issues of the European Union as Shapley-Shubik indices of the states that take part."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np

from detente.arrays import Bools, Floats
from detente.interchange.council import UNDER_NICE_VOTES, quota
from detente.interchange.deu_record import SETTERS, Decisions
from detente.spatial.table import Table
from detente.spatial.voting_power import shapley_shubik

UNANIMITY = "Unan"
_TENTHS = 10  # people are counted in tenths of a million


def with_shapley(decisions: Decisions) -> Table:
    """The table with power as the index among the states that take a position.

    Under unanimity all are alike. Commission and Parliament count as the most powerful state.
    """
    table = decisions.table
    power = np.zeros_like(table.power)
    present = table.present() & (table.power > 0)
    present[:, : len(SETTERS)] = False
    for case in range(len(decisions)):
        power[case] = _of_case(decisions, case, present[case])
    return replace(table, power=power)


def _of_case(decisions: Decisions, case: int, present: Bools) -> Floats:
    power = np.zeros(len(present))
    who = np.flatnonzero(present)
    if not len(who):
        return decisions.table.power[case]
    if decisions.rule[case] == UNANIMITY:
        power[who] = 1.0 / len(who)
    else:
        power[who] = _by_majority(decisions.table.power[case, who], int(decisions.year[case]))
    power[: len(SETTERS)] = power.max()
    return power


def _by_majority(votes: Floats, year: int) -> Floats:
    scale = _TENTHS if year > UNDER_NICE_VOTES else 1
    whole = [round(one * scale) for one in votes.tolist()]
    return shapley_shubik(whole, ceil(quota(year) * sum(whole)))
