"""Act 1, the run-up: tension, fear, incidents, and what keeps a meeting from being held.

Tension T and fear F of being manipulated into war start at their background and
return to it, what was added falling by half every half-life. An incident of
severity s, staged by a third party with probability b in observers' eyes, adds
s (1 - b) to T and s b to F; both stay within 0 and 1. Recorded incidents strike on
their day. Others arrive as Poisson processes from the announcement on: a base rate
a kind, and what spoilers add to it,

    capability x Phi((stake x P(deal) - cost) / noise),

the stake being what the spoiler expects to lose by the deal. Observers who blame
the other principal harden; those who see a third party's hand do not: violence
hurts a deal the more, the likelier the target thinks the other side could have
stopped it (Kydd & Walter 2002), which here is 1 - b.

From the announcement on, the meeting is called off at the hazard rate x T, and the
principals are drawn into war at the hazard of ``risk``. Hazards are integrated over
steps and compared with one exponential draw each, so a path is exact at its steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints, Words
from detente.kernels import exp, exp_each, kernel, log, normal_cdf_each
from detente.model.causes import HELD, NO_RESULT
from detente.model.gains import Mood
from detente.model.structure import IncidentPlace
from detente.sampling.draws import Draws, Plan
from detente.sampling.streams import keyed, step_uniform
from detente.situation.calendar import Calendar

DAYS_A_MONTH = 365.25 / 12
LN2 = 0.6931471805599453
MOST_INCIDENTS = 64  # of one kind in one step


@dataclass(frozen=True, slots=True)
class Scout:
    """What spoilers and principals expect before the run-up: the ensemble's own forecast.

    ``deal`` is P(deal) if they meet; ``stake`` what each spoiler expects to lose by it.
    """

    deal: float
    stake: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Road:
    """Where each draw's run-up has led.

    Attributes:
        mood: tension and fear on the eve, whether or not the meeting was called off.
        incidents: shape (draw,), how many happened after the announcement.
        cause: shape (draw,), HELD, IN_TENSION or WAR; the eve is still to be judged.
        days: shape (draw,), days after the announcement at which it ended.
        track: shape (draw, step, 2), tension and fear after every step, if asked for.
    """

    mood: Mood
    incidents: Ints
    cause: Ints
    days: Floats
    track: Floats | None


def walk(
    draws: Draws,
    calendar: Calendar,
    kinds: tuple[IncidentPlace, ...],
    scout: Scout,
    track: bool = False,
) -> Road:
    """Walk every draw's run-up from the look back to the eve of the meeting."""
    steps = max(1, -(-calendar.days // calendar.step))  # whole ones, the last ends on the meeting
    ahead = -(-calendar.ahead // calendar.step)
    quiet = steps - ahead
    first = calendar.ahead / calendar.step - (ahead - 1)  # share of step ``quiet`` that is ahead
    months = calendar.step / DAYS_A_MONTH
    rows = draws.rows
    base = np.stack([draws.value("runup.tension"), draws.value("runup.fear")], axis=1)
    keep = np.stack(
        [
            exp_each(-LN2 * calendar.step / draws.value(f"runup.half_life.{what}"))
            for what in ("tension", "fear")
        ],
        axis=1,
    )
    when, recorded = _recorded(draws, calendar, steps)
    rate, jumps = _kinds(draws, kinds, scout, months)
    hazards = np.stack(
        [
            draws.value("runup.calling_off.rate") * months,
            draws.value("escalation.rate") * months,
            draws.value("escalation.tension_effect"),
        ],
        axis=1,
    )
    limits = np.stack([draws.chance("runup.called_off"), draws.chance("runup.war")], axis=1)
    end = np.empty((rows, 2))
    incidents, cause = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    last = np.empty(rows)
    seen = np.empty((rows if track else 0, steps, 2))
    walk_paths(
        incident_keys(draws.plan, kinds), draws.start, steps, quiet, first, base, keep,
        when, recorded, rate, jumps, hazards, limits, end, incidents, cause, last, seen,
    )  # fmt: skip
    days = calendar.ahead - (steps - last) * calendar.step
    return Road(
        Mood(end[:, 0].copy(), end[:, 1].copy()), incidents, cause, days, seen if track else None
    )


def incident_keys(plan: Plan, kinds: tuple[IncidentPlace, ...]) -> Words:
    """The key of each kind's stream: shape (kind, words)."""
    keys = [keyed(plan.seed, plan.stream(f"runup.incidents.{kind.id}")) for kind in kinds]
    return np.stack(keys) if keys else np.zeros((0, 1), dtype=np.uint64)


def _recorded(draws: Draws, calendar: Calendar, steps: int) -> tuple[Ints, Floats]:
    """Step of each recorded incident, and its jumps: shape (incident, draw, 2)."""
    when = [steps - 1 - (before - 1) // calendar.step for _, before in calendar.recorded]
    jumps = np.empty((len(when), draws.rows, 2))
    for index, (name, _) in enumerate(calendar.recorded):
        jumps[index] = _jumps(draws, f"runup.recorded.{name}")
    order = np.argsort(when, kind="stable")
    return np.asarray(when, dtype=np.int64)[order], jumps[order]


def _jumps(draws: Draws, stem: str) -> Floats:
    """What an incident adds to tension and to fear: shape (draw, 2)."""
    severity, staged = draws.value(f"{stem}.severity"), draws.value(f"{stem}.staged")
    return np.stack([severity * (1.0 - staged), severity * staged], axis=1)


def _kinds(
    draws: Draws, kinds: tuple[IncidentPlace, ...], scout: Scout, months: float
) -> tuple[Floats, Floats]:
    """Expected incidents a step, (draw, kind), and their jumps, (draw, kind, 2)."""
    rate = np.zeros((draws.rows, len(kinds)))
    jumps = np.zeros((draws.rows, len(kinds), 2))
    for index, kind in enumerate(kinds):
        stem = f"runup.incidents.{kind.id}"
        rate[:, index] = draws.value(f"{stem}.rate")
        for spoiler in kind.saboteurs:
            rate[:, index] += sabotage(draws, spoiler, kind.id, scout)
        jumps[:, index, :] = _jumps(draws, stem)
    return rate * months, jumps


def sabotage(draws: Draws, spoiler: str, kind: str, scout: Scout) -> Floats:
    """Incidents a month a spoiler adds: shape (draw,). A spoiler with no stake adds none."""
    stem = f"runup.sabotage.{spoiler}.{kind}"
    stake = scout.stake.get(spoiler, 0.0)
    if stake <= 0.0:
        return np.zeros(draws.rows)
    worth = (stake * scout.deal - draws.value(f"{stem}.cost")) / draws.value("runup.noise")
    return draws.value(f"{stem}.capability") * normal_cdf_each(worth)


@kernel
def walk_paths(
    keys: Words, first_row: int, steps: int, quiet: int, first: float, base: Floats, keep: Floats,
    when: Ints, recorded: Floats, rate: Floats, jumps: Floats, hazards: Floats, limits: Floats,
    end: Floats, incidents: Ints, cause: Ints, last: Floats, seen: Floats,
) -> None:  # fmt: skip
    """Walk the paths; all arrays run over draws first but ``recorded`` (incident, draw, 2).

    ``keys`` holds the key of each kind's own stream, so no kind disturbs another.

    ``seen`` is filled with tension and fear after each step if it has any rows.
    """
    track = seen.shape[0] > 0
    none = np.empty(rate.shape[1])  # chance of no incident of a kind in a whole step
    for d in range(base.shape[0]):
        tension, fear = base[d, 0], base[d, 1]
        for k in range(rate.shape[1]):
            none[k] = exp(-rate[d, k])
        off, war = 0.0, 0.0
        off_limit, war_limit = -log(limits[d, 0]), -log(limits[d, 1])
        cause[d], last[d] = 0, steps
        next_recorded = 0
        for step in range(steps):
            tension = base[d, 0] + (tension - base[d, 0]) * keep[d, 0]
            fear = base[d, 1] + (fear - base[d, 1]) * keep[d, 1]
            while next_recorded < when.size and when[next_recorded] == step:
                tension = _within(tension + recorded[next_recorded, d, 0])
                fear = _within(fear + recorded[next_recorded, d, 1])
                next_recorded += 1
            if step >= quiet:
                share = first if step == quiet else 1.0
                for k in range(rate.shape[1]):
                    if rate[d, k] <= 0.0:
                        continue
                    u = step_uniform(keys[k], first_row + d, step, 0)
                    if u <= none[k] and share == 1.0:
                        continue  # by far the most frequent case
                    expected = rate[d, k] * share
                    chance, count = exp(-expected), 0
                    cumulated = chance
                    while u > cumulated and count < MOST_INCIDENTS:
                        count += 1
                        tension = _within(tension + jumps[d, k, 0])
                        fear = _within(fear + jumps[d, k, 1])
                        chance *= expected / count
                        cumulated += chance
                    incidents[d] += count
                if cause[d] == 0:
                    off += hazards[d, 0] * share * tension
                    if hazards[d, 1] > 0.0:
                        war += hazards[d, 1] * share * exp(hazards[d, 2] * tension)
                    if off >= off_limit or war >= war_limit:
                        # within one step, whichever was due first as a share of its limit
                        cause[d] = 3 if war / war_limit > off / off_limit else 1
                        last[d] = step + 1
            if track:
                seen[d, step, 0] = tension
                seen[d, step, 1] = fear
        end[d, 0] = tension
        end[d, 1] = fear


@kernel
def _within(level: float) -> float:
    return min(max(level, 0.0), 1.0)


def judge_eve(
    draws: Draws, principals: tuple[str, ...], closing: Floats, cause: Ints, scout: Scout
) -> Ints:
    """The cause after the eve's check: shape (draw,).

    A principal judges the chance of a result as foresight x what the draw holds in
    store + (1 - foresight) x what everybody expected, and stays away if that is less
    than the least for which it would go.
    """
    stays = np.zeros(draws.rows, dtype=np.bool_)
    for name in principals:
        least = draws.value(f"runup.calling_off.least.{name}")
        foresight = draws.value(f"runup.calling_off.foresight.{name}")
        stays |= foresight * closing + (1.0 - foresight) * scout.deal < least
    return np.where((cause == HELD) & stays, NO_RESULT, cause)
