"""Findings about valid files: each rule fires on its case and only there."""

from __future__ import annotations

import pytest

from detente.situation.lint import RULES, lint
from detente.situation.load import loads
from detente.sources.claims import Claims

CLEAN = """detente: 1
title: T
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
issues:
  land:
    status_quo: kept
    options: {kept: it stays, sold: it is sold}
    salience: {a: high, b: low}
    preferences: {a: {kept: resists, sold: seeks}, b: {kept: favours, sold: resists}}
pressures:
  - {id: debt, on: a, severity: low, relieved_by: {land.sold: low}}
rounds:
  first: {title: First}
  second: {title: Second, set: {outlook.a: low}}
readings:
  bold: {title: Bold, speaker: S, set: {outlook.b: low}}
tangible: {any_of: [land.sold]}
"""
CLAIM = {
    "says": "It is so.", "speakers": ["s"], "kind": "fact", "strength": "certain", "grade": "B2",
}  # fmt: skip


def claims(**supports: list[str]) -> Claims:
    """One speaker's claims, by id."""
    return Claims.model_validate(
        {
            "format": "claims/1",
            "sources": {},
            "speakers": {
                "s": {"name": "S", "sort": "author"},
                "t": {"name": "T", "sort": "media"},
            },
            "claims": {name: {**CLAIM, "supports": stems} for name, stems in supports.items()},
        }
    )


def test_a_complete_file_has_no_findings() -> None:
    """Nothing to say about a file with nothing amiss."""
    assert lint(loads(CLEAN.encode()), None) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "address"),
    [
        (", relieved_by: {land.sold: low}", "", "DT101", "13:5", "pressures.debt"),
        ("sold: it is sold}", "sold: it is sold, lost: it is lost}", "DT106", None, "preferences.a.land"),
        ("set: {outlook.b: low}", "set: {outlook.b: none}", "DT103", "18:3", "readings.bold"),
        ("{outlook.a: low}", "{}", "DT107", "15:3", "rounds.first"),
        ("b: {kept: favours, sold: resists}", "b: {kept: favours}", "DT106", "11:52", "preferences.b.land"),
        ("tangible: {any_of: [land.sold]}\n", "", "DT108", "1:1", "tangible"),
    ],
)  # fmt: skip
def test_each_rule_fires_on_its_case(
    old: str, new: str, code: str, place: str | None, address: str
) -> None:
    """One change, findings of one code, at the place and address of what is amiss."""
    assert CLEAN.count(old) == 1
    found = lint(loads(CLEAN.replace(old, new).encode(), "s.yaml"), None)
    assert {finding.code for finding in found} == {code}
    assert found[0].address == address
    assert found[0].severity == RULES[code][0]
    assert found[0].remedy
    if place:
        assert str(found[0].place) == f"s.yaml:{place}"


def test_an_option_nobody_wants_is_found_unless_it_serves_another_end() -> None:
    """All reject it: a finding; where it relieves a pressure there is none."""
    text = CLEAN.replace("relieved_by: {land.sold: low}", "relieved_by: {gold.paid: low}").replace(
        "pressures:",
        "  gold:\n    status_quo: none\n    options: {none: no, paid: yes it is, twice: more}\n"
        "    salience: {a: low}\n    preferences: {a: {none: seeks, paid: rejects, twice: rejects}}\n"
        "pressures:",
    )
    found = lint(loads(text.encode()), None)
    assert [(f.code, f.address) for f in found] == [("DT102", "issues.gold.options.twice")]


def test_values_without_claims_and_repeated_sources_are_noted() -> None:
    """What rests on no claim, by its first two parts; two claims of one origin for one address."""
    stems = ["salience", "preferences", "pressures.debt"]
    assert lint(loads(CLEAN.encode()), claims(c1=stems)) == []
    some = lint(loads(CLEAN.encode()), claims(c1=["salience", "preferences.a", "pressures.debt"]))
    assert [(f.code, f.address) for f in some] == [("DT104", "preferences.b")]
    assert some[0].severity == "note"
    same = claims(c1=stems, c2=["salience.b"])
    assert lint(loads(CLEAN.encode()), same) == []  # one speaker saying it twice in one text
    passed_on = same.claims["c2"].model_copy(update={"speakers": ("t", "s")})
    told = same.model_copy(update={"claims": {**same.claims, "c2": passed_on}})
    twice = lint(loads(CLEAN.encode()), told)
    assert [(f.code, f.address) for f in twice] == [("DT105", "salience.b.land")]
    assert "c1, c2 all go back to s" in twice[0].message


def test_codes_are_stable() -> None:
    """A code keeps its meaning for good; new rules get new codes."""
    assert {code: rule[0] for code, rule in RULES.items()}.items() >= {
        "DT101": "warning", "DT102": "warning", "DT103": "warning", "DT104": "note",
        "DT105": "note", "DT106": "warning", "DT107": "warning", "DT108": "warning",
        "DT201": "warning",
    }.items()  # fmt: skip


def test_open_candidates_are_counted_and_named() -> None:
    """They load and count for nothing, so whoever checks the file is told of them."""
    body = claims(done=["outlook.a"]).model_dump(by_alias=True, mode="json")
    body["claims"]["s1-1"] = {"says": "", "speakers": ["s"]}
    found = lint(loads(CLEAN.encode()), Claims.model_validate(body))
    told = [finding for finding in found if finding.code == "DT109"]
    assert [finding.message for finding in told] == ["1 entry is open and counts for nothing: s1-1"]
    assert told[0].severity == "note"


EVENT = """events:
  - {id: met, date: 2020-01-02, round: first, outcome: held, says: They met., source: Record}
"""


@pytest.mark.parametrize(
    ("more", "fires"),
    [
        (EVENT, False),  # with one reading there is nothing to weigh
        (EVENT + "", True),
        (EVENT + "as_of: 2020-01-01\n", False),
    ],
)
def test_events_without_a_date_of_the_account_are_found(more: str, fires: bool) -> None:
    """Only where there are readings to weigh and nothing says what they were written knowing."""
    text = CLEAN + more
    if fires or "as_of" in more:
        text = text.replace(
            "readings:\n", "readings:\n  calm: {title: Calm, speaker: S, set: {outlook.b: 0.1}}\n"
        )
    codes = {finding.code for finding in lint(loads(text.encode()), None)}
    assert ("DT110" in codes) is fires
