"""What a situation and its claims already say about a text that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.cases.opening import Opened
from detente.report.annotated import Annotated, Place
from detente.situation.bearings import known_actors, namings
from detente.sources.coverage import Coverage, Covered, coverage
from detente.sources.drafts.candidates import drawn
from detente.sources.drafts.drafting import Heading, Suggest
from detente.sources.extraction import Extracted
from detente.sources.marks.actors import Known, finder, gazetteer, merged
from detente.sources.marks.hints import Hints
from detente.sources.marks.marking import MarkedSentence, mark
from detente.sources.text import SourceText


@dataclass(frozen=True, slots=True)
class Beside:
    """A situation laid beside a text.

    ``covered`` holds, by place, the sentences for which a claim or a reason stands, and
    ``same_text`` says whether the text is the one that was coded.
    """

    opened: Opened
    covered: Mapping[Place, Covered]
    same_text: bool

    def told(self) -> list[str]:
        """Whether the text is the one that was coded; nothing where it is."""
        name = self.opened.name
        if self.same_text:
            return []
        if not self.covered:
            return [f"no claim of {name} stands in this text"]
        found = len(self.covered)
        return [f"not the text that {name} was coded from; {found} sentences are the same"]


def lay_beside(opened: Opened, text: SourceText) -> Beside:
    """Find the claims of a situation in ``text``."""
    claims = opened.claims
    if claims is None:
        return Beside(opened, {}, same_text=False)
    names = [name for name, source in claims.sources.items() if source.sha256 is not None]
    found = [
        Beside(opened, _covered(one), one.same_text)
        for one in (coverage(text, claims, name) for name in names)
    ]
    return max(
        found,
        key=lambda one: (one.same_text, len(one.covered)),
        default=Beside(opened, {}, same_text=False),
    )


def annotated(
    extracted: Extracted, beside: Beside | None, name: str, *, everything: bool = False
) -> Annotated:
    """A text marked, with what a situation already says of it.

    ``name`` is the text's own; with ``everything``, sentences that have claims are
    candidates as well.
    """
    known = actors_known(beside)
    marked = mark(extracted.source, extracted.comments_from, finder(known))
    covered: Mapping[Place, Covered] = beside.covered if beside else {}
    return Annotated(
        marked,
        drawn(marked, known, () if everything else covered),
        Heading(name, extracted.title, extracted.author, extracted.published),
        known,
        covered,
        beside.opened.name if beside else None,
    )


def actors_known(beside: Beside | None) -> tuple[Known, ...]:
    """The situation's actors, then those that are shipped."""
    own = known_actors(beside.opened.situation) if beside else ()
    return merged(own, gazetteer())


def suggestions(beside: Beside | None) -> Suggest | None:
    """What finds addresses that a sentence may bear on; None without a situation."""
    if beside is None:
        return None
    hints = Hints(namings(beside.opened.situation))

    def suggest(one: MarkedSentence) -> tuple[str, ...]:
        return hints.for_sentence(one.sentence.text, {m.actor for m in one.mentions})

    return suggest


def _covered(found: Coverage) -> dict[Place, Covered]:
    """By place, the sentences that a claim or a reason stands for."""
    there = {(one.sentence.paragraph, one.sentence.number): one for one in found.sentences}
    return {place: one for place, one in there.items() if one.standing != "uncovered"}
