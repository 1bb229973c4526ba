"""detente check: mistakes and findings, in the form asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from detente.cases.opening import open_situation
from detente.errors import Place, Problem, SituationError
from detente.situation.lint import Finding, lint

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2


def check(what: str, form: str, *, strict: bool, forecast: bool) -> int:
    """Print what there is to say about a file; returns the exit code."""
    try:
        opened = open_situation(what)
    except SituationError as error:
        _print_problems(error.problems, form)
        return UNUSABLE
    found = lint(opened.loaded, opened.claims)
    if forecast:
        from detente.cli.doubting import beyond_doubt  # noqa: PLC0415 -- runs the model

        found += beyond_doubt(opened)
    counted = [finding for finding in found if strict or finding.severity == "warning"]
    _print_findings(found, form)
    if form == "full":
        notes = len(found) - sum(finding.severity == "warning" for finding in found)
        print(
            f"{opened.name}: valid; {_some(len(found) - notes, 'warning')}, {_some(notes, 'note')}"
        )
    return FINDINGS if counted else CLEAN


def _some(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _print_problems(problems: Iterable[Problem], form: str) -> None:
    if form == "json":
        print(
            json.dumps(
                {"valid": False, "problems": [_plain_problem(p) for p in problems]}, indent=2
            )
        )
        return
    for problem in problems:
        if form == "github":
            print(_github("error", problem.place, "mistake", str(problem).split(": ", 1)[1]))
        else:
            print(problem, file=sys.stderr)


def _print_findings(found: list[Finding], form: str) -> None:
    if form == "json":
        print(json.dumps({"valid": True, "findings": [_plain(f) for f in found]}, indent=2))
        return
    for finding in found:
        text = f"{finding.address}: {finding.message}; {finding.remedy}"
        if form == "github":
            level = "warning" if finding.severity == "warning" else "notice"
            print(_github(level, finding.place, finding.code, text))
        elif form == "concise":
            print(f"{finding.place}: {finding.code} {finding.message}")
        else:
            print(f"{finding.place}: {finding.severity} {finding.code}: {text}")


def _github(level: str, place: Place, title: str, text: str) -> str:
    """A workflow command; its separators inside texts are escaped."""
    safe = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = place.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={file},line={place.line},col={place.column},title={title}::{safe}"


def _plain_problem(problem: Problem) -> dict[str, object]:
    return {
        **_where(problem.place), "address": problem.address, "found": problem.found,
        "allowed": problem.allowed, "remedy": problem.remedy,
    }  # fmt: skip


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code, "severity": finding.severity, **_where(finding.place),
        "address": finding.address, "message": finding.message, "remedy": finding.remedy,
    }  # fmt: skip


def _where(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}
