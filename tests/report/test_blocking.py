"""What blocks, in words: no sentence that its numbers do not support."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from rich.console import Console

from detente.analysis.kept_out import Blocked, KeptOut, kept_out
from detente.analysis.probabilities import Estimate
from detente.figures.naming import Names, percent
from detente.report.blocking import (
    blocked_object,
    deal_sentence,
    differing,
    overview,
    print_blocked,
    scenario_sentences,
    stakes,
)
from detente.report.blocking_html import render_blocked
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import scenarios

PLAN = Plan(400, 8)
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture(scope="module")
def names(every_term: Loaded) -> Names:
    return Names(every_term.situation)


@pytest.fixture(scope="module")
def found(every_term: Loaded) -> tuple[Blocked, ...]:
    return kept_out(every_term.situation, scenarios(every_term.situation, None), PLAN)


def test_every_share_of_a_scenario_s_sentences_is_one_of_its_numbers(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    for one in found:
        top = one.barriers[0]
        known = [one.no_zone.p, top.share.p, one.found.larger, top.nothing.p]
        known += [package.share.p for package in top.packages]
        for sentence in scenario_sentences(names, one, PLAN):
            told = set(re.findall(r"[<>]?\d+%", sentence))
            assert told <= {percent(share) for share in known}, sentence


def test_gains_are_told_of_every_principal_and_of_no_other(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    for one in found:
        for barrier in one.barriers:
            if barrier.packages:
                gain = barrier.packages[0].gain
                told = f"North {stakes(gain['north'])} and South {stakes(gain['south'])} stakes"
                assert told in deal_sentence(names, barrier)
                assert "Isle +" not in deal_sentence(names, barrier)


def test_the_last_round_comes_first_and_the_range_is_that_of_its_readings(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    sentences = overview(names, found, PLAN)
    last = [one.no_zone.p for one in found if one.round == found[-1].round]
    assert sentences[0].startswith(names.round(found[-1].round))
    assert f"from {percent(min(last))}" in sentences[0]
    assert f"to {percent(max(last))}" in sentences[0]


def test_one_reading_alone_is_told_with_its_error(names: Names, found: tuple[Blocked, ...]) -> None:
    (sentence,) = overview(names, found[-1:], PLAN)
    share = found[-1].no_zone
    error = f"±{100 * 1.96 * share.mc_se:.1f} points"
    assert f"nothing suits everybody in {percent(share.p)} ({error}) of draws" in sentence


def test_what_is_enough_on_average_is_the_largest_mean_over_readings(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    some = [one for one in found if one.round == found[-1].round]
    names_alone = {name for one in some for name in one.found.alone}
    mean = {n: sum(one.found.alone.get(n, 0.0) for one in some) for n in names_alone}
    best = max(mean, key=lambda name: mean[name])
    told = [one.found.alone.get(best, 0.0) for one in some]
    sentence = overview(names, some, PLAN)[1]
    low, high = percent(min(told)), percent(max(told))
    assert f"in {low if low == high else f'{low} to {high}'} of those draws" in sentence


def test_a_set_that_lets_in_nothing_all_want_says_so(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    barrier = replace(found[0].barriers[0], packages=(), nothing=Estimate(1.0, 0.0))
    assert "no package is preferred to no deal by every principal" in deal_sentence(names, barrier)
    assert "stakes" not in deal_sentence(names, barrier)


def test_without_an_empty_zone_or_without_small_sets_that_is_all_there_is_to_say(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    always = replace(found[0], empty=0, no_zone=Estimate(0.0, 0.0), barriers=())
    assert scenario_sentences(names, always, PLAN)[0].endswith("in every draw.")
    large = replace(found[0], barriers=())
    assert "More than three constraints" in scenario_sentences(names, large, PLAN)[0]


def test_another_package_is_told_by_what_differs(names: Names) -> None:
    first = KeptOut(1, ("strait.patrol", "fish.quota"), Estimate(0.5, 0.0), {}, {})
    other = KeptOut(2, ("strait.shared", "tariffs.gone"), Estimate(0.2, 0.0), {}, {})
    assert differing(names, first, other) == (
        f"without {names.option('fish.quota')}, and with {names.option('strait.shared')}; "
        f"{names.option('tariffs.gone')}"
    )


def test_a_gain_never_shows_minus_nought() -> None:
    assert (stakes(-0.001), stakes(-0.126), stakes(0.2)) == ("+0.00", "\u22120.13", "+0.20")


def test_the_terminal_tells_every_scenario_and_the_last_round_in_full(
    names: Names, found: tuple[Blocked, ...]
) -> None:
    console = Console(width=100)
    with console.capture() as capture:
        print_blocked(console, names, found, PLAN, "the tail")
    text = capture.get()
    assert text.count("where nothing suits everybody") == 2
    last = [one for one in found if one.round == found[-1].round]
    assert text.count("it is enough without") == sum(bool(one.barriers) for one in last)
    assert "the tail" in text


def test_json_holds_every_scenario_set_and_package(
    every_term: Loaded, found: tuple[Blocked, ...]
) -> None:
    patch = {"impatience": Quantity(Point(1.0), "1")}
    plain = blocked_object(every_term.situation, found, PLAN, patch, name="x", version="9")
    again = json.loads(json.dumps(plain))
    assert (again["format"], again["set"]) == ("detente-blockers/1", {"impatience": "1"})
    for told, one in zip(again["scenarios"], found, strict=True):
        assert (told["round"], told["reading"]) == (one.round, one.reading)
        assert [row["constraints"] for row in told["sets"]] == [
            list(b.constraints) for b in one.barriers
        ]
        for row, barrier in zip(told["sets"], one.barriers, strict=True):
            shares = [package["share"]["p"] for package in row["packages"]]
            assert sum(shares) + row["none_preferred"]["p"] <= 1.0 + 1e-9
            assert row["different_packages"] == barrier.kinds


def test_the_page_is_inert_whole_and_the_same_every_time(every_term: Loaded) -> None:
    body = every_term.situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    for actor in body["actors"].values():
        actor["name"] = HOSTILE
    body["title"] = HOSTILE
    for round_ in body["rounds"].values():
        round_["title"] = HOSTILE
    situation = type(every_term.situation).model_validate(body)
    found = kept_out(situation, scenarios(situation, None), Plan(200, 1))
    pages = [render_blocked(situation, found, Plan(200, 1), file="f", version="9") for _ in "ab"]
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    for words in ("What stands in the way", "Every set and the deals it keeps out", "Method"):
        assert words in pages[0]
    assert pages[0].count("<figure") == sum(bool(one.barriers) for one in found)
