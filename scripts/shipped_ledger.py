"""Write the ledger that ships with budapest-2025.

    python scripts/shipped_ledger.py [--check]

Its forecasts are those of today's situation file, so it is written anew whenever that file or
the model changes; they were all made after the fact, and say so. With --check nothing is
written, and the exit code is 1 where the file is not as it would be written.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from detente import __version__
from detente.analysis.answer import Run, answer
from detente.analysis.outside_view import ahead
from detente.cases.opening import open_situation
from detente.ensemble.warming import warm_kernels
from detente.files import write_text
from detente.ledger.copies import FOLDER
from detente.ledger.exchange.log import log_csv
from detente.ledger.from_run import forecasts_from
from detente.ledger.keeping import put_forecast, put_question, put_resolution
from detente.ledger.records import Condition, Forecast, Probability, Question, Resolution
from detente.ledger.store.store import open_ledger
from detente.ledger.tracks import OUTSIDE
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios

CASE, ROUND = "budapest-2025", "budapest"
FILE = FOLDER / f"{CASE}.csv"
PLAN = Plan(10_000, 1)
WRITTEN = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)  # so that the same forecasts make the same file
SPEAKS_FOR = datetime(2025, 10, 17, 12, 0, tzinfo=UTC)  # the last day of anything the case uses
OPENS, CLOSES = date(2025, 10, 17), date(2025, 10, 31)
BY = "Detente"

HELD = Question(
    id="budapest-held",
    text="Will the meeting of the presidents of Russia and the United States in Budapest be held?",
    criteria=(
        "Yes: by 31 October 2025 both presidents are in Budapest on the same day and speak with each "
        "other in person. No: by then they have not, whoever called it off or put it off."
    ),
    fine_print=(
        "The meeting announced on 16 October 2025 is meant, of which the US president said that it "
        "would be in two weeks or so. A meeting elsewhere, later, or of others is another meeting. "
        "The answer can be known from the day on which one of the two sides says in public that it "
        "will not take place in that time."
    ),
    opens=OPENS,
    closes=CLOSES,
    truth="Public statements of the White House and of the Kremlin.",
    tags=(CASE,),
    by=BY,
)
TANGIBLE = Question(
    id="budapest-tangible",
    text="If the two presidents meet in Budapest, will they agree to something tangible there?",
    criteria=(
        "Yes: within thirty days of the meeting both sides confirm, in a signed text, a joint "
        "statement or statements that say the same, at least one of these: the front is frozen or "
        "the fighting ends; Ukrainian troops leave Donbass; terms of Western guarantees for Ukraine "
        "that Russia accepts; fewer US arms for Ukraine or for NATO; deals on resources, or a wider "
        "partnership; steps in Ukraine that Russia counts as denazification, beyond symbols; sanctions "
        "eased or assets released. No: they meet, and nothing of the kind is confirmed."
    ),
    fine_print=(
        "Meant as the account's author would take it: the list is of the compromises that the author "
        "names as possible. An informal arrangement counts once both sides speak of it or carry it out. "
        "An agreement to go on talking, to meet again or to exchange prisoners does not count, nor "
        "does a first step that only one side announces. It need not last."
    ),
    opens=OPENS,
    closes=CLOSES,
    condition=Condition(
        says="the two presidents meet in Budapest by 31 October 2025", question=HELD.id
    ),
    truth="The published texts and statements of both sides.",
    tags=(CASE,),
    by=BY,
)
SOURCES = (
    "Statements of the White House and of the US president, 21 and 22 October 2025, and of the "
    "Kremlin, 21 to 23 October: https://www.themoscowtimes.com/2025/10/21/"
    "trump-not-to-meet-putin-in-immediate-future-us-official-a90889, "
    "https://authenticupdate.com/trump-cancels-putin-summit-amid-unspecified-future-plans. "
    "Not held since, as of 1 November: "
    "https://www.vedomosti.ru/politics/news/2025/11/01/1151751-otets-maska-obvinil"
)
NOT_HELD = Resolution(
    question=HELD.id,
    verdict="value",
    answer=False,
    known=datetime(2025, 10, 22, tzinfo=UTC),
    source=SOURCES,
    by=BY,
    note="The US side called it off; Moscow spoke of a postponement, without a day.",
)
VOID = Resolution(
    question=TANGIBLE.id,
    verdict="void",
    known=NOT_HELD.known,
    source=SOURCES,
    by=BY,
    note="They did not meet, so the question has no answer: this is not a no.",
)
QUESTIONS = (HELD, TANGIBLE)
EVENTS = {HELD.id: "held", TANGIBLE.id: "tangible-given-held"}
WHY = (
    "Made after the fact, from the case as it ships: nothing that happened after 17 October 2025 "
    "is an input, but whoever coded it could know the outcome."
)


def run() -> Run:
    """What each reading of the case says of Budapest."""
    opened = open_situation(CASE)
    wanted = scenarios(opened.situation, opened.claims, rounds=(ROUND,))
    warm_kernels()
    return answer(opened.situation, opened.claims, wanted, PLAN)


def forecasts(found: Run) -> list[Forecast]:
    """Each reading's forecast of both questions, and the outside view's."""
    view = ahead(found)
    assert view is not None
    made: list[Forecast] = []
    for question in QUESTIONS:
        event = EVENTS[question.id]
        inside, _ = forecasts_from(
            found, question, event, name=CASE, version=__version__, by=BY, at=SPEAKS_FOR, why=WHY
        )
        base = view.events[event.replace("-", "_")].outside
        classes = ", ".join(f"{one.found.id} {one.share.mean:.2f}" for one in base.shares)
        outside = Forecast(
            question=question.id, by=BY, at=SPEAKS_FOR, value=Probability(p=round(base.mean, 4)),
            why=f"Made after the fact, from the classes that the case names: {classes}.",
            lens=OUTSIDE,
        )  # fmt: skip
        made += [*inside, outside]
    return made


def written() -> str:
    """The log as CSV."""
    with (
        TemporaryDirectory() as folder,
        open_ledger(str(Path(folder) / "ledger.db")) as ledger,
    ):
        with ledger.writing(WRITTEN) as turn:
            for question in QUESTIONS:
                put_question(turn, question)
            for one in forecasts(run()):
                put_forecast(turn, one)
            for resolution in (NOT_HELD, VOID):
                put_resolution(turn, resolution)
        return log_csv(ledger.entries())


def main() -> int:
    """Write the file, or look whether it is as it would be written."""
    text = written()
    if "--check" in sys.argv[1:]:
        return int(FILE.read_text(encoding="utf-8") != text)
    FILE.parent.mkdir(exist_ok=True)
    write_text(FILE, text)
    print(f"{FILE.name}: {text.count(chr(10)):,} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
