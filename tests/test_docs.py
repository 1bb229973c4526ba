"""The documentation keeps its word: commands exist, links lead somewhere, examples run."""

from __future__ import annotations

import importlib.util
import math
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from ruamel.yaml import YAML
from typer.main import get_command

from detente import __version__
from detente.analysis.answer import Run, answer
from detente.analysis.probabilities import MEANINGS
from detente.cases.catalog import case_file
from detente.cases.opening import open_situation
from detente.cli.app import app
from detente.ensemble.tables import draw_table, outcome_table
from detente.model.structure import structure_of
from detente.report.result_json import result_object
from detente.sampling.draws import Plan
from detente.situation.load import Loaded, load
from detente.situation.scenarios import scenarios
from detente.situation.values import base_values

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(DOCS.rglob("*.md")),
]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(detente(?: [^`\n]+)?)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """Fenced blocks of one language, in order."""
    return [body for name, body in FENCE.findall(text_of(page)) if name == language]


def shown_commands() -> Iterator[tuple[str, str]]:
    """Every command line of a fenced block, with its page."""
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                command = re.match(r"(?:\.venv/bin/)?(detente .+)", line.strip())
                if command:
                    yield page.name, command[1]


def mentioned_commands() -> Iterator[tuple[str, str]]:
    """Every command within a sentence, with its page."""
    for page in PAGES:
        for command in INLINE.findall(FENCE.sub("", text_of(page))):
            yield page.name, command


def descend(words: list[str]) -> tuple[Any, str, list[str]]:
    """The command that ``words`` name, its full name, and the words left over."""
    command: Any = get_command(app)
    name, rest = "detente", list(words)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"{name} has no command {rest[0]}"
        name, command = f"{name} {rest[0]}", command.commands[rest[0]]
        rest = rest[1:]
    return command, name, rest


def every_command() -> Iterator[str]:
    """Full names of all commands that do something."""
    waiting: list[tuple[str, Any]] = [("detente", get_command(app))]
    while waiting:
        name, command = waiting.pop()
        below = getattr(command, "commands", {})
        if not below:
            yield name
        waiting += [(f"{name} {sub}", body) for sub, body in below.items()]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def small_run(every_term: Loaded) -> Run:
    plan = Plan(200, 1)
    return answer(every_term.situation, None, scenarios(every_term.situation, None), plan)


@pytest.mark.parametrize("name", ["commands.md", "situation-file.md", "words.md", "findings.md"])
def test_generated_pages_are_current(reference: ModuleType, name: str) -> None:
    """``make docs`` would change nothing."""
    assert set(reference.PAGES) == {"commands.md", "situation-file.md", "words.md", "findings.md"}
    written = text_of(DOCS / "reference" / name)
    assert written == reference.PAGES[name](), f"{name} is out of date; run: make docs"


@pytest.mark.parametrize(("page", "line"), sorted(set(shown_commands())))
def test_every_command_line_shown_parses(page: str, line: str) -> None:
    """A reader may copy any line of a code block: its command, options and values are taken."""
    words = shlex.split(re.split(r"\s[|<>]", line)[0], comments=True)[1:]
    command, name, rest = descend(words)
    try:
        command.make_context(name, rest)
    except typer.Exit:
        assert {"--help", "--version"} & set(rest)
    except Exception as error:  # noqa: BLE001 -- whatever the parser refuses is the finding
        pytest.fail(f"{page}: {line}: {error}")


@pytest.mark.parametrize(("page", "mention"), sorted(set(mentioned_commands())))
def test_every_command_mentioned_exists(page: str, mention: str) -> None:
    """So do its options."""
    command, name, rest = descend(mention.split()[1:])
    known = {option for parameter in command.params for option in parameter.opts}
    for word in rest:
        if word.startswith("--"):
            assert word.split("=")[0] in known, f"{page}: {name} has no option {word}"


def test_every_command_is_shown_somewhere() -> None:
    """A command that no page but the generated list knows is not documented."""
    generated = DOCS / "reference" / "commands.md"
    words = "\n".join(text_of(page) for page in PAGES if page != generated)
    missing = [name for name in every_command() if not re.search(rf"\b{name}\b", words)]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links name a file of the project, and a heading of it where they go on."""
    for link in LINK.findall(FENCE.sub("", text_of(page))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link} does not exist"
        assert target.is_relative_to(ROOT), f"{page.name}: {link} leaves the project"
        if anchor:
            slugs = {
                re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
                for heading in HEADING.findall(text_of(target))
            }
            assert anchor in slugs, f"{page.name}: {link}: no such heading"


def test_every_page_can_be_reached_from_the_index() -> None:
    """And the README leads to every page as well."""
    pages = {page for page in DOCS.rglob("*.md") if page.name != "index.md"}
    for start in (DOCS / "index.md", ROOT / "README.md"):
        links = {
            (start.parent / link.partition("#")[0]).resolve()
            for link in LINK.findall(text_of(start))
        }
        assert pages <= links, sorted(str(p.relative_to(ROOT)) for p in pages - links)


def test_readme_names_the_two_commands_and_the_makefile_has_them() -> None:
    makefile = text_of(ROOT / "Makefile")
    for target in ("demo", "test"):
        assert f"make {target}" in text_of(ROOT / "README.md")
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_make_targets_named_in_pages_exist() -> None:
    makefile = text_of(ROOT / "Makefile")
    for page in PAGES:
        for target in re.findall(r"`make ([a-z]+)`", text_of(page)):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page.name}: make {target}"


def test_every_library_is_explained_and_no_other() -> None:
    """The tables of libraries.md hold what pyproject.toml asks for, each with a reason."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=~!; ]", entry)[0] for entry in wanted}
    rows = re.findall(
        r"^\| `([\w.-]+)` \| (.+) \|$", text_of(DOCS / "explanation" / "libraries.md"), re.MULTILINE
    )
    assert {name for name, _ in rows} == names
    assert all(len(reason.split()) >= 3 for _, reason in rows)


def test_versions_agree() -> None:
    citation = YAML(typ="safe").load(ROOT / "CITATION.cff")
    newest = re.search(r"^## (\d\S*)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert citation["version"] == newest[1] == __version__


def test_the_preference_the_tour_changes_is_one_line_and_one_address(tmp_path: Path) -> None:
    """Whoever replaces the line as told changes one preference and nothing else."""
    before, after = blocks(ROOT / "README.md", "yaml")
    original = case_file("budapest-2025")
    written = text_of(original)
    assert written.count(before) == 1
    changed = tmp_path / "situation.yaml"
    changed.write_text(written.replace(before, after), encoding="utf-8")
    old, new = (base_values(load(path).situation) for path in (original, changed))
    assert [a for a in old if old[a] != new[a]] == ["preferences.russia.frontline.freeze"]


def test_the_tutorial_ends_in_a_file_that_opens(tmp_path: Path) -> None:
    """The starting file, the claims and the readings fit together as printed."""
    claims, ending = blocks(DOCS / "tutorial" / "first-situation.md", "yaml")
    start = text_of(ROOT / "src" / "detente" / "cli" / "new.yaml")
    (tmp_path / "claims.yaml").write_text(claims, encoding="utf-8")
    (tmp_path / "river.yaml").write_text(f"{start}\n{ending}", encoding="utf-8")
    opened = open_situation(str(tmp_path / "river.yaml"))
    assert opened.claims is not None
    assert len(opened.claims.claims) == 4
    assert list(opened.situation.readings) == ["as-reported", "old-quarrel"]


def test_every_field_of_the_result_is_documented(small_run: Run) -> None:
    """And every name of a probability with its meaning."""
    page = text_of(DOCS / "reference" / "result-json.md")
    named = set(re.findall(r"`([\w.-]+)`", page))
    # tables whose keys are names of the file, or probabilities, or bases, not fields
    by_name = {"set", "options", "gain", "probabilities", "shares", "not_held"}

    def fields(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for inner, body in value.items():
                if key not in by_name:
                    yield inner
                yield from fields(body, inner)
        elif isinstance(value, list):
            for body in value:
                yield from fields(body, key)

    result = result_object(small_run, "every-term")
    assert set(fields(result)) <= named
    for run in result["runs"]:
        assert set(run["probabilities"]) | set(run["rests_on"]["shares"]) <= named
    for name, meaning in MEANINGS.items():
        assert f"| `{name}` | {meaning} |" in page


def test_every_column_of_the_output_files_is_documented(small_run: Run) -> None:
    page = text_of(DOCS / "reference" / "output-files.md")
    documented = set(re.findall(r"^\| `([\w.]+)` \|", page, re.MULTILINE))
    structure = structure_of(small_run.situation)
    table = outcome_table(structure, small_run.scenarios, small_run.outcomes)
    general = {
        re.sub(r"^(gain|demand|felt)\..*", r"\1.PARTY", re.sub(r"^package\..*", "package.ISSUE", c))
        for c in table.column_names
    }
    assert general <= documented
    metadata = draw_table(small_run.scenarios, small_run.plan).schema.metadata
    assert {key.decode() for key in metadata} <= documented


def test_the_table_of_draws_follows_its_formula() -> None:
    page = text_of(DOCS / "how-to" / "choose-draws.md")
    rows = re.findall(r"^\| (\d+) \| ±([\d.]+) \| ±([\d.]+) \| ±([\d.]+) \|$", page, re.MULTILINE)
    assert len(rows) == 5
    for draws, *cells in rows:
        for p, cell in zip((0.5, 0.1, 0.01), cells, strict=True):
            assert cell == f"{196 * math.sqrt(p * (1 - p) / int(draws)):.1f}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_pages_name_exist(page: Path) -> None:
    """Paths of the source tree in the text have not moved."""
    for path in re.findall(r"`((?:src|tests|docs|scripts|benchmarks)/[\w./-]+)`", text_of(page)):
        if "NAME" not in path and path != "benchmarks/results.md":
            assert (ROOT / path).exists(), f"{page.name}: {path} does not exist"
