"""The questions of the Good Judgment Project's tournament, in the layout of its ifps.csv.

Each row is a question with options such as ``(a) Yes, (b) No``; a conditional one has its
condition before them. Types 1 to 5 are branches of a condition, 6 has options in order.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from detente.ledger.exchange.imported import LeftOut, QuestionSet, Records
from detente.ledger.exchange.rows import Row, Table
from detente.ledger.history import day_start
from detente.ledger.records import Answer, Condition, Question, Resolution, Verdict

NEEDS = frozenset({"ifp_id", "q_type", "q_text", "q_status", "date_start", "options", "outcome"})
SOURCE = "Good Judgment Project, ifps.csv"
ORDERED, CONDITIONAL = "6", frozenset("12345")
_OPTION = re.compile(r"\(([a-z])\)\s*(.*?)\s*(?=,\s*\([a-z]\)|\Z)", re.DOTALL)


class _Unusable(Exception):
    """Why a row is left out."""


def is_ifps(table: Table) -> bool:
    """Whether a table has the headings of that layout."""
    return set(table.headings) >= NEEDS


def read_ifps(table: Table, tags: tuple[str, ...] = ()) -> QuestionSet:
    """Every question of the file, kept or with the reason why not; ``tags`` go on each."""
    found = QuestionSet()
    seen: set[str] = set()
    for row in table.rows:
        name = f"gjp-{row.text('ifp_id').lower()}"
        if name in seen:
            found.left_out.append(LeftOut(row.line, name, "its name stands further up already"))
            continue
        seen.add(name)
        try:
            found.kept.append(_records(row, name, tags))
        except _Unusable as reason:
            found.left_out.append(LeftOut(row.line, name, str(reason)))
        except ValueError as error:  # a record that cannot be
            first = str(error).splitlines()
            found.left_out.append(
                LeftOut(row.line, name, first[2].strip() if len(first) > 2 else first[0])
            )
    return found


def _records(row: Row, name: str, tags: tuple[str, ...]) -> Records:
    condition, letters = _options(row)
    opens, closes = _day(row, "date_start"), _day(row, "date_to_close")
    if opens > closes:
        raise _Unusable(f"opens on {opens}, after it closes on {closes}")
    yes_no = [label.lower() for label in letters.values()] == ["yes", "no"]
    question = Question(
        id=name,
        text=_line(row.text("q_text")),
        criteria=row.text("q_desc"),
        kind="yes-no" if yes_no else "one-of",
        options=() if yes_no else tuple(letters.values()),
        ordered=not yes_no and row.text("q_type") == ORDERED,
        opens=opens,
        closes=closes,
        condition=None if condition is None else Condition(says=condition),
        truth=SOURCE,
        tags=tuple(dict.fromkeys(("gjp", *tags))),
        imported=SOURCE,
    )
    return question, [], _answer(row, question, letters)


def _options(row: Row) -> tuple[str | None, dict[str, str]]:
    """The condition, if there is one, and the options by letter."""
    text = row.text("options")
    letters = {letter: _line(label) for letter, label in _OPTION.findall(text)}
    if str(len(letters)) != row.text("n_opts"):
        raise _Unusable(f"{len(letters)} options can be read, it says {row.text('n_opts')}")
    if len(set(letters.values())) < len(letters):
        raise _Unusable("two options have the same words")
    before = _line(text[: text.index("(a)")]).rstrip(":; ?").strip()
    if row.text("q_type") in CONDITIONAL:
        return before or "the condition of this branch", letters
    return None, letters


def _answer(row: Row, question: Question, letters: dict[str, str]) -> Resolution:
    status, answer = row.text("q_status"), None
    verdict: Verdict = "value"
    if status == "voided":
        verdict = "annulled" if question.condition is None else "void"
        known = day_start(question.closes)
    elif status == "closed":
        letter = row.text("outcome")
        if letter not in letters:
            raise _Unusable(f"its outcome {letter!r} is none of its options")
        answer, known = _as_answer(question, letters[letter]), day_start(_day(row, "date_closed"))
    else:
        raise _Unusable(f"its status is {status!r}, neither closed nor voided")
    return Resolution(
        question=question.id,
        verdict=verdict,
        answer=answer,
        known=known,
        source=SOURCE,
        by="import",
    )


def _as_answer(question: Question, label: str) -> Answer:
    return label.lower() == "yes" if question.kind == "yes-no" else label


def _day(row: Row, name: str) -> date:
    text = row.text(name)
    try:
        return datetime.strptime(text, "%m/%d/%y").date()  # noqa: DTZ007 -- a day, no moment
    except ValueError:
        raise _Unusable(f"{name} is {text!r}, no date such as 9/1/11") from None


def _line(text: str) -> str:
    return " ".join(text.split())
