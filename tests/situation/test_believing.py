"""What is left of a scenario when claims are taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.situation.quantities import Quantity, neutral_of, read
from detente.situation.scenarios import Scenario, scenarios, without
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.sources.claims import Claims
from detente.sources.removal import Removal, single, speaker, together


def left(
    situation: Situation,
    claims: Claims,
    removal: Removal,
    reading: str,
    patch: dict[str, Quantity] | None = None,
) -> tuple[Scenario, Scenario]:
    """The spring meeting under a reading, with everything and without ``removal``."""
    found = without(
        situation, claims, [removal], rounds=["spring"], readings=[reading], patch=patch
    )
    (base, (after,)) = found[0]
    return base, after


def moved(base: Scenario, after: Scenario) -> set[str]:
    return {
        a for a in base.values if base.values[a].quantity.shape != after.values[a].quantity.shape
    }


def test_with_everything_in_place_a_scenario_is_the_one_that_is_run(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    base, _ = left(three_acts, bridge_claims, single("idle"), "calm")
    assert [base] == scenarios(three_acts, bridge_claims, rounds=["spring"], readings=["calm"])


def test_what_is_left_out_of_every_scenario_is_gone_before_each_removal(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    """As if both had been taken away together; and a run without it is that base."""
    away, more = single("time-works"), speaker(bridge_claims, "scouts")
    ((base, (after,)),) = without(
        three_acts, bridge_claims, [more], rounds=["spring"], readings=["dark"], left_out=away
    )
    assert base == left(three_acts, bridge_claims, away, "dark")[1]
    assert after == left(three_acts, bridge_claims, together([away, more]), "dark")[1]
    assert [base] == scenarios(
        three_acts, bridge_claims, rounds=["spring"], readings=["dark"], left_out=away
    )


def test_what_rests_on_nothing_else_falls_back_to_the_neutral_value_of_its_kind(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    base, after = left(three_acts, bridge_claims, single("time-works"), "dark")
    assert moved(base, after) == {"outlook.east"}
    value = after.values["outlook.east"]
    assert value.quantity.shape == neutral_of(value.kind).shape


def test_what_another_origin_says_as_well_stays(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    """Under the pessimist, two speak of suspicion: the scouts' word alone moves it not."""
    base, after = left(three_acts, bridge_claims, speaker(bridge_claims, "scouts"), "dark")
    raid = {f"runup.incidents.raid.{what}" for what in ("rate", "severity", "staged")}
    assert moved(base, after) == raid
    base, after = left(three_acts, bridge_claims, speaker(bridge_claims, "scouts"), "calm")
    assert moved(base, after) == raid | {"escalation.suspicion.east"}


def test_a_readings_patch_is_void_without_its_own_claims_and_the_ground_shows(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    """The optimist's word gone, the base's range shows, which is the analyst's; then neither."""
    base, after = left(three_acts, bridge_claims, single("word-good"), "calm")
    assert base.values["trust.east.west"].quantity.fixed == 0.7
    assert after.values["trust.east.west"].quantity.span == (0.3, 0.6)
    both = together([single("word-good"), single("word-open")])
    _, after = left(three_acts, bridge_claims, both, "calm")
    assert after.values["trust.east.west"].quantity.span == (0.0, 1.0)
    base, after = left(three_acts, bridge_claims, single("word-open"), "calm")
    assert not moved(base, after)  # the reading's own claim carries what it patches


def test_what_a_reading_patches_without_a_claim_is_the_analysts_and_stays(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    every = together(single(name) for name in bridge_claims.claims)
    base, after = left(three_acts, bridge_claims, every, "calm")
    assert after.values["runup.tension"] == base.values["runup.tension"]


def test_the_command_line_has_the_last_word(three_acts: Situation, bridge_claims: Claims) -> None:
    wanted = read(0.9, base_values(three_acts)["outlook.east"].kind)
    _, after = left(
        three_acts, bridge_claims, single("time-works"), "calm", patch={"outlook.east": wanted}
    )
    assert after.values["outlook.east"].quantity == wanted


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)), st.sampled_from(["calm", "dark"]))
def test_taking_more_away_never_brings_anything_back(
    three_acts: Situation, bridge_claims: Claims, some: set[int], more: set[int], reading: str
) -> None:
    """An address that fell stays fallen, whatever else goes, but for a patch that is void."""
    names = list(bridge_claims.claims)
    patched = set(three_acts.readings[reading].set)

    def gone(which: set[int]) -> Removal:
        taken = frozenset(names[i] for i in which)
        return Removal("several", "some", taken)

    base, first = left(three_acts, bridge_claims, gone(some), reading)
    _, second = left(three_acts, bridge_claims, gone(some | more), reading)
    assert moved(base, first) - patched <= moved(base, second)


def test_what_a_reading_refuses_stays_refused(three_acts: Situation, bridge_claims: Claims) -> None:
    """Removing the rest of a pair that the reading half disbelieves fells the address."""
    dark = three_acts.readings["dark"]
    doubt = dark.model_copy(
        update={"disbelieve": dark.disbelieve.model_copy(update={"claims": ("cold",)})}
    )
    sceptical = three_acts.model_copy(update={"readings": {"dark": doubt}})
    base, after = left(sceptical, bridge_claims, single("cold-again"), "dark")
    assert moved(base, after) == {"pressures.winter.severity"}
    assert base.values["pressures.winter.felt"].origin == "reading dark, not believed"


def test_an_unknown_reading_is_refused(three_acts: Situation, bridge_claims: Claims) -> None:
    with pytest.raises(Exception, match="--reading dim"):
        without(three_acts, bridge_claims, [], readings=["dim"])
