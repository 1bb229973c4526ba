"""The page of a ledger: whole, escaped, without a network, the same for the same ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from detente.ledger.calibrating import calibration
from detente.ledger.keeping import ask, forecast, resolve
from detente.ledger.records import Forecast, Probability, Question, Resolution
from detente.ledger.scoring import grouped, score
from detente.ledger.store.store import open_ledger
from detente.report.ledger_html import render_calibration, render_ledger

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NASTY = "<script>alert('x')</script> & \"quoted\""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page on which every text tries to be markup."""
    folder: Path = tmp_path_factory.mktemp("ledger")
    with open_ledger(str(folder / "l.db")) as ledger:
        question = Question(
            id="q", text=NASTY, criteria=NASTY, fine_print=NASTY, opens=date(2026, 1, 1),
            closes=date(2026, 12, 31), truth=NASTY,
        )  # fmt: skip
        ask(ledger, question)
        said = Forecast(question="q", by=NASTY, at=NOW, value=Probability(p=0.3), why=NASTY)
        forecast(ledger, [said], datetime(2026, 1, 5, tzinfo=UTC))
        known = datetime(2026, 2, 1, tzinfo=UTC)
        told = Resolution(
            question="q", verdict="value", answer=True, known=known, source=NASTY, by=NASTY
        )
        resolve(ledger, told, NOW)
        book, head = ledger.book(), ledger.head()
    found, groups = calibration(book, NOW), grouped(score(book, NOW), "author")
    pages = [
        render_ledger(
            book, list(book), NOW, groups=groups, calibrated=found, head=head, title="T",
            version="1",
        )
        for _ in range(2)
    ]  # fmt: skip
    assert pages[0] == pages[1]
    assert "<svg" in render_calibration(found, title=NASTY, version="1")
    return pages[0]


def test_every_text_is_escaped(page: str) -> None:
    """What somebody wrote is shown and does nothing."""
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert") >= 7


def test_it_stands_alone(page: str) -> None:
    """No script, nothing loaded from elsewhere; well formed up to what HTML leaves open."""
    assert "src=" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "default-src 'none'" in page
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    assert ET.fromstring(svg).tag.endswith("svg")


def test_it_says_where_the_log_ends(page: str) -> None:
    """Number and hash of the last entry, the score, and that there is no curve yet."""
    assert "The log has 3 entries and ends with the hash <code>" in page
    assert "0.490" in page
    assert "No curve is drawn from fewer than 50 questions" in page
