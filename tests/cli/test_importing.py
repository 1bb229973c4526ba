"""detente import, as a user types it: what is written is checked, run and explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.cli.options import FormatName
from detente.interchange.importing import FORMATS

Typed = Callable[..., Any]

KTAB = (
    "A bridge, where it stands, 2, 1,\n"
    "Actor,Description,Power,Pstn1,Sal1,\n"
    "north,The north,50,0,30,\n"
    "south,The south,100,80,60,\n"
)
GMCR = (
    '{"options": [{"name": "Build"}, {"name": "Pay"}], "infeasibles": [], "decisionMakers": ['
    '{"name": "N", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},'
    '{"name": "S", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]}]}'
)
DECIDE = "#A,n,North\n#A,s,South\n#P,toll,Toll\n#D,n,toll,25,0.5,0.4\n#D,s,toll,100,1,0.8\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small KTAB table."""
    path = tmp_path / "bridge.csv"
    path.write_text(KTAB, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [("a.csv", KTAB, "ktab"), ("b.gmcr", GMCR, "gmcr"), ("c.csv", DECIDE, "decide")],
)
def test_what_is_imported_is_accepted_and_runs(
    name: str, text: str, form: str, tmp_path: Path, detente: Typed
) -> None:
    """Import, check (findings, no mistakes), run; the format is found by itself."""
    source, case = tmp_path / name, tmp_path / "case.yaml"
    source.write_text(text, encoding="utf-8")
    said = detente("import", source, "-o", case)
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith(f"{form}: 2 actors")
    assert f"check it with: detente check {case}" in said.err
    checked = detente("check", case)
    assert checked.code in {0, 1}
    assert "case: valid" in checked.out
    ran = detente("run", case, "--draws", 200)
    assert ran.code == 0
    assert "likely deal" in ran.out


def test_without_a_file_it_is_printed(table: Path, tmp_path: Path, detente: Typed) -> None:
    """The text is the one that -o writes; what was done goes to standard error."""
    case = tmp_path / "case.yaml"
    printed = detente("import", table)
    assert detente("import", table, "-o", case).code == 0
    assert printed.out == case.read_text(encoding="utf-8")
    assert "chosen: the source has no status quo" in printed.err


def test_a_status_quo_may_be_named(table: Path, detente: Typed) -> None:
    """As the source writes it; a pair that is none is refused."""
    said = detente("import", table, "--status-quo", "dimension 1=10")
    assert "status_quo: at-10" in said.out
    assert "links" not in said.out
    wrong = detente("import", table, "--status-quo", "10")
    assert wrong.code == 2
    assert "ISSUE=OPTION is allowed" in wrong.err
    wrong = detente("import", table, "--status-quo", "dimension 1=far")
    assert wrong.code == 2
    assert "a position from 0 to 100 for every scale" in wrong.err


def test_nothing_is_replaced_or_half_written(table: Path, tmp_path: Path, detente: Typed) -> None:
    """A file that exists stays, also when the source turns out to be unusable."""
    case = tmp_path / "case.yaml"
    case.write_text("mine", encoding="utf-8")
    said = detente("import", table, "-o", case)
    assert said.code == 2
    assert "give --force" in said.err
    table.write_text(KTAB.replace(",80,", ",800,"), encoding="utf-8")
    said = detente("import", table, "-o", case, "--force")
    assert said.code == 2
    assert f"{table}:4:21: found '800' as the position on dimension 1" in said.err
    assert case.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bridge.csv", "case.yaml"]


def test_a_format_may_be_forced(table: Path, detente: Typed) -> None:
    """Then its own mistakes are shown."""
    said = detente("import", table, "--from", "decide")
    assert said.code == 2
    assert "#A, #P, #M, #D" in said.err


def test_every_format_can_be_named() -> None:
    """What --from takes is what can be read."""
    assert [form.value for form in FormatName] == list(FORMATS)
