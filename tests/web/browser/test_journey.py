"""What somebody does who has never seen the workbench, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from detente.analysis.answer import answer
from detente.cases.catalog import case_file
from detente.cases.opening import open_situation
from detente.ledger.store.store import open_ledger
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.web.background import Served
from detente.web.rendering import has

SHOTS = Path("out/screenshots")
CASE = "/s/budapest-2025"
# hundreds of values and claims are written by one template: a few of each list are enough
FEW_OF_A_KIND = {"exclude": [[".values > li:nth-child(n+6)"], [".claims > li:nth-child(n+6)"]]}
PAGES = (
    *(f"{CASE}/{name}" for name in (
        "run", "situation", "whatif", "word", "compare", "why", "text", "edit", "forecast",
    )),
    "/ledger", "/ledger/q/held", "/ledger/scores", "/ledger/calibration",
)  # fmt: skip


def _shown(page: Page) -> str:
    return page.locator("[data-live-p]").inner_text()


def _shoot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def test_the_page_shows_the_chance_that_the_command_line_gives(page: Page, served: Served) -> None:
    """Same seed, same draws, same number."""
    opened = open_situation("budapest-2025")
    wanted = scenarios(opened.situation, opened.claims, rounds=("budapest",), readings=("article",))
    run = answer(opened.situation, opened.claims, wanted, Plan(1000, 1))
    page.goto(served.opening(f"{CASE}/run?round=budapest&reading=article"))
    assert "token" not in page.url
    assert _shown(page) == f"{run.answers[0].probabilities['tangible'].p:.0%}"


def test_a_reading_of_ones_own(own: Served, page: Page) -> None:
    """Why, without the services' claims, one red line lower, saved: all without a manual."""
    page.goto(own.opening(f"{CASE}/run"))
    expect(page.get_by_role("heading", name="Why", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("Leave somebody")).click()
    page.get_by_role("searchbox").fill("service")
    page.get_by_role("checkbox", name=re.compile("every service")).check()
    expect(page.locator("[data-live-changes]")).to_contain_text("group:service")
    expect(page.locator("[data-live-status]")).to_contain_text("10,000 draws")
    _shoot(page, "word")
    page.get_by_role("link", name="What if").click()
    page.get_by_role("searchbox").fill("red line cost")
    pick = page.locator("[data-value]:visible select").first
    address = page.locator("[data-value]:visible").first.get_attribute("data-address")
    pick.select_option(label="very low")
    expect(page.locator("[data-live-changes]")).to_contain_text("Reset")
    expect(page.locator("[data-live-status]")).to_contain_text("10,000 draws")
    _shoot(page, "whatif")
    expect(page.locator("[data-live-says]")).to_contain_text("points")
    page.get_by_role("link", name=re.compile("Save as my own")).click()
    page.get_by_label(re.compile("^Name")).fill("mine")
    page.get_by_role("button", name="Show what will be written").click()
    expect(page.locator(".diff")).to_contain_text("very low")
    _shoot(page, "save")
    page.get_by_role("button", name="Write it").click()
    expect(page).to_have_url(re.compile("reading=mine"))
    _shoot(page, "saved")
    written = own.folder / "budapest-2025" / "situation.yaml"
    saved = open_situation(str(written)).situation.readings["mine"]
    assert address in saved.set
    assert "service" in str(saved.disbelieve) or saved.disbelieve.claims
    shipped = case_file("budapest-2025").read_text(encoding="utf-8").splitlines()
    kept = iter(written.read_text(encoding="utf-8").splitlines())
    assert all(line in kept for line in shipped), "every line stands, in the old order"


def test_a_slider_moves_the_answer_and_is_reset(page: Page, served: Served) -> None:
    """The address keeps what was moved; a reload shows it again; Reset takes it back."""
    page.goto(served.opening(f"{CASE}/whatif"))
    # few draws first, then more: what is read before would be another estimate
    expect(page.locator("[data-live-status]")).to_contain_text("10,000 draws")
    first = _shown(page)
    page.get_by_role("searchbox").fill("outlook russia")
    slider = page.locator("[data-value]:visible input[type=range]").first
    slider.fill("0.9")
    expect(page.locator("[data-live-changes]")).to_contain_text("0.9")
    expect(page.locator("[data-live-p]")).not_to_have_text(first)
    assert "set=" in page.url
    page.reload()
    expect(page.locator("[data-live-p]")).not_to_have_text(first)
    page.get_by_role("button", name=re.compile("Reset")).click()
    expect(page.locator("[data-live-p]")).to_have_text(first)
    assert "set=" not in page.url


def test_a_long_run_survives_a_reload_and_can_be_stopped(own: Served, page: Page) -> None:
    """Progress goes on after the page is loaded again; Stop ends it, and it can begin anew."""
    page.goto(own.opening(f"{CASE}/why?draws=10000"))
    box = page.locator("[data-ask=levers]")
    box.get_by_role("button", name="Work it out").click()
    expect(box.locator("[data-says]")).to_contain_text("%", timeout=60_000)
    page.reload()
    expect(box.get_by_role("button", name="Stop")).to_be_visible()
    box.get_by_role("button", name="Stop").click()
    expect(box.locator("[data-says]")).to_have_text("Stopped.", timeout=60_000)
    expect(box.get_by_role("button", name="Work it out")).to_be_visible()


@pytest.mark.parametrize("rich", [True, False])
def test_mistakes_are_told_while_one_types(own: Served, page: Page, rich: bool) -> None:
    """A mistake has its line; the file is written, to a copy, once there is none.

    In the editor, and in the plain text area where the package was built without it.
    """
    if rich and not has("editor.js"):
        pytest.skip("built without the editor: no npm registry when the package was installed")
    if not rich:
        page.route("**/editor.js", lambda route: route.fulfill(content_type="text/javascript"))
    page.goto(own.opening(f"{CASE}/edit"))
    if rich:
        expect(page.locator(".cm-content")).to_be_visible()
    area = page.locator(".cm-content") if rich else page.locator("#yaml")
    area.press("Control+Home")
    page.keyboard.type("wrong: 1\n")
    expect(page.locator("[data-mistakes]")).to_contain_text("wrong")
    expect(page.get_by_role("button", name="Write it to the file")).to_be_disabled()
    if rich:
        expect(page.locator(".cm-lintRange-error").first).to_be_visible()
        page.keyboard.type("tangib")
        expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("tangible")
        _shoot(page, "edit")
        page.keyboard.press("Escape")
        for _ in "tangib":
            page.keyboard.press("Backspace")
    for _ in "wrong: 1\n":
        page.keyboard.press("Backspace")
    page.keyboard.type("# mine\n")
    page.get_by_role("button", name="Write it to the file").click()
    expect(page.locator("[data-says]")).to_contain_text("Written to")
    written = own.folder / "budapest-2025" / "situation.yaml"
    shipped = case_file("budapest-2025").read_text(encoding="utf-8")
    assert written.read_text("utf-8") == "# mine\n" + shipped


def test_a_forecast_by_hand_and_one_kept_from_the_answer(own: Served, page: Page) -> None:
    """Open the ledger, read a question, say what one expects; then keep what the model says."""
    page.goto(own.opening("/ledger"))
    page.get_by_label("Stands").select_option(label="open")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Will it be done?")).to_have_count(0)
    page.get_by_role("link", name="Will it be held?").click()
    expect(page.locator("figure img")).to_have_count(2)
    expect(page.locator("#criteria-title + p")).to_have_text("It is seen.")
    page.get_by_label(re.compile("Probability of yes")).fill("35%")
    page.get_by_role("textbox", name="Why", exact=True).fill("No date is set.")
    page.get_by_role("textbox", name="By", exact=True).fill("newcomer")
    page.get_by_role("button", name="Show what will be written").click()
    expect(page.locator("main")).to_contain_text("held: 35%, by newcomer, lens judgement")
    _shoot(page, "ledger-forecast")
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_role("status")).to_have_text("Written: entry 8 of the log.")
    expect(page.locator("#entry-8")).to_contain_text("No date is set.")
    page.goto(f"{own.address}{CASE}/run?draws=1000")
    shown = _shown(page)
    page.get_by_role("link", name="Keep this as a forecast").click()
    page.get_by_label("Its yes is that").select_option("tangible")
    page.get_by_role("button", name="Show what will be written").click()
    page.get_by_role("button", name="Write it").click()
    told = page.locator("#entry-9 strong").first.inner_text()
    assert f"{float(told.removesuffix('%')):.0f}%" == shown
    page.locator("#entry-9 summary").click()
    page.get_by_role("link", name="run it again here").click()
    assert _shown(page) == shown
    expect(page.get_by_role("link", name="Will it be held?")).to_be_visible()
    with open_ledger(str(own.folder / "ledger.db")) as ledger:
        assert ledger.head()[0] == 9
        assert not ledger.verify()


def test_everything_is_reached_by_keyboard(page: Page, served: Served) -> None:
    """From the top, Tab comes by the skip link, every page and every control."""
    page.goto(served.opening(f"{CASE}/run"))
    reached: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
    assert reached[0] == "To the content"
    for name in ("Situation", "What if", "Whose word", "Show", "Change a value and see"):
        assert name in reached


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_serious_fault_of_accessibility(
    page: Page, served: Served, name: str
) -> None:
    """axe-core finds nothing serious, light or dark; at 360 px nothing is wider than the page."""
    page.goto(served.opening(name))
    for scheme, rules in (("light", None), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = Axe().run(page, context=FEW_OF_A_KIND, options=rules).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        assert not [(one["id"], one["nodes"][0]["html"]) for one in serious]
        page.set_viewport_size({"width": 360, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        shot = name.removeprefix(CASE).strip("/").replace("/", "-")
        _shoot(page, f"{shot}-{scheme}-360")
        page.set_viewport_size({"width": 1280, "height": 900})
