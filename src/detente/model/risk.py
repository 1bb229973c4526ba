"""Risk of a war nobody wants, without a deal, as each side sees it."""

from __future__ import annotations

from detente.arrays import Floats
from detente.kernels import exp_each
from detente.sampling.draws import Draws


def risk_without_deal(draws: Draws, tension: Floats) -> Floats:
    """R = 1 - exp(-rate e^(effect T) horizon). Shape (draw,), between 0 and 1.

    A constant hazard over the horizon (months), raised by tension T (0..1).
    """
    rate = draws.value("escalation.rate")
    effect = draws.value("escalation.tension_effect")
    horizon = draws.value("escalation.horizon")
    return 1.0 - exp_each(-rate * exp_each(effect * tension) * horizon)


def risk_as_seen(draws: Draws, party: str, risk: Floats, fear: Floats) -> Floats:
    """R_i = R + f_i F (1 - R): fear F (0..1) of a staged war adds to the risk seen.

    Shape (draw,). f_i is the party's suspicion, the share of fear it acts on.
    """
    suspicion = draws.value(f"escalation.suspicion.{party}")
    return risk + suspicion * fear * (1.0 - risk)
