"""Where a value stands, in a word and a number; whose lever it is, in a letter and a shape."""

from __future__ import annotations

import pytest

from detente.analysis.moving import Lever
from detente.figures.levels import number, size_words, way, word_at
from detente.figures.naming import Names
from detente.figures.owners import code, letters, owners_words, shapes, sort_of
from detente.situation.kinds import kind_forms, kind_of
from detente.situation.schema import Situation


def told(address: str, start: float, stop: float) -> str:
    kind = kind_of(address)
    assert kind is not None
    return way(kind, start, stop)


@pytest.mark.parametrize(
    ("address", "start", "stop", "words"),
    [
        ("preferences.a.b.c", 0.25, 0.41, "from resists (0.25) to indifferent (0.41)"),
        ("outlook.a", 0.28, -0.2, "from high (0.28) to minus high (\u22120.20)"),
        ("signing_cost.a", 0.15, 0.12, "from 0.15 to 0.12, both medium"),
        ("signing_cost.a", 0.15, 0.145, "from 0.150 to 0.145, both medium"),
        ("signing_cost.a", 0.05, 0.8, "from low (0.05) to beyond very high (0.80)"),
        ("trust.a.b", 0.5, 1.0, "from medium (0.50) to full (1.00)"),
        ("links.a.holds", 1.0, 0.0, "from always (1.00) to never (0.00)"),
        ("links.a.holds", 0.005, 0.6, "from below almost no chance (0.01) to likely (0.60)"),
        ("runup.sabotage.a.b.capability", 0.25, 0.0, "from 0.25 to 0.00"),
    ],
)
def test_a_way_is_told_in_words_and_numbers(
    address: str, start: float, stop: float, words: str
) -> None:
    assert told(address, start, stop) == words


def test_every_kind_with_words_has_a_word_wherever_a_value_may_stand() -> None:
    for _, kind in kind_forms():
        low, high = kind.bounds
        for i in range(101):
            value = low + (high - low) * i / 100
            assert (word_at(kind, value) is None) == (not kind.scales), (kind.name, value)


def test_numbers_have_a_true_minus_and_small_sizes_a_third_digit() -> None:
    assert (number(-0.004), number(-0.5)) == ("0.00", "\u22120.50")
    assert (size_words(0.026), size_words(0.26)) == ("0.026", "0.26")


def test_letters_are_capitals_of_the_names_and_no_two_alike(three_acts: Situation) -> None:
    marks = letters(three_acts)
    assert marks == {"east": "E", "west": "W", "militia": "M"}
    twins = three_acts.model_copy(
        update={
            "actors": {
                f"a{i}": actor.model_copy(update={"name": "Ann"})
                for i, actor in enumerate([three_acts.actors["east"]] * 5)
            }
        }
    )
    assert len(set(letters(twins).values())) == 5


def test_whose_lever_it_is_shows_in_words_letters_and_shapes(three_acts: Situation) -> None:
    names, marks = Names(three_acts), letters(three_acts)
    own = Lever("a", "position", ("east",), together=False)
    either = Lever("b", "pressure", ("west", "militia"), together=False)
    joint = Lever("c", "waiver", ("east", "west"), together=True)
    assert [owners_words(names, one) for one in (own, either, joint)] == [
        "East", "West or Militia", "East and West together",
    ]  # fmt: skip
    assert [code(marks, sort_of(one)) for one in (own, either, joint)] == ["E", "W/M", "E+W"]
    found = shapes([own, either, joint, own])
    assert len(found) == len(set(found.values())) == 3
