"""Checks that need the whole file: circles, sums, repeats, what can never be met."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import SituationError
from detente.situation.load import loads

FILE = """detente: 1
title: T
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
  s: {name: S, role: spoiler}
issues:
  i: {status_quo: n, options: {n: "", x: "", y: ""}, salience: {a: low, b: low, s: low}}
  j: {status_quo: n, options: {n: "", x: "", y: ""}, salience: {a: low}}
  k: {status_quo: n, options: {n: "", x: "", y: ""}, salience: {b: low}}
"""


def found(more: str) -> list[str]:
    """What is found amiss with ``more`` at the end of the file, without places."""
    try:
        loads((FILE + more).encode(), "s")
    except SituationError as error:
        return [problem.found for problem in error.problems]
    return []


LINKS = "links: [{id: p, if: i.x, requires: j.x}, {id: q, if: [j.x, j.y], requires: [i.y, k.x], match: any}, LAST]\n"


@pytest.mark.parametrize(
    ("last", "circle"),
    [
        ("{id: r, if: k.x, requires: i.x}", "i.x requires j.x requires k.x"),
        ("{id: r, if: k.y, requires: i.x}", None),
        ("{id: r, if: k.x, excludes: i.x}", None),
        ("{id: r, if: i.y, requires: j.y}", "i.y requires j.y"),
    ],
)
def test_requirements_that_run_in_a_circle_are_found(last: str, circle: str | None) -> None:
    """Also over three links; exclusions and other options make no circle."""
    faults = found(LINKS.replace("LAST", last))
    if circle is None:
        assert faults == []
    else:
        (fault,) = faults
        assert fault.startswith("the links run in a circle: ")
        ring = fault.removeprefix("the links run in a circle: ").split(" requires ")
        assert ring[0] == ring[-1]
        assert set(ring) == set(circle.split(" requires "))


@pytest.mark.parametrize(
    ("link", "never"),
    [
        ("{id: p, if: i.x, requires: i.y}", True),
        ("{id: p, if: i.x, requires: [i.y, j.x]}", False),
        ("{id: p, if: i.x, requires: [i.y, j.x], match: all}", True),
        ("{id: p, if: i.x, requires: [j.x, j.y], match: all}", True),
        ("{id: p, if: i.x, requires: [j.x, j.y]}", False),
        ("{id: p, if: [i.x, k.x], requires: i.y}", False),
    ],
)
def test_a_requirement_that_no_package_meets_is_found(link: str, never: bool) -> None:
    """One issue takes one option."""
    assert ("an issue would need two options at once" in found(f"links: [{link}]\n")) == never


@pytest.mark.parametrize(
    ("shares", "most"),
    [
        ("{i.x: 0.6, i.y: 0.7, j.x: 0.3}", None),  # one option an issue: at most 0.7 + 0.3
        ("{i.x: 0.6, i.y: 0.7, j.x: 0.3, k.x: 0.1}", "110%"),
        ("{i.x: medium, j.x: medium}", "120%"),  # a range counts at its highest
        ("{i.x: 0.4..0.5, j.x: 0.5}", None),
    ],
)
def test_shares_are_summed_over_the_best_package(shares: str, most: str | None) -> None:
    """Relief and stability alike: at most the whole in one package."""
    relief = found(f"pressures: [{{id: p, on: s, severity: low, relieved_by: {shares}}}]\n")
    stability = found(f"escalation: {{removed_by: {shares}}}\n")
    assert relief == ([f"one package could relieve {most} of p"] if most else [])
    assert stability == ([f"one package could remove {most} of the risk"] if most else [])


def test_sums_are_checked_under_every_patch() -> None:
    """Shares that are sound as written but too much in a round are found there."""
    more = (
        "pressures: [{id: p, on: a, severity: low, relieved_by: {i.x: 0.5, j.x: 0.5}}]\n"
        "rounds: {r: {title: R, set: {pressures.p.relieved_by.i.x: 0.8}}}\n"
        "readings: {q: {title: Q, speaker: S, set: {salience.b.i: none, salience.b.k: none}}}\n"
    )
    assert found(more) == [
        "one package could relieve 130% of p in r",
        "nothing on the table matters to b in q",
    ]


def test_influence_on_one_actor_is_at_most_the_whole() -> None:
    """Weights at their highest, summed by whom they move."""
    bonds = "influence: [{from: s, to: a, weight: 0.5..0.7}, {from: b, to: a, weight: WEIGHT}]\n"
    assert found(bonds.replace("WEIGHT", "0.3")) == []
    assert found(bonds.replace("WEIGHT", "0.31")) == [
        "others could count for 101% of a's judgement"
    ]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ("links: [{id: p, if: i.x, requires: j.x}, {id: p, if: i.y, requires: k.x}]\n", "p"),
        ("red_lines: [{actor: a, option: i.x, cost: low}, {actor: a, option: i.x, absolute: likely}]\n", "a i.x"),
        ("influence: [{from: s, to: a, weight: low}, {from: s, to: a, weight: low}]\n", "s to a"),
        ("pressures: [{id: p, on: a, severity: low}, {id: p, on: b, severity: low}]\n", "p"),
    ],
)  # fmt: skip
def test_an_address_written_twice_is_found(more: str, name: str) -> None:
    """Two entries that would share an address."""
    assert found(more) == [f"{name} stands twice"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("misreading: {s: low}\n", "s is not a principal"),
        ("leverage: {a: low}\n", "a is not a consenter"),
        ("outlook: {nobody: low}\n", "no actor is called nobody"),
        ("red_lines: [{actor: a, option: i.x}]\n", "a red line without a price"),
        ("links: [{id: p, if: i.x, with: j.x}]\n", "found with without worth"),
        ("links: [{id: p, if: i.x, requires: j.x, worth: {a: low}}]\n", "found worth without with"),
        (
            "links: [{id: p, if: i.x, requires: j.x, excludes: k.x}]\n",
            "found requires and excludes",
        ),
        ("tangible: {all_of: [i.z]}\n", "i has no option z"),
        ("escalation: {removed_by: {z.x: low}}\n", "no issue is called z"),
        ("influence: [{from: a, to: a, weight: low}]\n", "a influences itself"),
        ("trust: {a: {z: low}}\n", "no actor is called z"),
    ],
)
def test_what_belongs_to_another_role_or_to_nobody_is_found(more: str, message: str) -> None:
    """Names must exist and have the role that the section is about."""
    assert found(more) == [message]


ROAD = """runup:
  incidents: [{id: raid, rate: 1, severity: low}]
  recorded: [{id: shots, date: 2024-01-05, severity: low}]
"""


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("  sabotage: [{by: a, kind: raid, capability: 1}]\n", "a is no spoiler"),
        ("  sabotage: [{by: z, kind: raid, capability: 1}]\n", "no actor is called z"),
        (
            "  sabotage: [{by: s, kind: rade, capability: 1}]\n",
            "no kind of incident is called rade",
        ),
        (
            "  sabotage: [{by: s, kind: raid, capability: 1}, {by: s, kind: raid, capability: 2}]\n",
            "s by raid stands twice",
        ),
        ("  calling_off: {least: {s: low}}\n", None),
        ("  calling_off: {least: {s: unlikely}}\n", "s is no principal"),
        ("  calling_off: {foresight: {z: high}}\n", "no actor is called z"),
        ("  calling_off: {least: {a: unlikely}, foresight: {b: high}}\n", ""),
    ],
)
def test_what_a_run_up_names_must_be_there_and_have_its_role(
    more: str, message: str | None
) -> None:
    """Spoilers sabotage, by kinds of incident that exist; principals stay away."""
    faults = found(ROAD + more)
    if message is None:  # a magnitude is no chance: read before references are
        assert len(faults) == 1
        assert "'low'" in faults[0]
    else:
        assert faults == ([message] if message else [])


@pytest.mark.parametrize("head", ["incidents", "recorded"])
def test_who_is_accused_must_be_an_actor_and_an_incident_stands_once(head: str) -> None:
    """Whether it has happened or may come."""
    when = {"incidents": "rate: 1", "recorded": "date: 2024-01-05"}[head]
    entry = f"{{id: x, {when}, severity: low, accused: [ACTOR]}}"
    assert found(f"runup: {{{head}: [{entry.replace('ACTOR', 'a, s')}]}}\n") == []
    assert found(f"runup: {{{head}: [{entry.replace('ACTOR', 'a, z')}]}}\n") == [
        "no actor is called z"
    ]
    twice = ", ".join([entry.replace("ACTOR", "a")] * 2)
    assert found(f"runup: {{{head}: [{twice}]}}\n") == ["x stands twice"]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ("announced: 2024-03-01, planned: 2024-03-01", None),
        ("announced: 2024-03-01, planned: 2024-02-29", "meets on 2024-02-29, before it is"),
        ("announced: 2024-03-01, met: 2024-02-29", "meets on 2024-02-29, before it is"),
        ("announced: 2024-03-01, planned: 2024-03-05, met: 2024-03-20", None),
        ("planned: 2024-02-01", None),
    ],
)
def test_a_meeting_is_announced_before_it_takes_place(dates: str, message: str | None) -> None:
    """The same day will do; a round without both dates is nothing to check."""
    faults = found(f"rounds: {{r: {{title: R, {dates}}}}}\n")
    assert [fault.startswith(message or "?") for fault in faults] == ([True] if message else [])


def test_nor_do_they_meet_before_the_announcement_where_a_day_was_planned() -> None:
    """Planned after the announcement, but said to have met before it."""
    dates = "announced: 2024-03-01, planned: 2024-03-05, met: 2024-02-20"
    assert len(found(f"rounds: {{r: {{title: R, {dates}}}}}\n")) == 1


def test_an_event_does_not_end_before_it_begins() -> None:
    """And belongs to a round of the file."""
    rounds = "rounds: {r: {title: R}}\n"
    event = "events: [{id: e, date: 2024-03-02, until: UNTIL, round: ROUND, outcome: held, says: x, source: y}]\n"
    assert found(rounds + event.replace("UNTIL", "2024-03-02").replace("ROUND", "r")) == []
    (fault,) = found(rounds + event.replace("UNTIL", "2024-03-01").replace("ROUND", "r"))
    assert fault.startswith("ends on 2024-03-01, before 2024-03-02")
    assert found(rounds + event.replace("UNTIL", "2024-03-02").replace("ROUND", "q")) == [
        "no round is called q"
    ]


def test_only_parties_gain_by_two_options_together() -> None:
    """What a link is worth to somebody without a seat would be dropped, so it is refused."""
    text = (Path(__file__).parents[1] / "situations" / "every-term.yaml").read_text("utf-8")
    assert "isle: 0.1}" in text
    with pytest.raises(SituationError, match="guild is no party"):
        loads(text.replace("isle: 0.1}", "isle: 0.1, guild: low}").encode())


def test_a_bystander_wants_nothing_and_moves_nobody() -> None:
    """Salience, preferences and influence of an actor that only appears are refused."""
    text = """
detente: 1
title: t
actors:
  a: {name: A, role: principal}
  b: {name: B, role: principal}
  c: {name: C, role: bystander}
issues:
  k:
    status_quo: no-deal
    options: {no-deal: "", yes-deal: ""}
    salience: {a: high, b: high, c: high}
    preferences: {c: {yes-deal: seeks}}
influence: [{from: c, to: a, weight: low}]
"""
    with pytest.raises(SituationError) as caught:
        loads(text.encode())
    addresses = [p.address for p in caught.value.problems if "c is a bystander" in p.found]
    assert addresses == ["salience.c.k", "preferences.c.k", "influence.c.a.from"]
