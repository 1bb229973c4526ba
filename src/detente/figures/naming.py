"""Names for people: what a constraint, an option or an address is called in a sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from detente.figures.phrases import phrase_of
from detente.printable import printable
from detente.situation.schema import Link, Situation
from detente.situation.what_ifs import AS_SET, WhatIf

AS_WRITTEN = "As written"
ONLY_ROUND = "The meeting"


def tidy(text: str) -> str:
    """``text`` on one line, without characters that are no text."""
    return printable(" ".join(text.split()))


def lines_of(text: str, width: int, most: int = 2) -> list[str]:
    """``text`` broken into at most ``most`` lines of ``width`` characters; a cut shows as …."""
    return textwrap.wrap(tidy(text), width, max_lines=most, placeholder=" …") or [""]


def and_list(parts: Iterable[str], word: str = "and") -> str:
    """``a, b and c``."""
    *front, last = list(parts) or [""]
    return f"{', '.join(front)} {word} {last}" if front else last


def percent(p: float) -> str:
    """A share in whole per cent; what is neither none nor all never looks like it."""
    text = f"{p:.0%}"
    if text == "0%" and p > 0.0:
        return "<1%"
    return ">99%" if text == "100%" and p < 1.0 else text


def whatif_title(what_if: WhatIf) -> str:
    """What a what-if is called; what the command line sets has no other name."""
    return "As set" if what_if.name == AS_SET else tidy(what_if.title)


@dataclass(frozen=True, slots=True)
class Names:
    """What the things of one situation are called."""

    situation: Situation

    def actor(self, name: str) -> str:
        """An actor's name."""
        return tidy(self.situation.actors[name].name)

    def owner(self, name: str) -> str:
        """An actor's name in the possessive."""
        actor = self.actor(name)
        return f"{actor}\u2019" if actor.endswith("s") else f"{actor}\u2019s"

    def issue(self, name: str) -> str:
        """An issue's name, or its identifier in words."""
        return tidy(self.situation.issues[name].name) or _words(name)

    def choice(self, ref: str) -> str:
        """An option's own name, or its identifier in words."""
        issue, option = ref.split(".")
        return tidy(self.situation.issues[issue].options[option].name) or _words(option)

    def option(self, ref: str) -> str:
        """``issue: option``, from ``issue.option``."""
        return f"{self.issue(ref.split('.', maxsplit=1)[0])}: {self.choice(ref)}"

    def round(self, name: str | None) -> str:
        """A round's title."""
        return ONLY_ROUND if name is None else tidy(self.situation.rounds[name].title)

    def reading(self, name: str | None) -> str:
        """A reading's title."""
        return AS_WRITTEN if name is None else tidy(self.situation.readings[name].title)

    def speaker(self, name: str | None) -> str:
        """Whose reading it is."""
        return "the file" if name is None else tidy(self.situation.readings[name].speaker)

    def scenario(self, round_: str | None, reading: str | None) -> str:
        """``round, reading``, or what there is of it."""
        parts = [self.round(round_)] if round_ else []
        parts += [self.reading(reading)] if reading else []
        return ", ".join(parts) or AS_WRITTEN

    def pressure(self, name: str) -> str:
        """What a pressure consists of."""
        found = next(p for p in self.situation.pressures if p.id == name)
        return tidy(found.name) or _words(name)

    def link(self, name: str) -> str:
        """What a link asks, in a sentence."""
        link = next(one for one in self.situation.links if one.id == name)
        verb, refs = _verb(link)
        word = "and" if link.match == "all" else "or"
        when = and_list((self.option(ref) for ref in link.when), "or")
        return f"{when} \u2014 {verb} \u2014 {and_list((self.option(r) for r in refs), word)}"

    def constraint(self, name: str) -> str:
        """What a name of a blocking constraint stands for."""
        head, rest = name.split(".", 1)
        if head == "links":
            return f"link: {_words(rest)}"
        if head == "red_lines":
            actor, ref = rest.split(".", 1)
            return f"{self.owner(actor)} red line on {self.option(ref)}"
        return f"{self.owner(rest)} {head}"

    def blocking(self, constraints: Iterable[str]) -> str:
        """A blocking set in words."""
        return " + ".join(self.constraint(name) for name in constraints)

    def incident(self, name: str) -> str:
        """What an incident, or a kind of incident, is called."""
        road = self.situation.runup
        names = {one.id: one.name for one in (*road.recorded, *road.incidents)}
        return tidy(names.get(name, "")) or _words(name)

    def address(self, address: str) -> str:
        """What stands at an address."""
        found = phrase_of(address)
        if found is None:
            return tidy(address)
        phrase, given = found
        told = {token: self._named(token, part) for token, part in given.items()}
        if "OPTION" in given:
            told["OPTION"] = self.option(f"{given['ISSUE']}.{given['OPTION']}")
        if "PRESSURE" in given:
            on = next(p.on for p in self.situation.pressures if p.id == given["PRESSURE"])
            told["ON"] = self.actor(on)
        return phrase.format(**told)

    def _named(self, token: str, part: str) -> str:
        match token:
            case "ISSUE":
                return self.issue(part)
            case "PRESSURE":
                return self.pressure(part)
            case "INCIDENT":
                return self.incident(part)
            case "LINK" | "OPTION":
                return _words(part)
            case _:
                return self.actor(part)


def _words(identifier: str) -> str:
    return identifier.replace("-", " ").replace("_", " ")


def _verb(link: Link) -> tuple[str, tuple[str, ...]]:
    if link.requires is not None:
        return "only with", link.requires
    if link.excludes is not None:
        return "not with", link.excludes
    return "worth more or less together with", link.together or ()
