"""Sums that must hold, before and after every patch: shares, influence, salience."""

from __future__ import annotations

from detente.addresses import beneath
from detente.situation.faults import Fault, Faults
from detente.situation.schema import Situation
from detente.situation.values import Values, base_values, parties, patched
from detente.yamltree import TreePath

TOLERANCE = 1e-9


def all_sum_faults(situation: Situation) -> Faults:
    """Sums that must hold before and after every patch the file contains."""
    base = base_values(situation)
    yield from sum_faults(situation, base, (), "")
    for head, bodies in (("rounds", situation.rounds), ("readings", situation.readings)):
        for name, body in bodies.items():
            if body.set:
                values = patched(base, body.set, name)
                yield from sum_faults(situation, values, (head, name, "set"), f" in {name}")


def sum_faults(situation: Situation, values: Values, root: TreePath, where: str) -> Faults:
    """Sums that ``values`` break: shares above a whole, influence above 100 %, no salience."""
    for index, pressure in enumerate(situation.pressures):
        most = _most_share(values, f"pressures.{pressure.id}.relieved_by")
        if most > 1 + TOLERANCE:
            yield Fault(
                root or ("pressures", index, "relieved_by"),
                f"one package could relieve {most:.0%} of {pressure.id}{where}",
                "at most 100 %, the best option of each issue taken together",
                "lower the shares",
            )
    most = _most_share(values, "escalation.removed_by")
    if most > 1 + TOLERANCE:
        yield Fault(
            root or ("escalation", "removed_by"),
            f"one package could remove {most:.0%} of the risk{where}",
            "at most 100 %, the best option of each issue taken together",
            "lower the shares",
        )
    yield from _influence_sums(situation, values, root, where)
    for actor in parties(situation):
        if not any(
            values[f"salience.{actor}.{issue}"].quantity.span[1] for issue in situation.issues
        ):
            yield Fault(
                root or ("actors", actor), f"nothing on the table matters to {actor}{where}",
                "weights that can be normalised: some salience above none",
                f"give {actor} a salience on an issue, or another role",
            )  # fmt: skip


def _influence_sums(situation: Situation, values: Values, root: TreePath, where: str) -> Faults:
    total: dict[str, float] = {}
    for bond in situation.influence:
        weight = values[f"influence.{bond.from_}.{bond.to}"].quantity.span[1]
        total[bond.to] = total.get(bond.to, 0.0) + weight
    for actor, weight in total.items():
        if weight > 1 + TOLERANCE:
            yield Fault(
                root or ("influence",),
                f"others could count for {weight:.0%} of {actor}'s judgement{where}",
                "at most 100 %, each weight at its highest", "lower the weights",
            )  # fmt: skip


def _most_share(values: Values, stem: str) -> float:
    """The greatest total of shares below ``stem`` that one package can reach."""
    best: dict[str, float] = {}
    for address in beneath(stem, values):
        issue = address.removeprefix(stem + ".").split(".")[0]
        share = values[address].quantity.span[1]
        best[issue] = max(best.get(issue, 0.0), share)
    return sum(best.values())
