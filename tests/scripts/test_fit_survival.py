"""How long peace agreements last: the fit on made-up rows, and the shipped numbers on the data."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy.stats import gamma

from detente.published import PEACE_AGREEMENTS

ROOT = Path(__file__).parents[2]
MONTH = 365.25 / 12
HEADER = "paid,pa_name,pa_date,ended,duration\n"


@pytest.fixture(scope="module")
def data() -> Path:
    """The published table, where it lies beside the project."""
    path = ROOT.parent / "shared/data/ucdp_peace_termination/ucdp-peace-agreements-221.csv"
    if not path.is_file():
        pytest.skip("no table of peace agreements beside the project; see scripts/fit_survival.py")
    return path


def table(folder: Path, rows: Sequence[str]) -> Path:
    """A made-up table, with the byte order mark that the published one has."""
    path = folder / "agreements.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8-sig")
    return path


def test_rows_become_months_and_whether_they_ended(script: ModuleType, tmp_path: Path) -> None:
    """Lasting agreements run to the end of the data; rows without their dates are left out."""
    rows = [
        "1,ended,2000-01-01,True,2001-01-01",
        '2,"lasts, so far",2021-12-01,False,',
        "3,same day,2010-05-05,True,2010-05-05",
        "4,undated,,True,2001-01-01",
        "5,ended but nobody knows when,2000-01-01,True,",
        "6,ends before it begins,2000-01-01,True,1999-01-01",
        "7,a date beside an agreement that lasts,2021-12-01,False,2021-12-02",
    ]
    found = script.durations(table(tmp_path, rows))
    assert found == [
        (366 / MONTH, True),
        (30 / MONTH, False),
        (0.5 / MONTH, True),
        (30 / MONTH, False),
    ]


def test_the_rate_is_ends_over_exposure_within_the_window(script: ModuleType) -> None:
    """What ends later is exposed to the end of the window and no end; Jeffreys interval."""
    found = [(6.0, True), (30.0, True), (100.0, True), (90.0, False), (10.0, False)]
    ends, exposure, rate, low, high = script.fit(found, 60.0)
    assert (ends, exposure, rate) == (2, 6.0 + 30.0 + 60.0 + 60.0 + 10.0, 2 / 166.0)
    assert gamma.cdf(low * 166.0, 2.5) == pytest.approx(0.025, abs=1e-10)
    assert gamma.cdf(high * 166.0, 2.5) == pytest.approx(0.975, abs=1e-10)


def test_outlasting_is_a_product_over_ends(script: ModuleType) -> None:
    """Kaplan & Meier by hand: ties together, those censored at an end still at risk then."""
    found = [(1.0, True), (2.0, True), (2.0, True), (2.0, False), (3.0, False), (4.0, True)]
    assert script.kaplan_meier(found, 0.5) == 1.0
    assert script.kaplan_meier(found, 1.0) == pytest.approx(5 / 6, rel=1e-15)
    assert script.kaplan_meier(found, 3.9) == pytest.approx(5 / 6 * 3 / 5, rel=1e-15)
    assert script.kaplan_meier(found, 4.0) == 0.0


def test_a_constant_hazard_is_found_again(script: ModuleType) -> None:
    """Lifetimes with 2 % a month, some censored: the rate to 4.5 of its errors, survival as well."""
    rng = np.random.default_rng(3)
    life, watched = rng.exponential(50.0, 3000), rng.uniform(0.0, 120.0, 3000)
    found = [(min(a, b), bool(a <= b)) for a, b in zip(life, watched, strict=True)]
    ends, _, rate, low, high = script.fit(found, 60.0)
    assert abs(rate - 0.02) <= 4.5 * 0.02 / math.sqrt(ends)
    assert low < rate < high
    alive = math.exp(-0.02 * 24.0)
    # Greenwood's error is at most that of the rows still watched
    bound = 4.5 * math.sqrt(alive * (1.0 - alive) / float((watched >= 24.0).sum()))
    assert abs(script.kaplan_meier(found, 24.0) - alive) <= bound


def test_the_shipped_numbers_follow_from_the_data(script: ModuleType, data: Path) -> None:
    """Counts, exposure and interval to the digits shipped, and what the caveat says."""
    found = script.durations(data)
    ends, exposure, _, low, high = script.fit(found, 60.0)
    assert ends == PEACE_AGREEMENTS.ends
    assert round(exposure, 1) == PEACE_AGREEMENTS.exposure
    assert (round(low, 5), round(high, 5)) == (PEACE_AGREEMENTS.low, PEACE_AGREEMENTS.high)
    assert f"{len(found)} dated agreements" in PEACE_AGREEMENTS.source
    _, _, first_year, _, _ = script.fit(found, 12.0)
    constant, seen = math.exp(-60.0 * PEACE_AGREEMENTS.rate), script.kaplan_meier(found, 60.0)
    said = re.findall(r"([\d.]+) %", PEACE_AGREEMENTS.caveat)
    assert said == [f"{100 * first_year:.1f}", f"{100 * constant:.0f}", f"{100 * seen:.0f}"]


def test_the_script_prints_what_it_fits(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line of counts and one a window."""
    script.main(table(tmp_path, ["1,a,2000-01-01,True,2001-01-01", "2,b,2001-01-01,False,"]))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "agreements 2, ended 1"
    assert [line.split(":")[0] for line in lines[1:]] == [
        f"first {months} months" for months in (12, 60, 120)
    ]
