"""A scenario as files: Genius XML, or NegMAS YAML and JSON. Each folder appears file by file, whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from ruamel.yaml import YAML

from detente.files import write_text
from detente.interchange.scenario import Profile, Scenario

DOMAIN = "domain"


def write_genius(scenario: Scenario, folder: Path) -> list[Path]:
    """Write ``domain.xml`` and one utility space a party; returns their paths."""
    texts = {DOMAIN: _domain(scenario)}
    for profile in scenario.profiles:
        texts[_file(profile)] = _utility_space(scenario, profile)
    return [_written(folder / f"{name}.xml", text) for name, text in texts.items()]


def write_negmas(scenario: Scenario, folder: Path, suffix: str = ".yaml") -> list[Path]:
    """Write an outcome space and one utility function a party, in YAML or JSON."""
    data = {DOMAIN: _outcome_space(scenario)}
    for profile in scenario.profiles:
        data[_file(profile)] = _utility_function(scenario, profile)
    dump = _json if suffix == ".json" else _yaml
    return [_written(folder / f"{name}{suffix}", dump(body)) for name, body in data.items()]


def _file(profile: Profile) -> str:
    """A name of its own beside the domain's."""
    return f"{profile.name}-profile" if profile.name == DOMAIN else profile.name


def _written(path: Path, text: str) -> Path:
    write_text(path, text)
    return path


def _shares(profile: Profile) -> Iterator[tuple[float, list[float]]]:
    """Each issue's weight, its span, and its values from 0 to 1."""
    for row in profile.worth:
        span = max(row) - min(row)
        yield span, [(x - min(row)) / span if span else 0.0 for x in row]


def _domain(scenario: Scenario) -> str:
    lines = ["<negotiation_template>", f'<utility_space number_of_issues="{len(scenario.issues)}">']
    kind = 'etype="objective" type="objective" description=""'
    lines += [f'<objective index="0" {kind} name={quoteattr(scenario.name)}>']
    for k, issue in enumerate(scenario.issues, start=1):
        lines += [_issue_tag(k, issue.name)]
        lines += [
            f'<item index={quoteattr(str(i))} value={quoteattr(value)} cost="0" description=""/>'
            for i, value in enumerate(issue.values, start=1)
        ]
        lines += ["</issue>"]
    return _lines([*lines, "</objective>", "</utility_space>", "</negotiation_template>"])


def _issue_tag(index: int, name: str) -> str:
    kind = 'etype="discrete" type="discrete" vtype="discrete"'
    return f'<issue index="{index}" {kind} name={quoteattr(name)}>'


def _utility_space(scenario: Scenario, profile: Profile) -> str:
    lines = [f'<utility_space number_of_issues="{len(scenario.issues)}">']
    lines += ['<objective index="0" etype="objective" type="objective" description="" name="any">']
    weights: list[str] = []
    for k, (issue, (weight, row)) in enumerate(
        zip(scenario.issues, _shares(profile), strict=True), start=1
    ):
        lines += [_issue_tag(k, issue.name)]
        lines += [
            f'<item index="{i}" value={quoteattr(value)} evaluation="{x!r}"/>'
            for i, (value, x) in enumerate(zip(issue.values, row, strict=True), start=1)
        ]
        lines += ["</issue>"]
        weights += [f'<weight index="{k}" value="{weight!r}"/>']
    tail = ["</objective>", '<discount_factor value="1.0"/>']
    tail += [f'<reservation value="{profile.reserved!r}"/>', "</utility_space>"]
    return _lines([*lines, *weights, *tail])


def _lines(lines: list[str]) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def _outcome_space(scenario: Scenario) -> dict[str, Any]:
    return {
        "type": "CartesianOutcomeSpace",
        "name": scenario.name,
        "issues": [
            {"type": "CategoricalIssue", "name": issue.name, "values": list(issue.values)}
            for issue in scenario.issues
        ],
    }


def _utility_function(scenario: Scenario, profile: Profile) -> dict[str, Any]:
    shares = list(_shares(profile))
    return {
        "type": "LinearAdditiveUtilityFunction",
        "name": profile.name,
        "weights": [weight for weight, _ in shares],
        "values": [
            {"type": "TableFun", "mapping": dict(zip(issue.values, row, strict=True))}
            for issue, (_, row) in zip(scenario.issues, shares, strict=True)
        ],
        "reserved_value": profile.reserved,
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _yaml(data: dict[str, Any]) -> str:
    writer = YAML()
    writer.default_flow_style = False
    writer.version = (1, 1)  # what NegMAS reads: yes and no are quoted
    text = StringIO()
    writer.dump(data, text)  # pyright: ignore[reportUnknownMemberType]
    return text.getvalue().removeprefix("%YAML 1.1\n---\n")
