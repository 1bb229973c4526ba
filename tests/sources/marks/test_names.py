"""Spellings of one name, and the longest of many in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.sources.marks.names import Tree, alike, plain, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Türkiye", "Turkiye"),
        ("Łódź Council", "lodz council"),
        ("U.S.", "US"),
        ("C.I.A", "CIA"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),  # noqa: RUF001
        ("Guinea‑Bissau", "Guinea-Bissau"),  # noqa: RUF001
        ("South\u00a0Lake", "South Lake"),
        ("The Gambia", "Gambia"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one) == alike(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OPEC+", "OPEC"),
        ("Niger", "Nigeria"),
        ("Republic of the Congo", "Republic of Congo"),
        ("Guinea Bissau", "Guinea-Bissau"),
        ("Theland", "land"),
    ],
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    assert alike(one) != alike(other)


@given(st.text(max_size=200))
def test_a_plain_text_keeps_every_place(text: str) -> None:
    folded = plain(text)
    assert len(folded) == len(text)
    assert plain(folded) == folded
    assert all(
        word.text == folded[word.start : word.end].replace(".", "") for word in words(folded)
    )


def longest(text: str, *names: str) -> list[str]:
    tree: Tree[str] = Tree()
    for name in names:
        tree.plant(name, name)
    return [found.meaning for found in tree.longest(text, words(text))]


def test_the_longest_name_from_the_left_is_found_whole() -> None:
    names = ("Lake", "Lake Council", "Lake Council of Elders", "Council", "Elders")
    assert longest("The Lake Council of Wardens met Elders.", *names) == ["Lake Council", "Elders"]


def test_a_name_cut_short_by_another_word_gives_back_what_it_took() -> None:
    assert longest("Lake of Two Rivers", "Lake of Three", "Lake", "Two Rivers") == [
        "Lake",
        "Two Rivers",
    ]


def test_of_two_alike_the_first_planted_counts() -> None:
    tree: Tree[int] = Tree()
    tree.plant("U.L.", 1)
    tree.plant("UL", 2)
    assert [found.meaning for found in tree.longest("UL", words("UL"))] == [1]


def test_a_name_without_a_word_is_never_found() -> None:
    assert longest("... ! the", "", " ", "...", "!") == []
