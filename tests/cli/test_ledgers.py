"""detente ledger, as a user types it."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from detente.cli import foretelling, telling
from detente.ledger.chain import GENESIS
from detente.ledger.exchange import rows

Typed = Callable[..., Any]
ASK = ("ledger", "ask", "Will the bridge open?", "--criteria", "Traffic crosses it.",
       "--closes", "2099-12-31", "--id", "bridge", "--tag", "roads")  # fmt: skip


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger named by the environment; nobody logged in but ann."""
    monkeypatch.setenv("DETENTE_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("DETENTE_BY", "ann")
    return tmp_path / "ledger.db"


def test_five_commands_from_question_to_score(ledger: Path, river: Path, detente: Typed) -> None:
    """Ask, forecast by hand and from a run, resolve, score: each tells its entry and hash."""
    assert "bridge: asked" in detente(*ASK).out
    said = detente("ledger", "forecast", "bridge", "70%", "--why", "They always do.")
    assert "bridge: 70%, by ann, lens judgement" in said.out
    run = ("--from-run", river, "--event", "tangible-given-held", "--draws", 200, "--by", "model")
    assert detente("ledger", "forecast", "bridge", *run).code == 0
    resolved = detente("ledger", "resolve", "bridge", "yes", "--source", "the gazette")
    assert resolved.code == 0
    found = json.loads(detente("ledger", "score", "--group", "author", "--json").out)
    by = {one["name"]: one for one in found["groups"]}
    assert by["ann"]["at_close"]["brier_halved"]["mean"] == pytest.approx(0.09)
    assert by["model"]["questions"] == 1
    shown = detente("ledger", "show", "bridge").out
    assert "stands: yes" in shown
    assert "They always do." in shown
    last = json.loads(detente("ledger", "show", "--json").out)["head"]
    assert last in resolved.out
    assert detente("ledger", "verify", "--head", last).code == 0
    assert ledger.is_file()


def test_every_command_has_json(tmp_path: Path, detente: Typed) -> None:
    """One object each, that says what was done."""
    asked = json.loads(detente(*ASK, "--json").out)
    assert asked["question"] == "bridge"
    assert asked["entries"][0]["previous"] == GENESIS
    said = json.loads(detente("ledger", "forecast", "bridge", "0.4", "--json").out)
    assert said["entries"][0]["record"]["value"] == {"form": "probability", "p": 0.4}
    given = ("ledger", "resolve", "bridge", "--annulled", "--source", "a mistake", "--json")
    assert json.loads(detente(*given).out)["entries"][0]["record"]["verdict"] == "annulled"
    (shown,) = json.loads(detente("ledger", "show", "--json").out)["questions"]
    assert (shown["status"], shown["answer"]) == ("annulled", None)
    assert json.loads(detente("ledger", "score", "--json").out)["scores"] == []
    assert json.loads(detente("ledger", "score", "--combine", "--json").out)["pools"] == []
    assert json.loads(detente("ledger", "calibration", "--json").out)["points"] == []
    to = tmp_path / "log.csv"
    assert json.loads(detente("ledger", "export", to, "--json").out)["entries"] == 3
    other = ("--ledger", tmp_path / "other.db", "--json")
    assert json.loads(detente("ledger", "import", to, *other).out)["new_entries"] == 3
    assert json.loads(detente("ledger", "verify", *other).out)["sound"] is True
    assert json.loads(detente("ledger", "verify", to, "--json").out)["entries"] == 3


def test_a_run_answers_every_kind(detente: Typed) -> None:
    """What an issue gets, a count and a day of the shipped case; a day needs a dated round."""
    case = ("--from-run", "budapest-2025", "--reading", "article", "--draws", "100")
    ask = ("--closes", "2099-12-31", "--criteria", "The record.")
    options = ("--option", "fighting", "--option", "The lines are frozen", "--option", "end")
    detente("ledger", "ask", "The front?", "--id", "front", "--kind", "one-of", *options, *ask)
    detente("ledger", "ask", "How many?", "--id", "many", "--kind", "number", *ask)
    detente("ledger", "ask", "When?", "--id", "when", "--kind", "date", *ask)
    said = detente("ledger", "forecast", "front", *case, "--event", "option-given-deal.frontline")
    assert "front under article: " in said.out
    assert ", from " in said.out
    assert "of 100 draws" in said.out
    assert detente("ledger", "forecast", "many", *case, "--event", "changes").code == 0
    assert detente("ledger", "forecast", "when", *case, "--event", "outcome-day").code == 0
    assert "median 2025-10-" in detente("ledger", "show", "when").out
    named = detente("ledger", "forecast", "when", *case)
    assert (named.code, "called-off-day, war-day" in named.err) == (2, True)
    mixed = detente("ledger", "forecast", "when", *case, "--event", "changes")
    assert (mixed.code, "answers a number question" in mixed.err) == (2, True)
    shown = json.loads(detente("ledger", "show", "--json").out)["questions"]
    assert [len(one["forecasts"]) for one in shown] == [1, 1, 1]


def test_what_is_read_off_each_draw_has_to_be_in_memory(
    detente: Typed, river: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run too long for that is refused before it starts; a probability takes one of any length."""
    monkeypatch.setattr(foretelling, "MANY", 0)
    ask = ("--closes", "2099-12-31", "--criteria", "The record.")
    detente("ledger", "ask", "How many?", "--id", "many", "--kind", "number", *ask)
    run = ("--from-run", river, "--draws", "200")
    said = detente("ledger", "forecast", "many", *run, "--event", "zone")
    assert (said.code, "--draws 200: " in said.err) == (2, True)
    assert "too many to keep in memory" in said.err
    detente(*ASK)
    assert detente("ledger", "forecast", "bridge", *run, "--event", "deal").code == 0


def test_what_is_dated_needs_a_dated_round(detente: Typed, river: Path) -> None:
    """The error says what of a run has dates, before anything runs."""
    ask = ("--kind", "date", "--closes", "2099-12-31", "--criteria", "The record.")
    detente("ledger", "ask", "When?", "--id", "when", *ask)
    said = detente("ledger", "forecast", "when", "--from-run", river, "--event", "called-off-day")
    assert said.code == 2
    assert "nothing else of a run is dated; a round with announced:" in said.err


def test_what_is_void_is_never_told_as_no(detente: Typed, tmp_path: Path) -> None:
    """On the terminal, in JSON and on the page."""
    detente("ledger", "ask", "Will they meet?", "--criteria", "They do.", "--closes", "2099-01-01",
            "--id", "held")  # fmt: skip
    detente("ledger", "ask", "Will it be signed?", "--criteria", "It is.", "--closes", "2099-01-01",
            "--id", "signed", "--if-question", "held")  # fmt: skip
    detente("ledger", "forecast", "signed", "0.1")
    said = detente("ledger", "resolve", "held", "no", "--source", "both sides")
    assert "signed: void, by its condition" in said.out
    shown = detente("ledger", "show", "signed", "--json", "--out", tmp_path / "page").out
    (one,) = json.loads(shown)["questions"]
    assert (one["status"], one["answer"], one["decided_by"]) == ("void", None, "held")
    assert one["question"]["condition"]["says"] == "Will they meet? yes"
    assert "void: its condition failed (held)" in detente("ledger", "show", "signed").out
    page = (tmp_path / "page" / "ledger.html").read_text(encoding="utf-8")
    assert "<strong>void: its condition failed (held)</strong>" in page
    assert "<strong>no</strong>" not in page


def test_a_made_up_late_forecast_says_so(detente: Typed) -> None:
    """The ledger marks it; it has a table of its own."""
    detente(*ASK)
    detente("ledger", "resolve", "bridge", "yes", "--source", "s")
    said = detente("ledger", "forecast", "bridge", "0.99")
    assert "made after the fact" in said.out
    assert "made after the fact" in detente("ledger", "score").out
    assert "No yes-no question" in detente("ledger", "calibration").out
    assert "1 forecasts of 1 question" in detente("ledger", "calibration", "--after-the-fact").out


def test_other_kinds_are_forecast_and_scored(detente: Typed) -> None:
    """Options by share, numbers by quantile or normal, dates by quantile."""
    close = ("--criteria", "c", "--closes", "2099-01-01")
    detente("ledger", "ask", "Which?", *close, "--id", "which", "--kind", "one-of", "--ordered",
            "--option", "low", "--option", "mid", "--option", "high")  # fmt: skip
    detente("ledger", "ask", "How many?", *close, "--id", "many", "--kind", "number")
    detente("ledger", "ask", "When?", *close, "--id", "when", "--kind", "date")
    shares = [word for text in ("low=0.2", "mid=50%", "high=0.3") for word in ("--share", text)]
    assert detente("ledger", "forecast", "which", *shares).code == 0
    assert detente("ledger", "forecast", "many", "--normal", "10,2").code == 0
    dates = ("--quantile", "0.9=2030-06-01", "--quantile", "0.1=2030-01-01")
    assert detente("ledger", "forecast", "when", *dates).code == 0
    for name, answer in (("which", "high"), ("many", "10"), ("when", "2030-01-01")):
        assert detente("ledger", "resolve", name, answer, "--source", "s").code == 0
    found = json.loads(detente("ledger", "score", "--group", "question", "--json").out)
    by = {one["name"]: one["at_close"] for one in found["groups"]}
    assert by["which"]["rps"]["mean"] == pytest.approx(0.53)
    assert by["many"]["crps"]["mean"] == pytest.approx(2 * 0.2336949772551092)
    assert by["when"]["crps"]["mean"] == pytest.approx(151 * (0.81 + 0.09 + 0.01) / 3)
    assert detente("ledger", "score", "--against", "community").code == 0


MISTAKES: list[tuple[tuple[str, ...], str]] = [
    (("forecast", "brigde", "0.5"), "did you mean bridge?"),
    (("forecast", "bridge", "1.5"), "a number from 0 to 1"),
    (("forecast", "bridge"), "give one of them"),
    (("forecast", "bridge", "0.5", "--normal", "1,2"), "give one of them"),
    (("forecast", "bridge", "--share", "a=1"), "a probability from 0 to 1"),
    (("forecast", "bridge", "0.5", "--lens", "A B"), "lens: found 'A B'"),
    (("forecast", "bridge", "0.5", "--at", "2020-01-01"), "still open"),
    (("ask", "Q?", "--criteria", "c", "--closes", "9999-12-31"), "closes: found"),
    (("ask", "Q?", "--criteria", "c", "--closes", "0001-01-01T00:00+14:00"), "not a date"),
    (("forecast", "bridge", "0.5", "--from-run", "budapest-2025"), "drop one"),
    (("forecast", "bridge", "--from-run", "budapest-2025", "--event", "peace"), "held, deal"),
    (("resolve", "bridge", "perhaps", "--source", "s"), "yes or no is allowed"),
    (("resolve", "bridge", "yes"), "add --source"),
    (("resolve", "bridge", "yes", "--void", "--source", "s"), "give one of them"),
    (("resolve", "bridge", "yes", "--source", "s", "--on", "2098-01-01"), "yet to come"),
    (("resolve", "bridge", "yes", "--source", "s", "--on", "soon"), "not a date"),
    (("show", "--status", "done"), "open, closed, resolved"),
    (("score", "--group", "mood"), "use one of"),
    (("score", "--against", "everyone"), "use one of"),
    (
        ("ask", "Again?", "--criteria", "c", "--closes", "2099-01-01", "--id", "bridge"),
        "stays as",
    ),
    (
        ("ask", "Q?", "--criteria", "c", "--closes", "2099-01-01", "--kind", "maybe"),
        "kind: found",
    ),
    (("ask", "Q?", "--criteria", " ", "--closes", "2099-01-01"), "which answer"),
    (("ask", "Q?", "--criteria", "c", "--closes", "2099", "--id", "x"), "not a date"),
    (("import", "nowhere.csv"), "no such file"),
    (("verify", "--ledger", "nowhere.db"), "there is no such ledger"),
]


def test_mistakes_end_in_a_message(detente: Typed) -> None:
    """One line each, exit code 2, and nothing is written."""
    detente(*ASK)
    before = detente("ledger", "verify", "--json").out
    for words, says in MISTAKES:
        said = detente("ledger", *words)
        assert said.code == 2, words
        assert says in said.err
        assert "Traceback" not in said.err
    assert detente("ledger", "verify", "--json").out == before
    assert not Path("nowhere.db").exists()


def test_a_change_is_found_with_exit_code_1(ledger: Path, detente: Typed) -> None:
    """In the database and in an exported log; the entry is named."""
    detente(*ASK)
    detente("ledger", "forecast", "bridge", "0.5")
    log = ledger.with_name("log.csv")
    detente("ledger", "export", log)
    assert "there is such a file" in detente("ledger", "export", log).err
    assert detente("ledger", "verify", log).code == 0
    log.write_text(log.read_text().replace("0.5", "0.6"))
    said = detente("ledger", "verify", log)
    assert said.code == 1
    assert "entry 2 (forecast) was changed" in said.out
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("DROP TRIGGER ledger_entries_DELETE")
        connection.execute("DELETE FROM ledger_entries WHERE number = 2")
        connection.commit()
    said = detente("ledger", "verify")
    assert said.code == 1
    assert "entries 2 to 2 are missing" in said.out


def test_a_set_is_imported_and_scored_on_the_first_day(detente: Typed, tmp_path: Path) -> None:
    """Import says what it left out; scores, pools, calibration and its page follow."""
    lines = ["question,opens,closes,forecaster,probability,outcome"]
    for k in range(60):
        for by, p in (("ann", (k % 10) / 10), ("bob", 0.5)):
            lines.append(f"Question {k}?,2025-01-01,2025-02-01,{by},{p},{'yes' if k % 3 else 'no'}")
    lines.append("Undated?,,,ann,0.5,yes")
    file = tmp_path / "set.csv"
    file.write_text("\n".join(lines))
    said = detente("ledger", "import", file, "--tag", "public")
    assert "60 questions, 120 forecasts, 60 resolutions; there already: 0; left out: 1" in said.out
    assert "line 122: undated: it has neither a closing date" in said.out
    assert "bob" in detente("ledger", "score", "--against", "base-rate").out
    assert "without ann" in detente("ledger", "score", "--combine").out
    out = tmp_path / "page"
    told = detente("ledger", "calibration", "--out", out, "--author", "ann", "--tag", "public")
    assert "60 forecasts of 60 questions" in told.out
    plain = json.loads((out / "calibration.json").read_text())
    assert len(plain["corp"]["points"]) == 10
    assert "<svg" in (out / "calibration.html").read_text(encoding="utf-8")
    flat = tmp_path / "flat.csv"
    assert detente("ledger", "export", flat, "--flat").code == 0
    assert len(flat.read_text().splitlines()) == 121


LONG = 2_600  # rows, more than are told of at once


def _long_set(path: Path) -> Path:
    rows = [f"q{i},Will {i} come?,2024-01-01,2024-12-31,0.5,yes,2025-01-02" for i in range(LONG)]
    path.write_text("\n".join(["id,question,opens,closes,probability,outcome,resolved", *rows]))
    return path


def test_a_long_import_tells_its_steps(
    ledger: Path, detente: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading, checking, writing, of a set and of a log, where there is no terminal in lines."""
    monkeypatch.setattr(telling, "EVERY", 0.0)
    said = detente("ledger", "import", _long_set(tmp_path / "long.csv"))
    assert said.code == 0
    steps = ("Reading: ", "Checking: ", "Writing: ")
    assert [any(line.startswith(s) for line in said.err.splitlines()) for s in steps] == [True] * 3
    assert detente("ledger", "export", tmp_path / "log.csv").code == 0
    again = detente("ledger", "import", tmp_path / "log.csv", "--ledger", tmp_path / "copy.db")
    assert f"{3 * LONG:,} new entries" in again.out
    assert [any(line.startswith(s) for line in again.err.splitlines()) for s in steps] == [True] * 3
    assert ledger.is_file()


@pytest.mark.parametrize("step", ["Reading", "Checking", "Writing"])
def test_an_interrupted_import_writes_nothing(
    step: str, detente: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in any step ends in a message, and the ledger is as it was."""
    detente(*ASK)
    began = telling.Teller.step

    def stopped(self: telling.Teller, name: str) -> telling.Told:
        told = began(self, name)

        def tell(done: int, every: int) -> None:
            told(done, every)
            if name == step and done:
                signal.raise_signal(signal.SIGINT)

        return tell

    monkeypatch.setattr(telling.Teller, "step", stopped)
    said = detente("ledger", "import", _long_set(tmp_path / "long.csv"))
    assert (said.code, said.err.strip()) == (130, "interrupted; nothing was written")
    assert json.loads(detente("ledger", "verify", "--json").out)["entries"] == 1


def test_a_file_too_large_says_how_large(
    detente: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found, what is allowed, what to do; of rows as of bytes."""
    path = _long_set(tmp_path / "long.csv")
    monkeypatch.setattr(rows, "MAX_ROWS", 2_000)
    told = detente("ledger", "import", path)
    assert (told.code, "more than 2,000 rows; at most so many" in told.err) == (2, True)
    monkeypatch.setattr(rows, "MAX_BYTES", 2**10)
    told = detente("ledger", "import", path)
    assert (told.code, "are allowed; split a question set" in told.err) == (2, True)


def test_the_shipped_ledger_is_looked_at_by_name(detente: Typed, tmp_path: Path) -> None:
    """Shown, scored and verified like one's own; not written to; taken over by importing it."""
    at = ("--ledger", "budapest-2025")
    shown = detente("ledger", "show", *at).out
    assert "made after the fact" in " ".join(shown.split())
    assert "void" in shown
    one = detente("ledger", "show", "budapest-held", *at).out
    assert "stands: no" in one
    assert "Detente, run, irreconcilable       1     0.001" in one
    scored = detente("ledger", "score", "--against", "outside", *at)
    assert "No forecast made in time can be held against" in " ".join(scored.out.split())
    refused = detente("ledger", "forecast", "budapest-held", "50%", *at)
    assert refused.code == 2
    assert "not written to" in refused.err
    copy = tmp_path / "copy.csv"
    assert detente("ledger", "export", copy, *at).code == 0
    assert detente("ledger", "verify", *at).out == detente(
        "ledger", "verify", "--ledger", copy
    ).out.replace(str(copy), "budapest-2025, as it ships")
    assert detente("ledger", "import", copy).code == 0
    assert "budapest-held" in detente("ledger", "show").out
