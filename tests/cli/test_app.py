"""Every command, met as a user meets it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from ruamel.yaml import YAML

from detente import __version__
from detente.analysis.probabilities import NAMES
from detente.sources.claims import Locator

Typed = Callable[..., Any]

# Python leaves SIGINT ignored where a shell in the background has ignored it.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from detente.cli import main
main()
"""


def edited(path: Path, old: str, new: str) -> Path:
    """The file with one passage replaced; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_help_names_every_command(detente: Typed) -> None:
    """``--help`` lists what there is."""
    said = detente("--help")
    assert said.code == 0
    for command in ("new", "check", "run", "compare", "cases", "case", "words", "schema"):
        assert command in said.out


def test_help_needs_no_heavy_library() -> None:
    """Help is instant: numerics and pictures are not imported for it."""
    script = (
        "import sys; sys.argv=['detente','--help']\n"
        "from detente.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'numba','scipy','altair','pyarrow','pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_version(detente: Typed) -> None:
    """``--version`` says which."""
    assert detente("--version").out.strip() == f"detente {__version__}"


def test_a_new_file_is_clean_and_runs(detente: Typed, river: Path) -> None:
    """What ``new`` writes passes ``check`` without findings and runs."""
    assert detente("check", river).code == 0
    said = detente("run", river, "--draws", "200", "--json")
    assert said.code == 0
    assert json.loads(said.out)["runs"][0]["probabilities"]["deal"]["p"] > 0.0


def test_new_never_overwrites_unasked(detente: Typed, river: Path) -> None:
    """An existing file stays unless --force says otherwise."""
    edited(river, "The river talks", "Mine")
    said = detente("new", river)
    assert said.code == 2
    assert "--force" in said.err
    assert "Mine" in river.read_text(encoding="utf-8")
    assert detente("new", river, "--force").code == 0


def test_mistakes_come_all_at_once_with_code_2(detente: Typed, river: Path) -> None:
    """Each mistake with file, line, column, address, what was found, allowed, and to do."""
    edited(river, "severity: medium", "severity: midium")
    edited(river, "role: principal, power: high", "role: principal, powr: high")
    for command in ("check", "run", "compare"):
        said = detente(command, river)
        assert said.code == 2
        assert "Traceback" not in said.err
        assert f"{river}:11:" in said.err
        assert "did you mean medium?" in said.err
        assert "did you mean power?" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "no-such-case"], "no-such-case"),
        (["run", "budapest-2025", "--round", "helsinki"], "budapest"),
        (["run", "budapest-2025", "--reading", "artcle"], "did you mean article?"),
        (["run", "budapest-2025", "--set", "outlook.rusia=low"], "did you mean outlook.russia?"),
        (["run", "budapest-2025", "--set", "outlook.russia=lo"], "did you mean low?"),
        (["run", "budapest-2025", "--set", "outlook.russia"], "address=value"),
        (["compare", "budapest-2025", "--target", "dael"], "tangible"),
        (["compare", "budapest-2025", "--rounds", "budapest"], "--rounds a,b"),
        (["compare", "budapest-2025", "--rounds", "budapest,budapest"], "--rounds a,b"),
        (["run", "budapest-2025", "--set", "impatience=1000"], "numbers from 0 to 10"),
        (["case", "show", "budapst-2025"], "no such file"),
        (["case", "copy", "budapst-2025", "x"], "did you mean budapest-2025?"),
        (["case", "coverage", "budapest-2025", "--source", "nowhere.txt"], "nowhere.txt"),
    ],
)
def test_a_wrong_request_says_what_is_allowed(detente: Typed, words: list[str], told: str) -> None:
    """Exit code 2, one message with a remedy, no traceback, nothing on standard output."""
    said = detente(*words)
    assert said.code == 2
    assert told in said.err
    assert "Traceback" not in said.err
    assert not said.out


def test_check_tells_findings_from_mistakes(detente: Typed, river: Path) -> None:
    """Findings end with 1, notes only with --strict, and every format carries the code."""
    edited(river, "    relieved_by: {water.less: 0.6, dam.shared: 0.3}\n", "")
    full = detente("check", river, "--no-forecast")
    assert full.code == 1
    assert "DT101" in full.out
    found = json.loads(detente("check", river, "--no-forecast", "--output-format", "json").out)
    assert [f["code"] for f in found["findings"]] == ["DT101"]
    assert detente("check", river, "--no-forecast", "--output-format", "github").out.startswith(
        "::warning file="
    )
    concise = detente("check", river, "--no-forecast", "--output-format", "concise")
    assert concise.out.count("\n") == 1


def test_github_format_cannot_be_broken_out_of(detente: Typed, river: Path) -> None:
    """A name from the file cannot start a workflow command of its own."""
    edited(river, "title: The river talks", "title: [x]")
    said = detente("check", river, "--output-format", "github")
    assert said.code == 2
    assert all(line.startswith("::error ") for line in said.out.splitlines())


def test_json_of_run_has_its_promised_shape(detente: Typed) -> None:
    """One object: situation, seed, draws and runs, each with its four parts."""
    said = detente("run", "budapest-2025", "--draws", "300", "--seed", "7", "--json")
    found = json.loads(said.out)
    assert (found["situation"], found["seed"], found["draws"]) == ("budapest-2025", 7, 300)
    assert len(found["runs"]) == 12
    for run in found["runs"]:
        assert {"round", "reading", "probabilities", "packages", "blockers"} <= set(run)
        assert set(run["probabilities"]) <= set(NAMES)
        assert all(set(p) == {"p", "mc_se"} for p in run["probabilities"].values())
        shares = [package["share"] for package in run["packages"]]
        assert shares == sorted(shares, reverse=True)


def test_out_writes_everything_and_the_copy_runs_alike(
    detente: Typed, river: Path, tmp_path: Path
) -> None:
    """The normalised situation gives the same result as the file it came from."""
    out = tmp_path / "out"
    said = detente("run", river, "--draws", "200", "--out", out)
    assert said.code == 0
    names = {"situation.yaml", "draws.parquet", "outcomes.parquet", "result.json", "report.html"}
    assert names == {path.name for path in out.iterdir()}
    again = detente("run", out / "situation.yaml", "--draws", "200", "--json")
    assert json.loads(again.out)["runs"] == json.loads((out / "result.json").read_text())["runs"]
    table = parquet.read_table(out / "outcomes.parquet")
    p = json.loads((out / "result.json").read_text())["runs"][0]["probabilities"]["deal"]["p"]
    assert sum(table["deal"].to_pylist()) / table.num_rows == p


def test_what_is_being_run_is_never_replaced(detente: Typed, river: Path) -> None:
    """--out into the situation's own folder is refused before anything runs."""
    before = river.read_text(encoding="utf-8")
    said = detente("run", river, "--draws", "200", "--out", river.parent)
    assert said.code == 2
    assert "another folder" in said.err
    assert river.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("command", ["run", "compare"])
def test_an_unusable_folder_is_found_before_the_run(
    detente: Typed, tmp_path: Path, command: str
) -> None:
    """A file where the folder should be: told at once, with what to do."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    out = tmp_path / "taken" / "x"
    said = detente(command, "budapest-2025", "--draws", "1000000", "--out", out)
    assert said.code == 2
    assert "cannot be written to" in said.err


def test_claims_in_a_folder_below_are_brought_along(detente: Typed, tmp_path: Path) -> None:
    """What --out writes can be run again, wherever the claims stood."""
    detente("case", "copy", "budapest-2025", tmp_path / "mine")
    (tmp_path / "mine" / "c").mkdir()
    (tmp_path / "mine" / "claims.yaml").rename(tmp_path / "mine" / "c" / "claims.yaml")
    edited(tmp_path / "mine" / "situation.yaml", "claims: claims.yaml", "claims: c/claims.yaml")
    words = ("--round", "budapest", "--readings", "article,sceptic", "--draws", "100")
    said = detente("compare", tmp_path / "mine", *words, "--out", tmp_path / "out")
    assert said.code == 0
    assert detente("check", tmp_path / "out", "--no-forecast").code == 0


def test_claims_that_are_not_there_are_a_mistake_in_the_situation(
    detente: Typed, tmp_path: Path
) -> None:
    """The message stands at the line that names them."""
    detente("case", "copy", "budapest-2025", tmp_path / "mine")
    (tmp_path / "mine" / "claims.yaml").unlink()
    said = detente("check", tmp_path / "mine")
    assert said.code == 2
    assert "situation.yaml:" in said.err
    assert "claims: claims.yaml is not there" in said.err


def test_an_interrupt_is_told_and_leaves_no_result(river: Path, tmp_path: Path) -> None:
    """Ctrl-C in a long run: exit code 130, what is kept in one line, no file but the parts."""
    out = tmp_path / "out"
    words = ["run", str(river), "--draws", "3000000", "--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not list(out.glob(".parts/*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said[1].splitlines()[-1].startswith(f"interrupted; {out} keeps ")
    assert said[1].endswith("of 3,000,000 draws; the same command with --resume goes on\n")
    assert "Traceback" not in said[1]
    assert [path.name for path in out.iterdir()] == [".parts"]


def test_same_seed_same_output_and_set_changes_it(detente: Typed, river: Path) -> None:
    """Byte for byte the same twice; another value, another answer; shown as set here."""
    first = detente("run", river, "--draws", "200", "--json").out
    assert detente("run", river, "--draws", "200", "--json").out == first
    changed = detente("run", river, "--draws", "200", "--json", "--set", "outlook.lowland=high").out
    assert json.loads(changed)["set"] == {"outlook.lowland": "high"}
    deals = [json.loads(x)["runs"][0]["probabilities"]["deal"]["p"] for x in (first, changed)]
    assert deals[1] < deals[0]


def test_a_case_can_be_copied_and_changed(detente: Typed, tmp_path: Path) -> None:
    """The copy opens by its folder, with its claims, and its schema stands beside it."""
    assert detente("case", "copy", "budapest-2025", tmp_path / "mine").code == 0
    assert (tmp_path / "mine" / "situation.schema.json").exists()
    assert detente("case", "copy", "budapest-2025", tmp_path / "mine").code == 2
    shown = detente("case", "show", tmp_path / "mine", "--addresses")
    assert "outlook.russia" in shown.out


def test_cases_words_and_schema_print(detente: Typed) -> None:
    """The three listings, and their JSON where they have one."""
    assert "budapest-2025" in detente("cases").out
    assert json.loads(detente("cases", "--json").out)[0]["name"] == "budapest-2025"
    assert "very high" in detente("words").out
    assert "icd-203/1" in json.loads(detente("words", "--json").out)["scales"]
    assert json.loads(detente("schema").out)["title"] == "Detente situation"
    assert "Budapest" in detente("case", "show", "budapest-2025").out


def test_standard_input_is_a_file(river: Path) -> None:
    """``-`` reads the situation from a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "detente", "check", "-", "--no-forecast"],
        input=river.read_bytes(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"stdin: valid" in done.stdout


def test_compare_splits_a_difference_that_adds_up(detente: Typed) -> None:
    """The drivers' points sum to the difference; words come first."""
    words = ("compare", "budapest-2025", "--rounds", "anchorage,budapest", "--readings", "article")
    said = detente(*words, "--draws", "200", "--json")
    one = json.loads(said.out)["comparisons"][0]
    total = sum(driver["points"] for driver in one["drivers"])
    assert total == pytest.approx(one["probabilities"]["tangible"]["difference"], abs=1e-12)
    assert json.loads(said.out)["set"] == {}
    assert {"pressure", "tension", "fear", "positions"} <= {d["driver"] for d in one["drivers"]}
    assert detente(*words, "--draws", "200").out.startswith("“Budapest is likelier than Anchorage")


def test_coverage_prints_locators_for_claims(detente: Typed, tmp_path: Path) -> None:
    """--digests gives lines that can be pasted into a claims file."""
    text = tmp_path / "text.txt"
    text.write_text("One thing was said. Another was not.\n", encoding="utf-8")
    said = detente("case", "coverage", "budapest-2025", "--source", text, "--digests")
    first, second = (YAML(typ="safe").load(line) for line in said.out.splitlines()[:2])
    assert Locator.model_validate(first).sketch is not None
    assert Locator.model_validate(second).near == first["digest"][:8] + "0" * 8
    assert said.out.splitlines()[2].startswith("# sha256 of the whole text: ")
    gaps = detente("case", "coverage", "budapest-2025", "--source", text)
    assert gaps.code == 1
    assert "not the same text" in gaps.out
    assert "lost: nothing alike in this text" in gaps.out


@pytest.mark.parametrize("name", ["letter.md", "letter.html"])
def test_coverage_reads_markdown_and_pages(detente: Typed, tmp_path: Path, name: str) -> None:
    """What was coded from plain text is found in another form; what differs is told."""
    said = "The lake is low. The warden knows it. All wait for Friday."
    river = tmp_path / "river.yaml"
    assert detente("new", river).code == 0
    plain = tmp_path / "letter.txt"
    plain.write_text(said, encoding="utf-8")
    digests = detente("case", "coverage", river, "--source", plain, "--digests").out.splitlines()
    claims = (
        "format: claims/1\nspeakers: {fisher: {name: A fisher, sort: author}}\n"
        f"sources: {{letter: {{title: L, author: F, kind: letter, sha256: {digests[3].split()[-1]}}}}}\n"
        "claims:\n  all: {source: letter, says: So., speakers: fisher, kind: fact, "
        f"strength: certain, grade: C3, at: [{', '.join(digests[:3])}]}}\n"
    )
    (tmp_path / "claims.yaml").write_text(claims, encoding="utf-8")
    river.write_text(river.read_text("utf-8") + "\nclaims: claims.yaml\n", encoding="utf-8")
    assert "every locator fits" in detente("case", "coverage", river, "--source", plain).out
    markdown = "---\ntitle: L\n---\nThe *lake* is low. The [old](x) warden knows it. All wait\nfor Friday.\n"
    page = f"<html><body><p>{said.replace('warden', '<b>old</b> warden')}</p><p>And so on.</p></body></html>"
    copy = tmp_path / name
    copy.write_text(markdown if name.endswith("md") else page, encoding="utf-8")
    found = detente("case", "coverage", river, "--source", copy)
    assert found.code == 1
    assert "p1.s2  fuzzy at p1.s2: words differ: about" in found.out
    assert "not the same text as was coded; locators: 1 fuzzy" in " ".join(found.out.split())
    told = json.loads(detente("case", "coverage", river, "--source", copy, "--json").out)
    assert [(one["status"], one["at"]) for one in told["mismatches"]] == [("fuzzy", [1, 2])]
    assert told["read_by"].split()[0] in {"markdown-it-py", "trafilatura"}
