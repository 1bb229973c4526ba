"""Answers for pages: computed once for a state of a file, and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from detente.analysis.answer import Run, answer
from detente.cases.opening import Opened
from detente.figures.record import Figure
from detente.sampling.draws import Plan
from detente.situation.scenarios import Scenario
from detente.web.pictures import figures_of
from detente.web.state import Asked, State, concrete

KEPT = 200  # answers and drawings
THREADS = 2


def untold(done: int, every: int) -> None:
    """Nobody is told how far it is."""


@dataclass(slots=True)
class Shelf:
    """What was computed lately, by what it was computed from; each thing only once at a time."""

    most: int = KEPT
    _kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict[Hashable, Any])
    _locks: dict[Hashable, Lock] = field(default_factory=dict[Hashable, Lock])
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of ``key``, made if it is not there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            own = self._locks.setdefault(key, Lock())
        with own:
            with self._lock:
                if key in self._kept:  # made by whoever had the lock before
                    return self._kept[key]
            try:
                made = make()
                with self._lock:
                    self._kept[key] = made
                    while len(self._kept) > self.most:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._locks.pop(key, None)
            return made


@dataclass(frozen=True, slots=True)
class Pair:
    """The answer of a state, and of its reading as it is written; the same where nothing is laid."""

    asked: Asked
    run: Run
    plain: Run


@dataclass(slots=True)
class Answers:
    """Answers to states, from a pool of threads that all pages share."""

    shelf: Shelf = field(default_factory=Shelf)
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="draws")
    )

    def pair(self, opened: Opened, version: str, state: State) -> Pair:
        """The answers for a state. Raises UsageError for a state the situation does not have."""
        asked = concrete(opened, state)
        plain = self._run(opened, version, asked.base, asked.plan, state, laid=False)
        if not state.changed:
            return Pair(asked, plain, plain)
        return Pair(
            asked, self._run(opened, version, asked.scenario, asked.plan, state, laid=True), plain
        )

    def figures(self, opened: Opened, version: str, state: State) -> dict[str, Figure]:
        """The figures of a state's answer, by name. Raises UsageError as ``pair`` does."""
        key = ("figures", opened.name, version, state)
        return self.shelf.get(key, lambda: figures_of(self.pair(opened, version, state).run))

    def _run(
        self, opened: Opened, version: str, scenario: Scenario, plan: Plan, state: State, *,
        laid: bool,
    ) -> Run:  # fmt: skip
        changes = (state.settings, state.without) if laid else ()
        key = (opened.name, version, scenario.round, scenario.reading, plan, changes)
        return self.shelf.get(
            key,
            lambda: answer(
                opened.situation, opened.claims, [scenario], plan, executor=self.pool,
                progress=untold,
            ),
        )  # fmt: skip
