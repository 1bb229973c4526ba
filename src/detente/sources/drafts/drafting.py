"""The candidates as a claims file that loads: a person fills it in or strikes out.

Whatever comes from the text is written so that it can only be read as text: quoted by
the YAML library, and in comments on one line. An entry whose ``says`` is empty is open:
it supports nothing and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from detente.sources.anchors.selectors import Indexed, locate
from detente.sources.claims import FORMAT, ClaimKind, Locator
from detente.sources.drafts.candidates import Candidate, Drawn, ThirdParty
from detente.sources.drafts.claims_yaml import Data, dumped, flow, label, locator, one_line, quoted
from detente.sources.marks.marking import Marked, MarkedSentence
from detente.yamltree import MAX_BYTES, MAX_NODES

SOURCE = "text"
MOST_ENTRIES = 1000
_NODES_EACH = 32  # values in one entry with a quote, at most
_KINDS: tuple[ClaimKind, ...] = (
    "fact", "allegation", "motive", "forecast", "value judgement", "assumption",
)  # fmt: skip
_HEAD = """\
Candidates for claims, found by rules in {file}. Nobody has read them yet.

For each entry: say in your own words what is claimed (says:), check what is filled in,
choose what is left open, and name what it supports. Or strike it out.
An entry whose says: is empty is open. It supports nothing and counts for nothing.
How wording becomes kind, hedge, strength and grade: docs/how-to/code-an-account.md
Where a sentence claims two things, copy its entry and give the copy another name.
"""
_QUOTES = """\
This file holds words of the text. Before you pass it on, write it again with --no-quotes.
"""
_CUT = """\
These are the first {most} of {all} candidates: a file with more could not be read.
Read the rest of the text in parts of its own.
"""
Suggest = Callable[[MarkedSentence], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """What is known of the text as a whole; ``file`` is what it was read from."""

    file: str
    title: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claims file as text, and how many candidates it holds."""

    text: str
    entries: int


def draft(
    marked: Marked, found: Drawn, heading: Heading, *, quotes: bool, suggest: Suggest | None = None
) -> Draft:
    """The claims file of a text's candidates.

    Args:
        marked: the text.
        found: its candidates.
        heading: what is known of it as a whole.
        quotes: whether locators hold the words of the text.
        suggest: beginnings of addresses that a sentence may bear on, as comments.
    """
    most = min(len(found.candidates), MOST_ENTRIES, (MAX_NODES - 5000) // _NODES_EACH)
    writer = _Writer(marked, found, heading, quotes=quotes, suggest=suggest)
    text = writer.text(most)
    while len(text.encode("utf-8", "backslashreplace")) > MAX_BYTES and most:
        most //= 2
        text = writer.text(most)
    return Draft(text, most)


@dataclass(frozen=True, slots=True)
class _Writer:
    marked: Marked
    found: Drawn
    heading: Heading
    quotes: bool
    suggest: Suggest | None

    def text(self, most: int) -> str:
        """The whole file with the first ``most`` candidates."""
        chosen = self.found.candidates[:most]
        heads = [
            _HEAD.format(file=one_line(self.heading.file)),
            *([_QUOTES] if self.quotes else []),
        ]
        if most < len(self.found.candidates):
            heads.append(_CUT.format(most=most, all=len(self.found.candidates)))
        whole: Data = CommentedMap(
            {
                "format": FORMAT,
                "sources": CommentedMap({SOURCE: self._source()}),
                "speakers": self._speakers(chosen),
                "claims": self._claims(chosen),
            }
        )
        for section in ("sources", "speakers", "claims"):
            whole.yaml_set_comment_before_after_key(section, before="\n")
        return dumped(whole, "".join(heads))

    def _source(self) -> Data:
        heading, text = self.heading, self.marked.text
        readers = ", with comments" if self.marked.commenters else ""
        source: Data = CommentedMap(
            {
                "title": label((self.quotes and heading.title) or heading.file),
                "author": label(heading.author or ""),
                "kind": f"text{readers}",
                "sha256": quoted(text.sha256),
                "normalisation": text.normalisation,
            }
        )
        if heading.published is not None:
            source.insert(3, "published", heading.published)
        if not (self.quotes and heading.title):
            source.yaml_add_eol_comment("a title in your own words", "title")
        source.yaml_add_eol_comment("by office or role", "author")
        source.yaml_add_eol_comment("such as: opinion article, speech, report", "kind")
        return source

    def _speakers(self, chosen: Sequence[Candidate]) -> Data:
        speakers: Data = CommentedMap({"author": flow({"name": "The author", "sort": "author"})})
        for number in range(1, self.marked.commenters + 1):
            if any(one.speakers[0] == f"commenter-{number}" for one in chosen):
                who = {"name": f"Commenter {number}", "sort": "commenter"}
                speakers[f"commenter-{number}"] = flow(who)
        used = {name for one in chosen for name in one.speakers}
        for party in self.found.parties:
            if party.id in used:
                speakers[party.id] = flow({"name": label(party.name), "sort": party.sort})
                speakers.yaml_add_eol_comment(_called(party), party.id)
        return speakers

    def _claims(self, chosen: Sequence[Candidate]) -> Data:
        text = Indexed(self.marked.text)
        claims: Data = CommentedMap()
        for one in chosen:
            at = locate(one.sentence.sentence, text, quotes=self.quotes)
            claims[one.id] = self._entry(one, at)
            claims.yaml_set_comment_before_after_key(one.id, before=_about(one), indent=2)
        return claims

    def _entry(self, one: Candidate, at: Locator) -> Data:
        entry: Data = CommentedMap(
            {
                "source": SOURCE,
                "at": CommentedSeq([locator(at)]),
                "says": quoted(""),
                "speakers": flow(list(one.speakers)),
                "kind": one.kind,
                "hedge": label(one.hedge),
                "strength": one.strength,
                "grade": None,
                "supports": flow([]),
            }
        )
        for key, comment in self._comments(one):
            entry.yaml_add_eol_comment(one_line(comment), key)
        return entry

    def _comments(self, one: Candidate) -> list[tuple[str, str]]:
        comments = [("says", "in your own words"), ("grade", f"{one.letter}; {one.digit}")]
        if one.unclear is not None:
            comments.append(("speakers", f"add the last: {whose(one)}"))
        if one.kind is None:
            comments.append(("kind", ", ".join(_KINDS)))
        hints = self.suggest(one.sentence) if self.suggest else ()
        if hints:
            comments.append(("supports", f"perhaps: {', '.join(hints)}"))
        return comments


def whose(one: Candidate) -> str:
    """What is to be found out about a last speaker whom the rules cannot tell."""
    if not one.unclear:
        return "the sentence does not say whose word it is"
    return f"who is meant by “{one.unclear}”?"


def _about(one: Candidate) -> str:
    """A line above an entry: whom its sentence names and what it makes conditional."""
    marked = one.sentence
    names = ", ".join(dict.fromkeys(mention.actor for mention in marked.mentions))
    cues = [cue.text.lower() for cue in marked.outlooks if cue.kind == "condition"]
    told = [
        *([f"names {names}"] if names else []),
        *([f"a condition ({', '.join(cues)}): perhaps a link"] if cues else []),
    ]
    return f"\n{one_line('; '.join(told))}" if told else "\n"


def _called(party: ThirdParty) -> str:
    called = one_line(party.called)
    return f"“{called}” in the text" if called != party.name else "check name and sort"
