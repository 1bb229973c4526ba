"""Frontier and Nash point by NegMAS: run by the Python of an environment of its own.

Reads problems as JSON from standard input, writes times and answers to standard output.
NegMAS is copyleft: Detente neither imports nor ships it, and this script talks to it alone.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from importlib.metadata import version

from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import nash_points, pareto_frontier
from negmas.preferences.value_fun import TableFun


def solved(case: dict, runs: int) -> dict:
    """Times of ``runs`` runs from a case's numbers to both answers, and the answers."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        issues = [make_issue(len(each), name=f"i{at}") for at, each in enumerate(case["values"][0])]
        outcomes = make_os(issues)
        ufuns = [
            LinearAdditiveUtilityFunction(
                values=[TableFun(dict(enumerate(each))) for each in values],
                weights=weights, outcome_space=outcomes, reserved_value=reserved,
            )
            for values, weights, reserved in zip(
                case["values"], case["weights"], case["reserved"], strict=True
            )
        ]  # fmt: skip
        frontier, _ = pareto_frontier(ufuns, issues=issues)
        nash = nash_points(ufuns, frontier, outcome_space=outcomes)
        times.append(time.perf_counter() - start)
    return {
        "seconds": statistics.median(times),
        "frontier": sorted(tuple(point) for point in frontier),
        "nash": list(nash[0][0]),
    }


def main() -> None:
    """Answer every case."""
    asked = json.load(sys.stdin)
    answers = [solved(case, runs) for case, runs in asked]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    json.dump({"version": version("negmas"), "gigabytes": peak, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
