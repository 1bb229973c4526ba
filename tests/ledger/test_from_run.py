"""A run as forecasts: the numbers are the run's, and it says how to get them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.analysis.answer import Run, answer
from detente.analysis.packages import package_options
from detente.errors import UsageError
from detente.ledger.from_run import forecasts_from
from detente.ledger.reading_off import MOST_MONTHS, MOST_VALUES, thinned
from detente.ledger.records import Forecast, Probability, Question, Sample, Shares
from detente.ledger.scores.value import scores_of
from detente.ledger.values import check_value
from detente.model.causes import CAUSES, HELD, WAR
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.load import load
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.values import set_here

AT = datetime(2026, 1, 1, tzinfo=UTC)
TOLL = """  toll:
    status_quo: free
    options: {free: {name: no toll, at: 10}, low: {name: a low toll, at: 30}, high: {at: 100}}
    salience: {east: 0.2..0.6, west: 0.2..0.6}
    preferences:
      east: {free: 0.4..0.6, low: 0.3..0.9, high: 0..0.6}
      west: {free: 0.3..0.6, low: 0.4..0.7, high: 0..1}
red_lines: []
"""
Ask = Callable[..., Question]


@pytest.fixture(scope="module")
def tolled(three_acts_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Situation:
    """The bridge with a second issue on a scale, its run-up in steps of a week."""
    text = three_acts_file.read_text(encoding="utf-8").replace("outlook:", TOLL + "outlook:", 1)
    path = tmp_path_factory.mktemp("tolled") / "tolled.yaml"
    path.write_text(text.replace("step: 1", "step: 7"), encoding="utf-8")
    return load(path).situation


@pytest.fixture(scope="module")
def run(three_acts: Situation) -> Run:
    """Every scenario of a small situation, with a value laid over it."""
    address = next(iter(scenarios(three_acts, None)[0].values))
    patch = read_settings(three_acts, [f"{address}=0.2..0.3"])
    return answer(three_acts, None, scenarios(three_acts, None, patch=patch), Plan(200, 7))


@pytest.fixture(scope="module")
def tolled_run(tolled: Situation) -> Run:
    """Both dated rounds of it."""
    return answer(tolled, None, scenarios(tolled, None, readings=["calm"]), Plan(400, 3))


def of(run: Run, question: Question, event: str | None, **given: Any) -> list[Forecast]:
    """The forecasts of a run, each of them one that its question can have."""
    plain: dict[str, Any] = {"name": "bridge", "version": "9.9", "by": "ann", "at": AT, **given}
    found, _ = forecasts_from(run, question, event, **plain)
    for one in found:
        check_value(question, one.value)
    return found


def agreed(run: Run, index: int) -> list[dict[str, str]]:
    """Draw by draw what each issue gets, one package after the other."""
    structure, outcomes = structure_of(run.situation), run.outcomes[index]
    kept = {name: issue.status_quo for name, issue in run.situation.issues.items()}
    return [
        package_options(structure, int(number)) if deal else kept
        for number, deal in zip(outcomes.package, outcomes.deal, strict=True)
    ]


def test_each_scenario_is_a_forecast_with_its_provenance(run: Run, a_question: Ask) -> None:
    """Probability, error, hash, seed, draws, round, reading, patch: those of the run."""
    patch = set_here(run.scenarios[0].values)
    found = of(run, a_question(), "tangible-given-held", why="so", patch=patch)
    having = [a for a in run.answers if "tangible_given_held" in a.probabilities]
    assert len(found) == len(having) >= 2
    for one, said in zip(found, having, strict=True):
        estimate = said.probabilities["tangible_given_held"]
        assert one.value == Probability(p=estimate.p)
        assert (one.reading, one.lens, one.why, one.by) == (said.reading or "", "run", "so", "ann")
        told = one.provenance
        assert told is not None
        assert (told.sha256, told.seed, told.draws) == (content_hash(run.situation), 7, 200)
        assert (told.round, told.reading, told.event) == (
            said.round,
            said.reading,
            "tangible-given-held",
        )
        assert (told.mc_se, told.version, told.protocol) == (estimate.mc_se, "9.9", "nash")
        assert told.counted is None
        assert list(told.patch.values()) == ["0.2..0.3"]


def test_an_issue_gets_the_shares_of_the_draws(tolled_run: Run, a_question: Ask) -> None:
    """One count a draw: the status quo's without a deal, or of the draws with one alone.

    Options are found by name and by label, whatever the case.
    """
    names = {"free": "No toll", "low": "low", "high": "HIGH"}
    question = a_question(kind="one-of", options=tuple(names.values()))
    whole = of(tolled_run, question, "option.toll")
    some = of(tolled_run, question, "option-given-deal.toll")
    for index, (one, given) in enumerate(zip(whole, some, strict=True)):
        got = [package["toll"] for package in agreed(tolled_run, index)]
        deal = tolled_run.outcomes[index].deal
        assert 0 < deal.sum() < len(deal)
        for found, counted in (
            (one, Counter(got)),
            (given, Counter(g for g, d in zip(got, deal, strict=True) if d)),
        ):
            assert isinstance(found.value, Shares)
            assert found.value.shares == {
                names[name]: counted[name] / counted.total() for name in names
            }
            assert found.provenance is not None
            assert found.provenance.counted == counted.total()
        yes = of(tolled_run, a_question(), "option.toll.low")[index]
        assert isinstance(one.value, Shares)
        assert yes.value == Probability(p=one.value.shares["low"])


def test_numbers_are_those_of_the_draws(tolled_run: Run, a_question: Ask) -> None:
    """Position, changes, zone, incidents, months: in order, of the draws that have them."""
    question = a_question(kind="number")
    at = {"free": 10.0, "low": 30.0, "high": 100.0}
    quo = {name: issue.status_quo for name, issue in tolled_run.situation.issues.items()}
    for index, outcomes in enumerate(tolled_run.outcomes):
        packages, deal = agreed(tolled_run, index), outcomes.deal
        assert outcomes.incidents is not None
        assert outcomes.months is not None
        changed = [sum(p[name] != quo[name] for name in quo) for p in packages]
        wanted: dict[str, list[float]] = {
            "position.toll": [at[p["toll"]] for p in packages],
            "position-given-held.toll": [
                at[p["toll"]] for p, held in zip(packages, outcomes.held, strict=True) if held
            ],
            "changes": [float(n) for n in changed],
            "changes-given-deal": [float(n) for n, d in zip(changed, deal, strict=True) if d],
            "zone": outcomes.zone.tolist(),
            "incidents": outcomes.incidents.tolist(),
            "months-given-deal": [min(m, MOST_MONTHS) for m in outcomes.months[deal].tolist()],
        }  # fmt: skip
        for event, values in wanted.items():
            value = of(tolled_run, question, event)[index].value
            assert isinstance(value, Sample)
            assert list(value.values) == sorted(values), event
        assert any(n > 0 for n in changed)


def test_days_are_those_of_the_steps(tolled_run: Run, a_question: Ask) -> None:
    """A meeting is called off on the last day of a step, on the eve at the latest.

    Weeks end with the meeting: the last days of the steps are whole weeks before the eve.
    """
    question = a_question(kind="date", text="When?")
    off, war, last = (
        of(tolled_run, question, event) for event in ("called-off-day", "war-day", "outcome-day")
    )
    for index, scenario in enumerate(tolled_run.scenarios):
        body = tolled_run.situation.rounds[scenario.round or ""]
        meeting, cause = body.planned or body.met, tolled_run.outcomes[index].cause
        assert meeting is not None
        assert body.announced is not None
        assert cause is not None
        counts = Counter(int(code) for code in cause)
        assert sum(n for code, n in counts.items() if code not in {HELD, WAR}) > 0
        by = [_days(found[index]) for found in (off, war, last)]
        assert by[2].count(meeting) == counts[HELD] > 0
        assert sorted([*by[0], *by[1], *[meeting] * counts[HELD]]) == by[2]
        assert len(by[1]) == counts[WAR]
        for day in (*by[0], *by[1]):
            assert body.announced <= day < meeting
            assert ((meeting - timedelta(days=1)) - day).days % 7 == 0


def _days(one: Forecast) -> list[date]:
    assert isinstance(one.value, Sample)
    return [date.fromisoformat(str(point)) for point in one.value.values]


def test_how_it_ends_is_one_of_four(tolled_run: Run, a_question: Ask) -> None:
    """The shares of the causes, matched by name or in words."""
    options = ("no-result", "held", "War came first", "tension")
    found = of(tolled_run, a_question(kind="one-of", options=options), "ending")
    for one, said in zip(found, tolled_run.answers, strict=True):
        assert said.road is not None
        assert isinstance(one.value, Shares)
        causes = [one.value.shares[name] for name in ("held", "tension", "no-result")]
        assert causes == [said.road.causes[CAUSES[code]].p for code in (0, 1, 2)]


def test_the_same_run_gives_the_same_forecast_and_scores(
    tolled: Situation, tolled_run: Run, a_question: Ask
) -> None:
    """Bit for bit in other chunks; and each form has a score."""
    again = answer(tolled, None, scenarios(tolled, None, readings=["calm"]), Plan(400, 3), chunk=37)
    asked: list[tuple[dict[str, Any], str, Any]] = [
        ({"kind": "one-of", "options": ("shut", "open")}, "option.bridge", "open"),
        ({"kind": "number"}, "months-given-deal", 12.0),
        ({"kind": "date"}, "outcome-day", "2020-04-05"),
    ]
    for given, event, truth in asked:
        question = a_question(**given)
        first, second = of(tolled_run, question, event), of(again, question, event)
        assert [one.model_dump_json() for one in first] == [o.model_dump_json() for o in second]
        for scores in scores_of(question, [one.value for one in first], truth).values():
            assert np.isfinite(scores).all()


@pytest.mark.parametrize("n", [1, 999, 1000, 1001, 2500, 40_000])
def test_a_long_sample_is_thinned_evenly(n: int) -> None:
    """At most MOST_VALUES, in order; the distribution moves by half a value at the most."""
    column = np.random.default_rng(n).permutation(n)
    kept = thinned(column)
    assert len(kept) == min(n, MOST_VALUES)
    for x in np.linspace(0, n, 37):
        assert abs((kept <= x).mean() - (column <= x).mean()) <= 0.5 / len(kept) + 1.0 / n


def test_what_a_scenario_does_not_have_is_said(three_acts: Situation, a_question: Ask) -> None:
    """Without dates nothing is dated, and what is not given held cannot be told."""
    body = three_acts.model_copy(
        update={
            "rounds": {
                name: one.model_copy(update={"announced": None})
                for name, one in three_acts.rounds.items()
            }
        }
    )
    undated = scenarios(body, None, readings=["calm"])
    run = answer(body, None, undated, Plan(60, 1))
    with pytest.raises(UsageError, match="only the run-up is dated"):
        of(run, a_question(kind="date"), "called-off-day")
    with pytest.raises(UsageError, match="one without only given held"):
        of(run, a_question(kind="number"), "changes")
    assert len(of(run, a_question(kind="number"), "changes-given-held")) == len(undated)
