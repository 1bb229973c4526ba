"""What-ifs in sentences, each computed from their numbers; only clear differences are told."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.outcome_changes import Leading
from detente.analysis.pooling import Difference
from detente.analysis.whatif import Effect, WhatIfs
from detente.figures.naming import Names, and_list, percent, whatif_title
from detente.figures.sides import is_clear, points
from detente.figures.spans import Z
from detente.model.causes import CAUSES, HELD
from detente.report.chances import the_chance
from detente.situation.what_ifs import WhatIf
from detente.situation.writing import in_words

OPTIONS = 3  # that deals contain more or less often, told of one effect
PIECES = 8  # options of a package, listed
WORTH = 0.01  # a clear change that is smaller than a point is left to the tables


def setting_words(names: Names, what_if: WhatIf) -> str:
    """What a what-if sets, in words."""
    parts = (f"“{names.address(a)}” is {in_words(q)}" for a, q in what_if.patch.items())
    return "; ".join(parts)


def headline(names: Names, found: WhatIfs, what_if: WhatIf) -> str:
    """Under which readings the chance rises or falls, and how far at the most."""
    effects = found.of(what_if)
    told = [(one, d) for one in effects if (d := one.differences.get(found.target))]
    parts = [
        _direction(names, verb, [(e, d) for e, d in told if is_clear(d) and (d.points > 0) == up],
                   len(effects))
        for verb, up in (("rises", True), ("falls", False))
    ]  # fmt: skip
    parts += [_unmoved(names, effects, told), _untold(names, effects, told)]
    subject = the_chance(found.target)
    return f"{subject[0].upper()}{subject[1:]} {'; it '.join(p for p in parts if p)}."


def _direction(
    names: Names, verb: str, found: Sequence[tuple[Effect, Difference]], of: int
) -> str | None:
    if not found:
        return None
    most, d = max(found, key=lambda pair: abs(pair[1].points))
    if of == 1:
        return f"{verb} {from_to(d)}"
    if len(found) == 1:
        return f"{verb} under {_quoted(names, [most])}, {from_to(d)}"
    under = f"all {of} readings" if len(found) == of else f"{len(found)} of {of} readings"
    return f"{verb} under {under}, most under {_quoted(names, [most])}, {from_to(d)}"


def _unmoved(
    names: Names, effects: Sequence[Effect], told: Sequence[tuple[Effect, Difference]]
) -> str | None:
    still = [one for one, d in told if not is_clear(d)]
    same = [one for one in still if not one.changed]
    parts = (
        _under(names, "does not change by more than Monte Carlo error", effects,
               [one for one in still if one.changed], ""),
        _under(names, "does not change", effects, same, ", where the values stand like that already"),
    )  # fmt: skip
    return "; it ".join(part for part in parts if part) or None


def _under(
    names: Names, what: str, effects: Sequence[Effect], some: Sequence[Effect], why: str
) -> str | None:
    """What holds under some of the readings; the only one goes without saying."""
    if not some:
        return None
    if len(effects) == 1:
        return f"{what}{why}"
    every = len(some) == len(effects)
    return f"{what} under {'any reading' if every else _quoted(names, some)}{why}"


def _untold(
    names: Names, effects: Sequence[Effect], told: Sequence[tuple[Effect, Difference]]
) -> str | None:
    known = [one for one, _ in told]
    rest = [one for one in effects if one not in known]
    return f"cannot be told under {_quoted(names, rest)}, for want of draws" if rest else None


def _quoted(names: Names, effects: Sequence[Effect]) -> str:
    return and_list(f"“{names.reading(one.before.reading)}”" for one in effects)


def from_to(d: Difference) -> str:
    """``from 5% to 40% (+35.0 points ±1.0)``."""
    change = f"{points(d.points)} points ±{100 * Z * d.se:.1f}"
    return f"from {percent(d.first.p)} to {percent(d.second.p)} ({change})"


def rather(d: Difference) -> str:
    """``in 40% rather than 5%``; with a digit more where both would look alike."""
    first, second = percent(d.first.p), percent(d.second.p)
    if first == second:
        first, second = f"{d.first.p:.1%}", f"{d.second.p:.1%}"
    return f"in {second} rather than {first}"


def _worth(d: Difference) -> bool:
    """Whether a change is clear, and large enough for a sentence."""
    return is_clear(d) and abs(d.points) >= WORTH


def ranking(names: Names, found: WhatIfs) -> str | None:
    """Which of several what-ifs changes the chance most, and under which reading."""
    told = [(w, one) for w in found.what_ifs for one in told_of(found, w)[:1]]
    if len(found.what_ifs) < 2:
        return None
    if not told:
        return "None of the what-ifs changes the chance by more than Monte Carlo error."
    told.sort(key=lambda pair: -abs(pair[1].differences[found.target].points))
    parts = [
        f"“{whatif_title(what_if)}” {from_to(one.differences[found.target])} under "
        f"{_quoted(names, [one])}"
        for what_if, one in told
    ]
    return (
        f"{names.round(found.round)}, {the_chance(found.target).rstrip(',')}. The largest change "
        f"of each what-if, the largest first: {'; '.join(parts)}."
    )


def told_of(found: WhatIfs, what_if: WhatIf) -> tuple[Effect, ...]:
    """The readings whose difference says most: the largest clear rise and the largest fall."""
    pairs = [(e, e.differences[found.target].points) for e in found.of(what_if)
             if (d := e.differences.get(found.target)) is not None and is_clear(d)]  # fmt: skip
    rise = max((p for p in pairs if p[1] > 0), key=lambda p: p[1], default=None)
    fall = min((p for p in pairs if p[1] < 0), key=lambda p: p[1], default=None)
    both = [pair for pair in (rise, fall) if pair is not None]
    return tuple(effect for effect, _ in sorted(both, key=lambda pair: -abs(pair[1])))


def explanation(names: Names, one: Effect) -> tuple[str, ...]:
    """What carries the difference, and by what way it comes about: only what is clear."""
    told = [_split(names, one), _zone(one), _road(one), _missed(one), *_deals(names, one),
            _blocking(names, one), _after(one)]  # fmt: skip
    return tuple(sentence for sentence in told if sentence)


def _split(names: Names, one: Effect) -> str | None:
    """Which changed value carries how much of the difference."""
    if not one.shares:
        return None
    ranked = sorted(one.shares, key=lambda share: -abs(share.points))
    clear = [s for s in ranked if s.points and abs(s.points) > Z * s.se]
    if not clear:
        return "None of the changed values carries more than Monte Carlo error."
    listed = and_list(f"“{names.address(s.address)}” {points(s.points)}" for s in clear)
    rest = len(ranked) - len(clear)
    more = f"; {rest} more, nothing beyond Monte Carlo error" if rest else ""
    if one.exact:
        return f"Of the change, in points: {listed}{more}."
    return f"What each value adds once the others are there, in points: {listed}{more}."


def _zone(one: Effect) -> str | None:
    zone = one.how.zone
    return f"Some package suits everybody {rather(zone)} of draws." if _worth(zone) else None


def _road(one: Effect) -> str | None:
    """Whether they meet, and why not."""
    causes = {code: d for code, d in one.how.causes.items() if _worth(d)}
    if not causes:
        return None
    others = sorted((c for c in causes if c != HELD), key=lambda c: -abs(causes[c].points))
    parts = [f"{CAUSES[code]} {rather(causes[code])}" for code in others]
    if HELD not in causes:
        return f"The meeting is {and_list(parts)} of draws."
    met = f"They meet {rather(causes[HELD])} of draws"
    return f"{met}; the meeting is {and_list(parts)}." if parts else f"{met}."


def _missed(one: Effect) -> str | None:
    missed = one.how.missed
    if missed is None or not _worth(missed):
        return None
    return (
        "Where they meet and some package suits everybody, they miss it, misreading each other, "
        f"{rather(missed)}."
    )


def _deals(names: Names, one: Effect) -> list[str]:
    """What deals contain more or less often, and whether the most frequent is another."""
    found = {ref: d for ref, d in one.how.options.items() if _worth(d)}
    ranked = sorted(found, key=lambda ref: -abs(found[ref].points))[:OPTIONS]
    told: list[str] = []
    if ranked:
        parts = (f"“{names.option(ref)}” {rather(found[ref])}" for ref in ranked)
        told.append(f"Deals contain {and_list(parts)} of them.")
    before, after = one.how.packages
    if before and after and before.leads and after.leads and before != after:
        told += _package(names, before, after)
    return told


def _package(names: Names, before: Leading, after: Leading) -> list[str]:
    """The most frequent package where it is another, by what comes and goes."""
    old, new = before.package.changes, after.package.changes
    comes = [f"“{names.option(ref)}”" for ref in new if ref not in old][:PIECES]
    goes = [f"“{names.option(ref)}”" for ref in old if ref not in new][:PIECES]
    if not comes and not goes:
        return []
    parts = [f"with {and_list(comes)}"] if comes else []
    parts += [f"without {and_list(goes)}"] if goes else []
    return [f"The most frequent deal is another: {' and '.join(parts)}."]


def _blocking(names: Names, one: Effect) -> str | None:
    """What most often has to give way, where that is something else than before."""
    before, after = one.how.blocking
    if before is None or after is None or not before.leads or not after.leads:
        return None
    first, second = before.found, after.found
    if first.constraints == second.constraints:
        return None
    return (
        "Where nothing suits everybody, what most often has to give way is now "
        f"{names.blocking(second.constraints)} (in {percent(second.share)} of these draws), and "
        f"not {names.blocking(first.constraints)} (in {percent(first.share)} before)."
    )


def _after(one: Effect) -> str | None:
    """War, and how long deals last."""
    parts: list[str] = []
    war, lasting = (one.differences.get(name) for name in ("escalates", "lasts_given_deal"))
    if war is not None and _worth(war):
        parts.append(f"war comes {rather(war)} of draws")
    if lasting is not None and _worth(lasting):
        parts.append(f"a deal, if there is one, outlasts the horizon {rather(lasting)}")
    text = and_list(parts)
    return f"{text[0].upper()}{text[1:]}." if parts else None
