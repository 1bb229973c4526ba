"""The ledger: what was asked, forecast and answered, and how it is scored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import AsJson, DrawCount, ExecutorName, Seed, Settings, names

app = typer.Typer()
ledger_app = typer.Typer(
    help="Ask, forecast, resolve and score: forecasts that can be held to account.",
    no_args_is_help=True,
)
app.add_typer(ledger_app, name="ledger", rich_help_panel="Ledger")

Where = Annotated[
    str,
    typer.Option(
        "--ledger", metavar="FILE|URL", envvar="DETENTE_LEDGER",
        help="The ledger: a file, or postgresql://USER@HOST/DATABASE; to look at: budapest-2025 "
        "ships, or an exported log.",
    ),
]  # fmt: skip
By = Annotated[
    str | None,
    typer.Option("--by", envvar="DETENTE_BY", help="Who says so; else the name you log in with."),
]
QuestionName = Annotated[str, typer.Argument(metavar="QUESTION", help="The question's name.")]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", help="Only questions with this tag; may be repeated.")
]
OutFolder = Annotated[Path | None, typer.Option("--out", help="Write the page and the JSON there.")]
AfterTheFact = Annotated[
    bool, typer.Option("--after-the-fact", help="Forecasts made after the fact instead.")
]
LEDGER = "ledger.db"


@ledger_app.command("ask")
def ledger_ask(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The question.")],
    criteria: Annotated[str, typer.Option("--criteria", help="What counts as which answer.")],
    closes: Annotated[str, typer.Option("--closes", metavar="DATE", help="The last day that counts.")],
    opens: Annotated[
        str | None, typer.Option("--opens", metavar="DATE", help="The first day; else today.")
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", help="Its name; else made of its words.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="yes-no|one-of|number|date", help="What an answer is.")
    ] = "yes-no",
    option: Annotated[
        list[str] | None, typer.Option("--option", help="An option of one-of; may be repeated.")
    ] = None,
    ordered: Annotated[
        bool, typer.Option("--ordered", help="The options have an order.")
    ] = False,
    unit: Annotated[str, typer.Option("--unit", help="Of a number.")] = "",
    fine_print: Annotated[str, typer.Option("--fine-print", help="What else was agreed.")] = "",
    if_: Annotated[
        str | None, typer.Option("--if", metavar="TEXT", help="It counts only if this comes true.")
    ] = None,
    if_question: Annotated[
        str | None,
        typer.Option(
            "--if-question", metavar="QUESTION[=ANSWER]",
            help="The question that decides the condition; its answer, else yes.",
        ),
    ] = None,
    truth: Annotated[str, typer.Option("--truth", help="Where the answer will be looked up.")] = "",
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="A word to group by; may be repeated.")
    ] = None,
    by: By = None,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:  # fmt: skip
    """Write a question down; its criteria stand from then on."""
    from detente.cli.ledgers import writing  # noqa: PLC0415

    asked = writing.Asked(
        text, criteria, closes, opens, id_, kind, tuple(option or ()), ordered, unit, fine_print,
        if_, if_question, truth, names(tag), by,
    )  # fmt: skip
    writing.ask(ledger, asked, as_json=json)


@ledger_app.command("forecast")
def ledger_forecast(
    question: QuestionName,
    value: Annotated[
        str | None,
        typer.Argument(metavar="[PROBABILITY]", help="Of yes: 0.3 or 30%."),
    ] = None,
    share: Annotated[
        list[str] | None,
        typer.Option("--share", metavar="OPTION=P", help="Of one-of: for each option."),
    ] = None,
    quantile: Annotated[
        list[str] | None,
        typer.Option("--quantile", metavar="P=VALUE", help="Of a number or date: repeat it."),
    ] = None,
    normal: Annotated[
        str | None, typer.Option("--normal", metavar="MEAN,SD", help="Of a number.")
    ] = None,
    from_run: Annotated[
        str | None,
        typer.Option("--from-run", metavar="CASE|FILE", help="Run this; one forecast a reading."),
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            "--event", metavar="EVENT",
            help="Of the run, by the kind of question. yes-no: held, deal, tangible-given-held, "
            "tangible (the default), lasts-given-deal, escalates, option.ISSUE.OPTION. one-of: "
            "option.ISSUE, ending. number: position.ISSUE, changes, zone, incidents, "
            "months-given-deal. date: called-off-day, war-day, outcome-day. Without a deal an issue "
            "keeps its status quo; option-given-deal, position-given-deal and changes-given-deal "
            "leave such draws out, ...-given-held those in which they do not meet.",
        ),
    ] = None,
    round_: Annotated[
        list[str] | None, typer.Option("--round", help="The round to run; else the last.")
    ] = None,
    reading: Annotated[
        list[str] | None,
        typer.Option("--reading", help="Readings to run, else all; by hand: the one meant."),
    ] = None,
    draws: DrawCount = 10_000,
    seed: Seed = 1,
    set_: Settings = None,
    protocol: Annotated[str, typer.Option("--protocol", help="Of the run.")] = "nash",
    executor: ExecutorName = "threads",
    lens: Annotated[
        str | None,
        typer.Option("--lens", help="The method: judgement, outside, ...; of a run: run."),
    ] = None,
    why: Annotated[str, typer.Option("--why", help="The reasons.")] = "",
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="DATE",
            help="Only after the fact: the moment for which it speaks.",
        ),
    ] = None,
    by: By = None,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:  # fmt: skip
    """Say what you expect, by hand or from a run: who, when and why are kept."""
    from detente.cli.ledgers import as_typed, forecasting  # noqa: PLC0415

    said = as_typed.Said(question, by, why, lens, at)
    if from_run is None:
        given = as_typed.ByHand(
            value, tuple(share or ()), tuple(quantile or ()), normal, names(reading)
        )
        forecasting.by_hand(ledger, said, given, as_json=json)
        return
    forecasting.from_run(
        ledger, said,
        as_typed.OfRun(
            from_run, event, names(round_), names(reading), draws, seed, tuple(set_ or ()),
            protocol, executor,
            value is not None or bool(share or quantile or normal),
        ),
        as_json=json,
    )  # fmt: skip


@ledger_app.command("resolve")
def ledger_resolve(
    question: QuestionName,
    answer: Annotated[
        str | None, typer.Argument(metavar="[ANSWER]", help="yes, no, an option, a number, a date.")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="Where the answer stands.")] = "",
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="From when it could be known; else now."),
    ] = None,
    ambiguous: Annotated[
        bool, typer.Option("--ambiguous", help="The criteria do not decide.")
    ] = False,
    annulled: Annotated[
        bool, typer.Option("--annulled", help="The question was a mistake.")
    ] = False,
    void: Annotated[bool, typer.Option("--void", help="Its condition failed.")] = False,
    note: Annotated[str, typer.Option("--note", help="Anything else.")] = "",
    by: By = None,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:
    """Write the answer down, with its source; a later one takes its place and rescores."""
    from detente.cli.ledgers import writing  # noqa: PLC0415

    verdicts = {"ambiguous": ambiguous, "annulled": annulled, "void": void}
    given = writing.Given(
        question, answer, tuple(name for name, wanted in verdicts.items() if wanted), source, on,
        note, by,
    )  # fmt: skip
    writing.resolve(ledger, given, as_json=json)


@ledger_app.command("show")
def ledger_show(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="One question; else all.")
    ] = None,
    tag: Tags = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="open|closed|resolved|ambiguous|annulled|void",
            help="Only these.",
        ),
    ] = None,
    ledger: Where = LEDGER,
    json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write a page that anyone can host, the JSON and the log there."),
    ] = None,
) -> None:  # fmt: skip
    """Questions, forecasts and answers; with --out as a page for the public."""
    from detente.cli.ledgers import showing  # noqa: PLC0415

    showing.show(ledger, showing.Wanted(question, names(tag), status), as_json=json, out=out)


@ledger_app.command("score")
def ledger_score(
    group: Annotated[
        str,
        typer.Option(
            "--group",
            metavar="stream|author|lens|reading|tag|question|all",
            help="Means over what.",
        ),
    ] = "stream",
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="base-rate|community|outside", help="Relative to this as well."
        ),
    ] = None,
    tag: Tags = None,
    combine: Annotated[
        bool, typer.Option("--combine", help="Forecasters pooled, and what each adds.")
    ] = False,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:
    """Scores at the close and over time, of every question that has an answer."""
    from detente.cli.ledgers import scoring  # noqa: PLC0415

    if combine:
        scoring.combined(ledger, names(tag), as_json=json)
        return
    scoring.score(ledger, group, against, names(tag), as_json=json)


@ledger_app.command("calibration")
def ledger_calibration(
    tag: Tags = None,
    author: Annotated[str | None, typer.Option("--author", help="Only this forecaster.")] = None,
    lens: Annotated[str | None, typer.Option("--lens", help="Only this method.")] = None,
    reading: Annotated[str | None, typer.Option("--reading", help="Only this reading.")] = None,
    after_the_fact: AfterTheFact = False,
    seed: Seed = 1,
    ledger: Where = LEDGER,
    json: AsJson = False,
    out: OutFolder = None,
) -> None:
    """Do things said to be 70 % likely happen in 70 %? Points, and a curve where there are enough."""
    from detente.cli.ledgers import scoring  # noqa: PLC0415

    wanted = scoring.Choice(names(tag), author, lens, reading, after_the_fact)
    scoring.calibrate(ledger, wanted, seed, as_json=json, out=out)


@ledger_app.command("export")
def ledger_export(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV file to write.")],
    flat: Annotated[
        bool, typer.Option("--flat", help="A table for spreadsheets, one row a forecast.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:
    """Write the log as CSV, hashes and all: another ledger takes it back as it is."""
    from detente.cli.ledgers import exchanging  # noqa: PLC0415

    exchanging.export(ledger, to, flat=flat, force=force, as_json=json)


@ledger_app.command("import")
def ledger_import(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A log, a public question set, or GJP's ifps.csv."),
    ],
    by: By = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="Put this on every question of a set.")
    ] = None,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:
    """Read a log that was exported, or a question set as CSV; says what was not kept, and why."""
    from detente.cli.ledgers import exchanging  # noqa: PLC0415

    exchanging.import_(ledger, file, by, names(tag), as_json=json)


@ledger_app.command("verify")
def ledger_verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="An exported log; else the ledger.")
    ] = None,
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help="The hash of an entry noted earlier.")
    ] = None,
    ledger: Where = LEDGER,
    json: AsJson = False,
) -> None:  # fmt: skip
    """Was anything changed, removed, added or moved? Exit code 1 where it was."""
    from detente.cli.ledgers import exchanging  # noqa: PLC0415

    raise typer.Exit(exchanging.verify(ledger, file, head, as_json=json))
