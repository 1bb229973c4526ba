"""The hash chain: whatever is done to a log is found, and the entry is named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.chain import GENESIS, Entry, canonical, entry_hash, sealed, verify


def log(length: int, flavour: str = "") -> list[Entry]:
    """A sound log."""
    found: list[Entry] = []
    for number in range(1, length + 1):
        previous = found[-1].hash if found else GENESIS
        body = canonical({"n": number, "flavour": flavour})
        found.append(sealed(number, f"2026-01-01T00:00:{number:02d}", "forecast", body, previous))
    return found


def renumbered(entries: list[Entry]) -> list[Entry]:
    """The same entries as somebody would hide a change of their order."""
    return [replace(entry, number=place) for place, entry in enumerate(entries, 1)]


def test_the_hash_is_the_one_that_is_documented() -> None:
    """SHA-256 of the four fields as JSON with sorted keys, no spaces, ASCII only."""
    told = '{"body":"{\\"a\\":1}","kind":"question","previous":"00","recorded":"2026"}'
    assert (
        entry_hash("2026", "question", '{"a":1}', "00") == hashlib.sha256(told.encode()).hexdigest()
    )
    assert canonical({"b": 0.1, "a": "\u00e9\x00"}) == '{"a":"\\u00e9\\u0000","b":0.1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


@given(st.integers(0, 12))
def test_a_sound_log_has_no_fault(length: int) -> None:
    """Nor does it with any hash of its own noted, the genesis included."""
    entries = log(length)
    for noted in [None, GENESIS, *(entry.hash for entry in entries)]:
        assert verify(entries, noted) == ()


@given(
    st.integers(2, 9), st.data(),
    st.sampled_from(["recorded", "kind", "body", "previous", "hash"]),
)  # fmt: skip
def test_a_changed_field_is_found_and_named(length: int, data: st.DataObject, field: str) -> None:
    """Whichever field of whichever entry it is."""
    entries, at = log(length), data.draw(st.integers(0, length - 1))
    other = "f" * 64 if field in {"previous", "hash"} else getattr(entries[at], field) + " "
    entries[at] = replace(entries[at], **{field: other})
    found = [fault for fault in verify(entries) if fault.flaw == "changed"]
    assert [fault.number for fault in found] == [at + 1]
    assert f"entry {at + 1} (" in str(found[0])


@given(st.integers(2, 9), st.data())
def test_a_change_that_was_hashed_anew_breaks_the_next_link(
    length: int, data: st.DataObject
) -> None:
    """The entry after it no longer follows; both are named."""
    entries, at = log(length), data.draw(st.integers(0, length - 2))
    one = entries[at]
    entries[at] = sealed(one.number, one.recorded, one.kind, '{"n":0}', one.previous)
    (fault,) = verify(entries)
    assert (fault.flaw, fault.number) == ("missing", at + 2)
    assert f"entry {at + 1} was changed" in str(fault)


@given(st.integers(2, 9), st.data(), st.booleans())
def test_a_missing_entry_is_found(length: int, data: st.DataObject, hidden: bool) -> None:
    """Also where the numbers were closed up; the last one where its hash was noted."""
    entries, at = log(length), data.draw(st.integers(0, length - 1))
    noted = entries[-1].hash
    del entries[at]
    left = renumbered(entries) if hidden else entries
    found = verify(left, noted)
    wanted = "truncated" if at == length - 1 else "missing"
    assert [(f.flaw, f.number) for f in found if f.flaw != "renumbered"] == [(wanted, at + 1)]
    assert hidden or at == length - 1 or any(f.flaw == "renumbered" for f in found)


@given(st.integers(2, 9), st.data())
def test_an_inserted_entry_is_found_and_named(length: int, data: st.DataObject) -> None:
    """It may be sound in itself and follow the one before it."""
    entries, at = log(length), data.draw(st.integers(1, length - 1))
    strange = sealed(0, "2026", "forecast", '{"n":"x"}', entries[at - 1].hash)
    (fault,) = verify(renumbered([*entries[:at], strange, *entries[at:]]))
    assert (fault.flaw, fault.number) == ("inserted", at + 1)
    assert f"entry {at + 1} was inserted" in str(fault)


@given(st.integers(2, 9), st.data())
def test_another_order_is_found(length: int, data: st.DataObject) -> None:
    """Any permutation but the true one, whether or not numbers were put right."""
    entries = log(length)
    order = data.draw(st.permutations(range(length)))
    found = verify(renumbered([entries[i] for i in order]))
    moved = [f.number for f in found if f.flaw in {"reordered", "inserted"}]
    assert bool(moved) == (list(order) != list(range(length)))
    assert bool(verify([entries[i] for i in order])) == bool(moved)


def test_a_log_written_anew_is_told_by_a_noted_hash_alone() -> None:
    """Without one it is as sound as the true one: so note the hash elsewhere."""
    true, false = log(5), log(5, "other")
    assert verify(false) == ()
    (fault,) = verify(false, true[-1].hash)
    assert fault.flaw == "truncated"
    assert true[-1].hash[:12] in str(fault)


def test_an_entry_twice_is_found() -> None:
    """The second is the repeat."""
    entries = log(3)
    found = verify(renumbered([*entries, entries[2]]))
    assert ("repeated", 4) in {(fault.flaw, fault.number) for fault in found}


def test_bodies_read_back_as_they_were() -> None:
    """Canonical JSON loses no digit of a number."""
    for number in (0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 0.1 + 0.2):
        assert json.loads(canonical(number)) == number
