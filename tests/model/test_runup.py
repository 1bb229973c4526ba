"""Act 1 against closed forms: counts, decay, hazards, and what must never go the wrong way.

Columns of chances are stratified: of n rows exactly n x p, give or take one, fall below p.
Where one such column alone decides, shares are held to 1 / n; elsewhere to SIGMAS errors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from detente.arrays import Bools, Floats, Ints
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.causes import HELD, IN_TENSION, NO_RESULT, WAR
from detente.model.gains import Mood, compile_gains
from detente.model.risk import risk_without_deal
from detente.model.runup import (
    DAYS_A_MONTH,
    Road,
    Scout,
    judge_eve,
    sabotage,
    walk,
)
from detente.model.structure import IncidentPlace, structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.calendar import Calendar
from detente.situation.load import Loaded, load, loads
from detente.situation.quantities import Point, Quantity, Uniform
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.values import patched

FILE = Path(__file__).parents[1] / "situations" / "three-acts.yaml"
SIGMAS = 4.5
N = 20_000
NOBODY = Scout(0.0, {})
KINDS = (IncidentPlace("raid", ("militia",)), IncidentPlace("hoax", ()))
NO_INCIDENTS = {"runup.incidents.raid.rate": 0.0, "runup.incidents.hoax.rate": 0.0}
NO_HAZARD = {"runup.calling_off.rate": 0.0, "escalation.rate": 0.0}
NO_LEAST = {"runup.calling_off.least.east": 0.0, "runup.calling_off.least.west": 0.0}


@pytest.fixture(scope="module")
def bridge() -> Loaded:
    """A situation of one package with all three acts."""
    return load(FILE)


@pytest.fixture(scope="module")
def spring(bridge: Loaded) -> Scenario:
    """Its round with sabotage in the offing, as written."""
    return scenarios(bridge.situation, None, rounds=["spring"], readings=["as-written"])[0]


def at(scenario: Scenario, points: Mapping[str, float]) -> Scenario:
    """The scenario with some addresses at known numbers."""
    patch = {address: Quantity(Point(x), "test") for address, x in points.items()}
    return replace(scenario, values=patched(scenario.values, patch, "test"))


def walked(
    scenario: Scenario,
    calendar: Calendar,
    scout: Scout = NOBODY,
    plan: Plan = Plan(N, 1),  # noqa: B008 -- frozen
    track: bool = False,
) -> Road:
    """Every row's run-up."""
    return walk(Draws(scenario.values, plan, 0, plan.draws), calendar, KINDS, scout, track)


def ran(loaded: Loaded, scenario: Scenario, plan: Plan = Plan(N, 1)) -> Outcomes:  # noqa: B008
    """Every row's outcome."""
    return run(structure_of(loaded.situation), [scenario], plan, why=False)[0]


def assert_share(happened: Bools, p: float) -> None:
    """Within SIGMAS errors of a share of independent rows."""
    assert abs(float(happened.mean()) - p) <= SIGMAS * math.sqrt(p * (1.0 - p) / len(happened))


def assert_same(one: Outcomes, other: Outcomes) -> None:
    """Bit for bit."""
    for field in fields(Outcomes):
        a, b = getattr(one, field.name), getattr(other, field.name)
        assert (a is None) == (b is None), field.name
        assert a is None or a.tobytes() == b.tobytes(), field.name


def assert_poisson(counts: Ints, mean: float) -> None:
    """Mean, variance and the whole distribution, each to SIGMAS errors of its estimate."""
    n = len(counts)
    assert abs(counts.mean() - mean) <= SIGMAS * math.sqrt(mean / n)
    # variance of the sample variance: (fourth moment - variance squared) / n
    assert abs(counts.var(ddof=1) - mean) <= SIGMAS * math.sqrt((mean + 2.0 * mean**2) / n)
    law = stats.poisson(mean)
    low, high = int(law.ppf(5.0 / n)), int(law.isf(5.0 / n))  # tails together: 5 expected or more
    clipped = np.clip(counts, low, high)
    seen = np.bincount(clipped - low, minlength=high - low + 1)
    expected = n * np.array(
        [law.cdf(low), *(law.pmf(k) for k in range(low + 1, high)), law.sf(high - 1)]
    )
    distance = float(((seen - expected) ** 2 / expected).sum())
    assert distance <= stats.chi2.isf(2.0 * stats.norm.sf(SIGMAS), len(expected) - 1)


@pytest.mark.parametrize("step", [1, 7])
def test_incidents_are_poisson_whatever_the_step(spring: Scenario, step: int) -> None:
    """Two kinds together, 70 days from announcement to meeting: mean = rate x months."""
    road = walked(spring, Calendar(step, 70, 35, ()))
    assert_poisson(road.incidents, (1.5 + 0.5) * 70 / DAYS_A_MONTH)


@pytest.mark.parametrize(("ahead", "lookback"), [(10, 28), (7, 120), (3, 0)])
def test_a_step_partly_before_the_announcement_counts_in_part(
    spring: Scenario, ahead: int, lookback: int
) -> None:
    """Weekly steps that do not fit the dates keep the expected count, and so the hazards."""
    road = walked(spring, Calendar(7, ahead, lookback, ()))
    mean = (1.5 + 0.5) * ahead / DAYS_A_MONTH
    assert abs(road.incidents.mean() - mean) <= SIGMAS * math.sqrt(mean / N)


def test_a_run_up_ends_no_later_than_the_meeting(spring: Scenario) -> None:
    """Also where weekly steps do not fit the dates."""
    quiet = at(spring, NO_INCIDENTS | NO_HAZARD)
    assert set(walked(quiet, Calendar(7, 10, 28, ())).days) == {10.0}


def test_kinds_come_at_their_own_rates_and_independently(spring: Scenario) -> None:
    """One step without decay: raids move tension alone, hoaxes fear alone, so both can be counted."""
    jump = 0.002
    kinds = {"raid": (0.0, 3.0), "hoax": (1.0, 1.0)}  # staged, rate
    points = {"runup.tension": 0.0, "runup.fear": 0.0} | NO_HAZARD
    for kind, (staged, rate) in kinds.items():
        stem = f"runup.incidents.{kind}"
        points |= {f"{stem}.staged": staged, f"{stem}.rate": rate, f"{stem}.severity": jump}
    road = walked(at(spring, points), Calendar(30, 30, 0, ()))
    raids = np.rint(road.mood.tension / jump).astype(np.int64)
    hoaxes = np.rint(road.mood.fear / jump).astype(np.int64)
    assert (raids + hoaxes == road.incidents).all()
    months = 30 / DAYS_A_MONTH
    assert_poisson(raids, 3.0 * months)
    assert_poisson(hoaxes, 1.0 * months)
    assert abs(float(np.corrcoef(raids, hoaxes)[0, 1])) <= SIGMAS / math.sqrt(N)


def test_without_rates_nothing_happens_and_the_background_stays(spring: Scenario) -> None:
    """Tension and fear are what the situation states, to the last bit, on every day."""
    road = walked(at(spring, NO_INCIDENTS), Calendar(1, 60, 30, ()), plan=Plan(50, 1), track=True)
    assert road.track is not None
    assert not road.incidents.any()
    assert (road.track[:, :, 0] == 0.2).all()
    assert (road.track[:, :, 1] == 0.1).all()


@pytest.mark.parametrize("step", [1, 7])
@pytest.mark.parametrize("before", [1, 2, 8, 30, 65])
def test_what_an_incident_added_falls_by_half_every_half_life(
    spring: Scenario, step: int, before: int
) -> None:
    """An incident on the eve counts in full; one d days before the meeting has faded d - 1 days.

    Longer steps fade by whole steps.
    """
    road = walked(
        at(spring, NO_INCIDENTS), Calendar(step, 35, 35, (("shots", before),)), plan=Plan(3, 1)
    )
    faded = (before - 1) // step * step
    tension = 0.2 + 0.4 * 0.75 * 2.0 ** (-faded / 20)
    fear = 0.1 + 0.4 * 0.25 * 2.0 ** (-faded / 40)
    assert road.mood.tension == pytest.approx([tension] * 3, abs=1e-13)
    assert road.mood.fear == pytest.approx([fear] * 3, abs=1e-13)


def test_recorded_incidents_add_up_in_order_of_their_days(spring: Scenario) -> None:
    """Each fades by itself, whatever the order in the file; one below 0 eases tension alone."""
    calm = at(spring, NO_INCIDENTS)
    recorded = (("release", 4), ("shots", 21), ("leaflet", 21))
    moods = [
        walked(calm, Calendar(1, 35, 30, order), plan=Plan(2, 1)).mood
        for order in (recorded, recorded[::-1])
    ]
    tension = 0.2 + (0.4 * 0.75 + 0.3 * 0.1) * 2.0 ** (-20 / 20) - 0.2 * 2.0 ** (-3 / 20)
    fear = 0.1 + (0.4 * 0.25 + 0.3 * 0.9) * 2.0 ** (-20 / 40)
    for mood in moods:
        assert mood.tension == pytest.approx([tension] * 2, abs=1e-13)
        assert mood.fear == pytest.approx([fear] * 2, abs=1e-13)


@pytest.mark.parametrize(("severity", "end"), [(1.0, 1.0), (-1.0, 0.0)])
def test_tension_and_fear_stay_between_nothing_and_everything(
    spring: Scenario, severity: float, end: float
) -> None:
    """Many of the worst incidents, or of the kindest: both end of the scale are reached, not left."""
    points = {"runup.tension": 0.6, "runup.fear": 0.6}
    for kind in ("raid", "hoax"):
        stem = f"runup.incidents.{kind}"
        points |= {f"{stem}.severity": severity, f"{stem}.rate": 10.0, f"{stem}.staged": 0.5}
    road = walked(at(spring, points), Calendar(7, 70, 14, ()), plan=Plan(500, 1), track=True)
    assert road.track is not None
    assert road.track.min() >= 0.0
    assert road.track.max() <= 1.0
    assert (road.track[:, 2:] == end).any()


@pytest.mark.parametrize("step", [1, 7])
@pytest.mark.parametrize(
    ("hazard", "a_month", "cause"),
    [
        ({"runup.calling_off.rate": 0.9}, 0.9 * 0.2, IN_TENSION),
        (
            {"escalation.rate": 0.15, "escalation.tension_effect": 1.5},
            0.15 * math.exp(1.5 * 0.2),
            WAR,
        ),
    ],
)
def test_at_constant_tension_a_hazard_ends_the_run_up_exponentially(
    spring: Scenario, step: int, hazard: dict[str, float], a_month: float, cause: int
) -> None:
    """P(not ended by day t) = exp(-hazard t), on every day that ends a step, to one row in n."""
    points = NO_INCIDENTS | NO_HAZARD | hazard
    road = walked(at(spring, points), Calendar(step, 70, 35, ()))
    assert set(road.cause) == {HELD, cause}
    for day in range(step, 71, step):
        ended = (road.cause == cause) & (road.days <= day)
        expected = 1.0 - math.exp(-a_month * day / DAYS_A_MONTH)
        assert abs(ended.mean() - expected) <= 1.0 / N + 1e-12
    assert (road.days[road.cause == HELD] == 70).all()


def test_two_hazards_compete(spring: Scenario) -> None:
    """Constant h and k: neither with exp(-(h + k) t), the first with its share of the rest."""
    off, war = 0.9 * 0.2, 0.15 * math.exp(1.5 * 0.2)
    points = {"runup.calling_off.rate": 0.9, "escalation.rate": 0.15}
    road = walked(at(spring, NO_INCIDENTS | points), Calendar(1, 90, 0, ()))
    rest = math.exp(-(off + war) * 90 / DAYS_A_MONTH)
    assert_share(road.cause == HELD, rest)
    assert_share(road.cause == IN_TENSION, (1.0 - rest) * off / (off + war))
    assert_share(road.cause == WAR, (1.0 - rest) * war / (off + war))


def test_the_risk_in_the_draw_table_is_the_closed_form_on_the_eve(
    bridge: Loaded, spring: Scenario
) -> None:
    """R at constant T, and how often war then comes where there is no deal."""
    points = NO_INCIDENTS | NO_HAZARD | {"escalation.rate": 0.03, "signing_cost.east": 1.0}
    calm = replace(at(spring, points), calendar=Calendar(1, 1, 0, ()))
    out = ran(bridge, calm)
    hazard = 0.03 * math.exp(1.5 * 0.2)
    risk = 1.0 - math.exp(-hazard * 6)
    assert out.risk == pytest.approx(np.full(N, risk), abs=1e-14)
    assert not out.deal.any()
    assert out.escalated is not None
    # war on the one day before the meeting, or over the horizon
    assert_share(out.escalated, 1.0 - math.exp(-hazard / DAYS_A_MONTH) * (1.0 - risk))


def test_a_spoiler_adds_what_its_judgement_says(spring: Scenario) -> None:
    """Capability x Phi((stake x P(deal) - cost) / noise) a month, on top of the base rate."""
    scout = Scout(0.7, {"militia": 0.5})
    draws = Draws(spring.values, Plan(3, 1), 0, 3)
    added = 2.0 * float(stats.norm.cdf((0.5 * 0.7 - 0.2) / 0.1))
    assert sabotage(draws, "militia", "raid", scout) == pytest.approx([added] * 3, abs=1e-13)
    road = walked(spring, Calendar(1, 60, 30, ()), scout)
    assert_poisson(road.incidents, (1.5 + 0.5 + added) * 60 / DAYS_A_MONTH)


@pytest.mark.parametrize("wish", [0.5, 0.8])
def test_a_spoiler_with_nothing_to_lose_does_nothing(
    bridge: Loaded, spring: Scenario, wish: float
) -> None:
    """Indifferent or better off by the deal: the table without sabotage in the file, bit for bit."""
    content = at(spring, {"preferences.militia.bridge.open": wish})
    line = "  sabotage: [{by: militia, kind: raid, capability: 2, cost: 0.2, after: 0.02}]\n"
    text = FILE.read_text(encoding="utf-8")
    assert text.count(line) == 1
    without = loads(text.replace(line, "").encode())
    plain = scenarios(without.situation, None, rounds=["spring"], readings=["as-written"])[0]
    plain = at(plain, {"preferences.militia.bridge.open": wish})
    assert_same(ran(bridge, content, Plan(2000, 1)), ran(without, plain, Plan(2000, 1)))
    assert (
        ran(bridge, spring, Plan(2000, 1)).incidents.sum()  # pyright: ignore[reportOptionalMemberAccess]
        > ran(bridge, content, Plan(2000, 1)).incidents.sum()  # pyright: ignore[reportOptionalMemberAccess]
    )


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_kind_that_never_comes_changes_nothing(
    bridge: Loaded, spring: Scenario, place: str
) -> None:
    """A kind of incident with rate 0, before or after the others: bit for bit the same table."""
    text = FILE.read_text(encoding="utf-8")
    head, tail = "  incidents:\n", "  sabotage:"
    more = "    - {id: never, rate: 0, severity: 0.9, staged: 0.1..0.4}\n"
    text = (
        text.replace(head, head + more) if place == "first" else text.replace(tail, more + tail, 1)
    )
    other = loads(text.encode())
    assert len(other.situation.runup.incidents) == 3
    found = scenarios(other.situation, None, rounds=["spring"], readings=["as-written"])[0]
    assert_same(ran(bridge, spring, Plan(3000, 1)), ran(other, found, Plan(3000, 1)))


def test_a_kind_that_moves_nothing_disturbs_no_other_kind(spring: Scenario) -> None:
    """Every kind has a stream of its own: another that comes often leaves the mood as it was."""
    kinds = (IncidentPlace("raid", ()), IncidentPlace("quiet", ()))
    values = dict(spring.values)
    for field, value in (("rate", 5.0), ("severity", 0.0), ("staged", 0.0)):
        stem = values[f"runup.incidents.raid.{field}"]
        quantity = Quantity(Point(value), f"{value:g}")
        values[f"runup.incidents.quiet.{field}"] = replace(stem, quantity=quantity)
    draws = Draws(values, Plan(500, 1), 0, 500)
    assert spring.calendar is not None
    alone = walk(draws, spring.calendar, kinds[:1], Scout(0.0, {}))
    beside = walk(draws, spring.calendar, kinds, Scout(0.0, {}))
    assert np.array_equal(alone.mood.tension, beside.mood.tension)
    assert np.array_equal(alone.mood.fear, beside.mood.fear)
    assert beside.incidents.sum() > alone.incidents.sum()


def test_paths_depend_neither_on_chunks_nor_on_other_rows(spring: Scenario) -> None:
    """Rows 300 to 1000 walked alone, and the first hundred of a shorter table: the same bits."""
    calendar, plan = spring.calendar, Plan(1000, 3)
    assert calendar is not None
    whole = walked(spring, calendar, plan=plan, track=True)
    part = walk(Draws(spring.values, plan, 300, 1000), calendar, KINDS, NOBODY, track=True)
    for one, other in zip(_columns(part), _columns(whole), strict=True):
        assert one.tobytes() == other[300:].tobytes()
    # the chances of hazards are strata of the whole table; tension, fear and counts are not
    few = walked(spring, calendar, plan=Plan(100, 3), track=True)
    assert few.track is not None
    assert whole.track is not None
    assert few.track.tobytes() == whole.track[:100].tobytes()
    assert few.incidents.tobytes() == whole.incidents[:100].tobytes()


def _columns(road: Road) -> list[Floats | Ints]:
    assert road.track is not None
    return [
        road.mood.tension, road.mood.fear, road.incidents, road.cause, road.days, road.track
    ]  # fmt: skip


def selecting(spring: Scenario, points: dict[str, float]) -> Scenario:
    """No hazards, no danger; the least surplus is uniform on 0 to 0.4 and misread by 0.2."""
    calm = at(
        spring,
        NO_INCIDENTS
        | NO_HAZARD
        | {"hardening.east": 0.0, "escalation.loss.east": 0.0, "pressures.winter.felt": 0.0}
        | points,
    )
    assert calm.values["outlook.east"].quantity.shape == Uniform(0.6, 1.0)
    return calm


def closing_between(low: float, high: float) -> float:
    """Mean of Phi(s / 0.2) over s uniform between ``low`` and ``high``."""

    def antiderivative(z: float) -> float:
        return z * float(stats.norm.cdf(z)) + float(stats.norm.pdf(z))

    return 0.2 * (antiderivative(high / 0.2) - antiderivative(low / 0.2)) / (high - low)


@pytest.mark.parametrize("least", [0.3, 0.6, 0.8, 0.95])
def test_meetings_that_are_held_are_those_that_were_going_to_work(
    bridge: Loaded, spring: Scenario, least: float
) -> None:
    """With full foresight: held iff Phi(s / m) >= least, so P(held) and P(deal | held) are known."""
    out = ran(bridge, selecting(spring, {"runup.calling_off.least.east": least}))
    cut = max(0.2 * float(stats.norm.ppf(least)), 0.0)
    assert abs(out.held.mean() - (0.4 - cut) / 0.4) <= 1.0 / N + 1e-12
    assert out.cause is not None
    assert set(out.cause[~out.held]) <= {NO_RESULT}
    assert_share(out.deal[out.held], closing_between(cut, 0.4))
    assert not out.deal[~out.held].any()


def test_without_foresight_the_forecast_of_everybody_decides(
    bridge: Loaded, spring: Scenario
) -> None:
    """All go while the least lies below the forecast, and nobody once it lies above.

    The forecast has the closed form, to the range of the chance in a thousand strata.
    """
    forecast = closing_between(0.0, 0.4)
    slack = (float(stats.norm.cdf(2.0)) - 0.5) / 1000
    blind = {"runup.calling_off.foresight.east": 0.0}
    for least, share in ((forecast - 2 * slack, 1.0), (forecast + 2 * slack, 0.0)):
        out = ran(
            bridge, selecting(spring, blind | {"runup.calling_off.least.east": least}), Plan(500, 1)
        )
        assert out.held.mean() == share


def test_the_eve_weighs_foresight_against_the_forecast(spring: Scenario) -> None:
    """Foresight x closing + (1 - foresight) x forecast, equality goes; earlier causes stand."""
    points = {"runup.calling_off.foresight.east": 0.25, "runup.calling_off.least.east": 0.5}
    draws = Draws(at(spring, points).values, Plan(5, 1), 0, 5)
    closing = np.array([0.0, 0.5, 0.4375, 1.0, 0.0])
    before = np.array([HELD, HELD, HELD, IN_TENSION, WAR])
    found = judge_eve(draws, ("east", "west"), closing, before, Scout(0.5, {}))
    assert found.tolist() == [NO_RESULT, HELD, NO_RESULT, IN_TENSION, WAR]
    found = judge_eve(draws, ("east", "west"), closing, before, Scout(0.75, {}))
    assert found.tolist() == [HELD, HELD, HELD, IN_TENSION, WAR]


def test_without_hazard_and_with_nothing_asked_every_meeting_is_held(
    bridge: Loaded, spring: Scenario
) -> None:
    """Least chance 0 and rates 0, incidents and sabotage as they may be."""
    out = ran(bridge, at(spring, NO_HAZARD | NO_LEAST), Plan(2000, 1))
    assert out.held.all()
    assert out.incidents is not None
    assert out.incidents.any()


FEARS = (0.0, 0.1, 0.35, 0.7, 1.0)


def test_more_fear_never_lowers_gains_from_what_removes_the_danger(
    bridge: Loaded, every_term: Loaded
) -> None:
    """Draw by draw, party by party, option by option; for some it raises them."""
    for loaded in (bridge, every_term):
        structure = structure_of(loaded.situation)
        scenario = scenarios(loaded.situation, None)[0]
        draws = Draws(scenario.values, Plan(400, 1), 0, 400)
        tension = np.full(400, 0.4)
        gains = np.stack(
            [
                compile_gains(structure, draws, Mood(tension, np.full(400, fear))).option
                for fear in FEARS
            ]
        )
        rise = np.diff(gains, axis=0)
        assert rise.min() >= -1e-12
        assert (rise > 1e-6).any()


def test_more_fear_never_lowers_the_chance_of_the_one_stabilising_deal(
    bridge: Loaded, spring: Scenario
) -> None:
    """The chance of closing, draw by draw, after ever worse incidents that all think staged.

    Without sabotage: a spoiler would answer the better prospects with more of it.
    """
    stem = "runup.recorded.leaflet"
    alone = at(spring, {f"{stem}.staged": 1.0, "runup.sabotage.militia.raid.capability": 0.0})
    chances = [
        ran(bridge, at(alone, {f"{stem}.severity": s}), Plan(1000, 1)) for s in (0.0, 0.2, 0.5, 0.9)
    ]
    assert (np.diff([out.closing for out in chances], axis=0) >= 0.0).all()
    assert chances[-1].closing.mean() > chances[0].closing.mean()


def test_more_tension_never_helps_where_no_option_removes_danger(
    bridge: Loaded, spring: Scenario, every_term: Loaded
) -> None:
    """Draw by draw: the chance of closing with one package, the zone with many.

    Without sabotage: a spoiler lets off where prospects are worse, and that may calm a draw.
    """
    no_danger = {"escalation.loss.east": 0.0, "runup.sabotage.militia.raid.capability": 0.0}
    closings = [
        ran(bridge, at(spring, no_danger | {"runup.tension": t}), Plan(1000, 1)).closing
        for t in (0.0, 0.2, 0.5, 0.9)
    ]
    assert (np.diff(closings, axis=0) <= 0.0).all()
    assert closings[-1].mean() < closings[0].mean()
    scenario = scenarios(every_term.situation, None)[0]
    losses = {a: 0.0 for a in scenario.values if a.startswith("escalation.loss.")}
    zones = [
        ran(every_term, at(scenario, losses | {"runup.tension": t}), Plan(1000, 1)).zone
        for t in (0.0, 0.3, 0.6, 1.0)
    ]
    assert (np.diff(zones, axis=0) <= 0).all()
    assert zones[-1].sum() < zones[0].sum()


def test_more_tension_is_more_risk_without_a_deal(spring: Scenario) -> None:
    """R rises with T wherever there is a rate and an effect."""
    draws = Draws(spring.values, Plan(11, 1), 0, 11)
    assert (np.diff(risk_without_deal(draws, np.linspace(0.0, 1.0, 11))) > 0.0).all()


def kydd_walter(spring: Scenario, staged: float, capability: float) -> Scenario:
    """Violence by the militia alone; it moves demands through tension and nothing else."""
    stem = "runup.incidents.raid"
    return at(
        spring,
        NO_INCIDENTS
        | NO_HAZARD
        | {
            "escalation.loss.east": 0.0,
            "runup.sabotage.militia.raid.capability": capability,
            f"{stem}.staged": staged,
            f"{stem}.severity": 0.3,
        },
    )


def test_violence_hurts_a_deal_more_the_likelier_the_other_side_could_have_stopped_it(
    bridge: Loaded, spring: Scenario
) -> None:
    """Kydd & Walter 2002, with 1 - staged for what the target thinks the other side could stop.

    Draw by draw violence never helps and hurts the more the less staged it looks; over
    draws strictly so; where all see a third party's hand it does nothing at all.
    """
    plan = Plan(4000, 1)
    grid = (0.0, 0.25, 0.5, 0.75, 1.0)
    violent = [ran(bridge, kydd_walter(spring, staged, 3.0), plan) for staged in grid]
    peaceful = [ran(bridge, kydd_walter(spring, staged, 0.0), plan) for staged in grid]
    for out in peaceful[1:]:
        assert_same(out, peaceful[0])
    closing = np.array([out.closing for out in violent])
    assert (closing <= peaceful[0].closing).all()
    assert (np.diff(closing, axis=0) >= 0.0).all()
    for measure in ("closing", "deal", "held"):
        lost = [getattr(peaceful[0], measure).mean() - getattr(o, measure).mean() for o in violent]
        assert (np.diff(lost) < 0.0).all(), measure
        assert lost[-1] == 0.0, measure
    assert all((out.incidents == violent[0].incidents).all() for out in violent)
