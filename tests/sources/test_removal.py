"""What goes when something is taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.sources.claims import Claims
from detente.sources.removal import (
    asked,
    below,
    channel,
    group,
    independent,
    removals,
    single,
    source,
    speaker,
    together,
    unjudged,
)
from detente.sources.support import supported

RATE, SEVERITY = "runup.incidents.raid.rate", "pressures.winter.severity"


def test_a_speakers_word_goes_whoever_passes_it_on_and_a_channel_takes_what_comes_through_it(
    bridge_claims: Claims,
) -> None:
    assert speaker(bridge_claims, "scouts").claims == {"warning", "warning-noted"}
    assert speaker(bridge_claims, "office").claims == {"leaflets"}
    assert channel(bridge_claims, "office").claims == {"leaflets", "warning-noted"}
    assert group(bridge_claims, "service").claims == {"warning", "warning-noted"}
    assert source(bridge_claims, "report").claims == {"leaflets", "warning-noted"}


def test_f_and_6_are_missing_values_that_no_floor_removes(bridge_claims: Claims) -> None:
    """D6 falls below C3 by its letter, F3 and C6 do not fall below it by what is missing."""
    assert below(bridge_claims, "C3").claims == {"warning"}
    assert below(bridge_claims, "B2").claims == {
        "time-works", "cold", "cold-again", "warning", "fear-grows", "idle",
    }  # fmt: skip
    assert unjudged(bridge_claims).claims == {
        "warning", "warning-noted", "word-good", "word-open", "fear-grows",
    }  # fmt: skip


def test_a_claim_goes_with_the_repeats_of_one_origin_and_not_with_a_second_sentence(
    bridge_claims: Claims,
) -> None:
    """The scouts' word through letter and report is one; the ferryman's two are two."""
    rests = supported(bridge_claims, [RATE, SEVERITY])
    assert single("warning").leaves(bridge_claims, rests[RATE]) == ()
    assert single("cold").leaves(bridge_claims, rests[SEVERITY]) == ("cold-again",)
    assert source(bridge_claims, "letter").leaves(bridge_claims, rests[RATE]) == ("warning-noted",)
    assert independent(bridge_claims, rests[RATE]) == independent(bridge_claims, rests[SEVERITY])


@given(st.permutations(range(24)), st.integers(2, 6))
def test_removals_do_not_depend_on_their_order(
    bridge_claims: Claims, order: list[int], count: int
) -> None:
    """What is left of any set of claims is the same, taken together or one after another."""
    every = removals(bridge_claims)
    some = [every[index % len(every)] for index in order[:count]]
    names = tuple(bridge_claims.claims)
    left = together(some).leaves(bridge_claims, names)
    assert left == together(some[::-1]).leaves(bridge_claims, names)
    assert set(left) == set.intersection(*(set(r.leaves(bridge_claims, names)) for r in some))


def test_every_source_speaker_and_claim_can_be_taken_away_and_asked_for(
    bridge_claims: Claims,
) -> None:
    every = {(one.sort, one.name) for one in removals(bridge_claims)}
    assert {("claim", name) for name in bridge_claims.claims} <= every
    assert {("source", name) for name in bridge_claims.sources} <= every
    assert {("speaker", name) for name in bridge_claims.speakers} <= every
    for sort, name in every:
        assert asked(bridge_claims, f"{sort}:{name}").sort == sort


@pytest.mark.parametrize("text", ["scouts", "speaker:scout", "grade:G3", "claim:", "source:x"])
def test_what_cannot_be_taken_away_is_said_with_what_can(bridge_claims: Claims, text: str) -> None:
    with pytest.raises(UsageError, match="speaker:NAME"):
        asked(bridge_claims, text)
