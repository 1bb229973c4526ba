"""A marked text as one JSON object, in the format detente-annotation/1."""

from __future__ import annotations

from typing import Any

from detente.report.annotated import Annotated, place
from detente.sources.drafts.candidates import Candidate
from detente.sources.marks.marking import Mark, MarkedSentence, Part

FORMAT = "detente-annotation/1"


def annotation_object(
    found: Annotated, *, quotes: bool, read_as: str, border: str
) -> dict[str, Any]:
    """What the rules found, ready for ``json.dumps``.

    Offsets are code points: of sentences in the normalised text, of spans within their
    sentence. Sentences of the text are left out unless ``quotes``. ``read_as`` names what
    got the text out of its file, ``border`` says how the first comment was told.
    """
    text, heading = found.marked.text, found.heading
    return {
        "format": FORMAT,
        "file": heading.file,
        "title": heading.title if quotes else None,
        "author": heading.author,
        "published": heading.published.isoformat() if heading.published else None,
        "read_as": read_as,
        "comments_told_by": border if quotes else None,
        "sha256": text.sha256,
        "normalisation": text.normalisation,
        "commenters": found.marked.commenters,
        "case": found.against,
        "sentences": [_sentence(found, one, quotes=quotes) for one in found.marked.sentences],
        "speakers": [
            {"id": one.id, "name": one.name, "sort": one.sort} for one in found.drawn.parties
        ],
    }


def _sentence(found: Annotated, one: MarkedSentence, *, quotes: bool) -> dict[str, Any]:
    sentence = one.sentence
    covered = found.covered.get(place(one))
    return {
        "paragraph": sentence.paragraph,
        "sentence": sentence.number,
        "start": sentence.start,
        "end": sentence.end,
        "digest": sentence.digest,
        **({"text": sentence.text} if quotes else {}),
        "section": one.section.speaker,
        "hedged": one.hedged,
        "attributed": one.attributed,
        "strength": one.strength(None) or "certain",
        "spans": [_span(one, mark, quotes=quotes) for mark in one.marks],
        "actors": [
            {"actor": m.actor, "start": m.start, "end": m.end, "ambiguous": m.ambiguous}
            for m in one.mentions
        ],
        "parts": [_part(one, part, quotes=quotes) for part in one.parts],
        "candidate": one.candidate,
        "open": [_candidate(candidate) for candidate in found.candidates(one)],
        "claims": list(covered.claims) if covered else [],
        "not_modelled": list(covered.reasons) if covered else [],
    }


def _span(one: MarkedSentence, mark: Mark, *, quotes: bool) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "start": mark.at.start,
        "end": mark.at.end,
        **({"text": one.sentence.text[mark.at.start : mark.at.end]} if quotes else {}),
        **({"strength": mark.strength} if mark.strength else {}),
    }


def _part(one: MarkedSentence, part: Part, *, quotes: bool) -> dict[str, Any]:
    voice = part.voice
    return {
        "start": part.over.start,
        "end": part.over.end,
        "third_party": None
        if voice is None
        else {
            "actor": voice.actor,
            "named": voice.text is not None,
            **({"text": voice.text} if quotes else {}),
            "cues": [cue.base for cue in voice.cues],
        },
        "kind": one.kind(part),
        "strength": one.strength(part) or "certain",
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "id": one.id,
        "speakers": list(one.speakers),
        "speaker_unclear": one.unclear is not None,
        "kind": one.kind,
        "hedge": one.hedge,
        "strength": one.strength,
    }
