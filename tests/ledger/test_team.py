"""Two analysts, one ledger on PostgreSQL, as each would type it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from detente.cli import main


def test_two_analysts_share_one_ledger(
    server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One asks, both forecast, either sees both; the password is shown to nobody."""
    monkeypatch.setenv("DETENTE_LEDGER", server.database())

    def typed(who: str, *words: str) -> str:
        monkeypatch.setenv("DETENTE_BY", who)
        monkeypatch.setattr("sys.argv", ["detente", "ledger", *words])
        with pytest.raises(SystemExit) as end:
            main()
        assert not end.value.code
        said = capsys.readouterr()
        assert server.password not in said.out + said.err
        return said.out

    rules = ("--criteria", "It does.", "--closes", "2099-01-01")
    typed("ann", "ask", "Will it rain?", "--id", "rain", *rules)
    typed("ann", "forecast", "rain", "0.4")
    typed("bob", "forecast", "rain", "0.8")
    (one,) = json.loads(typed("bob", "show", "--json"))["questions"]
    assert [(f["by"], f["value"]["p"]) for f in one["forecasts"]] == [("ann", 0.4), ("bob", 0.8)]
    assert one["together"]["mean"] == pytest.approx(0.6)
    assert "3 entries, sound" in typed("ann", "verify")
