"""detente run: from a request to the summary, the JSON or a folder of results."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.answer import Run, answer
from detente.bargaining.protocols import NASH, protocol
from detente.cli.opening import Opened, open_situation
from detente.cli.preparing import prepare
from detente.cli.progress import ready_and_told
from detente.report.result_json import result_object
from detente.report.terminal import print_run
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked to run."""

    what: str
    rounds: tuple[str, ...]
    readings: tuple[str, ...]
    draws: int
    seed: int
    settings: tuple[str, ...]


def run(request: Request, protocol_name: str, *, as_json: bool, out: Path | None) -> None:
    """Run and print; with ``out``, write everything there as well."""
    protocol(protocol_name)
    opened = open_situation(request.what)
    prepare(opened, out)
    result = make_run(opened, request, protocol_name)
    if out is not None:
        from detente.cli.saving import save_run  # noqa: PLC0415 -- draws pictures: slow to import

        save_run(opened, result, out)
    if as_json:
        print(json.dumps(result_object(result, opened.name), indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_run(console, result, opened.name, __version__)
    if out is not None:
        console.print(f"\nReport: {out / 'report.html'}", soft_wrap=True)


def make_run(opened: Opened, request: Request, protocol_name: str = NASH) -> Run:
    """Run what was asked, showing progress on standard error."""
    patch = read_settings(opened.situation, request.settings)
    wanted = scenarios(
        opened.situation, opened.claims,
        rounds=request.rounds, readings=request.readings, patch=patch,
    )  # fmt: skip
    plan = Plan(request.draws, request.seed)
    with ready_and_told() as told:
        return answer(
            opened.situation, opened.claims, wanted, plan, progress=told, protocol=protocol_name
        )
