"""Which questions and which forecasts somebody wants to look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from detente.errors import UsageError
from detente.ledger.history import Book, Status, standing
from detente.ledger.tracks import Course, Stream


@dataclass(frozen=True, slots=True)
class Choice:
    """Which forecasts to look at."""

    tags: tuple[str, ...] = ()
    author: str | None = None
    lens: str | None = None
    reading: str | None = None
    after_the_fact: bool = False

    def takes(self, _course: Course, stream: Stream) -> bool:
        """Whether a stream is among them."""
        return (
            self.author in {None, stream.by}
            and self.lens in {None, stream.lens}
            and self.reading in {None, stream.reading}
        )


def tagged(book: Book, tags: Collection[str]) -> list[str]:
    """Questions with any of the tags; all where none is named."""
    return [n for n, one in book.items() if not tags or set(tags) & set(one.question.tags)]


def check_status(status: str | None) -> None:
    """Raises UsageError for a status that no question can have."""
    if status is not None and status not in get_args(Status):
        known = ", ".join(get_args(Status))
        raise UsageError(f"--status {status}: {known} are allowed; choose one")


def with_status(book: Book, names: Sequence[str], status: str | None, now: datetime) -> list[str]:
    """Those of ``names`` that stand so at ``now``; all where no status is named."""
    if status is None:
        return list(names)
    return [name for name in names if standing(book, name, now).status == status]
