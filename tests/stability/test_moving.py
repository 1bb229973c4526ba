"""Who can move from which package to which: alone, with what falls, and by agreement."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.ensemble.chunk import space_for
from detente.model.structure import structure_of
from detente.situation.load import loads
from detente.situation.schema import Situation
from detente.stability.control import Control, control_of
from detente.stability.moving import agreements, carrying, joined, single_moves
from detente.stability.packages import Packages


def parts(situation: Situation) -> tuple[Packages, Control, Any]:
    """Packages with every link in force, control, and the numbers that links allow."""
    structure = structure_of(situation)
    packages = Packages(structure, space_for(structure), tuple(range(len(structure.links))))
    return packages, control_of(situation, structure), packages.every()


def told(situation: Situation, *, agreed: bool = False) -> set[tuple[str, str, str]]:
    """Moves as who, from and to; a package by what is off the status quo."""
    packages, control, numbers = parts(situation)
    made = (agreements if agreed else single_moves)(packages, control, numbers)

    def name(state: int) -> str:
        held = packages.space.positions_of(numbers[[state]])[0]
        options = [packages.structure.options[p] for p in held]
        return "+".join(o.name for o in options if packages.structure.options[o.status_quo] != o)

    return {
        ("".join(control.makers[m] for m in group), name(int(x)), name(int(y)))
        for group, (start, end) in made.items()
        for x, y in zip(start, end, strict=True)
        if x != y
    }


def test_who_delivers_and_who_consents_control_an_option(truce: Situation) -> None:
    """Obligors and consenters are the makers; a spoiler with nothing in its hands is none."""
    _, control, _ = parts(truce)
    assert control.makers == ("a", "b", "c")
    assert control.by == ((), (0,), (), (0, 1), (), (1, 2))
    assert control.idle == ("d",)


def test_alone_one_takes_up_ones_own_and_drops_what_one_has_a_hand_in(truce: Situation) -> None:
    """All moves of single makers: trade falls with the truce, and nobody trades alone."""
    alone = told(truce)
    expected: set[tuple[str, str, str]] = set()
    for camp in ("", "moved"):

        def named(*options: str, camp: str = camp) -> str:
            return "+".join([*options, *([camp] if camp else [])])

        expected |= {
            ("a", named(), named("truce")),
            ("a", named("truce"), named()),
            ("a", named("truce", "open"), named("truce")),
            ("a", named("truce", "open"), named()),
            ("b", named("truce", "open"), named("truce")),
        }
    for front in ("", "truce", "truce+open"):
        there = "+".join(part for part in (front, "moved") if part)
        expected |= {("b", there, front), ("c", there, front)}
    expected.add(("b", "truce+open+moved", "truce"))  # both of its own at once
    assert alone == expected


def test_an_agreement_leads_from_the_status_quo_and_takes_whom_it_binds(truce: Situation) -> None:
    """Principals always, and the third party where its consent is needed."""
    assert told(truce, agreed=True) == {
        ("ab", "", "truce"), ("ab", "", "truce+open"), ("abc", "", "moved"),
        ("abc", "", "truce+moved"), ("abc", "", "truce+open+moved"),
    }  # fmt: skip


def test_what_is_irreversible_stays_and_holds_up_what_it_needs(truce_with: Any) -> None:
    """A final option is never dropped, and what it cannot stand without neither."""
    final = told(truce_with("stability: {irreversible: [front.truce]}\n"))
    assert not any("truce" in x and "truce" not in y for _, x, y in final)
    bound = told(truce_with("stability: {irreversible: [trade.open]}\n"))
    assert not any(x.startswith("truce+open") and "open" not in y for _, x, y in bound)
    assert ("a", "truce", "") in bound


def test_the_file_may_say_who_controls_an_option(truce_with: Any) -> None:
    """Then obligors and consenters do not count; where nobody is named all principals do."""
    moved = told(truce_with("stability: {controls: {trade.open: [b]}}\n"))
    assert ("b", "truce", "truce+open") in moved
    assert not any(who == "a" and "open" in y and "open" not in x for who, x, y in moved)


def test_what_nobody_is_named_to_deliver_takes_principals_and_consent() -> None:
    """A consenter alone cannot bring it about, but can withdraw; principals drop it together."""
    text = BARE.replace(
        "c: {name: C, role: principal}", "c: {name: C, role: consenter, consents_to: [x.on]}"
    )
    situation = loads(text.encode()).situation
    assert told(situation) == {("c", "on", ""), ("ab", "on", "")}
    assert told(situation, agreed=True) == {("abc", "", "on")}
    _, control, _ = parts(situation)
    assert [bool(control.takes_part(m)[1]) for m in range(3)] == [True, True, True]


BARE = """
detente: 1
title: Nobody is named
actors: {a: {name: A, role: principal}, b: {name: B, role: principal}, c: {name: C, role: principal}}
issues:
  x: {status_quo: "off", options: {"off": stays, "on": moves}, salience: {a: 1, b: 1, c: 1}}
"""


@pytest.mark.parametrize(
    ("rule", "groups"),
    [("", [(0, 1, 2)]), ("rule: majority\n", [(0, 1), (0, 2), (1, 2)]),
     ("rule: {quorum: 0.6, veto: [a]}\n", [(0, 1), (0, 2)])],
)  # fmt: skip
def test_a_quorum_is_carried_by_the_smallest_groups(rule: str, groups: list[Any]) -> None:
    """As many principals as the rule asks for agree; all of them drop what nobody controls."""
    situation = loads((BARE + rule).encode()).situation
    assert carrying(structure_of(situation)) == groups
    packages, control, numbers = parts(situation)
    moves = joined(single_moves(packages, control, numbers), agreements(packages, control, numbers))
    assert set(groups) <= set(moves)
    start, end = moves[0, 1, 2]
    assert (1, 0) in set(zip(start.tolist(), end.tolist(), strict=True))
    assert all(np.array_equal(s, [0] * len(s)) for g, (s, _) in moves.items() if g != (0, 1, 2))
