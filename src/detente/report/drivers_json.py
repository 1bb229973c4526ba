"""What drives an answer as one JSON object."""

from __future__ import annotations

from typing import Any

from detente.analysis.driver_scopes import DRAW, TOGETHER, Drivers, Scope
from detente.analysis.groupings import REST
from detente.analysis.ranking import order_of
from detente.analysis.resampling import Share
from detente.analysis.shapley_effects import Shapley
from detente.analysis.sobol import Effect
from detente.report.drivers import Telling
from detente.situation.dumping import content_hash


def drivers_object(tell: Telling, *, name: str, version: str) -> dict[str, Any]:
    """Everything that was found."""
    found, situation = tell.found, tell.names.situation
    return {
        "format": "detente-drivers/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": found.settings,
        "seed": found.plan.seed,
        "draws": found.plan.draws,
        "points": found.plan.draws // found.plan.repeats,
        "round": found.round,
        "target": found.target,
        "weights": {_key(reading): weight for reading, weight in found.weights.items()},
        "groups": {
            part: {
                group: {"name": tell.group(part, group), "members": list(members)}
                for group, members in groups.items()
            }
            for part, groups in _groups(found).items()
        },
        "over_readings": _scope(found.over, every=True),
        "by_reading": {
            _key(reading): _scope(one, every=False) for reading, one in found.readings.items()
        },
        TOGETHER: {output: _shapley(one) for output, one in found.together.items()},
    }


def _groups(found: Drivers) -> dict[str, dict[str, tuple[str, ...]]]:
    together = {TOGETHER: found.players} if found.players else {}
    return {**found.members, **together}


def _key(reading: str | None) -> str:
    return reading or "as-written"


def _scope(scope: Scope, *, every: bool) -> dict[str, Any]:
    """One scope; unless ``every``, only those values that can be told from nothing."""
    return {
        output: {
            "mean": estimate.p,
            "mc_se": estimate.mc_se,
            "inputs": _share(scope.inputs[output]),
            "faint": scope.faint(output),
            "effects": {
                part: {group: _effect(one) for group, one in by_output[output].items()}
                for part, by_output in scope.effects.items()
            },
            "order": {
                part: _order(by_output[output])
                for part, by_output in scope.effects.items()
                if part == DRAW or not scope.faint(output)
            },
            "values": {
                address: _share(shares[output])
                for address, shares in scope.addresses.items()
                if every or not shares[output].blurred
            },
        }
        for output, estimate in scope.chances.items()
    } | {output: {"skipped": reason} for output, reason in scope.skipped.items()}


def _order(effects: dict[str, Effect]) -> dict[str, Any]:
    order = order_of({name: e.total for name, e in effects.items() if name != REST})
    return {
        "groups": list(order.names),
        "settled": order.settled,
        "nothing": order.nothing,
        "more_draws": order.factor,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {"first": _share(effect.first), "total": _share(effect.total)}


def _share(share: Share) -> list[float]:
    """Estimate, lower and upper end."""
    return [share.value, share.low, share.high]


def _shapley(shapley: Shapley) -> dict[str, Any]:
    return {
        "parts": {name: _share(one) for name, one in shapley.parts.items()},
        "without_chance": {name: _share(one) for name, one in shapley.known.items()},
        "first": {name: _share(one) for name, one in shapley.first.items()},
        "total": {name: _share(one) for name, one in shapley.total.items()},
        "inputs": _share(shapley.inputs),
    }
