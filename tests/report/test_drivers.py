"""Sentences about drivers: each follows from the numbers it tells."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.console import Console

from detente.analysis.driver_scopes import TOGETHER, Drivers, Scope
from detente.analysis.drivers import drivers
from detente.analysis.groupings import DRIVER
from detente.analysis.outputs import ZONE
from detente.analysis.probabilities import Estimate
from detente.analysis.resampling import Share
from detente.analysis.sobol import Effect
from detente.figures.naming import Names
from detente.report.drivers import (
    Telling,
    below_sentence,
    chance_sentence,
    part_sentence,
    readings_sentence,
    sentences,
    whole_sentence,
)
from detente.report.drivers_json import drivers_object
from detente.report.drivers_terminal import print_drivers
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims


def effect(total: float, reach: float, first: float = 0.1) -> Effect:
    return Effect(
        Share(first, first - reach, first + reach), Share(total, total - reach, total + reach)
    )


def scope(effects: dict[str, Effect], inputs: Share | None = None) -> Scope:
    return Scope(
        {"tangible": Estimate(0.25, 0.004)},
        {"tangible": inputs or Share(0.24, 0.22, 0.26)},
        {},
        {DRIVER: {"tangible": effects}},
    )


def telling(
    situation: Situation, over: Scope, each: dict[str | None, Scope] | None = None
) -> Telling:
    readings = each or {None: over}
    found = Drivers(
        "spring", "tangible", Plan(4096, 1, 4), dict.fromkeys(readings, 1.0 / len(readings)),
        {DRIVER: dict.fromkeys(over.effects[DRIVER]["tangible"], ())}, over, readings, {}, {},
        {},
    )  # fmt: skip
    return Telling(Names(situation), None, found)


CLEAR = {"trust": effect(0.6, 0.05), "fear": effect(0.3, 0.05), "road": effect(0.0, 0.01)}


def test_who_leads_and_how_far_the_order_is_settled(three_acts: Situation) -> None:
    told = part_sentence(telling(three_acts, scope(CLEAR)), scope(CLEAR), DRIVER)
    assert told == (
        "By driver: trust and sincerity, 60% (55 to 65%) in all and 10% alone; then fear of staged "
        "incidents, 30% (25 to 35%). The order is settled as far as any of the 3 drivers can be "
        "told from nothing."
    )


def test_overlapping_intervals_are_too_small_a_sample_to_rank(three_acts: Situation) -> None:
    """Twice the reach of a gap: four times the draws, told as about as many."""
    close = {"trust": effect(0.4, 0.1), "fear": effect(0.3, 0.1)}
    told = part_sentence(telling(three_acts, scope(close)), scope(close), DRIVER)
    assert told is not None
    assert "The sample is too small to rank the 2 drivers: intervals overlap" in told
    assert "about 17,000 draws would settle the first" in told
    alike = {"trust": effect(0.4, 0.1), "fear": effect(0.4, 0.1)}
    told = part_sentence(telling(three_acts, scope(alike)), scope(alike), DRIVER)
    assert told is not None
    assert "no number of draws that this command takes would settle the first" in told


def test_nothing_to_tell_is_said(three_acts: Situation) -> None:
    quiet = {"trust": effect(0.0, 0.1), "fear": effect(-0.02, 0.1)}
    told = part_sentence(telling(three_acts, scope(quiet)), scope(quiet), DRIVER)
    assert told == "By driver: none can be told from nothing."


def test_chance_is_told_first_and_whether_the_rest_can_be_divided(three_acts: Situation) -> None:
    over = scope(CLEAR)
    told = chance_sentence(telling(three_acts, over), over)
    assert told is not None
    assert told.startswith("76% (74 to 78%) of the variance from draw to draw is chance")
    faint = scope(CLEAR, Share(0.04, 0.01, 0.07))
    tell = telling(three_acts, faint)
    told = chance_sentence(tell, faint)
    assert told is not None
    assert "too few to divide it; about 9,300 draws would begin to" in told
    assert not [one for one in sentences(tell) if one.startswith("By driver")]
    none = scope(CLEAR, Share(-0.01, -0.03, 0.01))
    told = chance_sentence(telling(three_acts, none), none)
    assert told is not None
    assert told.startswith("As far as these draws can tell, all of the variance")
    still = scope(CLEAR, Share(0.0, 0.0, 0.0))
    told = chance_sentence(telling(three_acts, still), still)
    assert told == "Nothing varies from draw to draw, so there is nothing to divide."


def test_readings_with_a_clear_lead_and_without(three_acts: Situation) -> None:
    each: dict[str | None, Scope] = {
        "calm": scope(CLEAR),
        "dark": scope({name: effect(0.3, 0.2) for name in CLEAR}),
    }
    told = readings_sentence(telling(three_acts, scope(CLEAR), each))
    assert told == (
        "Reading by reading: trust and sincerity clearly leads under “Calm”; no driver clearly "
        "leads under “Dark”."
    )


def test_estimates_below_nothing_are_counted(three_acts: Situation) -> None:
    assert below_sentence(scope(CLEAR)) is None
    below = scope({"trust": effect(0.6, 0.1, first=-0.02), "fear": effect(0.1, 0.1, first=0.0)})
    told = below_sentence(below)
    assert told is not None
    assert told.startswith("1 of the estimates behind this lies below nothing")
    assert below_sentence(telling(three_acts, below).found.over) == told


def test_the_zone_is_no_chance(three_acts: Situation) -> None:
    over = Scope({ZONE: Estimate(1.5, 0.01)}, {}, {}, {DRIVER: {"tangible": {}}})
    tell = telling(three_acts, over)
    tell = replace(tell, found=replace(tell.found, target=ZONE))
    assert "on average 1.50" in whole_sentence(tell)


@pytest.fixture(scope="module")
def ran(three_acts: Situation, bridge_claims: Claims) -> Telling:
    found = drivers(three_acts, bridge_claims, "spring", Plan(800, 4))
    return Telling(Names(three_acts), bridge_claims, found)


def test_a_run_tells_everything_and_prints_within_its_width(ran: Telling) -> None:
    told = sentences(ran)
    for start in ("Spring: ", "Of all that varies within", "Within a reading", "In a single draw"):
        assert any(one.startswith(start) for one in told), start
    assert not any("  " in one or ".." in one for one in told)
    console = Console(width=80, record=True, file=None, quiet=False, highlight=False)
    with console.capture() as caught:
        print_drivers(console, ran, "the tail")
    printed = caught.get()
    assert all(len(line) <= 80 for line in printed.splitlines())
    assert "the tail" in printed


def test_the_json_holds_every_group_its_members_and_its_order(ran: Telling) -> None:
    plain = json.loads(json.dumps(drivers_object(ran, name="bridge", version="9.9")))
    assert plain["format"] == "detente-drivers/1"
    assert (plain["draws"], plain["points"]) == (800, 200)
    assert set(plain["by_reading"]) == {"calm", "dark"}
    over = plain["over_readings"]["tangible"]
    for part, groups in plain["groups"].items():
        if part != TOGETHER:
            assert set(over["effects"][part]) == set(groups)
    found = ran.found.over.effects[DRIVER]["tangible"]["trust"].total
    assert over["effects"][DRIVER]["trust"]["total"] == [found.value, found.low, found.high]
    assert set(over["values"]) == set(ran.found.over.addresses)
    assert set(plain[TOGETHER]["tangible"]["parts"]) == set(plain["groups"][TOGETHER])
