"""A workbench that really serves, and a browser that really looks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from detente.ledger.keeping import ask, forecast, resolve
from detente.ledger.records import Forecast, Probability, Question, Resolution
from detente.ledger.store.store import open_ledger
from detente.web.background import Served, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip
expect.set_options(timeout=60_000)  # a page that comes late on a busy machine comes all the same


def begin_ledger(folder: Path) -> None:
    """A ledger with an open question, and one that was answered, both forecast."""
    start, known = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    with open_ledger(str(folder / "ledger.db")) as ledger:
        for name in ("held", "done"):
            question = Question(
                id=name, text=f"Will it be {name}?", criteria="It is seen.", tags=("meetings",),
                opens=start.date(), closes=date(2099, 12, 31), truth="https://record.example/",
            )  # fmt: skip
            ask(ledger, question, start)
            for day, p in ((0, 0.3), (4, 0.6)):
                said = Forecast(
                    question=name, by="ann", at=start, value=Probability(p=p), why="It is time."
                )
                forecast(ledger, [said], start + timedelta(days=day))
        answer = Resolution(
            question="done", verdict="value", answer=True, known=known, source="it", by="ann"
        )
        resolve(ledger, answer)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shipped case and a ledger, for tests that only look."""
    folder = tmp_path_factory.mktemp("served")
    begin_ledger(folder)
    with serving("budapest-2025", folder) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """The shipped case and a ledger, for a test that writes: copies go to a scratch folder."""
    begin_ledger(tmp_path)
    with serving("budapest-2025", tmp_path) as found:
        yield found


@pytest.fixture(scope="module")  # while it is open, its event loop runs in the tests' thread
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; Debian's package chromium has it")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page of a new visitor; what its scripts complain of fails the test."""
    assert served  # so that pages are closed before the server ends
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    yield opened
    context.close()
    assert not complaints
