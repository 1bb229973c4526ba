"""Does the rest of the database agree with the log: the columns beside it, and its noted end?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from detente.ledger.chain import GENESIS, Entry, Fault


def columns_agree(rows: Sequence[Any], log: Sequence[Entry], kept: Sequence[Any]) -> list[Fault]:
    """Rows that are filed under the wrong question, and a log that does not end where it should.

    ``rows`` are those of the table of entries, ``log`` the same as entries, ``kept`` what the
    table of the head holds: number and hash.
    """
    return [*_filed(rows), *_ends(log, kept)]


def _filed(rows: Sequence[Any]) -> Iterator[Fault]:
    for place, row in enumerate(rows, 1):
        try:
            record = json.loads(row.body)
            name = record.get("question", record.get("id", ""))
        except (ValueError, AttributeError):
            continue  # its hash says so already
        if name != row.question:
            yield Fault(
                "changed", place,
                f"entry {place} is filed under {row.question or 'no question'}, it is about {name}",
            )  # fmt: skip


def _ends(log: Sequence[Entry], kept: Sequence[Any]) -> Iterator[Fault]:
    number, own = (int(kept[0][0]), str(kept[0][1])) if len(kept) == 1 else (0, "nothing")
    last = log[-1].hash if log else GENESIS
    if own == last:
        return
    if number > len(log):
        told = f"entries {len(log) + 1} to {number} are missing: the log was cut off"
    else:
        told = (
            f"the log ends with {last[:12]}, the ledger has noted {own[:12]}: "
            "the end was changed, or entries were added behind its back"
        )
    yield Fault("truncated", len(log) + 1, told)
