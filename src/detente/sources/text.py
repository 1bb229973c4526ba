"""A text cut into sentences that can be pointed at without being quoted.

A locator is a paragraph's number, a sentence's number in it and a digest of the
sentence. All three are taken after normalisation, so that line endings, tabs and
doubled spaces do not matter, and a changed word does.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from detente.errors import UsageError
from detente.sources.splitting import split

NORMALISATION = "nfc-space/1"
MAX_BYTES = 2_000_000
DIGEST_LENGTH = 16

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its place.

    ``paragraph`` and ``number`` count from 1. ``start`` and ``end`` (exclusive) are
    Unicode code points of the whole normalised text. ``digest`` is the first 16
    hexadecimal digits of the SHA-256 of ``text`` in UTF-8.
    """

    paragraph: int
    number: int
    start: int
    end: int
    text: str
    digest: str


@dataclass(frozen=True)
class SourceText:
    """A normalised text with its sentences in reading order.

    ``sha256`` is that of the whole normalised text in UTF-8.
    """

    text: str
    sentences: tuple[Sentence, ...]
    sha256: str
    normalisation: str = NORMALISATION

    @cached_property
    def by_place(self) -> dict[tuple[int, int], Sentence]:
        """Every sentence by paragraph and number."""
        return {(s.paragraph, s.number): s for s in self.sentences}

    @cached_property
    def by_digest(self) -> dict[str, tuple[Sentence, ...]]:
        """Every sentence by digest; equal sentences share one."""
        found: dict[str, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.digest, []).append(sentence)
        return {key: tuple(same) for key, same in found.items()}


def read_text(path: Path) -> SourceText:
    """Read a plain text in UTF-8. Raises UsageError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UsageError(_too_large(str(path), size))
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); a readable text file; check the path"
        ) from None
    try:
        return parse_text(raw.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path}: byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8; "
            "plain text in UTF-8; save the file as UTF-8"
        ) from None


def parse_text(raw: str, name: str = "-") -> SourceText:
    """Normalise ``raw`` and cut it into sentences. Raises UsageError."""
    if len(raw) > MAX_BYTES:
        raise UsageError(_too_large(name, len(raw)))
    if "\0" in raw:
        raise UsageError(f"{name}: found a NUL character; plain text; is this the right file?")
    text = normalise(raw)
    sentences: list[Sentence] = []
    offset = 0
    for paragraph, line in enumerate(text.split("\n") if text else [], start=1):
        for number, (start, end) in enumerate(split(line), start=1):
            body = line[start:end]
            sentences.append(
                Sentence(paragraph, number, offset + start, offset + end, body, digest(body))
            )
        offset += len(line) + 1
    return SourceText(text, tuple(sentences), _sha256(text))


def normalise(raw: str) -> str:
    """``nfc-space/1``: NFC, one kind of line end, single spaces, no empty lines.

    Every line that is not empty is a paragraph. Idempotent.
    """
    text = unicodedata.normalize("NFC", raw.removeprefix("\ufeff"))
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    return "\n".join(line for line in (part.strip(" ") for part in text.split("\n")) if line)


def digest(sentence: str) -> str:
    """The locator's hash of a sentence: 16 hexadecimal digits."""
    return _sha256(normalise(sentence))[:DIGEST_LENGTH]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _too_large(name: str, size: int) -> str:
    return (
        f"{name}: {size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB; "
        "give the one text that the claims point into"
    )
