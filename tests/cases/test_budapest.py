"""The case budapest-2025: whole, attributed, and without a sentence of its source."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.situation.calendar import calendar_of
from detente.situation.load import load
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation
from detente.situation.values import base_values, parties, patched
from detente.sources.claims import Claims
from detente.sources.coverage import coverage
from detente.sources.reading import load_claims
from detente.sources.support import counted, disbelieved, resting_only_on, supported
from detente.sources.text import read_text

ROOT = Path(__file__).parents[2]
CASE = ROOT / "src/detente/cases/budapest-2025"
WARNINGS = {"baltic-warning-first", "baltic-warning-second", "poland-warning"}
MOOD = ("runup.tension", "runup.fear")
RULES = ROOT / "docs/how-to/code-an-account.md"
ARTICLE = ROOT.parent / "shared/source/article.txt"
LONGEST_RUN = 7

needs_article = pytest.mark.skipif(
    not ARTICLE.exists(), reason="the article is not shipped; it lies beside development checkouts"
)


@pytest.fixture(scope="module")
def situation() -> Situation:
    return load(CASE / "situation.yaml").situation


@pytest.fixture(scope="module")
def addresses(situation: Situation) -> list[str]:
    return list(base_values(situation))


@pytest.fixture(scope="module")
def claims(addresses: list[str]) -> Claims:
    return load_claims(CASE / "claims.yaml", addresses)


def test_the_case_names_two_rounds_and_six_readings(situation: Situation) -> None:
    assert list(situation.rounds) == ["anchorage", "budapest"]
    assert len(situation.readings) == 6
    assert situation.with_role("principal") == ("russia", "us")
    assert set(parties(situation)) == {"russia", "us", "ukraine", "eu", "uk"}


def test_the_package_space_is_large_but_can_be_enumerated(situation: Situation) -> None:
    size = math.prod(len(issue.options) for issue in situation.issues.values())
    assert 20_000 <= size <= 70_000


def test_the_first_line_points_editors_to_the_schema() -> None:
    first = (CASE / "situation.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=situation.schema.json"


def test_every_stated_value_rests_on_a_claim_or_an_open_assumption(
    situation: Situation, claims: Claims, addresses: list[str]
) -> None:
    values = base_values(situation)
    patches = [*situation.rounds.values(), *situation.readings.values()]
    stated = {a for a, value in values.items() if value.origin == "stated"}
    stated |= {address for patch in patches for address in patch.set}
    rests = supported(claims, addresses)
    assert [address for address in sorted(stated) if not rests[address]] == []


def test_every_claim_supports_something(claims: Claims) -> None:
    assert [name for name, claim in claims.claims.items() if not claim.supports] == []


def test_readings_name_claims_that_exist_and_no_claim_is_owned_twice(
    situation: Situation, claims: Claims
) -> None:
    owned = [name for reading in situation.readings.values() for name in reading.claims]
    assert set(owned) <= set(claims.claims)
    assert len(owned) == len(set(owned))
    disbelieved_speakers = {s for r in situation.readings.values() for s in r.disbelieve.speakers}
    assert disbelieved_speakers <= set(claims.speakers)


def test_a_readings_own_claims_bear_on_what_it_patches(
    situation: Situation, claims: Claims, addresses: list[str]
) -> None:
    for name, reading in situation.readings.items():
        for address in reading.set:
            backing = supported(claims, addresses, reading.claims)[address]
            assert backing, f"{name} patches {address} without a claim of its own"


def test_every_reading_changes_something(
    situation: Situation, claims: Claims, addresses: list[str]
) -> None:
    base = base_values(situation)
    own = {name: reading.claims for name, reading in situation.readings.items()}
    for name, reading in situation.readings.items():
        after = patched(base, reading.set, name)
        moved = {a for a in base if after[a].quantity.shape != base[a].quantity.shape}
        gone = disbelieved(
            claims,
            reading.disbelieve.claims,
            reading.disbelieve.speakers,
            reading.disbelieve.sources,
        )
        fallen = resting_only_on(claims, gone, addresses, counted(claims, own, name))
        assert set(reading.set) == moved, name
        assert moved or fallen, name


def test_the_sceptic_loses_what_rests_on_the_intelligence_service_alone(
    situation: Situation, claims: Claims, addresses: list[str]
) -> None:
    own = {name: reading.claims for name, reading in situation.readings.items()}
    gone = disbelieved(claims, speakers=situation.readings["sceptic"].disbelieve.speakers)
    fallen = resting_only_on(claims, gone, addresses, counted(claims, own, "sceptic"))
    warnings = {
        f"runup.recorded.{name}.{what}" for name in WARNINGS for what in ("severity", "staged")
    }
    kind = {f"runup.incidents.warning.{what}" for what in ("rate", "severity", "staged")}
    others = {"pressures.troops-odessa.severity", "escalation.suspicion.russia"}
    assert fallen == warnings | kind | others


def test_the_service_s_warnings_move_nothing_under_the_sceptic(
    situation: Situation, claims: Claims
) -> None:
    (scenario,) = scenarios(situation, claims, rounds=["budapest"], readings=["sceptic"])
    moved = {
        incident.id
        for incident in situation.runup.recorded
        if scenario.values[f"runup.recorded.{incident.id}.severity"].quantity.fixed != 0.0
    }
    assert moved == {incident.id for incident in situation.runup.recorded} - WARNINGS


def test_every_recorded_incident_is_told_by_the_article_and_dated_by_the_record(
    situation: Situation, claims: Claims, addresses: list[str]
) -> None:
    rests = supported(claims, addresses)
    for incident in situation.runup.recorded:
        names = rests[f"runup.recorded.{incident.id}.severity"]
        assert {claims.claims[name].source for name in names} == {"article", "record"}, incident.id


def test_the_record_is_cited_by_day_and_never_stands_in_for_the_article(claims: Claims) -> None:
    cited = {name: c for name, c in claims.claims.items() if c.source == "record"}
    assert claims.sources["record"].sha256 is None
    for name, claim in cited.items():
        assert claim.speakers[0] == "record", name
        assert len(claim.speakers) == 2, name
        assert claim.note, name
        assert all(stem.startswith("runup.") for stem in claim.supports), name


def test_only_the_baltic_warnings_lie_before_anchorage_and_all_incidents_before_budapest(
    situation: Situation,
) -> None:
    counted_in = {
        name: {incident for incident, _ in calendar.recorded}
        for name in situation.rounds
        if (calendar := calendar_of(situation, name)) is not None
    }
    assert counted_in == {
        "anchorage": {"baltic-warning-first", "baltic-warning-second"},
        "budapest": {incident.id for incident in situation.runup.recorded},
    }


def test_mood_differs_by_incidents_and_not_by_patches(situation: Situation) -> None:
    patches = [*situation.rounds.values(), *situation.readings.values()]
    assert not any(address.startswith(MOOD) for body in patches for address in body.set)


def test_what_calls_a_meeting_off_is_alike_for_both_sides_and_never_patched(
    situation: Situation,
) -> None:
    off = situation.runup.calling_off
    assert off is not None
    for table in (off.least, off.foresight):
        assert set(table) == {"russia", "us"}
        assert table["russia"].shape == table["us"].shape
    patches = [*situation.rounds.values(), *situation.readings.values()]
    assert not any(a.startswith("runup.calling_off") for body in patches for a in body.set)


def test_nothing_that_happened_later_is_an_input(situation: Situation) -> None:
    fate = min(event.date for event in situation.events if event.round == "budapest")
    assert all(incident.date < fate for incident in situation.runup.recorded)
    written = (CASE / "claims.yaml").read_text(encoding="utf-8")
    days = re.findall(r"\b(\d{1,2}) October(?: 2025)?", written)
    assert days
    assert max(date(2025, 10, int(day)) for day in days) < fate
    planned = {name: calendar_of(situation, name) for name in situation.rounds}
    unmet = situation.model_copy(
        update={
            "events": (),
            "rounds": {n: r.model_copy(update={"met": None}) for n, r in situation.rounds.items()},
        }
    )
    assert {name: calendar_of(unmet, name) for name in unmet.rounds} == planned


def test_no_round_and_reading_patch_the_same_address(situation: Situation) -> None:
    by_round = {a for body in situation.rounds.values() for a in body.set}
    by_reading = {a for body in situation.readings.values() for a in body.set}
    assert by_round & by_reading == set()


def test_the_rounds_set_the_same_addresses(situation: Situation) -> None:
    before, after = (set(body.set) for body in situation.rounds.values())
    assert before == after


def test_what_happened_is_an_event_with_its_source(situation: Situation) -> None:
    (event,) = [e for e in situation.events if e.round == "budapest"]
    assert (event.outcome, event.date.isoformat()) == ("not-held", "2025-10-21")
    assert event.until is not None
    assert event.until.isoformat() == "2025-10-23"
    assert event.source


@needs_article
def test_every_sentence_is_covered_and_every_locator_fits(claims: Claims) -> None:
    found = coverage(read_text(ARTICLE), claims)
    assert found.same_text
    assert found.mismatches == ()
    assert [(c.sentence.paragraph, c.sentence.number) for c in found.uncovered] == []


@needs_article
@pytest.mark.parametrize("name", ["title", "comments"])
def test_the_paragraphs_fall_where_the_locators_say(name: str) -> None:
    paragraphs = {s.paragraph for s in read_text(ARTICLE).sentences}
    bounds: dict[str, Callable[[set[int]], int]] = {"title": min, "comments": max}
    assert bounds[name](paragraphs) == {"title": 1, "comments": 16}[name]


@needs_article
@pytest.mark.parametrize("path", [CASE / "situation.yaml", CASE / "claims.yaml", RULES])
def test_no_eight_words_in_a_row_are_the_articles(path: Path) -> None:
    source = _runs(read_text(ARTICLE).text)
    shared = _runs(path.read_text(encoding="utf-8")) & source
    assert shared == set()


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    length = LONGEST_RUN + 1
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
