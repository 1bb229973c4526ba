"""detente case coverage: how a text and the claims on it fit together, sentence by sentence."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.text import Text

from detente.cases.opening import open_situation
from detente.errors import UsageError
from detente.printable import printable
from detente.sources.anchors.selectors import Indexed, locate
from detente.sources.claims import Claims, Locator
from detente.sources.coverage import Coverage, Covered, Mismatch, coverage
from detente.sources.drafts.claims_yaml import one_line
from detente.sources.extraction import Extracted, read_source

COVERED, GAPS = 0, 1
MANY_ALIKE = 4  # locators that moved in one way are told in one line


def show_coverage(what: str, source: Path, *, digests: bool, as_json: bool) -> int:
    """Print what each sentence of the user's copy carries; returns the exit code."""
    extracted = read_source(source)
    if digests:
        print_locators(extracted)
        return COVERED
    opened = open_situation(what)
    if opened.claims is None:
        raise UsageError(f"{what} names no claims file; claims: FILE is allowed; add one to it")
    found = coverage(extracted.source, opened.claims)
    if as_json:
        print(json.dumps(coverage_object(found, extracted), indent=2, ensure_ascii=False))
    else:
        print_coverage(found, opened.claims, extracted)
    return COVERED if found.complete else GAPS


def print_locators(extracted: Extracted) -> None:
    """Print every sentence's locator as a line that pastes into a claims file."""
    text = Indexed(extracted.source)
    for sentence in extracted.source.sentences:
        print(_flow(locate(sentence, text, quotes=False)))
    print(f"# sha256 of the whole text: {extracted.source.sha256}")
    for line in _about(extracted):
        print(f"# {line}")


def _flow(at: Locator) -> str:
    """A locator as claims files write it."""
    prints = (("digest", at.digest), ("sketch", at.sketch), ("near", at.near))
    said = ", ".join(f'{name}: "{value}"' for name, value in prints)
    return f"{{paragraph: {at.paragraph}, sentence: {at.sentence}, {said}}}"


def _about(extracted: Extracted) -> list[str]:
    """How the file was read, where that is not plain."""
    lines = [] if extracted.method == "plain" else [f"read by {extracted.method}"]
    if extracted.comments_from is not None:
        how = one_line(extracted.how)
        lines.append(f"readers' comments from paragraph {extracted.comments_from}: {how}")
    return lines


def print_coverage(found: Coverage, claims: Claims, extracted: Extracted) -> None:
    """Print each sentence with what is said of it, then what did not stand where it stood."""
    console = Console(highlight=False)
    for one in found.sentences:
        place = _place(one.sentence.paragraph, one.sentence.number)
        console.print(
            Text.assemble(
                (f"{place}  {one.standing}  ", "bold"), (printable(one.sentence.text), "dim")
            )
        )
        for line in _lines(one, claims):
            console.print(Text(f"    {printable(line)}"))
    for line in [*_mismatched(found), *_about(extracted), _summary(found)]:
        console.print(Text(printable(line)))


def _place(paragraph: int, sentence: int) -> str:
    return f"p{paragraph}.s{sentence}"


def _lines(one: Covered, claims: Claims) -> list[str]:
    lines: list[str] = []
    for name in one.claims:
        claim = claims.claims[name]
        chain = " citing ".join(claims.speakers[s].name for s in claim.speakers)
        lines.append(f"{name} ({claim.kind}, {chain}, {claim.grade}): {claim.says}")
        lines.append(f"  supports {', '.join(claim.supports)}")
    return lines + [f"not modelled: {reason}" for reason in one.reasons]


def _mismatched(found: Coverage) -> list[str]:
    """A line for every locator that is not exact, lost ones last; many moved alike in one."""
    alike = Counter({one.locator: one.why for one in found.with_status("moved")}.values())
    lines = [
        f"{count} locators moved: {why}" for why, count in alike.items() if count >= MANY_ALIKE
    ]
    for status in ("moved", "fuzzy", "lost"):
        owners: dict[Locator, list[Mismatch]] = {}
        for wrong in found.with_status(status):
            if alike[wrong.why] < MANY_ALIKE:
                owners.setdefault(wrong.locator, []).append(wrong)
        in_order = sorted(owners, key=lambda at: (at.paragraph, at.sentence))
        lines += [_line(at, owners[at]) for at in in_order]
    return lines


def _line(at: Locator, rest: list[Mismatch]) -> str:
    first = rest[0]
    place = f" {'to' if first.status == 'moved' else 'at'} {_place(*first.at)}" if first.at else ""
    names = ", ".join(one.owner or "not modelled" for one in rest)
    return f"{_place(at.paragraph, at.sentence)}  {first.status}{place}: {first.why} ({names})"


def _summary(found: Coverage) -> str:
    gaps = len(found.uncovered)
    counts = {
        status: len(dict.fromkeys(one.locator for one in found.with_status(status)))
        for status in ("moved", "fuzzy", "lost")
    }
    fits = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    return (
        f"{len(found.sentences)} sentences: {len(found.sentences) - gaps} covered, {gaps} not; "
        f"{'the text that was coded' if found.same_text else 'not the same text as was coded'}; "
        f"{f'locators: {fits}' if fits else 'every locator fits'}"
    )


def coverage_object(found: Coverage, extracted: Extracted) -> dict[str, object]:
    """Locators and standings as JSON data, without the text of the source."""
    return {
        "source": found.source,
        "same_text": found.same_text,
        "complete": found.complete,
        "read_by": extracted.method,
        "comments_from": extracted.comments_from,
        "sentences": [
            {
                "paragraph": one.sentence.paragraph,
                "sentence": one.sentence.number,
                "digest": one.sentence.digest,
                "standing": one.standing,
                "claims": list(one.claims),
                "supports": list(one.supports),
                "reasons": list(one.reasons),
            }
            for one in found.sentences
        ],
        "mismatches": [
            {
                "owner": wrong.owner,
                "paragraph": wrong.locator.paragraph,
                "sentence": wrong.locator.sentence,
                "status": wrong.status,
                "at": list(wrong.at) if wrong.at else None,
                "likeness": round(wrong.likeness, 3),
                "why": wrong.why,
            }
            for wrong in found.mismatches
        ],
    }
