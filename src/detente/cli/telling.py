"""What a user sees while something long is under way: on standard error, time left included.

It loads nothing of the model, so that any command may use it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from detente.errors import Interrupted

Told = Callable[[int, int], None]  # how much is done, of how much
EVERY = 60.0  # seconds between two lines where there is no terminal to draw a bar on
MINUTE, HOUR, DAY = 60, 3600, 86400


class Teller:
    """Says on standard error what is going on."""

    def __init__(self, console: Console, bar: Progress) -> None:
        """``bar`` is shown on ``console`` while something is under way."""
        self._console, self._bar = console, bar

    def say(self, text: str) -> None:
        """Print a line that stays."""
        self._console.print(text, soft_wrap=True, markup=False)

    def step(self, name: str) -> Told:
        """Begin a step, ending the one before; returns what tells how far it is.

        The first call says how much was there already, so that the time left does not
        count it as done in no time.
        """
        for task in self._bar.task_ids:
            self._bar.remove_task(task)
        task = self._bar.add_task(name, total=None)
        pace: Pace | None = None

        def told(done: int, every: int) -> None:
            nonlocal pace
            if pace is None:
                pace = Pace(done, time.monotonic())
                self._bar.reset(task, completed=done, total=every)
            else:
                self._bar.update(task, completed=done, total=every)
            line = pace.line(name, done, every, time.monotonic())
            if line and not self._console.is_terminal:
                self.say(line)

        return told


class Pace:
    """How fast a step goes, and when to say so."""

    def __init__(self, done: int, now: float) -> None:
        """``done`` was there already at ``now``, in seconds."""
        self._start, self._began, self._said = done, now, now

    def line(self, name: str, done: int, every: int, now: float) -> str | None:
        """A line on how far it is and how long it will go on, at most one every EVERY seconds."""
        if now - self._said < EVERY or done <= self._start:
            return None
        self._said = now
        left = (now - self._began) / (done - self._start) * (every - done)
        return f"{name}: {done:,} of {every:,} ({done / every:.0%}), about {duration(left)} left"


def duration(seconds: float) -> str:
    """``40 s``, ``12 min``, ``3 h 10 min``, ``2 days 4 h``: two figures are enough."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{max(whole, 1)} s"
    if whole < HOUR:
        return f"{round(seconds / MINUTE)} min"
    if whole < DAY:
        minutes = round(seconds / MINUTE)
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    hours = round(seconds / HOUR)
    days = f"{hours // 24} day" if hours // 24 == 1 else f"{hours // 24} days"
    return f"{days} {hours % 24} h" if hours % 24 else days


@contextmanager
def telling(console: Console | None = None) -> Generator[Teller]:
    """What tells of the steps of something long; Ctrl-C ends it in a message."""
    shown = console or Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(), console=shown, transient=True, disable=not shown.is_terminal,
    )  # fmt: skip
    try:
        with bar:
            yield Teller(shown, bar)
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written") from None
