"""Where comments begin: said by a heading or a lone gap, else by nothing. All texts are invented."""

from __future__ import annotations

import pytest

from detente.sources.borders import Line, border

BODY = [
    Line("The lake will freeze again"),
    Line("The wardens meet the fishers on Friday. They have quarrelled for two winters."),
    Line("Neither side says who began it. If they meet at all, they will agree on the lamps."),
    Line("The ferry waits. So does the council, which has the keys. Nothing else is known."),
]
COMMENTS = [Line("They never paid for a lamp."), Line("Close the road, I say. It is March.")]


@pytest.mark.parametrize(
    "heading",
    [
        "Comments", "COMMENTS:", "12 comments", "12 Comments", "1,204 comments", "1.2k Comments",
        "Comments (12)", "Comments: 12", "Reader comments", "Readers' comments", "All comments",
        "3 thoughts on “The lake will freeze again”", "2 responses to “The lake”", "1 Comment",
        "Responses", "Discussion", "Discussion about this post", "Leave a comment",
        "Join the conversation", "Replies",
    ],
)  # fmt: skip
def test_a_line_that_announces_comments_is_their_border(heading: str) -> None:
    found, how = border([*BODY, Line(heading), *COMMENTS])
    assert found == 6
    assert how == f"the line “{heading}”"


@pytest.mark.parametrize(
    "line",
    [
        "The council commented.", "Comments are free, facts are sacred.", "0 comments", "Comment:",
        "Comments on the draft treaty", "No comments", "Feedback", "A discussion", "4. Discussion",
        "He left a comment", "Responses to the questionnaire",
    ],
)  # fmt: skip
def test_a_line_that_only_speaks_of_comments_is_none(line: str) -> None:
    assert border([*BODY, Line(line), *COMMENTS]) == (None, "")


def test_the_page_around_the_comments_is_stepped_over() -> None:
    around = ["2 comments", "Sort by: newest", "Log in to comment", "Leave a comment"]
    found, how = border([*BODY, *map(Line, around), *COMMENTS, Line("Leave a reply")])
    assert found == 9
    assert how == "the line “Leave a comment”"


def test_nothing_after_the_heading_is_no_comment() -> None:
    assert border([*BODY, Line("Comments"), Line("Be the first to comment!")]) == (None, "")


def test_a_menu_before_the_body_is_no_border() -> None:
    """Pages say “12 comments” under the title as well."""
    top = [BODY[0], Line("12 comments"), *BODY[1:]]
    assert border(top) == (None, "")
    assert border([*top, Line("12 comments"), *COMMENTS])[0] == 7


@pytest.mark.parametrize(
    ("before", "heading", "after"),
    [
        ([], Line("Comments", level=2), [Line("Style", level=2), Line("Write few.")]),
        ([], Line("Comments"), [Line("========"), Line("Write few.")]),
        ([Line("Methods")], Line("Discussion"), [Line("We found little.")]),
        (
            [Line("Setting up", level=2), Line("Asking", level=2)],
            Line("Discussion", level=2),
            [Line("There is a forum.")],
        ),
    ],
)
def test_a_section_of_the_text_itself_is_none(
    before: list[Line], heading: Line, after: list[Line]
) -> None:
    assert border([*BODY, *before, heading, *after]) == (None, "")


def test_a_gap_like_no_other_is_a_border() -> None:
    first = Line(COMMENTS[0].text, blanks=3)
    found, how = border([*BODY, first, COMMENTS[1]])
    assert (found, how) == (5, "3 empty lines before it, like no other gap in the text")


@pytest.mark.parametrize(
    "lines",
    [
        [*BODY, Line("Another part.", blanks=3), BODY[1], Line("A third.", blanks=3), BODY[2]],
        [*BODY, Line("Another part.", blanks=2), BODY[1]],
        [Line(one.text, blanks=2) for one in BODY] + [Line("Part two.", blanks=3), BODY[1]],
        [*BODY, Line("Oda Keel is a pilot.", blanks=4)],
        [*BODY, Line("Notes", blanks=4), BODY[1]],
        [*BODY, Line("[1] See the ledger.", blanks=4), Line("[2] And the other.")],
        [*BODY, Line("Part two", blanks=4, level=2), BODY[1]],
        [BODY[0], Line(BODY[1].text, blanks=5), *BODY[2:]],
        [],
    ],
    ids=["breaks", "short", "little more", "signature", "notes", "footnotes", "section", "title", "empty"],
)  # fmt: skip
def test_other_gaps_are_none(lines: list[Line]) -> None:
    assert border(lines) == (None, "")
