"""Fit how long peace agreements last, and print the numbers that detente.published ships.

    python scripts/fit_survival.py ucdp-peace-agreements-221.csv

The data: UCDP Peace Agreement Dataset 22.1 (Pettersson, Högbladh & Öberg 2019, Journal of
Peace Research 56(4)), CC BY 4.0, from https://ucdp.uu.se/downloads/.
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

from scipy.stats import gamma

END_OF_DATA = date(2021, 12, 31)
DAYS_A_MONTH = 365.25 / 12


def durations(path: Path) -> list[tuple[float, bool]]:
    """(months, ended) of every agreement with a date, censored at the end of the data."""
    found: list[tuple[float, bool]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            signed = _date(row["pa_date"])
            if signed is None:
                continue
            ended = _date(row["duration"]) if row["ended"] == "True" else None
            months = ((ended or END_OF_DATA) - signed).days / DAYS_A_MONTH
            if months >= 0 and (row["ended"] != "True" or ended is not None):
                found.append((max(months, 0.5 / DAYS_A_MONTH), ended is not None))
    return found


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def fit(found: list[tuple[float, bool]], within: float) -> tuple[int, float, float, float, float]:
    """Ends and exposure within the first ``within`` months; rate with its 95 % interval.

    A constant hazard: the rate is ends over exposure, its posterior under the Jeffreys
    prior a gamma distribution.
    """
    ends = sum(ended and months <= within for months, ended in found)
    exposure = sum(min(months, within) for months, _ in found)
    low, high = (float(gamma.ppf(q, ends + 0.5, scale=1.0 / exposure)) for q in (0.025, 0.975))
    return ends, exposure, ends / exposure, low, high


def kaplan_meier(found: list[tuple[float, bool]], at: float) -> float:
    """Share of agreements that outlast ``at`` months (Kaplan & Meier 1958)."""
    alive = 1.0
    for time in sorted({months for months, ended in found if ended and months <= at}):
        risk = sum(months >= time for months, _ in found)
        alive *= 1.0 - sum(ended and months == time for months, ended in found) / risk
    return alive


def main(path: Path) -> None:
    """Print the counts, the fitted rate and how well a constant hazard describes the data."""
    found = durations(path)
    print(f"agreements {len(found)}, ended {sum(ended for _, ended in found)}")
    for within in (12.0, 60.0, 120.0):
        ends, exposure, rate, low, high = fit(found, within)
        print(
            f"first {within:.0f} months: ended {ends}, exposure {exposure:.1f} months, "
            f"rate {rate:.5f} a month ({low:.5f} to {high:.5f}); "
            f"outlast: {kaplan_meier(found, within):.3f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
