"""What all pages of one server share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from detente.cases.opening import Opened
from detente.web.answering import Answers, Pair
from detente.web.jobs import Jobs
from detente.web.library import Library
from detente.web.state import State, read_state


@dataclass(frozen=True, slots=True)
class Bench:
    """The situations that are open, and who answers."""

    library: Library
    answers: Answers = field(default_factory=Answers)
    jobs: Jobs = field(default_factory=Jobs)

    def pair(self, opened: Opened, state: State) -> Pair:
        """The answer to a state, and to its reading as written."""
        return self.answers.pair(opened, self.library.version(opened.name), state)


def bench_of(request: Request) -> Bench:
    """The bench of the server that a request came to."""
    return cast(Bench, request.app.state.bench)


def state_of(request: Request) -> State:
    """The state in a request's address. Raises UsageError."""
    return read_state(request.query_params.multi_items())
