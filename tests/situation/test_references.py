"""Checks that need the whole file: circles, sums, repeats, what can never be met."""

from __future__ import annotations

import pytest

from detente.errors import SituationError
from detente.situation.load import loads

FILE = """detente: 1
title: T
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
  s: {name: S, role: spoiler}
issues:
  i: {status_quo: n, options: {n: "", x: "", y: ""}, salience: {a: low, b: low, s: low}}
  j: {status_quo: n, options: {n: "", x: "", y: ""}, salience: {a: low}}
  k: {status_quo: n, options: {n: "", x: "", y: ""}, salience: {b: low}}
"""


def found(more: str) -> list[str]:
    """What is found amiss with ``more`` at the end of the file, without places."""
    try:
        loads((FILE + more).encode(), "s")
    except SituationError as error:
        return [problem.found for problem in error.problems]
    return []


LINKS = "links: [{id: p, if: i.x, requires: j.x}, {id: q, if: [j.x, j.y], requires: [i.y, k.x], match: any}, LAST]\n"


@pytest.mark.parametrize(
    ("last", "circle"),
    [
        ("{id: r, if: k.x, requires: i.x}", "i.x requires j.x requires k.x"),
        ("{id: r, if: k.y, requires: i.x}", None),
        ("{id: r, if: k.x, excludes: i.x}", None),
        ("{id: r, if: i.y, requires: j.y}", "i.y requires j.y"),
    ],
)
def test_requirements_that_run_in_a_circle_are_found(last: str, circle: str | None) -> None:
    """Also over three links; exclusions and other options make no circle."""
    faults = found(LINKS.replace("LAST", last))
    if circle is None:
        assert faults == []
    else:
        (fault,) = faults
        assert fault.startswith("the links run in a circle: ")
        ring = fault.removeprefix("the links run in a circle: ").split(" requires ")
        assert ring[0] == ring[-1]
        assert set(ring) == set(circle.split(" requires "))


@pytest.mark.parametrize(
    ("link", "never"),
    [
        ("{id: p, if: i.x, requires: i.y}", True),
        ("{id: p, if: i.x, requires: [i.y, j.x]}", False),
        ("{id: p, if: i.x, requires: [i.y, j.x], match: all}", True),
        ("{id: p, if: i.x, requires: [j.x, j.y], match: all}", True),
        ("{id: p, if: i.x, requires: [j.x, j.y]}", False),
        ("{id: p, if: [i.x, k.x], requires: i.y}", False),
    ],
)
def test_a_requirement_that_no_package_meets_is_found(link: str, never: bool) -> None:
    """One issue takes one option."""
    assert ("an issue would need two options at once" in found(f"links: [{link}]\n")) == never


@pytest.mark.parametrize(
    ("shares", "most"),
    [
        ("{i.x: 0.6, i.y: 0.7, j.x: 0.3}", None),  # one option an issue: at most 0.7 + 0.3
        ("{i.x: 0.6, i.y: 0.7, j.x: 0.3, k.x: 0.1}", "110%"),
        ("{i.x: medium, j.x: medium}", "120%"),  # a range counts at its highest
        ("{i.x: 0.4..0.5, j.x: 0.5}", None),
    ],
)
def test_shares_are_summed_over_the_best_package(shares: str, most: str | None) -> None:
    """Relief and stability alike: at most the whole in one package."""
    relief = found(f"pressures: [{{id: p, on: s, severity: low, relieved_by: {shares}}}]\n")
    stability = found(f"escalation: {{removed_by: {shares}}}\n")
    assert relief == ([f"one package could relieve {most} of p"] if most else [])
    assert stability == ([f"one package could remove {most} of the risk"] if most else [])


def test_sums_are_checked_under_every_patch() -> None:
    """Shares that are sound as written but too much in a round are found there."""
    more = (
        "pressures: [{id: p, on: a, severity: low, relieved_by: {i.x: 0.5, j.x: 0.5}}]\n"
        "rounds: {r: {title: R, set: {pressures.p.relieved_by.i.x: 0.8}}}\n"
        "readings: {q: {title: Q, speaker: S, set: {salience.b.i: none, salience.b.k: none}}}\n"
    )
    assert found(more) == [
        "one package could relieve 130% of p in r",
        "nothing on the table matters to b in q",
    ]


def test_influence_on_one_actor_is_at_most_the_whole() -> None:
    """Weights at their highest, summed by whom they move."""
    bonds = "influence: [{from: s, to: a, weight: 0.5..0.7}, {from: b, to: a, weight: WEIGHT}]\n"
    assert found(bonds.replace("WEIGHT", "0.3")) == []
    assert found(bonds.replace("WEIGHT", "0.31")) == [
        "others could count for 101% of a's judgement"
    ]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ("links: [{id: p, if: i.x, requires: j.x}, {id: p, if: i.y, requires: k.x}]\n", "p"),
        ("red_lines: [{actor: a, option: i.x, cost: low}, {actor: a, option: i.x, absolute: likely}]\n", "a i.x"),
        ("influence: [{from: s, to: a, weight: low}, {from: s, to: a, weight: low}]\n", "s to a"),
        ("pressures: [{id: p, on: a, severity: low}, {id: p, on: b, severity: low}]\n", "p"),
    ],
)  # fmt: skip
def test_an_address_written_twice_is_found(more: str, name: str) -> None:
    """Two entries that would share an address."""
    assert found(more) == [f"{name} stands twice"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("misreading: {s: low}\n", "s is not a principal"),
        ("leverage: {a: low}\n", "a is not a consenter"),
        ("outlook: {nobody: low}\n", "no actor is called nobody"),
        ("red_lines: [{actor: a, option: i.x}]\n", "a red line without a price"),
        ("links: [{id: p, if: i.x, with: j.x}]\n", "found with without worth"),
        ("links: [{id: p, if: i.x, requires: j.x, worth: {a: low}}]\n", "found worth without with"),
        (
            "links: [{id: p, if: i.x, requires: j.x, excludes: k.x}]\n",
            "found requires and excludes",
        ),
        ("tangible: {all_of: [i.z]}\n", "i has no option z"),
        ("escalation: {removed_by: {z.x: low}}\n", "no issue is called z"),
        ("influence: [{from: a, to: a, weight: low}]\n", "a influences itself"),
        ("trust: {a: {z: low}}\n", "no actor is called z"),
    ],
)
def test_what_belongs_to_another_role_or_to_nobody_is_found(more: str, message: str) -> None:
    """Names must exist and have the role that the section is about."""
    assert found(more) == [message]
