"""An entry of a ledger as a JSON object."""

from __future__ import annotations

import json
from typing import Any

from detente.ledger.chain import Entry


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry with its record as plain data."""
    return {
        "number": entry.number,
        "recorded": entry.recorded,
        "kind": entry.kind,
        "record": json.loads(entry.body),
        "previous": entry.previous,
        "hash": entry.hash,
    }
