"""Conflicts in option form, as GMCR+ and gmcr-py save them (Fang, Hipel & Kilgour 1993; Kinsara et al. 2015).

Decision makers control options, each taken (Y) or not (N); a state says which are. Every option becomes
an issue with yes and no, and whoever controls it has to deliver it. A combination that is not
feasible becomes a link that excludes it. The state that holds without a deal is the feasible one
with the lowest number, unless the user names one.

The graph model orders states; a situation needs amounts. Each decision maker gets the gains that
fit the ranks of its states best by least squares, additive and, where that helps, with links that make
two changes worth more or less together. The account says how many of the pairs of states they put
in the same order.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.arrays import Bools
from detente.interchange.bargain import Notes
from detente.interchange.conflict import Conflict, read_conflict
from detente.interchange.fitting import Fit, fit_of
from detente.interchange.naming import Names, label
from detente.interchange.reading import Source
from detente.interchange.record import (
    MAX_LINKS,
    Account,
    Settings,
    listed,
    within_limits,
)

YES, NO = "yes", "no"


def conflict_of(
    source: Source, settings: Settings, account: Account
) -> tuple[dict[str, Any], Notes]:
    """The situation as data, with what to say above its parts. Raises SituationError."""
    conflict = read_conflict(source, account)
    within_limits(account, source.place, len(conflict.makers), len(conflict.options))
    if len(conflict.infeasible) > MAX_LINKS:
        account.wrong(
            source.place, f"{len(conflict.infeasible)} infeasible combinations",
            f"a situation holds at most {MAX_LINKS} links", "merge combinations",
        )  # fmt: skip
    held = _status_quo(conflict, source, settings, account)
    account.stop_if_wrong()
    who, names = Names("actor"), Names("option")
    makers = [who.give(maker.name) for maker in conflict.makers]
    issues = [names.give(option) for option in conflict.options]
    fits = [fit_of(conflict.states ^ held, maker.rank) for maker in conflict.makers]
    data: dict[str, Any] = {
        "detente": 1,
        "title": label(source.path.stem),
        "question": "Which state do the decision makers agree on?",
        "about": "A conflict in option form.",
        "actors": {
            name: {"name": label(maker.name), "role": "principal", "sort": "group"}
            for name, maker in zip(makers, conflict.makers, strict=True)
        },
        "issues": {name: _issue(k, conflict, makers, fits, held) for k, name in enumerate(issues)},
    }
    links = _links(conflict, issues, account)
    links += _together(fits, makers, issues, held, MAX_LINKS - len(links), account)
    if links:
        data["links"] = links
    final = _final(conflict, issues, held)
    if final:
        data["stability"] = {"irreversible": final}
    _tell(conflict, fits, held, account)
    return data, _notes()


def _status_quo(conflict: Conflict, source: Source, settings: Settings, account: Account) -> Bools:
    """The state that holds without a deal: shape (option,)."""
    given = settings.status_quo
    if not given:
        return conflict.states[0]
    state = np.zeros(len(conflict.options), dtype=np.bool_)
    for name, text in given.items():
        if name not in conflict.options or text.lower() not in {"y", "n", YES, NO}:
            account.wrong(
                source.place, f"--status-quo {label(name)}={label(text)}",
                f"one of {listed(list(conflict.options))} with yes or no", "correct the name",
            )  # fmt: skip
            continue
        state[conflict.options.index(name)] = text.lower() in {"y", YES}
    if not (conflict.states == state).all(axis=1).any():
        account.wrong(
            source.place, "--status-quo names a state that is not feasible", "a feasible state",
            "options that are not named count as no: name the others that are taken",
        )  # fmt: skip
    return state


def _issue(
    k: int, conflict: Conflict, makers: list[str], fits: list[Fit], held: Bools
) -> dict[str, Any]:
    owners = [m for m, maker in zip(makers, conflict.makers, strict=True) if k in maker.options]
    now, changed = (YES, NO) if held[k] else (NO, YES)
    options: dict[str, Any] = {NO: "not taken", YES: "taken"}
    if owners:
        options[changed] = {"name": options[changed], "obligors": owners}
    return {
        "name": label(conflict.options[k]),
        "status_quo": now,
        "options": options,
        "salience": {m: _share(fit, k) for m, fit in zip(makers, fits, strict=True)},
        "preferences": {
            m: _preference(fit, k, now, changed) for m, fit in zip(makers, fits, strict=True)
        },
    }


def _preference(fit: Fit, k: int, now: str, changed: str) -> dict[str, float]:
    """The better of the two gets what leaves room for links of at most one stake, the other 0."""
    gain, room = float(fit.gain[k]), _room(fit)
    found = {now: room if gain < 0 else 0.0, changed: room if gain > 0 else 0.0}
    return {NO: found[NO], YES: found[YES]}


def _room(fit: Fit) -> float:
    most = max((abs(worth) for worth in fit.together.values()), default=0.0)
    return float(f"{min(1.0, _whole(fit) / most):.6g}") if most else 1.0


def _whole(fit: Fit) -> float:
    """The span of the additive gains, which a situation takes for one stake."""
    return float(np.abs(fit.gain).sum())


def _share(fit: Fit, k: int) -> float:
    whole = _whole(fit)
    return float(f"{abs(float(fit.gain[k])) / whole:.6g}") if whole else 1.0


def _together(
    fits: list[Fit], makers: list[str], issues: list[str], held: Bools, most: int, account: Account
) -> list[dict[str, Any]]:
    """Links that make two changes worth more or less together than apart."""
    worth: dict[tuple[int, int], dict[str, float]] = {}
    for maker, fit in zip(makers, fits, strict=True):
        largest = max(_whole(fit), *map(abs, fit.together.values()), 0.0)
        for pair, value in fit.together.items():
            if value:
                worth.setdefault(pair, {})[maker] = float(f"{value / largest:.6g}")
    changed = [f"{name}.{NO if on else YES}" for name, on in zip(issues, held, strict=True)]
    links = [
        {"id": f"together-{n}", "if": changed[i], "with": [changed[j]], "worth": by}
        for n, ((i, j), by) in enumerate(sorted(worth.items()), start=1)
    ]
    if len(links) > most:
        account.left_out(
            f"{len(links) - most} pairs of changes, for which there is no room in links"
        )
    return links[:most]


def _links(conflict: Conflict, issues: list[str], account: Account) -> list[dict[str, Any]]:
    """One link a combination: none of it but all of it is excluded."""
    links: list[dict[str, Any]] = []
    for number, combination in enumerate(conflict.infeasible, start=1):
        refs = [f"{issues[k]}.{YES if wanted else NO}" for k, wanted in combination]
        first, *rest = refs
        link: dict[str, Any] = {"id": f"infeasible-{number}", "if": first}
        if rest:
            links.append({**link, "excludes": rest, "match": "all"})
            continue
        other = next((name for name in issues if not first.startswith(f"{name}.")), None)
        if other is None:
            account.left_out(f"the infeasible combination {first}: there is no second option")
            continue
        links.append({**link, "excludes": [f"{other}.{YES}", f"{other}.{NO}"], "match": "any"})
    return links


def _final(conflict: Conflict, issues: list[str], held: Bools) -> list[str]:
    """What cannot be taken back once it is changed."""
    ways = zip(issues, held, conflict.directions, strict=True)
    return [
        f"{name}.{NO if on else YES}" for name, on, way in ways if way == ("back" if on else "fwd")
    ]


def _stuck(conflict: Conflict, held: Bools) -> list[str]:
    """What cannot be changed from where it stands."""
    ways = zip(conflict.options, held, conflict.directions, strict=True)
    return [label(n) for n, on, way in ways if way in {"none", "fwd" if on else "back"}]


def _tell(conflict: Conflict, fits: list[Fit], held: Bools, account: Account) -> None:
    account.taken(
        "options became issues with yes and no, those who control them obligors, infeasible "
        "combinations links"
    )
    for maker, fit in zip(conflict.makers, fits, strict=True):
        share = f"{fit.agreeing} of {fit.pairs}" if fit.pairs else "no"
        account.chosen(
            f"{label(maker.name)}: its order of states, {maker.origin}, became gains that put "
            f"{share} pairs of states in the same order"
        )
    taken = [name for name, on in zip(conflict.options, held, strict=True) if on]
    account.chosen(
        f"without a deal holds the state with {listed(taken) if taken else 'no option'} taken "
        "(--status-quo OPTION=yes names another)"
    )
    account.chosen(
        "trust is not in the source: the default, anything from 0 to 1, discounts what others have "
        "to deliver; power, outlook, misreading and tangible: the defaults hold"
    )
    final = [name for name, way in zip(conflict.options, conflict.directions, strict=True)
             if way in {"fwd", "back"} and name not in _stuck(conflict, held)]  # fmt: skip
    if final:
        account.taken(
            f"what cannot be taken back ({listed([label(name) for name in final])}) became "
            "stability: irreversible; a deal takes no notice of it"
        )
    stuck = _stuck(conflict, held)
    if stuck:
        account.left_out(
            f"that {listed(stuck)} cannot be changed from where it stands: a deal may change it"
        )
    account.left_out(
        "moves and counter-moves: ask detente stability of the conflict file itself, which keeps "
        "its orders and moves as they are"
    )


def _notes() -> Notes:
    return {
        ("actors",): "the decision makers; power: the default, equal",
        ("issues",): "the options; preferences and salience: the gains that fit the order of "
        "states best",
        ("links",): "combinations that are not feasible; pairs of changes that count together",
    }
