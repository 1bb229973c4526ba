"""Inside, outside and pooled: what is shown follows from the draws and the counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from detente.analysis.answer import Run, answer
from detente.analysis.inside_view import draw, drawn_in, point_chances
from detente.analysis.outside_view import (
    EVEN,
    OutsideView,
    ahead,
    eve_of,
    outside_view,
    product_of,
)
from detente.analysis.probabilities import probabilities
from detente.outside.base_rates import Beta, posterior
from detente.outside.classes import reference_class
from detente.outside.pooling import Mixture
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

NAMED = {
    "held": [{"class": "us-russia-summits-held"}],
    "tangible_given_held": [
        {"class": "icb-formal", "weight": 3, "why": "Quarrels."}, {"class": "mid-negotiated"},
    ],
    "lasts_given_deal": [{"class": "peace-agreements-5y"}],
}  # fmt: skip


def with_outside(situation: Situation, **named: object) -> Situation:
    body = situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    return Situation.model_validate({**body, "outside": named})


def made(situation: Situation) -> Run:
    return answer(situation, None, scenarios(situation, None), Plan(400, 3))


@pytest.fixture(scope="module")
def run(three_acts: Situation) -> Run:
    """The bridge with classes for three events."""
    return made(with_outside(three_acts, **NAMED))


@pytest.fixture(scope="module")
def view(run: Run) -> OutsideView:
    """Its last meeting."""
    found = ahead(run)
    assert found is not None
    return found


def test_classes_change_no_draw(three_acts: Situation, run: Run) -> None:
    """The outcomes are those without them, and so is the hash of a file without them."""
    plain = made(three_acts)
    for one, other in zip(run.happened, plain.happened, strict=True):
        assert np.array_equal(one.codes, other.codes)
    assert [a.probabilities for a in run.answers] == [a.probabilities for a in plain.answers]
    bare = three_acts.model_copy(update={"outside": None})
    assert content_hash(bare) == content_hash(three_acts)
    assert content_hash(run.situation) != content_hash(three_acts)
    assert ahead(plain) is None


def test_the_inside_view_is_the_ensemble_over_readings(run: Run, view: OutsideView) -> None:
    """A chance at all is the weighted mean; one with a condition weighs by the condition."""
    rows = [i for i, one in enumerate(run.answers) if one.round == view.round]
    each = [(view.readings[run.answers[i].reading], run.happened[i]) for i in rows]
    held = sum(w * one.held.mean() for w, one in each)
    both = sum(w * (one.held & one.tangible).mean() for w, one in each)
    assert view.events["held"].inside.estimate.p == pytest.approx(held)
    assert view.events["tangible_given_held"].inside.estimate.p == pytest.approx(both / held)
    for name, found in view.events.items():
        by_reading = {
            run.answers[i].reading: probabilities(run.happened[i])[name].p
            for i in rows
            if name in probabilities(run.happened[i])
        }
        told = {r: p for r, p in found.inside.by_reading.items() if p is not None}
        assert told == by_reading
        assert min(by_reading.values()) <= found.inside.estimate.p <= max(by_reading.values())
        assert found.inside.estimate.mc_se > 0.0


def test_the_outside_view_is_the_counts(view: OutsideView) -> None:
    """One class is its posterior; two are mixed by weight."""
    lasting = view.events["lasts_given_deal"].outside
    found = reference_class("peace-agreements-5y")
    alone = posterior(found.k, found.n)
    assert lasting.mean == pytest.approx(alone.mean)
    assert lasting.most == pytest.approx(alone.interval(0.9), abs=1e-9)
    assert lasting.heterogeneity is None
    two = view.events["tangible_given_held"].outside
    assert [share.weight for share in two.shares] == [0.75, 0.25]
    assert two.mean == pytest.approx(
        0.75 * two.shares[0].share.mean + 0.25 * two.shares[1].share.mean
    )
    assert two.heterogeneity is not None
    assert two.shares[0].why == "Quarrels."


def test_pooled_lies_between_and_the_weight_moves_it(run: Run, view: OutsideView) -> None:
    """At 0 it is the inside view, at 1 the outside one; the default is one half, said to be one."""
    assert (view.weight, view.weight_from) == (EVEN, "default")
    drawn = drawn_in(run, view.round)
    ends = [outside_view(run.situation, drawn, weight=w) for w in (0.0, 1.0)]
    assert all(one is not None and one.weight_from == "--weight" for one in ends)
    for name, found in view.events.items():
        p, q = found.inside.estimate.p, found.outside.mean
        for pooled in (found.linear, found.log_odds):
            assert min(p, q) <= pooled <= max(p, q)
        assert found.linear == pytest.approx(0.5 * (p + q))
        inside, outside = (one.events[name] for one in ends if one is not None)
        assert inside.linear == pytest.approx(p)
        assert inside.most == pytest.approx(found.inside.most)
        assert outside.log_odds == pytest.approx(q)
        assert outside.most == pytest.approx(found.outside.most)


def test_a_weight_of_the_file_is_used_and_named(three_acts: Situation) -> None:
    """And a weight given here replaces it."""
    run = made(with_outside(three_acts, weight=0.8, held=NAMED["held"]))
    found = ahead(run)
    assert found is not None
    assert (found.weight, found.weight_from) == (0.8, "file")
    assert "tangible" in found.without
    assert set(found.events) == {"held"}


def test_meeting_and_agreeing_follows_from_both_halves(view: OutsideView) -> None:
    """Where no class is named for it: the product, within the reach of the two."""
    both, held, given = (
        view.events[name].outside for name in ("tangible", "held", "tangible_given_held")
    )
    assert both.shares == ()
    assert both.mean == pytest.approx(held.mean * given.mean)
    assert both.most[1] < min(held.most[1], given.most[1])


def test_the_product_is_that_of_two_betas() -> None:
    """Against many draws of both; its mean against the product of the means."""
    found = product_of(Mixture((Beta(8, 4),), (1.0,)), Mixture((Beta(3, 9),), (1.0,)))
    rng = np.random.default_rng(1)
    draws = rng.beta(8, 4, 400_000) * rng.beta(3, 9, 400_000)
    assert found.interval(0.9) == pytest.approx(np.quantile(draws, [0.05, 0.95]), abs=0.003)
    assert float(found.values @ found.weights) == pytest.approx(8 / 12 * 3 / 12, rel=1e-3)


def test_points_are_freed_of_the_noise_of_few_draws() -> None:
    """Alike points are one point; points that differ keep their spread."""
    rng = np.random.default_rng(2)
    alike = [(int(c), 20) for c in rng.binomial(20, 0.3, 4000)]
    low, high = point_chances(0.3, [1.0], [alike]).interval(0.9)
    assert high - low < 0.08
    chance = rng.beta(6, 14, 4000)
    apart = [(int(c), 20) for c in rng.binomial(20, chance)]
    found = point_chances(0.3, [1.0], [apart]).interval(0.9)
    assert found == pytest.approx(stats.beta(6, 14).ppf([0.05, 0.95]), abs=0.02)


def test_points_weigh_as_often_as_their_condition_held() -> None:
    """A reading without weight has no point; one draw or none says nothing; none at all: the centre."""
    found = point_chances(0.5, [0.5, 0.5, 0.0], [[(10, 10), (0, 0)], [(0, 30), (1, 1)], [(3, 9)]])
    assert found.weights == pytest.approx([0.25, 0.75])
    none = point_chances(0.4, [1.0], [[(0, 0), (1, 1)]])
    assert none.interval(0.9) == pytest.approx((0.4, 0.4))


def test_the_eve_is_the_announcement_else_the_day_else_what_is_known(
    three_acts: Situation,
) -> None:
    """Cases of that day or later are no part of a class that is counted row by row."""
    body = three_acts.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    rounds = {
        "a": {"title": "A", "announced": "2020-01-05", "planned": "2020-02-01"},
        "b": {"title": "B", "planned": "2020-03-01"},
        "c": {"title": "C"},
    }
    known = {**body, "rounds": rounds, "as_of": "2019-12-31", "readings": {}, "events": []}
    situation = Situation.model_validate(known)
    assert [eve_of(situation, name) for name in ("a", "b", "c", None)] == [
        date(2020, 1, 5), date(2020, 3, 1), date(2019, 12, 31), date(2019, 12, 31),
    ]  # fmt: skip


def test_a_chance_in_no_draw_does_not_decide_the_log_odds(run: Run, view: OutsideView) -> None:
    """None of the draws counts as half a draw, so the pool is not 0."""
    never = [replace(one, codes=np.full_like(one.codes, 1)) for one in run.happened]
    changed = drawn_in(replace(run, happened=tuple(never)), view.round)
    found = outside_view(run.situation, changed)
    assert found is not None
    assert found.events["held"].inside.estimate.p == 0.0
    assert 0.0 < found.events["held"].log_odds < found.events["held"].outside.mean
    assert "tangible_given_held" in found.unmet


def test_drawn_for_its_chances_alone_it_is_the_same(run: Run, view: OutsideView) -> None:
    """The short way makes the draws of a whole run."""
    wanted = [one for one in run.scenarios if one.round == view.round]
    found = outside_view(run.situation, draw(run.situation, wanted, run.plan))
    assert found is not None
    for name, one in view.events.items():
        assert found.events[name].inside.estimate == one.inside.estimate
        assert found.events[name].most == one.most
