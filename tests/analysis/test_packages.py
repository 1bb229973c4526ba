"""The packages that deals consist of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from detente.analysis.packages import likely_packages, option_shares, package_options
from detente.ensemble.chunk import Outcomes
from detente.model.structure import Structure


def test_most_frequent_first_and_ties_by_number(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    """Draws that did not close do not count; equal shares keep the order of numbers."""
    outcomes = make_outcomes([9, 4, 9, 2, -1, 5], deal=[True, True, True, True, False, False])
    found = likely_packages(structure, outcomes)
    assert [(package.number, package.share) for package in found] == [
        (9, 0.5),
        (2, 0.25),
        (4, 0.25),
    ]
    nine = found[0]
    assert nine.options == {"strait": "patrol", "tariffs": "lowered", "fish": "quota"}
    assert nine.changes == ("strait.patrol", "tariffs.lowered", "fish.quota")
    assert {nine.gain[name] for name in ("north", "south", "isle")} == {0.5}
    assert found[1].changes == ("tariffs.lowered",)


def test_shares_sum_to_one(structure: Structure, ran: Outcomes) -> None:
    """Over all packages, and over the options of each issue."""
    assert sum(p.share for p in likely_packages(structure, ran, most=100)) == pytest.approx(1.0)
    by_issue: dict[str, float] = {}
    for option in option_shares(structure, ran):
        by_issue[option.issue] = by_issue.get(option.issue, 0.0) + option.share
    assert by_issue == pytest.approx({"strait": 1.0, "tariffs": 1.0, "fish": 1.0})


def test_option_shares_are_those_of_the_deals(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    """Counted by hand over three deals."""
    outcomes = make_outcomes([9, 9, 2, 17], deal=[True, True, True, False])
    shares = {f"{o.issue}.{o.option}": o.share for o in option_shares(structure, outcomes)}
    assert shares["strait.patrol"] == pytest.approx(2 / 3)
    assert shares["strait.closed"] == pytest.approx(1 / 3)
    assert shares["strait.shared"] == 0.0
    assert shares["tariffs.lowered"] == 1.0


def test_without_deals_there_are_no_packages(
    structure: Structure, make_outcomes: Callable[..., Outcomes]
) -> None:
    """Nothing closed: empty, not an error."""
    outcomes = make_outcomes([-1, 3], deal=[False, False])
    assert likely_packages(structure, outcomes) == ()
    assert option_shares(structure, outcomes) == ()


def test_a_package_number_names_its_options(structure: Structure) -> None:
    """Row-major, first issue slowest."""
    names = [package_options(structure, number) for number in range(structure.packages)]
    assert names[0] == {"strait": "closed", "tariffs": "kept", "fish": "none"}
    assert names[17] == {"strait": "shared", "tariffs": "gone", "fish": "quota"}
    assert len({tuple(options.items()) for options in names}) == int(np.prod(structure.sizes))
