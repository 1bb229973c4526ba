"""A small run to draw: two rounds, two readings, one of them with nothing to agree on."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.analysis.answer import Run, answer
from detente.analysis.compare import Comparison, compare
from detente.sampling.draws import Plan
from detente.situation.load import load
from detente.situation.scenarios import scenarios

PLAIN = "Plain"
HOSTILE = "<script>alert(1)</script> {{7*7}} ]]> &amp; \\u0007 datum[x.y] ' -->"

SITUATION = """
detente: 1
title: "{0}"
actors:
  a: {{name: "{0} Alba", role: principal}}
  b: {{name: "{0} Birnam", role: principal, power: 0.5}}
  c: {{name: "{0} Cawdor", role: [consenter, spoiler], consents_to: [land.leave]}}
issues:
  land:
    name: "{0} land"
    status_quo: hold
    options: {{hold: "{0} keep", leave: {{name: "{0} leave", obligors: [c]}}}}
    salience: {{a: high, b: medium, c: medium}}
    preferences:
      a: {{leave: seeks, hold: resists}}
      b: {{leave: favours, hold: indifferent}}
      c: {{leave: resists, hold: indifferent}}
  trade:
    name: "{0} trade"
    status_quo: none
    options: {{none: "{0} no", some: "{0} some", full: "{0} full"}}
    salience: {{a: medium, b: high}}
    preferences:
      a: {{none: indifferent, some: favours, full: resists}}
      b: {{none: resists, some: indifferent, full: seeks}}
outlook: {{a: low}}
leverage: {{c: very high}}
red_lines: [{{actor: b, option: land.leave, cost: low, absolute: very unlikely}}]
links: [{{id: trade-after-land, if: trade.full, requires: land.leave}}]
pressures:
  - {{id: trip, on: a, name: "{0} trip", severity: medium, felt: likely,
      relieved_by: {{land.leave: 0.3}}}}
rounds:
  first: {{title: "{0} First", announced: 2025-08-01, met: 2025-08-15, set: {{outlook.a: high}}}}
  second: {{title: "{0} Second", announced: 2025-10-01, planned: 2025-10-15}}
readings:
  open: {{title: "{0} Open", speaker: "{0} one"}}
  shut: {{title: "{0} Shut", speaker: "{0} two", set: {{outlook.a: 1, outlook.b: 1}}}}
tangible: {{any_of: [land.leave]}}
runup:
  lookback: 90
  tension: low
  fear: very low
  recorded:
    - {{id: drones, date: 2025-09-10, name: "{0} drones", severity: low, staged: 0.5}}
    - {{id: warning, date: 2025-09-12, name: "{0} warning", severity: low, staged: 0.8}}
  calling_off: {{rate: 0.3, least: {{a: 0.2}}}}
escalation: {{rate: 0.01}}
aftermath: {{}}
"""


def made(folder: Path, text: str) -> Run:
    """The run of a situation whose every free text begins with ``text``."""
    path = folder / "situation.yaml"
    path.write_text(SITUATION.format(text), encoding="utf-8")
    situation = load(path).situation
    return answer(situation, None, scenarios(situation, None), Plan(200, 7))


@pytest.fixture(scope="session")
def plain_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run with harmless names."""
    return made(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run in which every free text tries to break out of its place."""
    return made(tmp_path_factory.mktemp("hostile"), HOSTILE)


@pytest.fixture(scope="session")
def compared(plain_run: Run) -> list[Comparison]:
    """The two rounds under each reading."""
    return _compared(plain_run)


@pytest.fixture(scope="session")
def hostile_compared(hostile_run: Run) -> list[Comparison]:
    """The same with names that try to break out."""
    return _compared(hostile_run)


def _compared(run: Run) -> list[Comparison]:
    by_name = {(one.round, one.reading): one for one in run.scenarios}
    pairs = [
        (by_name["first", reading], by_name["second", reading])
        for reading in run.situation.readings
    ]
    return compare(run.situation, pairs, run.plan, "tangible_given_held")
