"""What a number rests on: whose word stands behind an address and how much it moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from detente.analysis.support import by_basis, is_idle, what_it_rests_on
from detente.analysis.uncertainty import tangible_chance
from detente.ensemble.chunk import Outcomes
from detente.model.causes import HELD, IN_TENSION
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded
from detente.situation.quantities import default_of, read
from detente.situation.values import base_values, patched
from detente.sources.claims import Claims

PLAN = Plan(2000, 9)
SPEAKERS = {
    "writer": "author",
    "reader": "commenter",
    "spies": "service",
    "office": "record",
    "me": "analyst",
}


def _claim(speakers: list[str], supports: str) -> dict[str, object]:
    return {
        "says": "It is so.", "speakers": speakers, "kind": "allegation", "strength": "probable",
        "grade": "C3", "supports": [supports],
    }  # fmt: skip


CLAIMS = Claims.model_validate(
    {
        "format": "claims/1",
        "sources": {},
        "speakers": {name: {"name": name, "sort": sort} for name, sort in SPEAKERS.items()},
        "claims": {
            "c1": _claim(["writer"], "outlook.north"),
            "c2": _claim(["writer", "spies"], "pressures.strike"),
            "c3": _claim(["reader"], "trust.isle"),
            "c4": _claim(["office"], "runup.tension"),
            "c5": _claim(["me"], "influence.guild.north"),
            "c6": _claim(["reader"], "outlook.north"),
            "c7": _claim(["reader"], "hardening.south"),
        },
    }
)


def test_each_address_has_the_basis_of_the_best_placed_word(every_term: Loaded) -> None:
    """Author, quoted third party, commenter, record, analyst, default, --set and disbelief."""
    base = base_values(every_term.situation)
    values = patched(base, {"power.south": base["power.north"].quantity}, "--set")
    values = patched(
        values, {"leverage.isle": base["power.north"].quantity}, "reading x, not believed"
    )
    counting = [name for name in CLAIMS.claims if name != "c7"]
    n = 50
    rests = what_it_rests_on(values, Plan(n, 1), np.ones(n), CLAIMS, counting, (), {})
    by_address = {rest.address: rest for rest in rests}
    expected = {
        "outlook.north": "author",
        "pressures.strike.severity": "quoted",
        "trust.isle.south": "commenter",
        "runup.tension": "record",
        "influence.guild.north": "analyst",
        "hardening.south": "analyst",  # its claim does not count in this reading
        "trust.south.isle": "default",
        "power.south": "set here",
        "leverage.isle": "not believed",
    }
    assert {a: by_address[a].basis for a in expected} == expected
    assert by_address["outlook.north"].claims == ("c1", "c6")
    assert by_address["outlook.north"].value == "low (0.05..0.1)"


def test_the_address_that_decides_moves_the_answer_and_others_do_not(every_term: Loaded) -> None:
    """The chance is one column and a quarter of another: shares 16/17 and 1/17, the rest none."""
    values = base_values(every_term.situation)
    draws = Draws(values, PLAN, 0, PLAN.draws)
    outlook, trust = draws.value("outlook.north"), draws.value("trust.isle.south")
    chance = (outlook - 0.05) / 0.05 * 0.8 + (trust - 0.2) / 0.2 * 0.2
    rests = what_it_rests_on(values, PLAN, chance, CLAIMS, CLAIMS.claims, (), {})
    assert [rest.address for rest in rests[:2]] == ["outlook.north", "trust.isle.south"]
    moves = {rest.address: rest.moves for rest in rests}
    assert moves["outlook.north"] == pytest.approx(16 / 17, abs=0.02)
    assert moves["trust.isle.south"] == pytest.approx(1 / 17, abs=0.02)
    others = [
        m for a, m in moves.items() if m is not None and not a.startswith(("outlook.n", "trust.i"))
    ]
    assert max(others) < 0.01
    assert moves["escalation.horizon"] is None  # certain, so it moves nothing
    shares = by_basis(rests)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["author"] > shares["commenter"] > 0.04
    assert list(moves) == sorted(moves, key=lambda a: (-(moves[a] or 0.0), a))


def test_an_answer_nothing_moves_rests_on_nothing(every_term: Loaded) -> None:
    """A constant chance: all shares are zero and the summary is empty."""
    values = base_values(every_term.situation)
    rests = what_it_rests_on(values, Plan(40, 1), np.ones(40), None, (), (), {})
    assert {rest.moves for rest in rests} <= {0.0, None}
    assert by_basis(rests) == {}


def test_what_moves_only_the_meeting_moves_the_answer(
    every_term: Loaded, make_outcomes: Callable[..., Outcomes]
) -> None:
    """A value that decides whether they meet counts, though the deal at the table is the same."""
    values = base_values(every_term.situation)
    outlook = Draws(values, PLAN, 0, PLAN.draws).value("outlook.north")
    cause = np.where(outlook > np.median(outlook), HELD, IN_TENSION)
    outcomes = make_outcomes([1] * PLAN.draws, cause=cause)
    chance = tangible_chance(outcomes, np.ones(PLAN.draws))
    rests = what_it_rests_on(values, PLAN, chance, CLAIMS, CLAIMS.claims, (), {})
    assert rests[0].address == "outlook.north"
    assert rests[0].moves == pytest.approx(0.75, abs=0.02)  # rank against its own upper half
    assert (rests[1].moves or 0.0) < 0.01


def test_ranks_kept_from_another_scenario_change_nothing(every_term: Loaded) -> None:
    """Scenarios share random numbers, so the ranks of one serve the next."""
    first = base_values(every_term.situation)
    wide = read("0..1", first["outlook.north"].kind)
    second = patched(first, {"outlook.north": wide}, "round x")
    draws = Draws(second, PLAN, 0, PLAN.draws)
    chance = draws.value("outlook.north")
    kept: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    what_it_rests_on(first, PLAN, chance, None, (), (), kept)
    assert what_it_rests_on(second, PLAN, chance, None, (), (), kept) == what_it_rests_on(
        second, PLAN, chance, None, (), (), {}
    )


def test_what_the_file_is_silent_on_is_left_out(every_term: Loaded) -> None:
    """Certain defaults, and preferences on issues that do not matter to a party, are idle."""
    values = base_values(every_term.situation)
    idle = {a for a, v in values.items() if is_idle(a, v, values)}
    assert {"salience.hawks.fish", "preferences.hawks.fish.quota", "outlook.hawks"} <= idle
    assert not {"outlook.north", "preferences.isle.strait.shared", "trust.south.isle"} & idle
    for address in idle:
        kind = values[address].kind
        assert address.startswith("preferences") or values[address].quantity == default_of(kind)


def test_what_a_reading_patches_rests_on_its_own_claims_alone(every_term: Loaded) -> None:
    """The author's claim for an address is no support for what a reader puts there instead."""
    base = base_values(every_term.situation)
    quantity = base["power.north"].quantity
    values = patched(base, {"outlook.north": quantity}, "reading doubt")
    kept = {
        own: {
            rest.address: rest
            for rest in what_it_rests_on(
                values, Plan(50, 1), np.ones(50), CLAIMS, CLAIMS.claims, own, {}
            )
        }["outlook.north"]
        for own in (("c6",), ())
    }
    assert (kept["c6",].basis, kept["c6",].claims) == ("commenter", ("c6",))
    assert (kept[()].basis, kept[()].claims) == ("analyst", ())


def test_a_default_is_nobodys_word(every_term: Loaded) -> None:
    """A claim about a whole section does not speak for what the file never stated in it."""
    values = base_values(every_term.situation)
    rests = what_it_rests_on(values, Plan(50, 1), np.ones(50), CLAIMS, CLAIMS.claims, (), {})
    silent = [rest for rest in rests if rest.origin == "default"]
    assert silent
    assert all(rest.basis == "default" and not rest.claims for rest in silent)
