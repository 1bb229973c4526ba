"""The figures of the page on the backtest: put between two marks, and nothing else is touched."""

from __future__ import annotations

from types import ModuleType

from detente.analysis.backtest import Backtest
from detente.analysis.backtest_calibration import calibration
from detente.report.backtest_json import backtest_object


def test_figures_take_the_place_of_the_old_ones(
    script: ModuleType, made_up_backtest: Backtest
) -> None:
    """What stands before and after stays; doing it twice changes nothing."""
    calibrated = calibration(made_up_backtest, made_up_backtest.main)
    result = backtest_object(made_up_backtest, calibrated, data="tidy", version="1")
    text = f"before\n{script.START}outdated\n{script.END}after\n"
    page = script.page_of(text, result)
    assert page.startswith(f"before\n{script.START}")
    assert page.endswith(f"{script.END}after\n")
    assert "outdated" not in page
    assert script.page_of(page, result) == page
    mae = made_up_backtest.main.scores["mae"]
    assert f"| compromise | 39 | {mae.value:.2f} ({mae.low:.2f} to {mae.high:.2f})" in page
    assert "39 issues of 20 proposals" in page


def test_the_page_has_both_marks(script: ModuleType) -> None:
    """Once each, in order."""
    text = script.PAGE.read_text(encoding="utf-8")
    assert text.count(script.START) == text.count(script.END) == 1
    assert text.index(script.START) < text.index(script.END)
