"""The answer on a terminal: in words first, then what it rests on, then what it is not."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.answer import Answer, Run
from detente.analysis.bases import BASIS_WORDS
from detente.analysis.blockers import BlockingSet
from detente.analysis.outside_view import ahead
from detente.analysis.support import by_basis
from detente.bargaining.protocols import NASH
from detente.figures.endings import in_short, why_not
from detente.figures.naming import Names, and_list, percent, tidy
from detente.figures.spans import (
    IF_THEY_MEET,
    half_width,
    main,
    main_words,
    meets_enough,
    met,
    span,
)
from detente.report.answering import answer_sentences
from detente.report.meeting import on_the_road
from detente.report.outside_terminal import print_beside
from detente.report.sentences import readings_of, rounds_of
from detente.situation.values import set_here

SHOWN = 3
NOT_A_PROPHECY = (
    "This is an ensemble over stated assumptions, not a prophecy. It would be wrong if an option, "
    "a party or a precondition that matters is missing, or if the ranges do not hold the truth."
)

FIRST_ONLY = (
    "Chances, deals and blocking sets are counted over all {draws:,} draws; what the answer is "
    "moved by and rests on, over the first {first:,}."
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
    for table in _tables(run, names):
        console.print(table)
    console.print(
        "± is Monte Carlo error (95 %). In brackets, input uncertainty: where the chance lies at "
        "eight in ten points within the stated ranges.",
        style="dim",
    )
    if run.first < run.plan.draws:
        console.print(FIRST_ONLY.format(first=run.first, draws=run.plan.draws), style="dim")
    print_beside(console, names, ahead(run))
    for answer in _spotlight(run):
        _print_answer(console, answer, run, names)
    _print_record(console, run)
    console.print(Text(f"\n{NOT_A_PROPHECY}", style="dim"))
    settings = set_here(run.scenarios[0].values) if run.scenarios else {}
    laid = "".join(f", --set {address}={value}" for address, value in settings.items())
    rule = "" if run.protocol == NASH else f", protocol {run.protocol}"
    tail = f"{name}, seed {run.plan.seed}, {run.plan.draws:,} draws a scenario{laid}{rule}, "
    tail += f"detente {version}"
    console.print(Text(tail, style="dim"))


def _tables(run: Run, names: Names) -> list[Table]:
    """Rounds with a run-up one by one, three chances apart; the others side by side."""
    apart = [r for r in reversed(rounds_of(run)) if on_the_road(run, r)]
    plain = [r for r in rounds_of(run) if r not in apart]
    return [
        *(_apart(run, names, round_) for round_ in apart),
        *([_forecast(run, names, plain)] if plain else []),
    ]


def _apart(run: Run, names: Names, round_: str | None) -> Table:
    """Readings down: P(tangible at all), whether they meet, P(tangible, if they meet)."""
    table = Table(
        title=f"{names.round(round_)}: three chances that are not the same",
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("reading")
    table.add_column("tangible\nat all", justify="right", min_width=13)
    table.add_column("they\nmeet", justify="right", min_width=4)
    table.add_column("tangible,\nif they meet", justify="right", min_width=12)
    table.add_column("if not held,\nmostly")
    for answer in on_the_road(run, round_):
        why = why_not(answer)
        table.add_row(
            Text(names.reading(answer.reading)),
            _cell(run, answer, "\n"),
            percent(answer.probabilities["held"].p),
            _if_they_meet(run, answer),
            in_short(why[0][0]) if why else "",
        )
    return table


def _forecast(run: Run, names: Names, rounds: Sequence[str | None]) -> Table:
    """Rounds across, readings down: the main chance of rounds that are taken as held."""
    found = {(answer.round, answer.reading): answer for answer in run.answers}
    table = Table(
        title=f"Chance {main_words([found[pair] for pair in found if pair[0] in rounds])}",
        title_justify="left",
        title_style="bold",
    )
    table.add_column("reading")
    for round_ in rounds:
        table.add_column(Text(names.round(round_)), justify="right")
    for reading in readings_of(run):
        table.add_row(
            Text(names.reading(reading)),
            *(_cell(run, found[round_, reading]) for round_ in rounds),
        )
    return table


def _cell(run: Run, answer: Answer, apart: str = " ") -> Text:
    """The main estimate, its Monte Carlo error and the span that the inputs leave open."""
    found, open_ = answer.probabilities[main(answer)], span(answer)
    error = f" ±{100 * half_width(found, run.plan.draws):.1f}"
    between = f"{apart}[{percent(open_[0])} to {percent(open_[1])}]"
    return Text.assemble((percent(found.p), "bold"), error, (between, "dim"))


def _if_they_meet(run: Run, answer: Answer) -> Text:
    """P(tangible given held), where they meet often enough to tell."""
    if not meets_enough(run, answer):
        return Text("seldom meet" if met(run, answer) else "never meet", style="dim")
    found = answer.probabilities[IF_THEY_MEET]
    return Text(f"{percent(found.p)} ±{100 * half_width(found, met(run, answer)):.1f}")


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
        ("falls through", _falls_through(answer)),
        ("likely deal", _packages(answer, names)),
        ("in the way", _blockers(answer, names)),
        ("moved most by", _movers(answer, run, names)),
        ("rests on", _bases(answer)),
    ):
        for index, text in enumerate(texts):
            shown = Text(text) if isinstance(text, str) else text
            table.add_row(heading if index == 0 else "", shown)
    console.print(table)


def _falls_through(answer: Answer) -> list[str]:
    """Why the meeting is not held, most frequent first; nothing without a run-up."""
    if answer.road is None:
        return []
    causes = [f"{percent(share)} {cause}" for cause, share in why_not(answer)]
    return ["; ".join(causes) or "in no draw"]


def _packages(answer: Answer, names: Names) -> Sequence[str | Table]:
    """The likeliest package choice by choice, then what differs from it in the next ones."""
    if not answer.packages:
        return ["no deal in any draw"]
    first, *others = answer.packages[:SHOWN]
    lines: list[str | Table] = [f"{percent(first.share)} of deals:"]
    lines += [_bullet("\u00b7", names.option(ref)) for ref in first.changes]
    for other in others:
        lines.append(f"{percent(other.share)} of deals: the same, but")
        lines += [_bullet(*one) for one in _differing(names, first.changes, other.changes)]
    return lines


def _bullet(mark: str, text: str) -> Table:
    """A line behind a mark; where it is long, its next lines hang."""
    grid = Table.grid(padding=(0, 1))
    grid.add_row(" ", mark, Text(text))
    return grid


def _differing(names: Names, first: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    """What a package lacks, has instead and has more than the first: mark, choice."""
    before = {ref.split(".")[0]: ref for ref in first}
    after = {ref.split(".")[0]: ref for ref in other}
    gone = [("without", ref) for issue, ref in before.items() if issue not in after]
    more = [("and", ref) for issue, ref in after.items() if issue not in before]
    instead = [
        ("with", ref) for issue, ref in after.items() if issue in before and before[issue] != ref
    ]
    return [(mark, names.option(ref)) for mark, ref in (*gone, *instead, *more)]


def _blockers(answer: Answer, names: Names) -> list[str]:
    found = answer.blockers
    texts = [f"no package suits everybody in {percent(found.no_zone)} of draws"]
    if found.not_closed:
        texts[0] += (
            f"; one does, they meet, but the sides misread each other, in {percent(found.not_closed)}"
        )
    texts += [
        f"{_opens(one)} in {percent(one.share)} of those: {names.blocking(one.constraints)}"
        for one in found.sets[:SHOWN]
    ]
    if found.larger:
        texts.append(f"in {percent(found.larger)} of those, more than three things at once")
    if found.cut:
        texts.append(f"in {percent(found.cut)} of those there may be more ways than were found")
    return texts


def _opens(found: BlockingSet) -> str:
    """A set in a draw is one way of several: without it alone the zone would open."""
    return "would open without this" if len(found.constraints) == 1 else "without these together"


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
