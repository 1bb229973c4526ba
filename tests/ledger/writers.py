"""One of several writers at work on the same ledger: run by a test.

    python writers.py LEDGER NAME TURNS
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from detente.ledger.keeping import forecast
from detente.ledger.records import Forecast, Probability
from detente.ledger.store.store import open_ledger

if __name__ == "__main__":
    place, who, turns = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open_ledger(place) as ledger:
        for turn in range(turns):
            one = Forecast(
                question="bridge", by=who, at=datetime.now(UTC), value=Probability(p=0.5),
                why=str(turn),
            )  # fmt: skip
            forecast(ledger, [one])
