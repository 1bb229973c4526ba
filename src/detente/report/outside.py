"""Inside and outside views in words and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.analysis.inside_view import Inside
from detente.analysis.outside_view import Base, OutsideView, Share, Together
from detente.analysis.probabilities import MEANINGS
from detente.figures.naming import Names, and_list, percent, tidy
from detente.figures.spans import half_width
from detente.outside.base_rates import Interval
from detente.outside.classes import ReferenceClass

NONE_NAMED = (
    "This situation names no reference class, so nothing stands beside the inside view: how "
    "often it went so in other cases is left out. Name some under outside: in the file; "
    "detente outside --list has them."
)
FEW = 0.05  # of the cases: more that could not be coded may change the share
MATTERS = 0.5  # of the variance: from here on the choice of class is what matters


def sentences(names: Names, view: OutsideView) -> list[str]:
    """The answer in words, an event after another, then what is left out."""
    found = [
        " ".join(part for part in (_told(name, one), _apart(one), _classes(one.outside)) if part)
        for name, one in view.events.items()
    ]
    found += [said for one in view.events.values() if (said := _horizon(view, one.outside))]
    later = hindsight(view)
    if later:
        found.append(
            f"These classes hold cases from after the meeting was announced: {and_list(later)}. "
            "They know more than a forecaster could."
        )
    if view.without:
        found.append(
            f"No class is named for these, so only the inside view speaks: {_meanings(view.without)}."
        )
    if view.unmet:
        found.append(
            f"Classes are named for what the forecast of {names.round(view.round)} lacks: "
            f"{_meanings(view.unmet)}."
        )
    return found


def _meanings(events: Sequence[str]) -> str:
    return "; ".join(MEANINGS[name] for name in events)


def _told(name: str, event: Together) -> str:
    return (
        f"Chance that {MEANINGS[name]}: {percent(event.inside.estimate.p)} from inside, "
        f"{percent(event.outside.mean)} from outside, {percent(event.linear)} pooled."
    )


def hindsight(view: OutsideView) -> list[str]:
    """Classes with cases of later years than that of the meeting."""
    if view.eve is None:
        return []
    year = view.eve.year
    used = {s.found.id: s.found for one in view.events.values() for s in one.outside.shares}
    return [name for name, found in used.items() if found.last > year]


def weight_words(view: OutsideView) -> str:
    """How much the outside view weighs, and who says so."""
    origin = {"default": "a default that nobody chose", "file": "as the file says"}
    return f"{percent(view.weight)} ({origin.get(view.weight_from, 'as asked for here')})"


def _apart(event: Together) -> str | None:
    """Where the inside view lies beyond what the outside one takes for likely."""
    p, (low, high) = event.inside.estimate.p, event.outside.most
    if low <= p <= high:
        return None
    return (
        f"The inside view lies {'below' if p < low else 'above'} the 90 % interval of the outside "
        f"one ({interval(event.outside.most)}): it needs a reason why this case is not as others."
    )


def _classes(base: Base) -> str | None:
    """How far the classes of an event differ."""
    if base.heterogeneity is None:
        return None
    means = [share.share.mean for share in base.shares]
    between = f"from {percent(min(means))} to {percent(max(means))}"
    if base.heterogeneity >= MATTERS:
        return (
            f"The classes differ, {between}; {percent(base.heterogeneity)} of the outside view’s "
            "variance lies between them, so which class one takes matters more than how many "
            "cases it has."
        )
    return f"The classes agree within their uncertainty, {between}."


def _horizon(view: OutsideView, base: Base) -> str | None:
    """Where a class follows cases for another time than the situation asks about."""
    other = sorted({s.found.followed.years for s in base.shares if s.found.followed})
    if view.months is None or all(view.months == (12 * y, 12 * y) for y in other):
        return None
    low, high = view.months
    asked = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return (
        f"The classes on lasting count {and_list(str(y) for y in other)} years, the situation asks "
        f"about {asked} months."
    )


def up_to(view: OutsideView) -> str:
    """Up to which day meetings are counted, as a sentence with a space before it."""
    if view.eve is None:
        return ""
    return f" Leaders’ meetings are counted if they were planned for days before {view.eve}."


def interval(span: Interval) -> str:
    """``from to to`` in per cent."""
    return f"{percent(span[0])} to {percent(span[1])}"


def counted(found: ReferenceClass) -> str:
    """The counts of a class in words."""
    years = f"{found.first} to {found.last}"
    if found.followed is not None:
        one = found.followed
        return (
            f"{percent(one.share)} of {one.cases} ({percent(one.low)} to {percent(one.high)}, "
            f"Kaplan-Meier, {one.ended} ended), {years}; as uncertain as {found.k:.0f} of {found.n:.0f}"
        )
    if not found.n:
        return "no case by then"
    text = f"{found.k:.0f} of {found.n:.0f}, {years}"
    if found.left_out:
        text += f"; {found.left_out} that could not be coded left out"
    if found.left_out > FEW * found.n:
        all_ = found.n + found.left_out
        text += (
            f" ({found.k:.0f} of {all_:.0f} if none of them counts, "
            f"{found.k + found.left_out:.0f} if all do)"
        )
    if found.certain is not None and found.certain[0] != found.n:
        text += f"; without uncertain rows {found.certain[1]} of {found.certain[0]}"
    return text


def title_of(found: ReferenceClass) -> str:
    """What the cases are, and what the counted ones did."""
    return f"{tidy(found.title)}: {tidy(found.counts)}"


def margin_of(inside: Inside) -> str:
    """The Monte Carlo error of the inside view, as a table shows it."""
    return f"±{100 * half_width(inside.estimate, inside.count):.1f}"


def outside_object(view: OutsideView | None) -> dict[str, Any] | None:
    """The whole as plain data; None where no class is named."""
    if view is None:
        return None
    return {
        "round": view.round,
        "weight": view.weight,
        "weight_from": view.weight_from,
        "prior": view.prior,
        "note": view.note,
        "cases_before": view.eve.isoformat() if view.eve else None,
        "events": [_event(name, event) for name, event in view.events.items()],
        "no_class_for": list(view.without),
        "not_forecast": list(view.unmet),
    }


def _event(name: str, event: Together) -> dict[str, Any]:
    inside, outside = event.inside, event.outside
    return {
        "event": name,
        "inside": {
            "p": inside.estimate.p,
            "mc_se": inside.estimate.mc_se,
            "inputs_50": list(inside.half),
            "inputs_90": list(inside.most),
            "by_reading": [{"reading": r, "p": p} for r, p in inside.by_reading.items()],
        },
        "outside": {
            "p": outside.mean,
            "interval_50": list(outside.half),
            "interval_90": list(outside.most),
            "between_classes": outside.heterogeneity,
            "classes": [_share(share) for share in outside.shares],
        },
        "pooled": {
            "linear": event.linear,
            "log_odds": event.log_odds,
            "interval_50": list(event.half),
            "interval_90": list(event.most),
        },
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        **class_object(share.found),
        "weight": share.weight,
        "why": share.why,
        "p": share.share.mean,
        "interval_50": list(share.half),
        "interval_90": list(share.most),
        "of_ten_more": list(share.further),
    }


def class_object(found: ReferenceClass) -> dict[str, Any]:
    """A reference class as plain data."""
    one = found.followed
    followed = None
    if one is not None:
        followed = {
            "years": one.years, "cases": one.cases, "ended": one.ended,
            "share": one.share, "low": one.low, "high": one.high,
        }  # fmt: skip
    certain = None
    if found.certain is not None:
        certain = {"n": found.certain[0], "k": found.certain[1]}
    return {
        "class": found.id, "title": found.title, "counts": found.counts, "n": found.n,
        "k": found.k, "first": found.first, "last": found.last, "left_out": found.left_out,
        "certain": certain, "followed": followed, "source": found.source, "rules": found.rules,
        "caveats": found.caveats,
    }  # fmt: skip


def further(share: Share) -> str:
    """How many of ten further cases it would be."""
    low, high = share.further
    return f"{low} to {high}" if low != high else f"{low}"
