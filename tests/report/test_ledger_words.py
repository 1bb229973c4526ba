"""Forecasts in a few words."""

from __future__ import annotations

from detente.ledger.records import Sample
from detente.report.ledger_words import value_words


def test_a_sample_is_told_by_its_middle_and_its_width() -> None:
    """The median, and the values that nine tenths lie between, of numbers and of dates."""
    numbers = Sample(values=tuple(float(n) for n in reversed(range(101))))
    assert value_words(numbers) == "median 50, 90% from 5 to 95 (a sample of 101)"
    dates = Sample(values=("2025-10-20", "2025-10-16", "2025-11-02"))
    assert (
        value_words(dates) == "median 2025-10-20, 90% from 2025-10-16 to 2025-11-02 (a sample of 3)"
    )
    assert value_words(Sample(values=(4.0,))) == "median 4, 90% from 4 to 4 (a sample of 1)"
