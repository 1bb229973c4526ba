"""Which states and organisations a sentence names: a shipped gazetteer and a finder.

Matching is by rules: whole words, capitals count, the longest name from the left wins.
What a name may also mean is reported (``ambiguous``), for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from detente.sources.marks.names import Tree, alike, plain, words
from detente.yamltree import parse_tree

ActorSort = Literal["state", "organisation", "service", "person", "group"]

_FILE = Path(__file__).with_name("gazetteer.yaml")


@dataclass(frozen=True, slots=True)
class Known:
    """An actor and what texts call it.

    ``forms`` are its other names; ``doubtful`` and ``seats`` say which of them often mean
    something else, and which are towns that stand for a government. ``ambiguous`` says so
    of ``name`` itself. ``combining`` are first halves of compounds, such as Sino.
    """

    id: str
    name: str
    sort: ActorSort
    forms: tuple[str, ...] = ()
    ambiguous: bool = False
    doubtful: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    combining: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names an actor: code points from 0, ``end`` left out.

    ``ambiguous`` is true where the words may well mean something else here.
    """

    actor: str
    start: int
    end: int
    text: str
    ambiguous: bool


Find = Callable[[str], tuple[Mention, ...]]


@cache
def gazetteer() -> tuple[Known, ...]:
    """The shipped actors, in the order of the file."""
    combining: dict[str, tuple[str, ...]] = {}
    for half, actor in _shipped()["combining"].items():
        combining[actor] = (*combining.get(actor, ()), half)
    return tuple(
        _known(actor, entry, combining.get(actor, ()))
        for actor, entry in _shipped()["actors"].items()
    )


@cache
def not_actors() -> tuple[str, ...]:
    """Phrases that hold a shipped form and mean no actor, such as New Mexico."""
    return tuple(_shipped()["not_actors"])


@cache
def _shipped() -> dict[str, Any]:
    return cast(dict[str, Any], parse_tree(_FILE.read_bytes(), _FILE.name).data)


def _known(actor: str, entry: dict[str, Any], combining: tuple[str, ...]) -> Known:
    forms, seats, doubtful = (
        cast(list[str], entry.get(key, [])) for key in ("forms", "seats", "doubtful")
    )
    return Known(
        id=actor,
        name=entry["name"],
        sort=entry["sort"],
        forms=(*forms, *seats, *doubtful),
        ambiguous=entry.get("ambiguous", False),
        doubtful=frozenset(doubtful),
        seats=frozenset(seats),
        combining=combining,
    )


def merged(own: Iterable[Known], shipped: Iterable[Known]) -> tuple[Known, ...]:
    """``own`` first, each with the forms of the shipped entry it is; then the other entries.

    An own actor is a shipped entry if its name or a form of it is the entry's name or one
    of its forms (doubtful ones apart), whatever the capitals and diacritics; of several,
    the one named most alike. A person is no state. An entry whose identifier an own actor
    has for something else is left out.
    """
    mine, entries = tuple(own), tuple(shipped)
    called = [_Called.of(actor) for actor in mine]
    takers = {entry.id: _taker(_Called.of(entry), called) for entry in entries}
    said = {name: c.actor.id for c in reversed(called) for name in (c.name, *c.forms)}
    ids = {actor.id for actor in mine}
    own_with_forms = (
        _joined(actor, [e for e in entries if takers[e.id] == actor.id], said) for actor in mine
    )
    rest = (entry for entry in entries if takers[entry.id] is None and entry.id not in ids)
    return (*own_with_forms, *rest)


class _Called(NamedTuple):
    """An actor with its name and its forms (doubtful ones apart) as `alike` has them."""

    actor: Known
    name: str
    forms: frozenset[str]

    @classmethod
    def of(cls, actor: Known) -> _Called:
        sure = (form for form in actor.forms if form not in actor.doubtful)
        return cls(actor, alike(actor.name), frozenset(map(alike, sure)))


def _taker(entry: _Called, own: Iterable[_Called]) -> str | None:
    ranked = ((_likeness(called, entry), called.actor.id) for called in own)
    rank, taker = min(ranked, key=lambda pair: pair[0], default=(_UNLIKE, ""))
    return taker if rank < _UNLIKE else None


_UNLIKE = 5


def _likeness(own: _Called, entry: _Called) -> int:
    """0 for the same name, then name and form, form and name, two forms, the identifier."""
    if own.actor.sort == "person" != entry.actor.sort:
        return _UNLIKE
    tests = (
        own.name == entry.name,
        own.name in entry.forms,
        entry.name in own.forms,
        not own.forms.isdisjoint(entry.forms),
        own.actor.id == entry.actor.id and own.actor.sort == entry.actor.sort,
    )
    return tests.index(True) if any(tests) else _UNLIKE


def _joined(actor: Known, entries: Sequence[Known], said: dict[str, str]) -> Known:
    """``actor`` with the entries' names, but for what it or another own actor is called."""
    names = _names(actor)
    forms = [
        form
        for form in (form for entry in entries for form in _names(entry))
        if form not in names and said.get(alike(form), actor.id) == actor.id
    ]
    doubts = (f for e in entries for f in (*e.doubtful, *([e.name] if e.ambiguous else ())))
    seats = (form for entry in entries for form in entry.seats)
    return replace(
        actor,
        forms=(*actor.forms, *dict.fromkeys(forms)),
        doubtful=actor.doubtful.union(set(doubts) & set(forms)),
        seats=actor.seats.union(set(seats) & {*names, *forms}),
        combining=(*actor.combining, *(half for entry in entries for half in entry.combining)),
    )


def _names(actor: Known) -> tuple[str, ...]:
    return (actor.name, *actor.forms)


Sense = Literal["name", "doubtful", "seat", "half", "apart"]


class _Meaning(NamedTuple):
    actor: str
    sense: Sense


def _listed(line: str) -> frozenset[str]:
    return frozenset(line.split())


# Before or after a town's name these make it a place or the name of a meeting.
_PLACING = _listed("in at near to from via through around outside inside into the")
_MEETINGS = _listed(
    "accord accords agreement agreements airport conference convention declaration format "
    "meeting meetings memorandum process protocol region round street streets summit summits "
    "talks treaty"
)
_SHOUTED = frozenset({"US", "WHO"})  # everyday words in a sentence that is all capitals
_LONG_WORD = re.compile(r"[^\W\d]{4,}")


def finder(known: Iterable[Known], apart: Iterable[str] | None = None) -> Find:
    """A function from a text in NFC to its mentions, in order and never overlapping.

    Of two actors with one form the earlier has it. ``apart`` are phrases to pass over
    where no actor bears that very name; None stands for those that are shipped. A sentence
    all in capitals does not tell US from us, so that it is not found there.
    """
    tree: Tree[_Meaning] = Tree()
    for actor in known:
        for form in _names(actor):
            tree.plant(form, _Meaning(actor.id, _sense(actor, form)))
        for half in actor.combining:
            tree.plant(half, _Meaning(actor.id, "half"))
    for phrase in not_actors() if apart is None else apart:
        tree.plant(phrase, _Meaning("", "apart"))
    return lambda text: tuple(_mentions(text, tree))


def _sense(actor: Known, form: str) -> Sense:
    if form in actor.doubtful or (actor.ambiguous and form == actor.name):
        return "doubtful"
    return "seat" if form in actor.seats else "name"


def _mentions(text: str, tree: Tree[_Meaning]) -> Iterator[Mention]:
    reading = _Reading(plain(text))
    for (actor, sense), first, last in tree.longest(reading.text, reading.words):
        if sense == "apart" or (sense == "half" and not reading.is_half(first)):
            continue
        start, end = reading.words[first].start, reading.words[last].end
        if text[start:end] in _SHOUTED and reading.shouted:
            continue
        doubt = sense == "doubtful" or (sense == "seat" and reading.is_place(first, last))
        yield Mention(actor, start, end, text[start:end], doubt)


class _Reading:
    """A plain text and its words, with what the neighbours of a name say about it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)

    @cached_property
    def shouted(self) -> bool:
        """Whether a sentence is all in capitals, and more than a list of acronyms."""
        return not any(map(str.islower, self.text)) and bool(_LONG_WORD.search(self.text))

    def is_half(self, at: int) -> bool:
        """Whether a hyphen joins word ``at`` to a neighbour with a capital."""
        return any(
            gap == "-" and other[:1].isupper() for gap, other in (self.before(at), self.after(at))
        )

    def is_place(self, first: int, last: int) -> bool:
        """Whether what stands around a town's name speaks of the town or of a meeting."""
        gap, word = self.before(first)
        if gap == " " and word.lower() in _PLACING:
            return True
        gap, word = self.after(last)
        named = word[:1].isupper() or word[:1].isdigit() or word.lower() in _MEETINGS
        return gap == " " and named

    def before(self, at: int) -> tuple[str, str]:
        """The word before and the gap between; empty at the start."""
        if at == 0:
            return "", ""
        return self.text[self.words[at - 1].end : self.words[at].start], self.words[at - 1].text

    def after(self, at: int) -> tuple[str, str]:
        """The word after and the gap between; empty at the end."""
        if at + 1 == len(self.words):
            return "", ""
        return self.text[self.words[at].end : self.words[at + 1].start], self.words[at + 1].text
