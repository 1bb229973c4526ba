"""What is loaded when: help is instant, and an answer loads only what it uses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NUMBERS = frozenset({"numba", "llvmlite", "numpy", "scipy", "pyarrow"})
DRAWING = frozenset({"altair", "vl_convert", "jinja2", "pyarrow"})
TEXTS = frozenset({"trafilatura", "lxml", "markdown_it", "rapidfuzz"})
FILES = frozenset({"pydantic", "ruamel.yaml"})
EVERYTHING = NUMBERS | DRAWING | TEXTS | FILES
MODEL_FREE = NUMBERS | DRAWING | TEXTS

WITHOUT_CLASSES = str(Path(__file__).parent / "situations" / "three-acts.yaml")
TABLES = {"pyarrow"}  # any run may go to disk
COMMAND = """
from detente.cli import main
sys.argv = ["detente", *ARGUMENTS]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
ANSWERS = (
    "running", "comparing", "knocking", "weighing", "driving_command", "levering", "blocking",
    "whatif", "scanning", "protocols", "outwarding",
)  # fmt: skip


def loaded(code: str, *arguments: str) -> set[str]:
    """Names of the modules that a fresh interpreter has loaded after ``code``."""
    script = (
        f"import json, sys\nARGUMENTS = {arguments!r}\n{code}\n"
        "sys.stdout.flush()\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8"
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_importing_the_package_loads_no_library() -> None:
    """``import detente`` costs nothing; its names come when they are used."""
    modules = loaded("import detente")
    assert not modules & (EVERYTHING | {"typer", "rich"})
    assert "detente" in modules


def test_a_name_of_the_package_loads_what_it_needs() -> None:
    """The check can fail: using a name brings its libraries in."""
    assert {"numba", "numpy"} <= loaded("import detente; detente.answer")


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (("--version",), EVERYTHING),
        # rich formats help, and brings its own Markdown along
        (("--help",), EVERYTHING - {"markdown_it"}),
        (("words",), EVERYTHING - {"pydantic"}),  # Typer reads arguments with it
        (("schema",), MODEL_FREE),
        (("cases",), MODEL_FREE),
        (("case", "show", "budapest-2025"), MODEL_FREE),
        (("case", "show", "budapest-2025", "--addresses"), MODEL_FREE),
        (("check", "budapest-2025", "--no-forecast"), MODEL_FREE),
        (
            ("run", "budapest-2025", "--round", "budapest", "--reading", "article", "--draws", "100"),
            (DRAWING - TABLES) | TEXTS | {"scipy.stats"},
        ),
        (
            ("run", WITHOUT_CLASSES, "--reading", "as-written", "--draws", "100"),
            (DRAWING - TABLES) | TEXTS | {"scipy.special"},
        ),
    ],
    ids=lambda part: "-".join(part[:3]) if isinstance(part, tuple) else "",
)  # fmt: skip
def test_a_command_loads_only_what_it_uses(
    arguments: tuple[str, ...], absent: frozenset[str]
) -> None:
    """Numbers for the model, drawing for pages, readers for texts: each where it is needed."""
    assert not loaded(COMMAND, *arguments) & absent


ASKED = (
    "ask", "Will they?", "--id", "q", "--criteria", "They do.", "--closes", "2099-12-31",
)  # fmt: skip


def test_ledgers_load_no_model(tmp_path: Path) -> None:
    """Writing loads no numbers at all; showing and scoring neither kernels nor what draws."""
    to = ("--ledger", str(tmp_path / "ledger.db"), "--by", "ann")
    kernels = {"numba", "llvmlite", "pyarrow"}
    for writing in (ASKED, ("forecast", "q", "0.3"), ("resolve", "q", "yes", "--source", "seen")):
        assert not loaded(COMMAND, "ledger", *writing, *to) & MODEL_FREE, writing[0]
    assert not loaded(COMMAND, "ledger", "show", *to[:2]) & (kernels | DRAWING | TEXTS | {"scipy"})
    found = loaded(COMMAND, "ledger", "score", *to[:2])
    assert not found & (kernels | DRAWING | TEXTS)
    assert "numpy" in found


def test_answers_load_no_drawing() -> None:
    """Pages are drawn with ``--out`` alone, so answers in words do not load what draws."""
    code = "\n".join(f"import detente.cli.{name}" for name in ANSWERS)
    assert not loaded(code) & ((DRAWING - TABLES) | TEXTS)
