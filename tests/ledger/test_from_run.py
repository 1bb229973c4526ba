"""A run as forecasts: the numbers are the run's, and it says how to get them again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from detente.analysis.answer import Run, answer
from detente.errors import UsageError
from detente.ledger.from_run import EVENTS, forecasts_from
from detente.ledger.records import Probability
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.values import set_here

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def run(three_acts: Situation) -> Run:
    """Every scenario of a small situation, with a value laid over it."""
    address = next(iter(scenarios(three_acts, None)[0].values))
    patch = read_settings(three_acts, [f"{address}=0.2..0.3"])
    return answer(three_acts, None, scenarios(three_acts, None, patch=patch), Plan(200, 7))


def test_each_scenario_is_a_forecast_with_its_provenance(run: Run) -> None:
    """Probability, error, hash, seed, draws, round, reading, patch: those of the run."""
    found, without = forecasts_from(
        run, "q", "tangible-given-held", name="bridge", version="9.9", by="ann", at=AT, why="so",
        patch=set_here(run.scenarios[0].values),
    )  # fmt: skip
    having = [a for a in run.answers if "tangible_given_held" in a.probabilities]
    assert len(found) + len(without) == len(run.answers)
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
        assert list(told.patch.values()) == ["0.2..0.3"]


def test_an_event_that_is_none_is_refused(run: Run) -> None:
    """The names of a run's probabilities are allowed, written with hyphens."""
    assert "tangible-given-held" in EVENTS
    with pytest.raises(UsageError, match="held, deal, tangible-given-held"):
        forecasts_from(run, "q", "peace", name="b", version="1", by="a", at=AT)
