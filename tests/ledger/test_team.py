"""Two analysts, one ledger on PostgreSQL, each at a command line of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest


def typed(where: str, who: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What somebody types on a machine of their own."""
    return subprocess.run(
        [sys.executable, "-m", "detente", "ledger", *words],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "DETENTE_LEDGER": where, "DETENTE_BY": who},
    )  # fmt: skip


def test_two_analysts_share_one_ledger(server: Any) -> None:
    """One asks, both forecast, either sees both; the password is shown to nobody."""
    where = server.database()
    asked = typed(
        where, "ann", "ask", "Will it rain?", "--criteria", "It does.", "--closes", "2099-01-01",
        "--id", "rain",
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    assert typed(where, "ann", "forecast", "rain", "0.4").returncode == 0
    assert typed(where, "bob", "forecast", "rain", "0.8").returncode == 0
    shown = typed(where, "bob", "show", "--json").stdout
    (one,) = json.loads(shown)["questions"]
    assert [(f["by"], f["value"]["p"]) for f in one["forecasts"]] == [("ann", 0.4), ("bob", 0.8)]
    assert one["together"]["mean"] == pytest.approx(0.6)
    told = typed(where, "ann", "verify").stdout
    assert "3 entries, sound" in told
    assert server.password not in shown + told
