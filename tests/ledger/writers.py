"""One of several writers at work on the same ledger: run by a test.

python writers.py LEDGER NAME TURNS
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from detente.ledger.keeping import ask, forecast
from detente.ledger.records import Forecast, Probability, Question
from detente.ledger.store.store import open_ledger

if __name__ == "__main__":
    place, who, turns = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open_ledger(place) as ledger:
        question = Question(
            id=who, text="Who?", criteria="So.", opens=date(2020, 1, 1), closes=date(2099, 12, 31)
        )
        ask(ledger, question)
        for turn in range(turns):
            one = Forecast(
                question=who, by=who, at=datetime.now(UTC), value=Probability(p=0.5),
                why=str(turn),
            )  # fmt: skip
            forecast(ledger, [one])
