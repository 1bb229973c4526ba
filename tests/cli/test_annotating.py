"""detente read, met as a user meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.sources.reading import load_claims
from detente.sources.text import read_text

Typed = Callable[..., Any]
ARTICLE = Path(__file__).parents[3] / "shared/source/article.txt"
LETTER = """\
The toll on the lake
Poland warned that the dam might burst. The toll will fall if it rains.
I think so too.
"""


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_a_text_becomes_a_view_a_claims_file_and_a_page(detente: Typed, letter: Path) -> None:
    said = detente("read", letter)
    assert (said.code, said.err) == (0, "")
    assert "says: Poland (state), warned" in said.out
    assert "letter-read/claims.yaml: 3 open candidates" in said.out
    folder = letter.parent / "letter-read"
    assert sorted(path.name for path in folder.iterdir()) == ["annotated.html", "claims.yaml"]
    assert list(load_claims(folder / "claims.yaml").open) == ["s2-1", "s2-2", "s3-1"]
    assert "<!DOCTYPE html>" in (folder / "annotated.html").read_text(encoding="utf-8")


def test_comments_are_told_apart_on_request(detente: Typed, letter: Path) -> None:
    assert detente("read", letter, "--comments-from", 3, "--out", "mine").code == 0
    claims = load_claims(Path("mine/claims.yaml"))
    assert claims.open["s3-1"].speakers == ("commenter-1",)
    said = detente("read", letter, "--comments-from", 9, "--out", "mine")
    assert said.code == 2
    assert "paragraph 9" in said.err


def test_a_claims_file_in_which_somebody_worked_is_left_alone(detente: Typed, letter: Path) -> None:
    detente("read", letter)
    claims = Path("letter-read/claims.yaml")
    claims.write_text("mine", encoding="utf-8")
    said = detente("read", letter)
    assert said.code == 0
    assert "left as it is; --force" in said.out
    assert claims.read_text(encoding="utf-8") == "mine"
    assert detente("read", letter, "--force").code == 0
    assert claims.read_text(encoding="utf-8") != "mine"


def test_no_quotes_leaves_the_words_out_of_the_claims_file(detente: Typed, letter: Path) -> None:
    detente("read", letter, "--no-quotes")
    written = Path("letter-read/claims.yaml").read_text(encoding="utf-8")
    assert "dam might burst" not in written
    assert load_claims(Path("letter-read/claims.yaml")).open


def test_json_is_one_object_and_writes_nothing(detente: Typed, letter: Path) -> None:
    said = detente("read", letter, "--json")
    assert json.loads(said.out)["format"] == "detente-annotation/1"
    assert not (letter.parent / "letter-read").exists()
    said = detente("read", letter, "--json", "--out", "there")
    assert json.loads(said.out)["sentences"]
    assert Path("there/claims.yaml").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone.txt", None, "gone.txt"),
        ("empty.txt", b"", "empty.txt"),
        ("blank.txt", b" \n\t\n", "blank.txt"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "photo.txt"),
        ("latin.txt", "Gr\xfc\xdfe aus D\xfcren.".encode("latin-1"), "UTF-8"),
        ("huge.txt", b"It may rain. " * 200_000, "MB"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_with_a_remedy(
    detente: Typed, letter: Path, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (letter.parent / name).write_bytes(content)
    said = detente("read", name)
    assert said.code == 2
    assert told in said.err
    assert said.err.startswith("detente: ")
    assert said.err.count("; ") >= 2
    assert "Traceback" not in said.err
    assert not said.out
    assert [path.name for path in letter.parent.iterdir() if path.is_dir()] == []


def test_a_folder_is_no_text(detente: Typed, letter: Path) -> None:
    said = detente("read", letter.parent)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_nothing_is_written_over_what_is_read(detente: Typed, letter: Path) -> None:
    page = letter.parent / "annotated.html"
    text = f"<!DOCTYPE html><title>A</title><article><p>{'Poland may pay. ' * 40}</p></article>"
    page.write_text(text, encoding="utf-8")
    said = detente("read", page, "--out", letter.parent)
    assert said.code == 2
    assert "would be replaced" in said.err
    assert page.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_made_is_told_before_the_work(detente: Typed, letter: Path) -> None:
    said = detente("read", letter, "--out", letter / "under-a-file")
    assert said.code == 2
    assert "cannot be written to" in said.err


def test_the_claims_of_a_case_are_never_written_over(
    detente: Typed, letter: Path, tmp_path: Path
) -> None:
    detente("case", "copy", "budapest-2025", tmp_path / "mine")
    before = (tmp_path / "mine/claims.yaml").read_bytes()
    said = detente(
        "read", letter, "--case", tmp_path / "mine", "--out", tmp_path / "mine", "--force"
    )
    assert said.code == 2
    assert (tmp_path / "mine/claims.yaml").read_bytes() == before


def test_a_text_that_no_claim_is_about_is_told(detente: Typed, letter: Path) -> None:
    said = detente("read", letter, "--case", "budapest-2025")
    assert said.code == 0
    assert "no claim of budapest-2025 stands in this text" in said.out
    written = Path("letter-read/claims.yaml").read_text(encoding="utf-8")
    assert "# perhaps: runup.recorded.poland-warning" in written


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not shipped")
def test_beside_a_case_only_what_has_no_claim_is_open(
    detente: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = detente("read", ARTICLE, "--case", "budapest-2025", "--no-quotes")
    assert said.code == 0
    some = load_claims(Path("article-read/claims.yaml")).open
    detente("read", ARTICLE, "--case", "budapest-2025", "--no-quotes", "--all", "--out", "all")
    assert set(some) < set(load_claims(Path("all/claims.yaml")).open)
    assert "claims: vision" in re.sub(r"\s+", " ", said.out)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not shipped")
def test_without_quotes_no_eight_words_of_the_article_are_written(
    detente: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    detente("read", ARTICLE, "--no-quotes")
    words = re.findall(r"\w+", Path("article-read/claims.yaml").read_text(encoding="utf-8").lower())
    text = re.findall(r"\w+", read_text(ARTICLE).text.lower())
    runs = {tuple(text[i : i + 8]) for i in range(len(text) - 7)}
    assert [run for i in range(len(words) - 7) if (run := tuple(words[i : i + 8])) in runs] == []


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not shipped")
def test_a_sentence_that_only_moved_keeps_its_claims(
    detente: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "A new first line.\n" + ARTICLE.read_text(encoding="utf-8")
    Path("moved.txt").write_text(text, encoding="utf-8")
    said = detente("read", "moved.txt", "--case", "budapest-2025", "--json")
    before = detente("read", ARTICLE, "--case", "budapest-2025", "--json")
    moved, there = (json.loads(one.out)["sentences"] for one in (said, before))
    kept = [(one["claims"], one["not_modelled"]) for one in there]
    assert [(one["claims"], one["not_modelled"]) for one in moved] == [([], []), *kept]
