"""The shipped classes: every one told in full, and counted as the data have it."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from detente.errors import UsageError
from detente.outside import summits
from detente.outside.classes import (
    COUNTS,
    WORDS,
    class_names,
    known_before,
    reference_class,
    reference_classes,
)
from detente.yamltree import parse_tree

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
ROWS = summits.read_summits(Path(__file__).with_name("three-summits.csv"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that counts."""
    pytest.importorskip("openpyxl", reason="reads workbooks; of the development group")
    path = ROOT / "scripts" / "reference_classes.py"
    spec = importlib.util.spec_from_file_location("reference_classes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_words_and_counts_are_of_the_same_classes() -> None:
    """In the same order, none twice, each with everything a reader needs."""
    words = [one["id"] for one in parse_tree(WORDS.read_bytes(), WORDS.name).data]
    assert tuple(words) == class_names()
    assert len(set(words)) == len(words)
    for found in reference_classes().values():
        assert 0 <= found.k <= found.n
        assert found.n > 0
        assert 1800 < found.first <= found.last < 2100
        assert all((found.title, found.counts, found.source, found.rules, found.caveats))


def test_the_shipped_counts_are_those_of_the_data(script: ModuleType) -> None:
    """Every line, to the last digit."""
    if not DATA.is_dir():
        pytest.skip("no folder of data beside the project")
    assert COUNTS.read_text(encoding="utf-8") == script.table(script.every_line(DATA))


def test_what_is_missing_is_said_in_one_line(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No folder, none named, one without the files: exit code 2, and nothing is written."""
    before = COUNTS.read_bytes()
    for arguments, says in (
        ([str(tmp_path / "nowhere")], "no such folder"),
        (["--check"], "usage: "),
        ([str(tmp_path), "--check"], "without unsc_meetings/unsc_1946_2019.xlsx, "),
    ):
        assert script.asked(arguments) == 2
        told = capsys.readouterr()
        assert (told.out, len(told.err.splitlines())) == ("", 1)
        assert says in told.err
    assert COUNTS.read_bytes() == before


def test_meetings_are_counted_from_the_shipped_table() -> None:
    """The counts of the summit classes are those of summits.csv."""
    for name in summits.CLASSES:
        found, then = reference_class(name), summits.count(name)
        assert (found.n, found.k, found.left_out) == (then.n, then.k, then.left_out)
        assert found.certain == (then.certain_n, then.certain_k)


def test_held_and_signed_are_told_apart() -> None:
    """Three made-up rows: a summit held and signed, one called off, a margin held later."""
    held = summits.count("us-russia-summits-held", rows=ROWS)
    assert (held.n, held.k, held.first, held.last) == (2, 1, 1970, 1995)
    assert (held.certain_n, held.certain_k) == (1, 1)
    every = summits.count("us-russia-meetings-held", rows=ROWS)
    assert (every.n, every.k) == (3, 2)
    signed = summits.count("us-russia-meetings-signed", rows=ROWS)
    assert (signed.n, signed.k, signed.left_out) == (1, 1, 1)
    since = summits.count("us-russia-summits-held-since-1992", rows=ROWS)
    assert (since.n, since.k) == (1, 0)


def test_a_meeting_is_not_held_against_itself_or_what_came_later() -> None:
    """Where only the month or the year of a plan is known, all of it must be over."""
    for day, n in (
        (date(1970, 5, 1), 0), (date(1970, 5, 2), 1), (date(1995, 6, 30), 1),
        (date(1995, 7, 1), 2), (date(2001, 12, 31), 2), (date(2002, 1, 1), 3),
    ):  # fmt: skip
        assert summits.count("us-russia-meetings-held", before=day, rows=ROWS).n == n
    shipped = reference_class("us-russia-summits-held")
    eve = known_before(shipped, date(2025, 10, 16))
    assert shipped.n == eve.n + 1
    assert shipped.k == eve.k
    assert known_before(shipped, None) is shipped
    assert known_before(reference_class("icb-formal"), date(1950, 1, 1)).last == 2017
    assert known_before(shipped, date(1900, 1, 1)).n == 0


def test_a_result_of_the_council_tells_every_vote(script: ModuleType) -> None:
    """Adopted, vetoed and not adopted, several in one meeting."""
    assert script.votes_in("--") == []
    text = "S/RES/12 (1946) 9-0-2 \n Draft resolution S/1 vetoed by X 9-1-1\n Draft S/2 not adopted"
    assert script.votes_in(text) == [True, False, False]


def test_an_unknown_class_is_refused_with_the_nearest() -> None:
    """By name."""
    with pytest.raises(UsageError, match="did you mean icb-formal"):
        reference_class("icb-formel")
