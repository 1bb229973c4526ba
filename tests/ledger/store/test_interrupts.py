"""Ctrl-C while a ledger is written: nothing is kept, or everything and nobody is told otherwise."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest

from detente.ledger.keeping import put_question
from detente.ledger.store.interrupts import uninterrupted
from detente.ledger.store.store import Ledger

Ask = Callable[..., Any]


def test_what_is_under_way_is_given_up(sqlite: Ledger, a_question: Ask) -> None:
    """Before the end of the turn, all of it is."""

    def write() -> None:
        with sqlite.writing() as turn:
            put_question(turn, a_question())
            turn.flush()
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        write()
    assert sqlite.entries() == []


def test_a_commit_is_not_stopped() -> None:
    """The signal is forgotten in the block, and heard again after it."""
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_another_thread_leaves_signals_alone(sqlite: Ledger, a_question: Ask) -> None:
    """Where Python allows no handler, writing goes on as it is."""
    done: list[int] = []

    def write() -> None:
        with sqlite.writing() as turn:
            put_question(turn, a_question())
        done.append(len(sqlite.entries()))

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert done == [1]
