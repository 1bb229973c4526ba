"""People read names, not identifiers."""

from __future__ import annotations

import pytest

from detente.analysis.answer import Run
from detente.figures.naming import Names, and_list, lines_of, percent, tidy
from detente.situation.load import Loaded
from detente.situation.values import base_values


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0, "0%"), (1e-9, "<1%"), (0.005, "<1%"), (0.006, "1%"), (0.5, "50%"), (0.9999, ">99%"),
     (1.0, "100%")],
)  # fmt: skip
def test_some_never_looks_like_none_or_all(p: float, text: str) -> None:
    """Only 0 is shown as 0% and only 1 as 100%."""
    assert percent(p) == text


def test_lists_read_as_sentences() -> None:
    """Commas between, a word before the last."""
    assert and_list([]) == ""
    assert and_list(["a"]) == "a"
    assert and_list(["a", "b", "c"], "or") == "a, b or c"


def test_tidy_keeps_letters_and_drops_what_is_no_text() -> None:
    """Control characters and marks that reverse the order of letters are replaced."""
    assert tidy(" T\u00fcrkiye \n \u4e2d ") == "T\u00fcrkiye \u4e2d"
    assert tidy("a\u0007b\u202ec") == "a\ufffdb\ufffdc"


def test_long_labels_are_cut_visibly() -> None:
    """No more than the lines allowed, an ellipsis where something is missing."""
    lines = lines_of("word " * 50, 20, 2)
    assert len(lines) == 2
    assert lines[1].endswith("\u2026")


def test_constraints_in_words(plain_run: Run) -> None:
    """Each kind of constraint says whose it is and what about."""
    names = Names(plain_run.situation)
    assert names.constraint("reservation.a") == "Plain Alba\u2019s reservation"
    assert names.constraint("consent.c") == "Plain Cawdor\u2019s consent"
    assert names.constraint("red_lines.b.land.leave") == (
        "Plain Birnam\u2019s red line on Plain land: Plain leave"
    )
    assert names.constraint("links.trade-after-land") == "link: trade after land"
    assert names.link("trade-after-land") == (
        "Plain trade: Plain full \u2014 only with \u2014 Plain land: Plain leave"
    )


def test_every_address_has_a_name(every_term: Loaded) -> None:
    """Every address of a situation with every term is named, and no two alike."""
    names = Names(every_term.situation)
    values = base_values(every_term.situation)
    found = [names.address(address) for address in values]
    assert not set(found) & set(values)
    assert len(set(found)) == len(found)
