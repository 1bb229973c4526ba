"""Long questions, answered in the background: progress, an end, and a way to stop."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Condition, Event, Lock
from typing import Literal

from pydantic import BaseModel, Field

from detente.ensemble.run import Progress
from detente.errors import DetenteError
from detente.web.rendering import spoken

Status = Literal["waiting", "running", "done", "stopped", "failed"]
OVER: frozenset[Status] = frozenset({"done", "stopped", "failed"})
MOST_JOBS = 100


class Stopped(Exception):
    """Somebody asked for a job to be stopped."""


class Progressed(BaseModel):
    """How far a job is."""

    id: str
    what: str
    status: Status
    done: int = 0
    every: int = 0
    seconds_left: float | None = Field(default=None, description="At the pace so far.")
    message: str = ""


@dataclass(slots=True)
class Job:
    """One question and how far its answer is."""

    id: str
    what: str
    work: Callable[[Progress], str]
    status: Status = "waiting"
    done: int = 0
    every: int = 0
    message: str = ""
    result: str | None = None
    begun: float = 0.0
    first: int = 0
    stop: Event = field(default_factory=Event)
    changed: Condition = field(default_factory=Condition)

    def told(self) -> Progressed:
        """How far it is now."""
        return Progressed(
            id=self.id, what=self.what, status=self.status, done=self.done, every=self.every,
            seconds_left=self._left(), message=self.message,
        )  # fmt: skip

    def wait(self, seconds: float) -> None:
        """Until something changes, or so long."""
        with self.changed:
            self.changed.wait(seconds)

    def end(self) -> None:
        """Stop it: at once if it has not begun, else at its next step; what is over stays."""
        with self.changed:
            if self.status in OVER:
                return
            self.stop.set()
            if self.status == "waiting":
                self._say(status="stopped", message="Stopped before it began.")

    def run(self) -> None:
        """Answer the question, in whatever thread this is called."""
        with self.changed:
            if self.stop.is_set():
                return
            self.begun = time.monotonic()
            self._say(status="running")
        try:
            self.result = self.work(self._progress)
        except Stopped:
            self._end("stopped", "Stopped.")
        except DetenteError as error:
            self._end("failed", " ".join(spoken(error)))
        except Exception as error:  # noqa: BLE001 -- a job must end in words, not in a thread
            self._end("failed", f"This should not happen: {type(error).__name__}: {error}")
        else:
            self._end("done", "")

    def _progress(self, done: int, every: int) -> None:
        if self.stop.is_set():
            raise Stopped
        if self.every == 0:
            self.first = done
        self._say(done=done, every=every)

    def _left(self) -> float | None:
        gone, there = time.monotonic() - self.begun, self.done - self.first
        if self.status != "running" or there <= 0:
            return None
        return gone / there * (self.every - self.done)

    def _end(self, status: Status, message: str) -> None:
        self._say(status=status, message=message)

    def _say(self, **changes: object) -> None:
        with self.changed:
            for name, value in changes.items():
                setattr(self, name, value)
            self.changed.notify_all()


@dataclass(slots=True)
class Jobs:
    """Jobs of this server, one at a time; the same question is one job, however often asked."""

    kept: OrderedDict[str, Job] = field(default_factory=OrderedDict[str, Job])
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="jobs")
    )
    _lock: Lock = field(default_factory=Lock)

    def ask(self, key: str, what: str, work: Callable[[Progress], str]) -> Job:
        """Begin a job, or find the one that was begun for ``key`` and not stopped."""
        name = self.name(key)
        with self._lock:
            known = self.kept.pop(name, None)
            again = known is None or known.stop.is_set() or known.status == "failed"
            job = Job(name, what, work) if known is None or again else known
            self.kept[name] = job  # asked lately, kept longest
            while len(self.kept) > MOST_JOBS:
                self.kept.popitem(last=False)[1].end()
            if again:
                self.pool.submit(job.run)
        return job

    def get(self, key: str) -> Job | None:
        """The job begun for ``key``, if there is one."""
        return self.kept.get(self.name(key))

    @staticmethod
    def name(key: str) -> str:
        """An identifier for a question: the same after a reload of the page."""
        return sha256(key.encode()).hexdigest()[:20]
