"""detente backtest: models held against decisions that were taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.backtest import backtest
from detente.analysis.backtest_calibration import calibration
from detente.analysis.forecasters import forecasters
from detente.cli.preparing import writable
from detente.cli.progress import ready
from detente.ensemble.executors import threads
from detente.files import write_text
from detente.interchange.deu import read_deu
from detente.report.backtest import print_backtest
from detente.report.backtest_json import backtest_object
from detente.spatial.fitting import warm_fitting
from detente.spatial.models import warm_models

NAME = "backtest"


def deu(data: Path, models: Sequence[str], seed: int, *, as_json: bool, out: Path | None) -> None:
    """Score models on Decision-making in the EU, print, and with ``out`` write page and JSON."""
    forecasters(models)
    decisions = read_deu(data)
    if out is not None:
        writable(out)
    with ready(warm=_warm) as teller, threads() as force:
        told = teller.step("Forecasting and fitting")
        found = backtest(decisions, models, executor=force.pool, seed=seed, told=told)
        calibrated = calibration(found, found.main)
    plain = backtest_object(found, calibrated, data=data.name, version=__version__)
    text = json.dumps(plain, indent=2, ensure_ascii=False)
    if out is not None:
        from detente.report.backtest_html import render_backtest  # noqa: PLC0415 -- slow

        page = render_backtest(found, calibrated, data=data.name, version=__version__)
        write_text(out / f"{NAME}.json", text + "\n")
        write_text(out / f"{NAME}.html", page)
    if as_json:
        print(text)
        return
    console = Console(highlight=False)
    print_backtest(console, found, f"{data.name}, seed {seed}, Detente {__version__}")
    if out is not None:
        console.print(f"\nPage: {out / f'{NAME}.html'}", soft_wrap=True)


def _warm() -> None:
    """Compile what forecasts and what fits, or load it."""
    warm_models()
    warm_fitting()
