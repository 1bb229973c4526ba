"""What all pages of one server share."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from detente.cases.opening import Opened
from detente.figures.record import Figure
from detente.web.answering import Answers, Pair, Shelf
from detente.web.jobs import Jobs
from detente.web.ledgers import Ledgers, Offered
from detente.web.library import Library
from detente.web.state import State, read_state

KEPT_PAGES = 60  # of at most some hundred kilobytes each


@dataclass(frozen=True, slots=True)
class Bench:
    """The situations that are open, the user's copy of their text, ledgers, and who answers."""

    library: Library
    source: Path | None = None
    ledgers: Ledgers = field(default_factory=Ledgers)
    answers: Answers = field(default_factory=Answers)
    jobs: Jobs = field(default_factory=Jobs)
    pages: Shelf = field(default_factory=lambda: Shelf(KEPT_PAGES))

    def pair(self, opened: Opened, state: State) -> Pair:
        """The answer to a state, and to its reading as written."""
        return self.answers.pair(opened, self.library.version(opened.name), state)

    def figures(self, opened: Opened, state: State) -> dict[str, Figure]:
        """The figures of the answer to a state, by name."""
        return self.answers.figures(opened, self.library.version(opened.name), state)

    def offered(self) -> tuple[Offered, ...]:
        """The ledgers that can be looked at."""
        return self.ledgers.offered(entry.key for entry in self.library.entries())

    def ledgers_stamp(self) -> tuple[Hashable, ...]:
        """Changes whenever one of those ledgers does."""
        return tuple(self.ledgers.stamp(one) for one in self.offered())


def bench_of(request: Request) -> Bench:
    """The bench of the server that a request came to."""
    return cast(Bench, request.app.state.bench)


def state_of(request: Request) -> State:
    """The state in a request's address. Raises UsageError."""
    return read_state(request.query_params.multi_items())


@dataclass(frozen=True, slots=True)
class Seen:
    """What a request asks to see: a situation, in a state."""

    request: Request
    bench: Bench
    opened: Opened

    @property
    def key(self) -> str:
        """What the situation is called in addresses."""
        return self.opened.name

    @property
    def state(self) -> State:
        """Raises UsageError for an address that stands for none."""
        return state_of(self.request)

    def pair(self) -> Pair:
        """The answer, and that of the reading as written."""
        return self.bench.pair(self.opened, self.state)


def kept(
    request: Request, key: str, make: Callable[[Seen], Response], also: Hashable = None
) -> Response:
    """The answer to a request that depends on nothing but its address, the files, and ``also``."""
    bench = bench_of(request)
    seen = Seen(request, bench, bench.library.open(key))
    asked = (request.url.path, request.url.query, bench.library.version(key), also)

    def made() -> tuple[bytes, str | None]:
        answer = make(seen)
        return bytes(answer.body), answer.media_type

    body, media_type = bench.pages.get(asked, made)
    return Response(body, media_type=media_type)


def as_json(model: BaseModel) -> Response:
    """A record as the answer to a request."""
    return Response(model.model_dump_json(), media_type="application/json")
