"""Addresses moved step by step, as they are typed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.situation.load import Loaded
from detente.situation.scenarios import read_settings
from detente.situation.sweeping import MOST, USUAL, Sweep, fixed, read_sweeps


def values(every_term: Loaded, text: str) -> tuple[float, ...]:
    (sweep,) = read_sweeps(every_term.situation, [f"outlook.north={text}"])
    return sweep.values


def test_numbers_words_and_what_is_left_out(every_term: Loaded) -> None:
    assert values(every_term, "0..0.3:4") == (0.0, 0.1, 0.2, 0.3)
    assert values(every_term, " -0.5 .. .5 : 3 ") == (-0.5, 0.0, 0.5)
    assert values(every_term, "low..very high:2") == (0.05, 0.6)
    assert values(every_term, "minus high..none:2") == (-0.35, 0.0)
    assert values(every_term, "high:2") == (0.2, 0.35)
    assert len(values(every_term, "0..1")) == USUAL


def test_two_addresses_keep_their_order(every_term: Loaded) -> None:
    texts = ["outlook.south=0..1:2", "impatience=0..10:3"]
    assert read_sweeps(every_term.situation, texts) == (
        Sweep("outlook.south", (0.0, 1.0)),
        Sweep("impatience", (0.0, 5.0, 10.0)),
    )


@given(
    low=st.floats(-1.0, 0.9).map(lambda x: round(x, 6)),
    steps=st.integers(2, MOST),
)
def test_every_step_is_read_back_from_what_is_printed(
    every_term: Loaded, low: float, steps: int
) -> None:
    """``--set address=value`` with the printed value lays the same value; ends are as typed."""
    found = values(every_term, f"{low}..1:{steps}")
    assert (found[0], found[-1], len(found)) == (low, 1.0, steps)
    assert np.allclose(np.diff(found), (1.0 - low) / (steps - 1))
    settings = [f"outlook.north={value!r}" for value in found]
    for value, setting in zip(found, settings, strict=True):
        assert read_settings(every_term.situation, [setting]) == {"outlook.north": fixed(value)}


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ([], "no addresses; one or two are allowed"),
        (["impatience=0..1"] * 3, "3 addresses; one or two are allowed"),
        (["impatience=0..1"] * 2, "named twice"),
        (["outlook.nort=0..1"], "did you mean outlook.north?"),
        (["outlook=0..1"], "name one value, such as outlook.north"),
        (["outlook.north"], "found no range; ADDRESS=FROM..TO:STEPS; write -1..1"),
        (["outlook.north=0..2"], "found 2; outlook: "),
        (["outlook.north=lo..high"], "did you mean low?"),
        (["outlook.north=0.4"], "give two different ends"),
        (["outlook.north=0.4..0.1"], "write 0.1..0.4"),
        (["outlook.north=0..1:1"], "found '1' as the number of steps; 2 to 41"),
        (["outlook.north=0..1:42"], "2 to 41"),
        (["outlook.north=0..1:many"], "found 'many' as the number of steps"),
        (["outlook.south=0..1"], "set by --set as well"),
    ],
)
def test_mistakes_say_what_is_allowed(every_term: Loaded, texts: list[str], says: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_sweeps(every_term.situation, texts, {"outlook.south"})
    assert says in str(caught.value)


def test_every_mistake_is_told_at_once(every_term: Loaded) -> None:
    with pytest.raises(UsageError) as caught:
        read_sweeps(every_term.situation, ["nothing=0..1", "impatience=1..0"])
    assert len(str(caught.value).splitlines()) == 2
