"""Reading a saved conflict: decision makers, options, feasible states and how each ranks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.interchange.naming import label
from detente.interchange.plain_data import Reader, parse
from detente.interchange.reading import Source
from detente.interchange.record import Account, listed
from detente.yamltree import TreePath

MAX_CHOICES = 16
MAX_STATES = 2000

Combination = tuple[tuple[int, bool], ...]
KNOWN = frozenset(
    {"decisionMakers", "options", "infeasibles", "program", "version", "useManualPreferenceVectors"}
)
KNOWN_OF_MAKER = frozenset({"name", "options", "preferences", "preferenceVector"})


@dataclass(frozen=True, slots=True)
class Maker:
    """A decision maker: the options it controls, and how it ranks the feasible states.

    ``rank`` has shape (state,), the higher the better; ``origin`` says where it comes from.
    """

    name: str
    options: tuple[int, ...]
    rank: Floats
    origin: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict in option form.

    Attributes:
        options: their names.
        directions: ``both``, ``fwd`` (may only be taken) or ``back`` (may only be dropped).
        infeasible: combinations that cannot be, as pairs of option and whether it is taken.
        states: shape (state, option), the feasible ones, the first option changing fastest.
        makers: the decision makers.
    """

    options: tuple[str, ...]
    directions: tuple[str, ...]
    infeasible: tuple[Combination, ...]
    states: Bools
    makers: tuple[Maker, ...]


def read_conflict(source: Source, account: Account) -> Conflict:
    """The conflict in this file. Raises SituationError with every mistake."""
    reader = Reader(parse(source), account)
    extra = [key for key in reader.table(()) if key not in KNOWN]
    if extra:
        account.left_out(f"{source.file}: {listed(extra)}")
    count = len(reader.items(("options",)))
    if count > MAX_CHOICES:
        account.wrong(
            reader.tree.place(("options",)), f"{count} options",
            f"at most {MAX_CHOICES}", "leave out those that matter least",
        )  # fmt: skip
    account.stop_if_wrong()
    names = tuple(_option_name(reader, ("options", k)) for k in range(count))
    ways = tuple(_direction(reader, k) for k in range(count))
    infeasible = tuple(
        _combination(reader, ("infeasibles", i), count)
        for i in range(len(reader.at(("infeasibles",)) or []))
    )
    account.stop_if_wrong()
    states = _feasible(count, infeasible)
    if not 0 < len(states) <= MAX_STATES:
        account.wrong(
            reader.tree.place(("infeasibles",)), f"{len(states):,} feasible states",
            f"1 to {MAX_STATES:,}", "drop or add a combination that cannot be",
        )  # fmt: skip
        account.stop_if_wrong()
    makers = tuple(
        _maker(reader, ("decisionMakers", i), states, account)
        for i in range(len(reader.items(("decisionMakers",))))
    )
    _check_names(names, [maker.name for maker in makers], reader)
    account.stop_if_wrong()
    return Conflict(names, ways, infeasible, states, makers)


def _option_name(reader: Reader, path: TreePath) -> str:
    found = reader.at((*path, "name"))
    if not isinstance(found, str) or not found.strip():
        reader.wrong((*path, "name"), "a name", "name the option")
        return "?"
    return found


def _direction(reader: Reader, k: int) -> str:
    path: TreePath = ("options", k)
    found = reader.at((*path, "permittedDirection")) or reader.at((*path, "reversibility"))
    if found not in {None, "both", "fwd", "back", "none"}:
        reader.wrong((*path, "permittedDirection"), "both, fwd, back or none", "choose one")
    return str(found or "both")


def _combination(reader: Reader, path: TreePath, count: int) -> Combination:
    """``[[0, "Y"], [2, "N"]]``: option 0 taken and option 2 not."""
    found: dict[int, bool] = {}
    for index in range(len(reader.items(path))):
        pair = reader.at((*path, index))
        option, taken = _pair(pair)
        if option is None or taken is None or not 0 <= option < count or option in found:
            reader.wrong(
                (*path, index), f"[option from 0 to {count - 1}, Y or N], each option once",
                "correct the pair",
            )  # fmt: skip
            continue
        found[option] = taken
    if not found:
        reader.wrong(path, "at least one pair of option and Y or N", "add one, or drop the entry")
    return tuple(found.items())


def _pair(raw: Any) -> tuple[int | None, bool | None]:
    if not isinstance(raw, list) or len(cast(list[Any], raw)) != 2:
        return None, None
    option, taken = cast(list[Any], raw)
    # a bare Y or N of a file written as YAML is text as well
    known = {"Y": True, "N": False}.get(str(taken).upper())
    return (option if isinstance(option, int) and not isinstance(option, bool) else None), known


def _feasible(count: int, infeasible: tuple[Combination, ...]) -> Bools:
    numbers: Ints = np.arange(2**count, dtype=np.int64)
    bits: Ints = np.arange(count, dtype=np.int64)
    states: Bools = np.not_equal(numbers[:, None] >> bits[None, :] & 1, 0)
    bad = np.zeros(len(states), dtype=np.bool_)
    for combination in infeasible:
        bad |= _holds(states, combination)
    return states[~bad]


def _holds(states: Bools, combination: Combination) -> Bools:
    """In which states a combination holds: shape (state,)."""
    found = np.ones(len(states), dtype=np.bool_)
    for option, taken in combination:
        found &= states[:, option] == taken
    return found


def _maker(reader: Reader, path: TreePath, states: Bools, account: Account) -> Maker:
    name = str(reader.at((*path, "name")) or f"decision maker {int(path[-1]) + 1}")
    extra = [key for key in reader.table(path) if key not in KNOWN_OF_MAKER]
    if extra:
        account.left_out(f"{label(name)}: {listed(extra)}")
    owned = _owned(reader, path, states.shape[1])
    vector = reader.at((*path, "preferenceVector"))
    manual = reader.at(("useManualPreferenceVectors",)) is True
    if vector and (manual or not reader.at((*path, "preferences"))):
        return Maker(name, owned, _by_vector(reader, path, len(states)), "listed state by state")
    if not reader.at((*path, "preferences")):
        account.chosen(f"{label(name)} states no preference: it is indifferent")
        return Maker(name, owned, np.zeros(len(states)), "not given")
    return Maker(name, owned, _by_priority(reader, path, states), "from its list of priorities")


def _owned(reader: Reader, path: TreePath, count: int) -> tuple[int, ...]:
    found: list[int] = []
    for index, option in enumerate(reader.items((*path, "options"))):
        if isinstance(option, bool) or not isinstance(option, int) or not 0 <= option < count:
            reader.wrong(
                (*path, "options", index), f"an option from 0 to {count - 1}", "correct it"
            )
            continue
        found.append(option)
    return tuple(found)


def _by_vector(reader: Reader, path: TreePath, count: int) -> Floats:
    """Ranks from a list of state numbers, the best first; a list within is a tie."""
    at: TreePath = (*path, "preferenceVector")
    rank = np.full(count, -1.0)
    rows = reader.items(at)
    for place, entry in enumerate(rows):
        for number in cast(list[Any], entry) if isinstance(entry, list) else [entry]:
            known = isinstance(number, int) and not isinstance(number, bool)
            if not known or not 1 <= number <= count or rank[number - 1] >= 0:
                reader.wrong((*at, place), f"each feasible state, 1 to {count}, once", "correct it")
                continue
            rank[number - 1] = len(rows) - place
    if (rank < 0).any():
        missing = listed([str(i + 1) for i in np.nonzero(rank < 0)[0]])
        reader.account.wrong(
            reader.tree.place(at), f"states {missing} are missing", "every feasible state",
            "add them",
        )  # fmt: skip
    return rank


def _by_priority(reader: Reader, path: TreePath, states: Bools) -> Floats:
    """Ranks from statements, the most important first: each outweighs all after it together."""
    at: TreePath = (*path, "preferences")
    score = np.zeros(len(states))
    for index in range(len(reader.items(at))):
        score = score * 2.0 + _statement(reader, (*at, index), states)
    order, rank = np.unique(score, return_inverse=True)
    assert len(order) <= len(states)
    return rank.reshape(-1).astype(np.float64)


def _statement(reader: Reader, path: TreePath, states: Bools) -> Bools:
    found = reader.at(path)
    if not isinstance(found, dict):
        return _holds(states, _combination(reader, path, states.shape[1]))
    result = np.zeros(len(states), dtype=np.bool_)
    for index in range(len(reader.items((*path, "members")))):
        member = _combination(reader, (*path, "members", index), states.shape[1])
        result |= _holds(states, member)
    return result


def _check_names(options: tuple[str, ...], makers: list[str], reader: Reader) -> None:
    for names, head in ((options, "options"), (makers, "decisionMakers")):
        for index, name in enumerate(names):
            if name in names[:index]:
                reader.account.wrong(
                    reader.tree.place((head, index, "name")), f"a second {label(name)!r}",
                    "each name once", "rename one of them",
                )  # fmt: skip
