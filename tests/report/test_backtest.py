"""The backtest in words, as JSON and as a page: one answer, told three times."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from detente.analysis.backtest import Backtest, Contender
from detente.analysis.backtest_calibration import calibration
from detente.analysis.backtest_scores import ALL, Scores
from detente.analysis.grouped import Measured
from detente.report.backtest import cell, sentences
from detente.report.backtest_html import HEADINGS, render_backtest
from detente.report.backtest_json import backtest_object
from detente.spatial.focal import FEATURES


def with_difference(one: Contender, less: Measured) -> Contender:
    """The same, its error differing from the compromise's by this."""
    scores = {**one.scores.by[ALL], "mae_less_main": less}
    return replace(one, scores=Scores({ALL: scores}, one.scores.counts))


def test_it_says_plainly_whether_the_compromise_is_beaten(made_up_backtest: Backtest) -> None:
    """No, where every interval holds zero; who and by how much, where one does not."""
    main, *others = made_up_backtest.models
    level = [with_difference(one, Measured(-1.0, -2.0, 0.5)) for one in others]
    said = sentences(replace(made_up_backtest, models=(main, *level)))
    assert "No model and no baseline beats it beyond doubt." in said[0]
    assert said[1] == "None is beyond doubt worse than the compromise."
    level[0] = with_difference(others[0], Measured(-3.0, -5.0, -1.0))
    level[1] = with_difference(others[1], Measured(3.0, 1.0, 5.0))
    said = sentences(replace(made_up_backtest, models=(main, *level)))
    assert f"{others[0].title} (by −3.0 (−5.0 to −1.0))" in said[0]  # noqa: RUF001
    assert said[1] == f"Beyond doubt worse than the compromise: {others[1].title}."
    assert "No other model" in sentences(replace(made_up_backtest, models=(main,)))[0]


def test_a_cell_says_what_kind_of_number_it_is() -> None:
    """Shares in per cent, differences with a sign, nothing for a difference from itself."""
    assert cell("central_80", Measured(0.8, 0.75, 0.85)) == "80 %  75..85"
    assert cell("crps_less_main", Measured(0.5, -0.25, 1.0)) == "+0.5  −0.2..+1.0"  # noqa: RUF001
    assert cell("mae", Measured(23.02, 20.9, 25.1)) == "23.0  20.9..25.1"
    assert cell("mae_less_main", Measured(0.0, 0.0, 0.0)) == "–"  # noqa: RUF001


def test_the_json_holds_every_score_of_every_part(made_up_backtest: Backtest) -> None:
    """And what it takes to get it again: data, split, seed, weights."""
    calibrated = calibration(made_up_backtest, made_up_backtest.main)
    plain = backtest_object(made_up_backtest, calibrated, data="tidy", version="1")
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["data"]["issues"] == 39
    assert plain["data"]["left_out"] == 1
    assert plain["split"] == {"rule": "detente deu split 1", "folds": 10}
    assert list(plain["fit_to_all"]["weights"]) == list(FEATURES)
    (mean,) = (one for one in plain["models"] if one["name"] == "mean")
    for part, scores in made_up_backtest.models[2].scores.by.items():
        for name, score in scores.items():
            assert mean["parts"][part][name]["value"] == pytest.approx(score.value, abs=1e-6)
    assert len(plain["fits"]) == 10
    assert set(plain["fits"][0]["pulls"]) == set(made_up_backtest.decisions.actors)


def test_the_page_tells_the_same(made_up_backtest: Backtest) -> None:
    """Every sentence, every heading and figure; nothing from elsewhere, no script."""
    calibrated = calibration(made_up_backtest, made_up_backtest.main)
    page = render_backtest(made_up_backtest, calibrated, data="a <b>", version="1")
    for sentence in sentences(made_up_backtest):
        assert sentence in page
    for heading in HEADINGS.values():
        assert heading in page
    for figure in ("accuracy", "distributions", "pit", "coverage", "reliability", "where"):
        assert f'<figure id="{figure}">' in page
    assert "a &lt;b&gt;" in page
    assert "<script" not in page
    assert made_up_backtest.decisions.digest() in page
