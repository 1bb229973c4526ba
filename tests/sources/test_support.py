"""What rests on which claims."""

from __future__ import annotations

from detente.sources.claims import Claims
from detente.sources.support import (
    Repeat,
    by_origin,
    counted,
    disbelieved,
    repeats,
    resting_only_on,
    supported,
)

ADDRESSES = [
    "pressures.lake.severity",
    "pressures.lake.felt",
    "pressures.lakeside.felt",
    "power.north",
]


def claims() -> Claims:
    def one(speakers: list[str], supports: list[str]) -> dict[str, object]:
        return {
            "says": "Said.", "speakers": speakers, "kind": "assumption",
            "strength": "unknown", "grade": "F6", "supports": supports,
        }  # fmt: skip

    return Claims.model_validate(
        {
            "format": "claims/1",
            "sources": {"letter": {"title": "T", "author": "A", "kind": "letter"}},
            "speakers": {n: {"name": n, "sort": "author"} for n in ("fisher", "warden", "paper")},
            "claims": {
                "low": one(["fisher", "warden"], ["pressures.lake"]),
                "again": one(["paper", "warden"], ["pressures.lake.felt"]),
                "seen": one(["fisher"], ["pressures.lake.felt"])
                | {"source": "letter", "kind": "fact"},
                "strong": one(["fisher"], ["power"]),
                "stronger": one(["fisher"], ["power.north"]),
            },
        }
    )


def test_prefixes_reach_what_is_beneath_them_and_nothing_else() -> None:
    assert supported(claims(), ADDRESSES) == {
        "pressures.lake.severity": ("low",),
        "pressures.lake.felt": ("low", "again", "seen"),
        "pressures.lakeside.felt": (),
        "power.north": ("strong", "stronger"),
    }
    assert supported(claims(), ADDRESSES, {"seen"})["pressures.lake.felt"] == ("seen",)


def test_an_address_falls_only_with_its_last_claim() -> None:
    warden = by_origin(claims(), "warden")
    assert warden == ("low", "again")
    assert resting_only_on(claims(), warden, ADDRESSES) == {"pressures.lake.severity"}
    assert resting_only_on(claims(), (*warden, "seen"), ADDRESSES) == {
        "pressures.lake.severity",
        "pressures.lake.felt",
    }
    assert resting_only_on(claims(), (), ADDRESSES) == frozenset()


def test_claims_that_do_not_count_hold_nothing_up() -> None:
    counting = {"low", "again"}
    assert "pressures.lake.felt" in resting_only_on(claims(), counting, ADDRESSES, counting)


def test_disbelief_goes_by_origin_source_and_id_not_by_who_passes_it_on() -> None:
    assert disbelieved(claims(), speakers=["warden"]) == {"low", "again"}
    assert disbelieved(claims(), speakers=["paper"]) == frozenset()
    assert disbelieved(claims(), sources=["letter"], ids=["strong"]) == {"seen", "strong"}


def test_a_readings_own_claims_count_in_no_other_reading() -> None:
    own = {"north": ["low", "strong"], "south": ["again"]}
    assert counted(claims(), own, "north") == {"low", "strong", "stronger", "seen"}
    assert counted(claims(), own, "south") == {"again", "stronger", "seen"}
    assert counted(claims(), own, None) == {"stronger", "seen"}


def test_one_origin_passed_on_by_two_is_noted_and_one_speaker_twice_is_not() -> None:
    assert repeats(claims(), ADDRESSES) == (
        Repeat("pressures.lake.felt", "warden", ("low", "again")),
    )
