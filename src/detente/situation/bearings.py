"""What the addresses of a situation are called, so that a sentence can be held against them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.situation.schema import Issue, Situation
from detente.sources.marks.actors import Known
from detente.sources.marks.hints import Naming, naming


def known_actors(situation: Situation) -> tuple[Known, ...]:
    """The situation's actors with their names and aliases."""
    return tuple(
        Known(name, actor.name, actor.sort, actor.aliases)
        for name, actor in situation.actors.items()
    )


def namings(situation: Situation) -> tuple[Naming, ...]:
    """Beginnings of addresses with the words of what they stand for.

    Pressures, incidents and links by their own names; what parties want by the names of
    the issue and the option, for sentences that name the party as well.
    """
    return (*_pressures(situation), *_incidents(situation), *_links(situation), *_wants(situation))


def _pressures(situation: Situation) -> Iterator[Naming]:
    for one in situation.pressures:
        yield naming(f"pressures.{one.id}", (_words(one.id), one.name))


def _incidents(situation: Situation) -> Iterator[Naming]:
    for one in situation.runup.recorded:
        yield naming(f"runup.recorded.{one.id}", (_words(one.id), one.name))
    for kind in situation.runup.incidents:
        yield naming(f"runup.incidents.{kind.id}", (_words(kind.id), kind.name))


def _links(situation: Situation) -> Iterator[Naming]:
    for one in situation.links:
        yield naming(f"links.{one.id}", (_words(one.id), one.note))


def _wants(situation: Situation) -> Iterator[Naming]:
    for name, issue in situation.issues.items():
        for party, options in issue.preferences.items():
            about = (_words(name), issue.name)
            yield naming(f"preferences.{party}.{name}", about, [party])
            for option in options:
                if option != issue.status_quo:
                    texts = (*about, *_option(issue, option))
                    yield naming(f"preferences.{party}.{name}.{option}", texts, [party])
    for line in situation.red_lines:
        issue, _, option = line.option.partition(".")
        texts = (_words(issue), *_option(situation.issues[issue], option), line.note)
        yield naming(f"red_lines.{line.actor}.{line.option}", texts, [line.actor])


def _option(issue: Issue, option: str) -> tuple[str, str]:
    return _words(option), issue.options[option].name


def _words(identifier: str) -> str:
    return identifier.replace("-", " ").replace("_", " ")
