"""The pictures of knock-outs, weights and evidence: their numbers and their words."""

from __future__ import annotations

import pytest

from detente.analysis.knockout import Knockouts, knockouts
from detente.analysis.weighing import Weighing, weigh
from detente.figures.drawing import inline_svg
from detente.figures.evidence import COUNTED, evidence_of, leaning, next_to_watch, sign
from detente.figures.evidence_matrix import evidence_matrix
from detente.figures.knockouts import OVER_ALL, knockout_figure
from detente.figures.naming import Names
from detente.figures.removal_names import kinds_of, removal_name, removal_phrase
from detente.figures.weights import weights_figure
from detente.sampling.draws import Plan
from detente.situation.schema import Event, Situation
from detente.sources.claims import Claims
from detente.sources.removal import removals, single, speaker, together

PLAN = Plan(600, 8)


@pytest.fixture(scope="module")
def found(three_acts: Situation, bridge_claims: Claims) -> Knockouts:
    return knockouts(three_acts, bridge_claims, removals(bridge_claims), "spring", PLAN)


@pytest.fixture(scope="module")
def called_off(three_acts: Situation) -> Situation:
    event = Event.model_validate(
        {"id": "off", "date": "2020-04-01", "round": "spring", "outcome": "not-held",
         "says": "It was called off.", "source": "Record"}
    )  # fmt: skip
    return three_acts.model_copy(update={"events": (event,)})


@pytest.fixture(scope="module")
def weighed(called_off: Situation) -> Weighing:
    return weigh(called_off, None, "spring", PLAN)


def test_the_knock_out_picture_holds_every_change_over_readings_and_by_reading(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    figure = knockout_figure(Names(three_acts), bridge_claims, found, found.found, "k", "Title")
    assert figure is not None
    told = {(row[0], row[1]): row[4] for row in figure.rows}
    for row in found.found:
        name = removal_name(bridge_claims, row.removal)
        for reading, changes in row.changes.items():
            title = Names(three_acts).reading(reading)
            assert told[name, title] == changes["tangible"].points
        if row.overall:
            assert told[name, OVER_ALL] == row.overall["tangible"].points
    top = found.found[0].overall["tangible"]
    assert f"from {top.first.p:.1%} to {top.second.p:.1%}" in figure.alt
    assert inline_svg(figure).startswith("<svg")


def test_nothing_that_falls_gives_no_picture(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    idle = [row for row in found.found if not row.changes]
    assert idle
    assert knockout_figure(Names(three_acts), bridge_claims, found, idle, "k", "T") is None


def test_removals_are_named_for_tables_and_for_sentences(bridge_claims: Claims) -> None:
    scouts = speaker(bridge_claims, "scouts")
    assert removal_name(bridge_claims, scouts) == "The scouts: its own word"
    assert removal_phrase(bridge_claims, scouts) == "the word of the scouts"
    both = together([scouts, single("cold")])
    assert removal_phrase(bridge_claims, both) == (
        "the claim cold (“Winter is hard on East”) and the word of the scouts"
    )
    for one in removals(bridge_claims):
        assert removal_phrase(bridge_claims, one)


def test_what_falls_is_counted_by_what_it_is_a_value_of() -> None:
    assert kinds_of(["links.a.holds", "links.b.holds", "trust.x.y"]) == "2 links and 1 trust"


def test_the_weights_picture_holds_every_step(called_off: Situation, weighed: Weighing) -> None:
    figure = weights_figure(Names(called_off), weighed)
    assert figure is not None
    assert [row[2] for row in figure.rows] == [
        w.p for step in weighed.steps for w in step.weights.values()
    ]
    assert inline_svg(figure).startswith("<svg")


def test_without_evidence_there_is_no_picture_of_weights(three_acts: Situation) -> None:
    assert weights_figure(Names(three_acts), weigh(three_acts, None, "spring", PLAN)) is None


def test_the_matrix_tells_for_whom_each_piece_of_evidence_speaks(
    called_off: Situation, weighed: Weighing
) -> None:
    """A cell's mark follows from its chance and the chance over readings, by stated bounds."""
    evidence = evidence_of(Names(called_off), weighed)
    assert evidence[0].status == COUNTED
    for one in evidence:
        for reading, p in one.by_reading.items():
            assert p is not None
            ratio = p / one.p
            expected = (
                "++" if ratio >= 3 else "+" if ratio >= 1.25
                else "" if ratio > 0.8 else "-" if ratio > 1 / 3 else "--"
            )  # fmt: skip
            assert sign(one, reading) == expected, (one.words, reading, leaning(one, reading))
    figure = evidence_matrix(Names(called_off), weighed)
    assert figure is not None
    assert len(figure.rows) == len(evidence) * len(weighed.readings)
    assert inline_svg(figure).startswith("<svg")


def test_what_to_watch_tells_beyond_monte_carlo_error_and_each_sort_once(
    weighed: Weighing,
) -> None:
    watched = next_to_watch(weighed)
    assert all(one.bits > 2 * one.se for one in watched)
    assert len({one.candidate.sort for one in watched}) == len(watched)
