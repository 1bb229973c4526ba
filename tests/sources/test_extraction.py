"""Texts from plain, Markdown and HTML files. All texts and pages are invented."""

from __future__ import annotations

import socket
import warnings
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.sources.extraction import Extracted, read_source
from detente.sources.text import MAX_BYTES, parse_text, read_text

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT.parent / "shared/source/article.txt"


def lines(found: Extracted) -> list[str]:
    return found.source.text.split("\n")


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- plain text

PLAIN = (
    "The lake will freeze again\n\nThe wardens meet on Friday. They have quarrelled for long.\n\n"
    "Neither side says who began it. They will agree on the lamps.\n\n\n\n\n"
    "They never paid for one.\n\nClose the road, I say. It is March.\n"
)


def test_plain_text_is_read_as_before_with_its_headline_and_comments(tmp_path: Path) -> None:
    path = written(tmp_path, "lake.txt", PLAIN)
    found = read_source(path)
    assert found.source == read_text(path)
    assert (found.title, found.author, found.published) == ("The lake will freeze again", "", None)
    assert (found.method, found.comments_from) == ("plain", 4)
    assert lines(found)[3] == "They never paid for one."


@given(st.text(max_size=200))
def test_any_plain_text_has_the_sentences_it_always_had(
    tmp_path_factory: pytest.TempPathFactory, raw: str
) -> None:
    """Shipped digests depend on it; a text without a sentence is refused."""
    if "\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw):
        return
    path = written(tmp_path_factory.getbasetemp(), "letter.txt", raw)
    expected = parse_text(raw)
    if expected.sentences:
        assert read_source(path).source == expected
    else:
        with pytest.raises(UsageError, match="it holds no sentence"):
            read_source(path)


def test_the_reader_may_say_where_comments_begin(tmp_path: Path) -> None:
    path = written(tmp_path, "lake.txt", PLAIN)
    assert read_source(path, 3).comments_from == 3
    assert read_source(path, 0).comments_from is None
    assert read_source(path, 3).how == "as given"
    with pytest.raises(UsageError, match="comments from paragraph 6; 1 to 5, or 0 for none"):
        read_source(path, 6)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not shipped")
def test_the_articles_comments_begin_with_paragraph_ten() -> None:
    found = read_source(ARTICLE)
    assert found.comments_from == 10
    assert found.source == read_text(ARTICLE)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_documentation_has_no_comments(page: Path) -> None:
    assert read_source(page).comments_from is None


# ---- Markdown

MARKDOWN = """---
title: "The lake: again"
author: [Oda Keel, {name: Ebb Oar}]
date: 2025-03-04
---

# The lake will *freeze*

The wardens [meet](https://x.example/a "t") the fishers
on **Friday**.  They use `net --close`. ![A lake](lake.png) A<br>B &amp; C.

> Nobody drowned.
> Not yet.

- An ice road.
- A toll:
  1. by day,
  2. by night.

| Year | Nets |
| ---- | ---- |
| 2023 | *forty* |

```sh
one
  two
```

<div>Raw <b>words</b>, 5 < 6<script>no()</script></div>
<!-- hidden -->

***

[meet]: https://x.example
Last line[^1] <https://y.example>.
"""


def test_markdown_is_one_line_a_block_without_marks_or_addresses(tmp_path: Path) -> None:
    found = read_source(written(tmp_path, "lake.md", MARKDOWN))
    assert lines(found) == [
        "The lake will freeze",
        "The wardens meet the fishers on Friday. They use net --close. A B & C.",
        "Nobody drowned. Not yet.",
        "An ice road.",
        "A toll:",
        "by day,",
        "by night.",
        "Year | Nets",
        "2023 | forty",
        "one",
        "two",
        "Raw words, 5 < 6",
        "Last line[^1] https://y.example.",
    ]
    assert (found.title, found.author) == ("The lake: again", "Oda Keel, Ebb Oar")
    assert found.published == date(2025, 3, 4)
    assert found.method.startswith("markdown-it-py ")
    assert found.comments_from is None


def test_markdown_without_front_matter_is_titled_by_its_first_heading(tmp_path: Path) -> None:
    found = read_source(written(tmp_path, "lake.markdown", "# The *lake*\n\nIt is low.\n"))
    assert (found.title, found.author, found.published) == ("The lake", "", None)


@pytest.mark.parametrize(
    "raw", ["---\n\nA rule, and a line.\n\n---\n\nNo more.", "---\nNo field here.\n---\nNo more."]
)
def test_a_rule_is_no_front_matter(tmp_path: Path, raw: str) -> None:
    assert "No more." in lines(read_source(written(tmp_path, "a.md", raw)))
    assert len(lines(read_source(written(tmp_path, "a.md", raw)))) == 2


def test_front_matter_that_is_no_yaml_is_left_out_and_says_nothing(tmp_path: Path) -> None:
    found = read_source(written(tmp_path, "a.md", "---\ntitle: The lake: again\n---\nIt is low.\n"))
    assert (lines(found), found.title) == (["It is low."], "")


def test_comments_under_a_heading_of_markdown_are_told(tmp_path: Path) -> None:
    body = "# Lake\n\nIt is low. It is cold. It is late.\n\n## Comments (2)\n\n> Pay.\n\n> Never.\n"
    found = read_source(written(tmp_path, "a.md", body))
    assert (found.comments_from, found.how) == (4, "the line “Comments (2)”")


# ---- HTML

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The lake will freeze again - Harbour Post</title>
<meta property="og:title" content="The lake will freeze again">
<meta name="author" content="Oda Keel">
<meta property="article:published_time" content="2025-03-04T08:00:00+00:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/boats">Boats</a></li></ul></nav>
<article><h1>The lake will freeze again</h1>
<p>The wardens of the lake meet the <a href="https://x.example">fishers</a>
   on Friday. They have quarrelled over the nets.</p>
<p>“No net, no peace,” says the oldest &mdash; &amp; she means it.<br>A lake without rules is a pond.</p>
<ul><li>An ice road with lamps.</li></ul>
<table><tr><th>Year</th><th>Nets</th></tr><tr><td>2023</td><td>forty</td></tr></table>
<p>If they meet at all, they are expected to agree on the lamps.</p></article>
%s
<footer><p>© Harbour Post. All rights reserved.</p></footer></body></html>"""

ARTICLE_LINES = [
    "The lake will freeze again",
    "The wardens of the lake meet the fishers on Friday. They have quarrelled over the nets.",
    "“No net, no peace,” says the oldest — & she means it.",
    "A lake without rules is a pond.",
    "An ice road with lamps.",
    "Year | Nets",
    "2023 | forty",
    "If they meet at all, they are expected to agree on the lamps.",
]
SAID = ["They never paid for a lamp in their lives.", "Close the road, I say. It is March."]
IN_PARAGRAPHS = (
    '<section id="comments" class="comments-area"><h2 class="comments-title">2 thoughts</h2>'
    '<ol class="comment-list">'
    + "".join(f'<li class="comment"><div class="comment-body"><p>{s}</p></div></li>' for s in SAID)
    + '</ol><div id="respond"><h3>Leave a Reply</h3></div></section>'
)
IN_DIVISIONS = (
    '<div class="comments"><h3>2 Comments</h3>'
    + "".join(f'<div class="comment"><b>Oar</b><div>{said}</div></div>' for said in SAID)
    + "</div>"
)


@pytest.mark.parametrize("comments", [IN_PARAGRAPHS, IN_DIVISIONS])
def test_a_page_is_its_article_then_its_comments(tmp_path: Path, comments: str) -> None:
    found = read_source(written(tmp_path, "lake.html", PAGE % comments))
    assert lines(found) == ARTICLE_LINES + SAID
    assert found.comments_from == len(ARTICLE_LINES) + 1
    assert found.how == "the page marks them as comments"
    assert (found.title, found.author) == ("The lake will freeze again", "Oda Keel")
    assert found.published == date(2025, 3, 4)
    assert found.method.startswith("trafilatura ")


def test_a_page_without_comments_has_none(tmp_path: Path) -> None:
    found = read_source(written(tmp_path, "lake.html", PAGE % ""))
    assert (lines(found), found.comments_from, found.how) == (ARTICLE_LINES, None, "")


def test_a_title_that_only_stands_above_the_text_is_its_first_line(tmp_path: Path) -> None:
    page = "<html><head><title>Low</title></head><body><h1>Low</h1><p>The ferry is late. All wait.</p><p>They wait.</p></body></html>"  # fmt: skip
    assert lines(read_source(written(tmp_path, "a.htm", page)))[0] == "Low"


@pytest.mark.parametrize("name", ["lake", "lake.download"])
@pytest.mark.parametrize("head", ["", "\ufeff", " \n<!-- saved -->", '<?xml version="1.0"?>\n'])
def test_a_page_is_told_by_its_beginning_where_the_suffix_says_nothing(
    tmp_path: Path, name: str, head: str
) -> None:
    found = read_source(written(tmp_path, name, head + PAGE % ""))
    assert lines(found) == ARTICLE_LINES


def test_a_text_about_pages_is_plain(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, "notes", "Write <html> first.")).method == "plain"


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
        ("koi8-r", "koi8-r"),
        ("shift_jis", "cp932"),
        ("", "cp1252"),
        ("unicode_escape", "utf-8"),
        ("no-such-charset", "utf-8"),
    ],
)
def test_the_declared_charset_is_respected(tmp_path: Path, declared: str, charset: str) -> None:
    words = {"koi8-r": "Паром опаздывает", "cp932": "渡し船"}.get(charset, "Die Fähre: 5 €")
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{meta if declared else ''}</head><body><p>{words}. Second sentence.</p><p>And more of it.</p></body></html>"  # fmt: skip
    found = read_source(written(tmp_path, "a.html", page.encode(charset)))
    assert lines(found)[0] == f"{words}. Second sentence."


def test_nothing_is_fetched_logged_or_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object, **__: object) -> None:
        pytest.fail("a page was read with the network's help")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    frame = '<iframe src="https://x.example"></iframe><link rel="next" href="https://x.example/2">'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_source(written(tmp_path, "a.html", PAGE % frame))
        with pytest.raises(UsageError):
            read_source(written(tmp_path, "b.html", "<html><body></body></html>"))
    assert not caplog.records


# ---- what cannot be read


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.html", b"<html><body><script>x()</script></body></html>", "save the text itself"),
        ("a.html", b"", "no text was found"),
        ("a.html", b'<html><meta charset="utf-8"><p>caf\xe9</p>', "0xe9 at offset 34 is not utf-8"),
        ("a.html", b"<html>" + b" " * 10_000_000, "more than 10 MB"),
        ("a.txt", b"a" * (MAX_BYTES + 1), "more than 2 MB"),
        ("a.md", b"a" * (MAX_BYTES + 1), "more than 2 MB"),
        ("a.txt", b"caf\xe9", "is not UTF-8"),
        ("a.md", b"caf\xe9", "is not UTF-8"),
        ("a.txt", b"a\0b", "NUL"),
        ("a.pdf", b"%PDF-1.7", "a PDF; plain text, Markdown or a web page"),
        ("a.docx", b"PK\x03\x04", "a Word file"),
        ("a.rtf", b"{\\rtf1", "rich text"),
        ("a.mhtml", b"From: <Saved by Blink>", "a page archive"),
    ],
)
def test_unusable_files_are_refused_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read_source(written(tmp_path, name, content))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.md: cannot be read"):
        read_source(tmp_path / "gone.md")
    with pytest.raises(UsageError, match="cannot be read"):
        read_source(tmp_path)


TAGS = ("<p>", "</p>", "<div class='comment'>", "</div>", "<table>", "<td>", "<!--", "-->", "<h1>")
PIECES = st.lists(
    st.one_of(
        st.sampled_from([*TAGS, "# ", "---\n", "title: x\n", "> ", "| a | b |\n", "```\n", "\n\n"]),
        st.text(max_size=20),
    ),
    max_size=20,
)


@given(PIECES, st.sampled_from(["a.html", "a.md", "a.txt", "a"]))
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], name: str
) -> None:
    """And the comments, if any, begin with one of its paragraphs."""
    raw = "".join(pieces).encode("utf-8", "replace")
    try:
        found = read_source(written(tmp_path_factory.getbasetemp(), name, raw))
    except UsageError:
        return
    count = len(lines(found)) if found.source.text else 0
    assert found.comments_from is None or found.comments_from <= count
    numbers = [one.paragraph for one in found.source.sentences if one.number == 1]
    assert numbers == list(range(1, count + 1))
