"""The ledger that ships is what the script writes from the case as it ships."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType

import pytest

from detente.cases.catalog import case_names
from detente.ledger.copies import shipped_ledger, shipped_ledgers
from detente.ledger.history import standing
from detente.ledger.records import Probability
from detente.ledger.scoring import score


def test_forecasts_are_those_of_the_case_as_it_ships(script: ModuleType) -> None:
    """Run again, with the seed and the draws that it names, the file is the same byte for byte.

    Where this fails after a change of the case or the model: python scripts/shipped_ledger.py
    """
    assert script.FILE.read_text(encoding="utf-8") == script.written()


def test_what_it_holds(script: ModuleType) -> None:
    """Sound; each reading on both questions, made after the fact; held was no, so tangible is void."""
    assert shipped_ledgers() == (script.CASE,)
    assert set(shipped_ledgers()) <= set(case_names())
    copy = shipped_ledger(script.CASE)
    assert copy.verify() == ()
    book = copy.book()
    now = datetime(2026, 12, 1, tzinfo=UTC)
    held, tangible = (standing(book, name, now) for name in script.EVENTS)
    assert (held.status, held.answer) == ("resolved", False)
    assert (tangible.status, tangible.answer) == ("void", None)
    for name in script.EVENTS:
        said = [one.record for one in book[name].forecasts]
        assert all(one.after_the_fact and one.why.startswith("Made after the fact") for one in said)
        assert len({one.reading for one in said if one.lens == "run"}) == 6
        assert [one.lens for one in said].count("outside") == 1
    scored = {one.stream.reading: one.at_close["brier_halved"] for one in score(book, now)}
    values = {one.record.reading: one.record.value for one in book[script.HELD.id].forecasts}
    p = {reading: value.p for reading, value in values.items() if isinstance(value, Probability)}
    assert scored == {reading: pytest.approx(chance**2) for reading, chance in p.items()}
