"""Writers that are killed in the middle of writing, life after life: run by a test.

    python lives.py LEDGER LIVES

Each life forks, connects anew and writes turn after turn, two entries a turn. It puts the
hash of each turn's last entry on a pipe once the turn is over, so what is read there was
acknowledged. It is killed at a random moment. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime

from detente.ledger.chain import canonical
from detente.ledger.keeping import ask, put_forecast
from detente.ledger.records import Forecast, Probability, Question
from detente.ledger.store.store import Ledger, open_ledger

LONGEST = 0.008  # seconds that a life goes on after its first turn, at the most
QUESTION = Question(
    id="q", text="Will it last?", criteria="It lasts.", opens=date(2020, 1, 1),
    closes=date(2099, 12, 31),
)  # fmt: skip


def write(ledger: Ledger, pipe: int) -> None:
    """Write until killed, a question of its own so that its history stays short."""
    name = f"q{os.getpid()}-{time.monotonic_ns()}"
    ask(ledger, QUESTION.model_copy(update={"id": name}))
    for count in range(10_000):
        with ledger.writing() as turn:
            for half in ("first", "second"):
                one = Forecast(
                    question=name, by=f"{count} {half}", at=datetime.now(UTC),
                    value=Probability(p=0.5), why="x" * 2000,
                )  # fmt: skip
                entry = put_forecast(turn, one)
        os.write(pipe, f"{entry.number} {entry.hash}\n".encode())


def life(ledger: Ledger, chance: random.Random) -> list[str]:
    """One writer, from its birth to its death; what it acknowledged."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        try:
            write(ledger, writes)
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        first = pipe.readline()
        time.sleep(chance.random() * LONGEST)
        os.kill(child, signal.SIGKILL)
        told = (first + pipe.read()).decode().splitlines(keepends=True)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "a writer ended by itself"
    return [line.strip() for line in told if line.endswith("\n")]


def main() -> None:
    """Live and die, then look at what is there."""
    where, lives = sys.argv[1], int(sys.argv[2])
    chance = random.Random(9)
    with open_ledger(where) as ledger:
        ledger.close()  # no life inherits a connection
        acknowledged = [line for _ in range(lives) for line in life(ledger, chance)]
        entries = ledger.entries()
        there = {f"{entry.number} {entry.hash}" for entry in entries}
        halves = [json.loads(e.body)["by"].split()[1] for e in entries if e.kind == "forecast"]
        found = {
            "lives": lives,
            "acknowledged": len(acknowledged),
            "lost": sorted(set(acknowledged) - there),
            "half_written": halves != ["first", "second"] * (len(halves) // 2),
            "faults": [str(fault) for fault in ledger.verify()],
            "entries": len(entries),
        }
    sys.stdout.write(canonical(found) + "\n")


if __name__ == "__main__":
    main()
