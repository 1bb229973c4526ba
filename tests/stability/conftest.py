"""A truce, trade that needs it, and a third party whose consent one option needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from detente.situation.load import loads
from detente.situation.schema import Situation

TRUCE = """
detente: 1
title: A truce
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
  c: {name: C, role: consenter, consents_to: [camp.moved]}
  d: {name: D, role: spoiler}
issues:
  front:
    status_quo: war
    options: {war: war, truce: {name: truce, obligors: [a]}}
    salience: {a: 0.4, b: 0.5}
    preferences: {a: {war: 0.5, truce: 0.2..0.6}, b: {war: 0, truce: 1}}
  trade:
    status_quo: none
    options: {none: none, open: {name: open, obligors: [a, b]}}
    salience: {a: 0.6, b: 0.3, d: 1}
    preferences: {a: {none: 0, open: 1}, b: {none: 0.4, open: 0.6}, d: {none: 1, open: 0}}
  camp:
    status_quo: there
    options: {there: there, moved: {name: moved, obligors: [b]}}
    salience: {b: 0.2, c: 1}
    preferences: {b: {there: 0.5, moved: 0.3}, c: {there: 0.2..0.8, moved: 0.6}}
red_lines: [{actor: b, option: camp.moved, absolute: 0.3}]
links: [{id: trade-after-truce, if: trade.open, requires: front.truce}]
outlook: {a: 0..0.2}
signing_cost: {b: 0.05}
leverage: {c: 0.1}
trust: {a: {b: 0.5}, b: {a: 0.2..0.9}}
"""


TruceWith = Callable[[str], Situation]


@pytest.fixture(scope="session")
def truce_with() -> TruceWith:
    """The truce, with more of a file behind it."""
    return lambda more: loads((TRUCE + more).encode()).situation


@pytest.fixture(scope="session")
def truce() -> Situation:
    """The truce as it stands."""
    return loads(TRUCE.encode()).situation
