"""A workbench that really serves, and a browser that really looks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from detente.web.background import Served, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip
expect.set_options(timeout=60_000)  # a page that comes late on a busy machine comes all the same


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The shipped case, for tests that only look."""
    with serving("budapest-2025", tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """The shipped case, for a test that writes: copies go to a scratch folder."""
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
