"""Checked proposals as a claims file: every entry open, for a person to accept or delete.

Whatever a model wrote is quoted by the YAML library and never stands in a comment. Every
entry says ``accepted: false``, so that it supports nothing and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from detente.sources.anchors.selectors import Indexed, locate, quote_at
from detente.sources.claims import FORMAT, Locator, SpeakerSort
from detente.sources.drafts.candidates import SORT_OF_ACTOR, slug
from detente.sources.drafts.claims_yaml import dumped, flow, label, locator, one_line, quoted
from detente.sources.drafts.drafting import SOURCE, Heading
from detente.sources.drafts.vetting import Cited, Proposed, Vetted
from detente.sources.marks.names import alike
from detente.sources.marks.subjects import speaker_sort
from detente.yamltree import MAX_BYTES, MAX_NODES

MOST_LOCATORS, LONGEST_NOTE = 50, 4000
_NODES_EACH = 20  # values of an entry besides its locators
_NODES_A_PLACE = 20
_SORTS: dict[str, SpeakerSort] = {
    "service": "service", "state": "state", "media": "media", "official": "official",
}  # fmt: skip
_HEAD = """\
Claims proposed by {model} on {day} for {file}
(sha256 of the normalised text: {sha256}).

Nothing here counts. A model may misread, leave out and make up.
For each entry: read the quote in the text, and correct says, speakers, kind, hedge and strength.
Look at what the note asks you to look at. Give the grade, and name what the entry supports.
Then delete its note and its line accepted: false. Or delete the entry.
How wording becomes kind, hedge, strength and grade: docs/how-to/code-an-account.md
The sorts of speakers are guessed from their names.
This file holds words of the text: do not publish it as it is.
"""
_CUT = "\nThe first {most} of {all} proposals: a file with more could not be read.\n"
Data = Any  # what the YAML library takes and gives: it ships no complete types


@dataclass(frozen=True, slots=True)
class Origin:
    """Where proposals come from: the model, the day, the text.

    ``gaps`` is what was not read, and ``method`` what read the file into a text.
    """

    model: str
    day: date
    heading: Heading
    gaps: str = ""
    method: str = "plain"


@dataclass(frozen=True, slots=True)
class ProposalsFile:
    """A claims file as text, and how many entries it holds."""

    text: str
    entries: int


def proposals_file(text: Indexed, vetted: Vetted, origin: Origin) -> ProposalsFile:
    """The claims file of what was proposed for ``text``; fewer entries if it grew too large."""
    most, nodes = 0, 0
    for one in vetted.proposed:
        nodes += _NODES_EACH + _NODES_A_PLACE * len(_locators(one, text))
        if nodes > MAX_NODES - 5000:
            break
        most += 1
    written = _File(text, origin, vetted.proposed[:most]).text(len(vetted.proposed))
    while len(written.encode("utf-8", "backslashreplace")) > MAX_BYTES and most:
        most //= 2
        written = _File(text, origin, vetted.proposed[:most]).text(len(vetted.proposed))
    return ProposalsFile(written, most)


def _locators(one: Proposed, text: Indexed) -> tuple[Locator, ...]:
    """Every sentence that the quote stands in, each with its part of the quote."""
    found: list[Locator] = []
    for start, end in one.places:
        first, last = text.index_at(start), text.index_at(end - 1)
        assert first is not None
        assert last is not None
        for sentence in text.text.sentences[first : last + 1]:
            begin, until = max(start, sentence.start), min(end, sentence.end)
            if begin < until:
                quote, position = quote_at(text, begin, until)
                here = {"quote": quote, "position": position}
                found.append(locate(sentence, text, quotes=False).model_copy(update=here))
    return tuple(found[:MOST_LOCATORS])


@dataclass(slots=True)
class _Speakers:
    """The speakers met so far by id, the writer of each part first."""

    by_id: dict[str, Data] = field(default_factory=dict[str, Data])
    by_name: dict[str, str] = field(default_factory=dict[str, str])

    def writer(self, name: str) -> str:
        """The id of whoever writes."""
        commenter = name.removeprefix("commenter-")
        who = ("The author", "author") if commenter == name else (f"Commenter {commenter}", "commenter")  # fmt: skip
        self.by_id.setdefault(name, flow({"name": who[0], "sort": who[1]}))
        return name

    def cited(self, one: Cited) -> str:
        """The id of somebody whose word is passed on."""
        key = one.actor.id if one.actor else f"?{alike(one.name)}"
        if key not in self.by_name:
            name = key if one.actor and key not in self.by_id else self._free(slug(one.name))
            self.by_name[key] = name
            sort = SORT_OF_ACTOR[one.actor.sort] if one.actor else _SORTS[speaker_sort(one.name)]
            about = {} if one.named else {"note": quoted("the text does not name it so")}
            self.by_id[name] = flow({"name": label(one.name), "sort": sort, **about})
        return self.by_name[key]

    def _free(self, stem: str) -> str:
        """``stem``, or with a number, so that nobody else is called that."""
        name, count = stem, 1
        while name in self.by_id or name == "author" or name.startswith("commenter"):
            count += 1
            name = f"{stem.replace('commenter', 'reader')}-{count}"
        return name


@dataclass(slots=True)
class _File:
    index: Indexed
    origin: Origin
    proposed: Sequence[Proposed]
    speakers: _Speakers = field(default_factory=_Speakers)

    def text(self, of: int) -> str:
        """The whole file; ``of`` is how many proposals there were."""
        claims: Data = CommentedMap(
            {f"p{number}": self._entry(one) for number, one in enumerate(self.proposed, start=1)}
        )
        for number in range(1, len(self.proposed) + 1):
            claims.yaml_set_comment_before_after_key(f"p{number}", before="\n")
        whole: Data = CommentedMap(
            {
                "format": FORMAT,
                "sources": CommentedMap({SOURCE: self._source()}),
                "speakers": CommentedMap(self.speakers.by_id),
                "claims": claims,
            }
        )
        for section in ("sources", "speakers", "claims"):
            whole.yaml_set_comment_before_after_key(section, before="\n")
        return dumped(whole, self._head(of))

    def _head(self, of: int) -> str:
        origin = self.origin
        head = _HEAD.format(
            model=one_line(origin.model),
            day=origin.day.isoformat(),
            file=one_line(origin.heading.file),
            sha256=self.index.text.sha256,
        )
        if origin.gaps:
            head += f"\n{one_line(origin.gaps)}\n"
        return head + (
            _CUT.format(most=len(self.proposed), all=of) if len(self.proposed) < of else ""
        )

    def _source(self) -> Data:
        heading, text = self.origin.heading, self.index.text
        source: Data = CommentedMap(
            {
                "title": label(heading.title or heading.file),
                "author": label(heading.author or "not named"),
                "kind": "text",
                "sha256": quoted(text.sha256),
                "normalisation": text.normalisation,
            }
        )
        if heading.published is not None:
            source.insert(3, "published", heading.published)
        if self.origin.method != "plain":
            source["note"] = quoted(f"read with {one_line(self.origin.method)}")
        source.yaml_add_eol_comment("by office or role", "author")
        source.yaml_add_eol_comment("such as: opinion article, speech, report", "kind")
        return source

    def _entry(self, one: Proposed) -> Data:
        at = [locator(place) for place in _locators(one, self.index)]
        chain = [
            *([self.speakers.writer(one.writer)] if one.writer else []),
            *(self.speakers.cited(cited) for cited in one.cited),
        ]
        return CommentedMap(
            {
                "accepted": False,
                **({"note": quoted(note(one))} if one.flags else {}),
                "source": SOURCE,
                **({"at": CommentedSeq(at)} if at else {}),
                "says": quoted(one.says),
                "speakers": flow(list(dict.fromkeys(chain))),
                "kind": one.kind,
                "hedge": None if one.hedge is None else label(one.hedge),
                "strength": one.strength,
                "grade": None,
                "supports": flow([]),
            }
        )


def note(one: Proposed) -> str:
    """What a person should look at; where nothing is anchored, what was proposed as the quote."""
    told = f"To check: {'; '.join(one.flags)}."
    if not one.places and one.quote:
        told += f" Proposed as the quote: {one.quote}"
    return told[:LONGEST_NOTE]
