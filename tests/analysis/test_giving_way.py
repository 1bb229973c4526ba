"""What would have to give way, as moves."""

from __future__ import annotations

from detente.analysis.blockers import BlockingSet
from detente.analysis.giving_way import CONSTRAINTS, giving_way
from detente.analysis.probing import Move, Slide


def both(address: str) -> list[Move]:
    """An address from its middle to either end."""
    return [(Slide(address, 0.5, 0.0),), (Slide(address, 0.5, 1.0),)]


def test_constraints_give_way_in_the_direction_that_loosens_them() -> None:
    """A link holds less, a line costs less, a demand falls; leverage rises."""
    addresses = (
        "links.order.holds", "red_lines.n.land.left.cost", "red_lines.n.land.left.absolute",
        "outlook.n", "signing_cost.n", "leverage.c", "outlook.c",
    )  # fmt: skip
    moves = [move for address in addresses for move in both(address)]
    sets = [
        BlockingSet(("reservation.n", "links.order"), 0.6),
        BlockingSet(("consent.c",), 0.3),
        BlockingSet(("red_lines.n.land.left",), 0.1),
    ]
    found = [(move[0].address, move[0].end) for move in giving_way(sets, moves)]
    assert found == [
        ("outlook.n", 0.0), ("signing_cost.n", 0.0), ("links.order.holds", 0.0),
        ("leverage.c", 1.0), ("outlook.c", 0.0),
        ("red_lines.n.land.left.cost", 0.0), ("red_lines.n.land.left.absolute", 0.0),
    ]  # fmt: skip


def test_what_nobody_may_move_is_left_out_and_so_are_rare_constraints() -> None:
    many = [BlockingSet((f"links.l{i}",), 0.1) for i in range(CONSTRAINTS + 3)]
    moves = [move for i in range(1, CONSTRAINTS + 3) for move in both(f"links.l{i}.holds")]
    assert len(giving_way(many, moves)) == CONSTRAINTS - 1
    assert giving_way([], moves) == ()
