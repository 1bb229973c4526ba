"""The answer in sentences, each computed from a run's numbers and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.analysis.answer import Answer, Run
from detente.analysis.bases import BASES, BASIS_WORDS
from detente.analysis.compare import difference
from detente.analysis.digest import Zone
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import Estimate
from detente.analysis.support import by_basis
from detente.figures.naming import Names, and_list, percent
from detente.figures.sides import is_clear
from detente.figures.spans import AT_ALL, Z, half_width, main, main_words, widest

EVEN = 0.5


def rounds_of(run: Run) -> tuple[str | None, ...]:
    """The rounds that were run, in order."""
    return tuple(dict.fromkeys(answer.round for answer in run.answers))


def readings_of(run: Run) -> tuple[str | None, ...]:
    """The readings that were run, in order."""
    return tuple(dict.fromkeys(answer.reading for answer in run.answers))


def in_round(run: Run, round_: str | None) -> tuple[Answer, ...]:
    """The answers of one round, reading by reading."""
    return tuple(a for a in run.answers if a.round == round_)


def chance(answer: Answer) -> float:
    """The main probability of one scenario."""
    return answer.probabilities[main(answer)].p


def margin(found: Estimate, draws: int) -> str:
    """``±2.3 points`` of Monte Carlo error, by the rule of ``half_width``."""
    width = 100 * half_width(found, draws)
    return f"\u00b1{width:.1f} points" if found.mc_se else f"at most {width:.1f} points off"


def quoted(names: Names, answers: Sequence[Answer]) -> str:
    """Titles of readings in quotation marks."""
    return and_list(f"\u201c{names.reading(a.reading)}\u201d" for a in answers)


def between(names: Names, answers: Sequence[Answer], value: Callable[[Answer], float]) -> str:
    """``from 2% (“one”) to 86% (“another”)`` over readings, or the one they share."""
    low, high = min(map(value, answers)), max(map(value, answers))
    if low == high:
        return f"is {percent(low)} under every one of the {len(answers)} readings"
    lows = [a for a in answers if value(a) == low]
    highs = [a for a in answers if value(a) == high]
    return (
        f"runs from {percent(low)} ({quoted(names, lows)}) to "
        f"{percent(high)} ({quoted(names, highs)})"
    )


def range_of_round(run: Run, round_: str | None) -> str:
    """The lowest and the highest chance over the readings of one round."""
    names, answers = Names(run.situation), in_round(run, round_)
    where, what = names.round(round_), main_words(answers)
    what += "," if what.endswith("if they meet") else ""
    if len(answers) == 1:
        found = answers[0].probabilities[main(answers[0])]
        error = margin(found, run.plan.draws)
        return f"{where}: the chance {what} is {percent(found.p)} ({error} of Monte Carlo error)."
    text = between(names, answers, chance)
    over = f"over {len(answers)} readings, " if text.startswith("runs") else ""
    return f"{where}: {over}the chance {what} {text}."


def sides_of_even(run: Run, round_: str | None) -> str | None:
    """Which readings put the chance above one half; None with fewer than two readings."""
    names, answers = Names(run.situation), in_round(run, round_)
    if len(answers) < 2:
        return None
    above = [a for a in answers if chance(a) > EVEN]
    where = f"{names.round(round_)}: that is more likely than not"
    if not above:
        return f"{where} under no reading."
    if len(above) == len(answers):
        return f"{where} under every reading."
    below = [a for a in answers if a not in above]
    if len(below) == 1:
        return f"{where} under every reading but {quoted(names, below)}."
    return f"{where} under {quoted(names, above)} only, of {len(answers)} readings."


def change(run: Run, earlier: int, later: int) -> Difference:
    """The main probability of scenario ``later`` less that of ``earlier``, by position."""
    name = main(run.answers[later])
    first, second = (run.answers[i].probabilities[name] for i in (earlier, later))
    return Difference(first, second, *difference(run.happened[earlier], run.happened[later], name))


def change_between(run: Run, earlier: str | None, later: str | None) -> str | None:
    """How the chance changes from one round to another; None where it cannot be compared."""
    names = Names(run.situation)
    pairs = [
        (i, j)
        for i, a in enumerate(run.answers)
        for j, b in enumerate(run.answers)
        if (a.round, b.round) == (earlier, later) and a.reading == b.reading
    ]
    found = [
        (run.answers[j], change(run, i, j))
        for i, j in pairs
        if main(run.answers[i]) == main(run.answers[j])
    ]
    if not found:
        return None
    rising = [(a, d) for a, d in found if is_clear(d) and d.points > 0]
    falling = [(a, d) for a, d in found if is_clear(d) and d.points < 0]
    still = [a for a, d in found if not is_clear(d)]
    parts = [_direction(names, "rises", rising, len(found))] if rising else []
    parts += [_direction(names, "falls", falling, len(found))] if falling else []
    if still:
        parts.append(_unmoved(names, still, len(found)))
    return f"From {names.round(earlier)} to {names.round(later)} the chance {'; it '.join(parts)}."


def _direction(names: Names, verb: str, found: Sequence[tuple[Answer, Difference]], of: int) -> str:
    answer, most = max(found, key=lambda pair: abs(pair[1].points))
    size = f"{abs(100 * most.points):.0f} points (\u00b1{100 * Z * most.se:.1f})"
    if of == 1:
        return f"{verb} by {size}"
    if len(found) == 1:
        return f"{verb} under {quoted(names, [answer])}, by {size}"
    under = "every reading" if len(found) == of else f"{len(found)} of {of} readings"
    return f"{verb} under {under}, most under {quoted(names, [answer])}, by {size}"


def _unmoved(names: Names, still: Sequence[Answer], of: int) -> str:
    if of == 1:
        return "does not change by more than Monte Carlo error"
    under = "any reading" if len(still) == of else quoted(names, still)
    return f"does not change by more than Monte Carlo error under {under}"


def widest_input(run: Run) -> str:
    """Where the stated ranges leave most open, beside the Monte Carlo error there."""
    names = Names(run.situation)
    answer, (low, high) = widest(run.answers)
    error = margin(answer.probabilities[main(answer)], run.plan.draws)
    return (
        f"The inputs are ranges, and they leave room: most for "
        f"{names.scenario(answer.round, answer.reading)}, where eight in ten points within them "
        f"give a chance from {percent(low)} to {percent(high)}. That is apart from the Monte "
        f"Carlo error, there {error}."
    )


def blocks_most(run: Run, round_: str | None) -> str | None:
    """Which minimal blocking set leads under which readings; None where none is known."""
    names = Names(run.situation)
    leading: dict[tuple[str, ...], list[Answer]] = {}
    for answer in run.answers:
        if answer.round == round_ and answer.blockers.sets:
            leading.setdefault(answer.blockers.sets[0].constraints, []).append(answer)
    if not leading:
        return None
    parts = [
        f"{names.blocking(constraints)}"
        + (f" (under {quoted(names, found)})" if len(run.answers) > 1 else "")
        for constraints, found in leading.items()
    ]
    return (
        f"{names.round(round_)}: where no package suits everybody, what most often has to give "
        f"way is {'; '.join(parts)}."
    )


def rests_on(run: Run) -> str | None:
    """Whose word moves the forecasts, on average over scenarios; None where nothing does."""
    shares = [found for found in (by_basis(a.rests) for a in run.answers) if found]
    if not shares:
        return None
    mean = {basis: sum(s.get(basis, 0.0) for s in shares) / len(shares) for basis in BASES}
    order = sorted((b for b in BASES if mean[b] > 0.0), key=lambda b: -mean[b])
    parts = [f"{percent(mean[basis])} on {BASIS_WORDS[basis]}" for basis in order]
    return f"Of what moves the forecasts, on average over scenarios: {and_list(parts)}."


def zone_sentence(answer: Answer) -> str:
    """How often a zone of possible agreement exists, and how large it is."""
    zone = answer.zone
    if zone.exists == 0.0:
        return "In no draw does any package suit everybody who has to agree." + _unresolved(zone)
    estimated = f" (an estimate, ± {1.96 * zone.error:,.0f})" if zone.error > 0.0 else ""
    return (
        f"A zone of possible agreement exists in {percent(zone.exists)} of draws; where it does, "
        f"half the time it holds at most {zone.median:,.0f}{estimated} of some "
        f"{zone.allowed:,.0f} packages that the links allow." + _unresolved(zone)
    )


def _unresolved(zone: Zone) -> str:
    """Draws that were given up before they were solved for certain, if any."""
    if zone.unresolved == 0.0:
        return ""
    unknown = (
        f", and in {percent(zone.unknown)} it is not known whether any package does"
        if zone.unknown
        else ""
    )
    return (
        f" {percent(zone.unresolved)} of draws were given up unresolved: a package there is the "
        f"best that was found{unknown}."
    )


def blocking_sentence(run: Run, answer: Answer) -> str:
    """Why draws end without a deal."""
    names, found = Names(run.situation), answer.blockers
    if found.no_zone == 0.0:
        text = "Some package suits everybody in every draw."
    elif not found.sets:
        text = (
            f"In {percent(found.no_zone)} of draws nothing suits everybody, and no set of up to "
            "three constraints would have to give way alone."
        )
    else:
        top = found.sets[0]
        text = (
            f"In {percent(found.no_zone)} of draws nothing suits everybody; in "
            f"{percent(top.share)} of these it is enough that this gives way: "
            f"{names.blocking(top.constraints)}."
        )
    if found.larger > 0.0 and found.sets:
        text += f" In {percent(found.larger)} of them more than three constraints would have to."
    if found.not_closed > 0.0:
        text += (
            f" In {percent(found.not_closed)} of draws a package suits everybody and the sides, "
            "misreading each other, miss it."
        )
    return text


def would_be_wrong(run: Run, round_: str | None) -> str | None:
    """Which readings an outcome would count against; None with fewer than two readings."""
    names, answers = Names(run.situation), in_round(run, round_)
    if len(answers) < 2 or len({chance(a) for a in answers}) == 1:
        return None
    low, high = min(map(chance, answers)), max(map(chance, answers))
    lows = [a for a in answers if chance(a) == low]
    highs = [a for a in answers if chance(a) == high]
    stays_away = "they do not meet, or " if main(answers[0]) == AT_ALL else ""
    return (
        f"{names.round(round_)}: if they meet and something tangible follows, that counts most "
        f"against {quoted(names, lows)}, which gave it {percent(low)}; if {stays_away}nothing does, "
        f"most against {quoted(names, highs)}, which gave that {percent(1.0 - high)}."
    )
