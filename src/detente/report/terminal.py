"""The answer on a terminal: in words first, then what it rests on, then what it is not."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.answer import Answer, Run
from detente.analysis.support import BASIS_WORDS, by_basis
from detente.figures.naming import Names, and_list, percent, tidy
from detente.report.sentences import answer_sentences

SHOWN = 3
NOT_A_PROPHECY = (
    "This is an ensemble over stated assumptions, not a prophecy. It would be wrong if an option, "
    "a party or a precondition that matters is missing, or if the ranges do not hold the truth."
)


def print_run(console: Console, run: Run, name: str, version: str) -> None:
    """Print the whole summary."""
    names = Names(run.situation)
    console.print(Text(tidy(run.situation.title), style="bold"))
    if run.situation.question:
        console.print(Text(tidy(run.situation.question)))
    console.print()
    for sentence in answer_sentences(run):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print()
    console.print(_forecast(run, names))
    console.print(
        "± is Monte Carlo error (95 %). In brackets, input uncertainty: where the chance lies at "
        "eight in ten points within the stated ranges.",
        style="dim",
    )
    for answer in _spotlight(run):
        _print_answer(console, answer, run, names)
    _print_record(console, run)
    console.print(Text(f"\n{NOT_A_PROPHECY}", style="dim"))
    console.print(
        f"{name}, seed {run.plan.seed}, {run.plan.draws:,} draws a scenario, detente {version}",
        style="dim",
    )


def _forecast(run: Run, names: Names) -> Table:
    """Rounds across, readings down: P(tangible, if they meet)."""
    rounds = list(dict.fromkeys(answer.round for answer in run.answers))
    readings = list(dict.fromkeys(answer.reading for answer in run.answers))
    found = {(answer.round, answer.reading): answer for answer in run.answers}
    table = Table(
        title="Chance of something tangible, if they meet", title_justify="left", title_style="bold"
    )
    table.add_column("reading")
    for round_ in rounds:
        table.add_column(Text(names.round(round_)), justify="right")
    for reading in readings:
        table.add_row(
            Text(names.reading(reading)), *(_cell(found[round_, reading]) for round_ in rounds)
        )
    return table


def _cell(answer: Answer) -> Text:
    estimate = answer.probabilities["tangible_given_held"]
    return Text.assemble(
        (percent(estimate.p), "bold"),
        f" ±{196 * estimate.mc_se:.1f} ",
        (f"[{percent(answer.spread.low)} to {percent(answer.spread.high)}]", "dim"),
    )


def _spotlight(run: Run) -> list[Answer]:
    """The last round under every reading: what lies ahead, or happened last."""
    last = run.answers[-1].round if run.answers else None
    return [answer for answer in run.answers if answer.round == last]


def _print_answer(console: Console, answer: Answer, run: Run, names: Names) -> None:
    console.print()
    console.rule(Text(names.scenario(answer.round, answer.reading), style="bold"), align="left")
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for heading, texts in (
        ("likely deal", _packages(answer, names)),
        ("in the way", _blockers(answer, names)),
        ("moved most by", _movers(answer, run, names)),
        ("rests on", _bases(answer)),
    ):
        for index, text in enumerate(texts):
            table.add_row(heading if index == 0 else "", Text(text))
    console.print(table)


def _packages(answer: Answer, names: Names) -> list[str]:
    if not answer.packages:
        return ["no deal in any draw"]
    return [
        f"{percent(package.share)} of deals: "
        + "; ".join(names.option(change) for change in package.changes)
        for package in answer.packages[:SHOWN]
    ]


def _blockers(answer: Answer, names: Names) -> list[str]:
    found = answer.blockers
    texts = [f"no package suits everybody in {percent(found.no_zone)} of draws"]
    if found.not_closed:
        texts[0] += f"; one does, but the sides misread each other, in {percent(found.not_closed)}"
    texts += [
        f"{percent(one.share)} of those: {names.blocking(one.constraints)}"
        for one in found.sets[:SHOWN]
    ]
    if found.larger:
        texts.append(f"{percent(found.larger)} of those: more than three things at once")
    return texts


def _movers(answer: Answer, run: Run, names: Names) -> list[str]:
    movers = [rest for rest in answer.rests if rest.moves][:SHOWN]
    return [
        f"{names.address(rest.address)} = {rest.value}: {_word(rest.claims, rest.basis, run)}"
        for rest in movers
    ] or ["nothing that is uncertain"]


def _word(claims: tuple[str, ...], basis: str, run: Run) -> str:
    """Whose word an address rests on, claim by claim."""
    if not claims or run.claims is None:
        return BASIS_WORDS[basis]
    chains = dict.fromkeys(run.claims.claims[claim].speakers for claim in claims)
    speakers = run.claims.speakers
    return and_list(
        ", citing ".join(tidy(speakers[name].name) for name in chain) for chain in chains
    )


def _bases(answer: Answer) -> list[str]:
    shares = by_basis(answer.rests)
    if not shares:
        return []
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    return ["; ".join(f"{percent(part)} {BASIS_WORDS[basis]}" for basis, part in ranked)]


def _print_record(console: Console, run: Run) -> None:
    if run.situation.events:
        console.print(Text("\nWhat then happened (recorded, never an input)", style="bold"))
    for event in run.situation.events:
        console.print(
            Padding(Text(f"{event.date}: {tidy(event.says)} [{tidy(event.source)}]"), (0, 0, 0, 2))
        )
