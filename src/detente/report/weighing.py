"""Weighed readings in sentences, each computed from their numbers, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.indicators import Indicator
from detente.analysis.pooling import FEW
from detente.analysis.probabilities import MEANINGS, Estimate
from detente.analysis.updating import Step
from detente.analysis.weighing import Weighing
from detente.figures.candidate_names import indicator_name
from detente.figures.evidence import Evidence, evidence_of, next_to_watch, sign
from detente.figures.naming import Names, and_list, percent, tidy
from detente.figures.spans import AT_ALL, IF_THEY_MEET, Z
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Event, Situation
from detente.situation.values import Values, set_here


def target_of(found: Weighing) -> str:
    """The main probability: of something tangible at all where meeting is modelled."""
    return AT_ALL if AT_ALL in found.before else IF_THEY_MEET


def sentences(names: Names, found: Weighing) -> tuple[str, ...]:
    """The answer, most important first."""
    told = [
        *(
            sentence
            for before, after in zip(found.steps, found.steps[1:], strict=False)
            for sentence in (_likelihoods(names, after), _moved(names, before, after))
        ),
        None if found.events else _nothing_counts(found),
        _forecast(names, found),
        _known(found),
        _if_known_counted(names, found),
        *(_next(names, one) for one in next_to_watch(found)[:2]),
        _few(names, found),
    ]
    return tuple(sentence for sentence in told if sentence)


def event_words(event: Event) -> str:
    """``2025-10-21: first sentence of what happened``, the rest being in the table."""
    return f"{tidy(event.says).split('. ')[0].rstrip('.')} ({event.date})"


def _likelihoods(names: Names, step: Step) -> str:
    """Under which readings an event was likely."""
    assert step.event is not None
    known = {name: one.p for name, one in step.likelihood.items() if one is not None}
    high, low = max(known.values()), min(known.values())
    moves = (
        ""
        if step.bits == 0.0
        else f" It moves the weights by {step.bits:.2f} bits; one bit settles which of two "
        "equally weighed readings holds."
    )
    return (
        f"{event_words(step.event)}: that had a chance from {percent(low)} "
        f"({_quoted(names, known, low)}) to {percent(high)} ({_quoted(names, known, high)}).{moves}"
    )


def _quoted(names: Names, table: Mapping[str, float], value: float) -> str:
    return and_list(f"“{names.reading(n)}”" for n, v in table.items() if v == value)


def _moved(names: Names, before: Step, after: Step) -> str:
    """Whose weight rises and whose falls, with the error of the new weight."""
    parts: list[str] = []
    for name, new in after.weights.items():
        old = before.weights[name]
        if abs(new.p - old.p) > Z * new.mc_se and abs(new.p - old.p) >= 0.005:
            parts.append(f"“{names.reading(name)}” from {percent(old.p)} to {weight(new)}")
    if not parts:
        return "No reading's weight moves by more than Monte Carlo error."
    return f"The weights move: {and_list(parts)}."


def weight(found: Estimate) -> str:
    """A weight with its Monte Carlo error; none is told where all draws agree."""
    if found.mc_se == 0.0:
        return percent(found.p)
    return f"{percent(found.p)} ±{100 * Z * found.mc_se:.1f}"


def seen(found: Weighing) -> int:
    """In how many draws all that counted came true, over readings that weigh anything."""
    prior, last = found.steps[0].weights, found.steps[-1].draws
    return sum(count for name, count in last.items() if prior[name].p > 0.0)


def _nothing_counts(found: Weighing) -> str:
    why = (
        "every recorded event that a draw could show was known when the readings were written"
        if found.known
        else "no event is recorded that a draw could show"
    )
    return f"Nothing has been weighed: {why}. These are the prior weights."


def _forecast(names: Names, found: Weighing) -> str:
    """The forecast over readings, before and after."""
    target, round_ = target_of(found), names.round(found.round)
    before = f"{round_}: over readings by their prior weights, the chance that {MEANINGS[target]} "
    before += f"was {percent(found.before[target].p)}"
    if not found.events:
        return f"{before}."
    if target not in found.after or seen(found) < FEW:
        return f"{before}; with the new weights it cannot be told, for want of draws."
    where = f"a further meeting on the terms of {round_}" if found.resolved else "the same meeting"
    return f"{before}; for {where}, with the new weights, it is {weight(found.after[target])}."


def _known(found: Weighing) -> str | None:
    if not found.known:
        return None
    listed = and_list(event_words(one.event) for one in found.known)
    return (
        f"Not counted, since the readings were written in knowledge of it: {listed}. A reading "
        "already takes account of what its speaker knew; counting it again would count it twice."
    )


def _if_known_counted(names: Names, found: Weighing) -> str | None:
    """What would become of the weights if what was known counted too."""
    if not found.if_known_counted:
        return None
    now, then = found.steps[-1].weights, found.if_known_counted
    top_now, top_then = (max(w, key=lambda n, w=w: w[n].p) for w in (now, then))
    listed = and_list(
        f"“{names.reading(n)}” {weight(e)}"
        for n, e in sorted(then.items(), key=lambda pair: -pair[1].p)[:3]
    )
    told = f"if it were counted all the same, the weights would be {listed} (--all-events)."
    if top_now == top_then:
        return f"The same reading would lead: {told}"
    gap, doubt = (
        then[top_then].p - then[top_now].p,
        Z * (then[top_then].mc_se + then[top_now].mc_se),
    )
    if gap > doubt:
        return f"This choice decides which reading leads: {told}"
    return f"Which reading would lead cannot be told for want of draws: {told}"


def _next(names: Names, one: Indicator) -> str:
    """What one observation would tell."""
    known = {name: p for name, p in one.by_reading.items() if p is not None}
    high, low = max(known.values()), min(known.values())
    rises = max(one.if_seen, key=lambda n: one.if_seen[n])
    otherwise = max(one.if_not, key=lambda n: one.if_not[n])
    return (
        f"Worth watching: {indicator_name(names, one)}. Its chance runs from {percent(low)} "
        f"({_quoted(names, known, low)}) to {percent(high)} ({_quoted(names, known, high)}); "
        f"knowing it is worth {one.bits:.2f} bits (±{Z * one.se:.3f}). If so, "
        f"“{names.reading(rises)}” leads with {percent(one.if_seen[rises])}; if not, "
        f"“{names.reading(otherwise)}” with {percent(one.if_not[otherwise])}."
    )


def _few(names: Names, found: Weighing) -> str | None:
    """Readings whose likelihood rests on next to no draws."""
    prior, draws = found.steps[0].weights, found.steps[-1].draws
    weighing = [name for name in draws if prior[name].p > 0.0]
    few = [name for name in weighing if draws[name] < FEW]
    if not few:
        return None
    if seen(found) < FEW or len(few) == len(weighing):
        return (
            f"All that counted comes true in fewer than {FEW} draws of each reading, so neither "
            "the weights nor the new forecast can be told. Ask for more draws."
        )
    listed = and_list(f"“{names.reading(name)}”" for name in few)
    return (
        f"Under {listed} all that counted comes true in fewer than {FEW} draws: of that weight "
        "no more is known than that it is small. Ask for more draws."
    )


def print_weighing(console: Console, names: Names, found: Weighing, tail: str) -> None:
    """Print the answer in words, then readings side by side, then the matrix."""
    for sentence in sentences(names, found):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print()
    console.print(_side_by_side(names, found))
    console.print(
        "Weights: how much each reading counts, before and after what counted; the prior ones are "
        "the analyst's. ± is 95 % Monte Carlo error, of the likelihoods, not of the priors.",
        style="dim",
    )
    console.print(_matrix(names, found))
    console.print(
        "Readings in rows, evidence in columns: the chance of it under that reading. "
        "++ at least three times its chance over all readings, + a quarter more, - a quarter "
        "less, -- a third or less. Read down a column to see whom it speaks for.",
        style="dim",
    )
    for one in evidence_of(names, found):
        console.print(Padding(Text(f"{one.letter}  {one.status}: {one.words}"), (0, 0, 0, 2)))
    console.print(Text(f"\n{tail}", style="dim"))


def _side_by_side(names: Names, found: Weighing) -> Table:
    """A row a reading: its forecasts, and its weight event by event."""
    table = Table(
        title=f"{names.round(found.round)}: readings side by side",
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("reading")
    shown = [n for n in ("held", target_of(found), "escalates") if n in found.before]
    for name in shown:
        table.add_column({"held": "they\nmeet", "escalates": "war"}.get(name, "tangible"),
                         justify="right")  # fmt: skip
    table.add_column("prior", justify="right")
    for step in found.steps[1:]:
        assert step.event is not None
        table.add_column(f"after\n{step.event.id}", justify="right")
    for name in found.readings:
        chances = found.by_reading[name]
        table.add_row(
            Text(names.reading(name)),
            *(percent(chances[n].p) if n in chances else "–" for n in shown),
            percent(found.steps[0].weights[name].p),
            *(weight(step.weights[name]) for step in found.steps[1:]),
        )
    table.add_section()
    table.add_row("over readings, prior", *(percent(found.before[n].p) for n in shown))
    if found.events:
        label = "a further one, new weights" if found.resolved else "with the new weights"
        table.add_row(
            label, *(percent(found.after[n].p) if n in found.after else "–" for n in shown)
        )
    return table


def _matrix(names: Names, found: Weighing) -> Table:
    table = Table(title="What speaks for whom", title_justify="left", title_style="bold")
    table.add_column("reading")
    evidence = evidence_of(names, found)
    for one in evidence:
        table.add_column(one.letter, justify="right")
    for name in found.readings:
        table.add_row(Text(names.reading(name)), *(_cell(one, name) for one in evidence))
    return table


def _cell(one: Evidence, reading: str) -> str:
    p = one.by_reading[reading]
    return "–" if p is None else f"{percent(p)} {sign(one, reading):2}"


def weighing_object(
    situation: Situation, values: Values, found: Weighing, plan: Plan, *, name: str, version: str
) -> dict[str, Any]:
    """The weighed readings as one JSON object."""
    return {
        "format": "detente-readings/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": set_here(values),
        "seed": plan.seed,
        "draws": plan.draws,
        "round": found.round,
        "resolved": found.resolved,
        "steps": [
            {
                "event": None if step.event is None else step.event.id,
                "likelihood": {n: None if e is None else _estimate(e)
                               for n, e in step.likelihood.items()},
                "weights": {n: _estimate(e) for n, e in step.weights.items()},
                "draws": step.draws,
                "bits": step.bits,
            }
            for step in found.steps
        ],
        "known": [
            {
                "event": one.event.id,
                "likelihood": {n: _estimate(e) for n, e in one.likelihood.items()},
            }
            for one in found.known
        ],
        "if_known_counted": {n: _estimate(e) for n, e in found.if_known_counted.items()},
        "by_reading": {
            reading: {n: _estimate(e) for n, e in chances.items()}
            for reading, chances in found.by_reading.items()
        },
        "before": {n: _estimate(e) for n, e in found.before.items()},
        "after": {n: _estimate(e) for n, e in found.after.items()},
        "indicators": [
            {
                "round": one.round,
                "again": one.again,
                "what": one.candidate.sort,
                "detail": one.candidate.detail,
                "bits": one.bits,
                "se": one.se,
                "p": one.p,
                "by_reading": one.by_reading,
                "weights_if_seen": one.if_seen,
                "weights_if_not": one.if_not,
            }
            for one in found.indicators
        ],
    }  # fmt: skip


def _estimate(found: Estimate) -> dict[str, float]:
    return {"p": found.p, "mc_se": found.mc_se}
