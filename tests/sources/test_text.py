"""Texts, sentences and locators. All texts here are invented."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.sources.splitting import split
from detente.sources.text import MAX_BYTES, digest, normalise, parse_text, read_text

LETTER = "The lake is low.  Who will pay?\r\n\r\n\tBoth sides say “no”. They meet again."


def sentences(paragraph: str) -> list[str]:
    return [paragraph[start:end] for start, end in split(paragraph)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One bank. Two banks.", ["One bank.", "Two banks."]),
        ("Is it so? No! Well…", ["Is it so?", "No!", "Well…"]),
        ("No full stop at all", ["No full stop at all"]),
        ("The U.S. has ferries.", ["The U.S. has ferries."]),
        ("It is a U.S. N.G.O.'s barge. Fine.", ["It is a U.S. N.G.O.'s barge.", "Fine."]),
        ("They sail to the U.S. Both return.", ["They sail to the U.S.", "Both return."]),
        ("A pact with the U.S. Nordia must wait.", ["A pact with the U.S.", "Nordia must wait."]),
        ("The U.S. Congress must vote.", ["The U.S. Congress must vote."]),
        ("The U.S. Army of old. It left.", ["The U.S. Army of old.", "It left."]),
        ("Ferry 2.0's hull leaks. It sinks.", ["Ferry 2.0's hull leaks.", "It sinks."]),
        ("Dr. Oar met Mr. J. Keel. They sat.", ["Dr. Oar met Mr. J. Keel.", "They sat."]),
        ("Nets, hooks, etc. were sold.", ["Nets, hooks, etc. were sold."]),
        ("Nets, hooks, etc. They were sold.", ["Nets, hooks, etc.", "They were sold."]),
        ("See no. 5 and p. 12. Then sign.", ["See no. 5 and p. 12.", "Then sign."]),
        ("He said “yes.” She left.", ["He said “yes.”", "She left."]),
        ("“Why?” she asked. (So it goes.) End.", ["“Why?” she asked.", "(So it goes.)", "End."]),
        ("“Pay.” “Never.”", ["“Pay.”", "“Never.”"]),
        ("So did I. We rowed.", ["So did I.", "We rowed."]),
        (
            "The years' toll... is high. 40 boats sank.",
            ["The years' toll... is high.", "40 boats sank."],
        ),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(paragraph: str, expected: list[str]) -> None:
    assert sentences(paragraph) == expected


def test_locators_count_paragraphs_and_sentences_from_one() -> None:
    text = parse_text(LETTER)
    assert [(s.paragraph, s.number, s.text) for s in text.sentences] == [
        (1, 1, "The lake is low."),
        (1, 2, "Who will pay?"),
        (2, 1, "Both sides say “no”."),
        (2, 2, "They meet again."),
    ]
    assert (
        text.by_place[2, 1].digest
        == hashlib.sha256("Both sides say “no”.".encode()).hexdigest()[:16]
    )
    assert text.sha256 == hashlib.sha256(text.text.encode()).hexdigest()


def test_positions_are_code_points_of_the_normalised_text() -> None:
    text = parse_text("Une île 🛶 ici.  Là aussi.\nFin.")
    assert all(text.text[s.start : s.end] == s.text for s in text.sentences)


def test_equal_sentences_keep_their_own_places_under_one_digest() -> None:
    text = parse_text("Row on. Rest. Row on.\nRow on.")
    same = text.by_digest[digest("Row on.")]
    assert [(s.paragraph, s.number) for s in same] == [(1, 1), (1, 3), (2, 1)]


@given(st.text(max_size=400))
def test_splitting_then_joining_loses_nothing(raw: str) -> None:
    if "\0" in raw:
        return
    text = parse_text(raw)
    lines: dict[int, list[str]] = {}
    for sentence in text.sentences:
        lines.setdefault(sentence.paragraph, []).append(sentence.text)
    assert "\n".join(" ".join(line) for line in lines.values()) == text.text
    assert list(lines) == list(range(1, len(lines) + 1))


@given(st.text(max_size=400))
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    once = normalise(raw)
    assert normalise(once) == once


@given(
    st.lists(
        st.sampled_from(["The ferry", "U.S.", "sinks.", "“Why?”", "Né", "It rows."]), min_size=1
    ),
    st.sampled_from(["  ", "\t", "\u00a0", " \u2009 "]),
    st.sampled_from(["\r\n", "\r", "\u2028", "\n\n \n"]),
)
def test_locators_do_not_depend_on_whitespace(words: list[str], space: str, end: str) -> None:
    plain = parse_text(" ".join(words) + "\nLast.")
    odd = parse_text(unicodedata.normalize("NFD", space + space.join(words) + end + "Last." + end))
    assert odd.sentences == plain.sentences
    assert odd.sha256 == plain.sha256


def test_a_changed_word_changes_the_digest() -> None:
    assert digest("The lake is low.") != digest("The lake is lower.")


def test_a_file_is_read_with_or_without_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"\xef\xbb\xbf" + LETTER.encode())
    assert read_text(path) == parse_text(LETTER)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"caf\xe9", "is not UTF-8"), (b"a\0b", "NUL"), (b"a" * (MAX_BYTES + 1), "at most 2 MB")],
)
def test_unusable_files_are_refused_with_a_remedy(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_text(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.txt: cannot be read"):
        read_text(tmp_path / "gone.txt")


def test_a_text_pasted_as_one_line_is_cut_like_any_other() -> None:
    """Twenty thousand sentences on one line: the work must not grow with its square."""
    line = " ".join(f"In No. {n} Mr. Reed saw the U.S. fleet." for n in range(20_000))
    assert len(parse_text(line).sentences) == 20_000
