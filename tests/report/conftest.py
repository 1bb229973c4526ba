"""A small run with a run-up and an aftermath, and its rounds compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.analysis.answer import Run, answer
from detente.analysis.compare import Comparison, compare
from detente.sampling.draws import Plan
from detente.situation.load import load
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{7*7}} {% raw %} ]]>"

SITUATION = """
detente: 1
title: "{0} Title"
actors:
  a: {{name: "{0} Alba", role: principal}}
  b: {{name: "{0} Birnam", role: principal}}
issues:
  land:
    name: "{0} land"
    status_quo: hold
    options: {{hold: "{0} keep", leave: "{0} leave"}}
    salience: {{a: high, b: medium}}
    preferences: {{a: {{leave: seeks, hold: resists}}, b: {{leave: favours, hold: indifferent}}}}
  trade:
    name: "{0} trade"
    status_quo: none
    options: {{none: "{0} no", some: "{0} some"}}
    salience: {{a: medium, b: high}}
    preferences: {{a: {{none: indifferent, some: favours}}, b: {{none: resists, some: seeks}}}}
outlook: {{a: medium, b: medium}}
red_lines: [{{actor: b, option: land.leave, cost: medium, absolute: unlikely}}]
rounds:
  first:
    {{title: "{0} First", announced: 2025-08-01, met: 2025-08-15,
      set: {{outlook.a: very high}}}}
  second: {{title: "{0} Second", announced: 2025-10-01, planned: 2025-10-15}}
readings:
  open: {{title: "{0} Open", speaker: "{0} one"}}
  shut: {{title: "{0} Shut", speaker: "{0} two", set: {{outlook.a: 1, outlook.b: 1}}}}
tangible: {{any_of: [land.leave]}}
runup:
  lookback: 90
  tension: low
  recorded:
    - {{id: drones, date: 2025-09-10, name: "{0} drones", severity: low, staged: 0.5}}
  calling_off: {{rate: 0.3, least: {{a: 0.2}}}}
aftermath: {{}}
"""


def _made(folder: Path, text: str) -> Run:
    path = folder / "situation.yaml"
    path.write_text(SITUATION.format(text), encoding="utf-8")
    situation = load(path).situation
    return answer(situation, None, scenarios(situation, None), Plan(300, 3))


@pytest.fixture(scope="session")
def road_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Two rounds with dates under two readings; under one of them they never meet."""
    return _made(tmp_path_factory.mktemp("road"), "Plain")


@pytest.fixture(scope="session")
def hostile_road_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same with names that try to break out."""
    return _made(tmp_path_factory.mktemp("hostile-road"), HOSTILE)


Compare = Callable[[Run], list[Comparison]]


@pytest.fixture(scope="session")
def compared() -> Compare:
    """Compares the two rounds of a run under each reading."""

    def made(run: Run) -> list[Comparison]:
        by_name = {(one.round, one.reading): one for one in run.scenarios}
        pairs = [(by_name["first", r], by_name["second", r]) for r in run.situation.readings]
        return compare(run.situation, pairs, run.plan, "tangible_given_held")

    return made


@pytest.fixture(scope="module")
def recorded(three_acts: Situation) -> Situation:
    """The bridge, held in winter, which was known, and called off in spring."""
    return _told_events(three_acts)


def _told_events(situation: Situation) -> Situation:
    body = situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    events = [
        {"id": "met", "date": "2020-02-14", "round": "winter", "outcome": "held",
         "says": "They met.", "source": "Record"},
        {"id": "off", "date": "2020-04-01", "round": "spring", "outcome": "not-held",
         "says": "It was called off. Nobody said why.", "source": "Record"},
    ]  # fmt: skip
    return Situation.model_validate({**body, "events": events, "as_of": "2020-03-01"})
