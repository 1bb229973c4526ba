"""The house rules on structure, read off the source: order of folders, cycles, sizes, docstrings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).parents[1] / "src"
LEAVES = (
    "errors",
    "words",
    "addresses",
    "files",
    "kernels",
    "yamltree",
    "checking",
    "published",
    "arrays",
    "printable",
    "delimited",
    "spreadsheets",
)
ORDER = (
    "sources", "outside", "situation", "sampling", "model", "bargaining", "spatial", "stability",
    "ensemble", "interchange", "analysis", "ledger", "figures", "report", "cases",
)  # fmt: skip
ENDS = ("cli", "web")  # siblings: they import anything, nothing imports them
SUITES = "testing"
DOOR = "__main__"  # python -m detente: opens the command line, and no more
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_INIT = 650, 120, 90
MEDIAN_FILE, MEDIAN_FUNCTION = 200, 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, tuple[Path, ast.Module]]:
    """Every module of the package by dotted name."""
    found: dict[str, tuple[Path, ast.Module]] = {}
    for path in sorted((SOURCE / "detente").rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = (path, ast.parse(path.read_text(encoding="utf-8")))
    return found


def folder(module: str) -> str:
    """The part of a dotted name that has a place in the order; empty for the root."""
    return module.partition(".")[2].partition(".")[0]


def imported(statement: ast.stmt | ast.AST, package: str) -> list[str]:
    """Modules of the package that an import statement names."""
    if isinstance(statement, ast.Import):
        return [a.name for a in statement.names if a.name.partition(".")[0] == "detente"]
    if not isinstance(statement, ast.ImportFrom):
        return []
    stem = statement.module or ""
    if statement.level:
        above = package.split(".")[: len(package.split(".")) - statement.level + 1]
        stem = ".".join([*above, *([stem] if stem else [])])
    if stem.partition(".")[0] != "detente":
        return []
    full = [f"{stem}.{alias.name}" for alias in statement.names]
    return [name if name in modules() else stem for name in full]


def package_of(module: str) -> str:
    """The package a module's relative imports start from."""
    path, _ = modules()[module]
    return module if path.name == "__init__.py" else module.rpartition(".")[0]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def at_module_level(module: str) -> list[str]:
    """What a module imports when it is loaded (or type-checked), functions left out."""
    _, tree = modules()[module]
    inside = {node for function in functions(tree) for node in ast.walk(function)}
    package = package_of(module)
    outside = [node for node in ast.walk(tree) if node not in inside]
    return [name for node in outside for name in imported(node, package)]


def position(module: str) -> int:
    """Where a module's folder stands in the order; leaves first, ends last."""
    name = folder(module)
    if not name or name in LEAVES:
        return 0
    if name in ENDS:
        return len(ORDER) + 1
    return ORDER.index(name) + 1


def test_every_folder_has_its_place_in_the_order() -> None:
    """A new folder is put into the order on purpose."""
    known = {"", SUITES, DOOR, *LEAVES, *ORDER, *ENDS}
    assert {folder(module) for module in modules()} <= known


@pytest.mark.parametrize("module", [m for m in modules() if folder(m) not in {SUITES, DOOR, ""}])
def test_imports_point_back_up_the_order(module: str) -> None:
    """No module imports from a folder after its own, from an end, or from the suites."""
    for name in at_module_level(module):
        assert folder(name) != SUITES, f"{module} imports {name}"
        assert folder(name) == folder(module) or folder(name) not in ENDS, f"{module}: {name}"
        assert position(name) <= position(module), f"{module} imports {name}, which comes after it"


def test_the_suites_import_no_end() -> None:
    """What is shipped for tests knows neither command line nor workbench."""
    for module in modules():
        if folder(module) == SUITES:
            assert not [name for name in at_module_level(module) if folder(name) in ENDS]


def everywhere(module: str) -> list[str]:
    """What a module imports anywhere, functions included."""
    _, tree = modules()[module]
    return [name for node in ast.walk(tree) for name in imported(node, package_of(module))]


def test_modules_import_without_a_cycle() -> None:
    """Imports have an order, those in functions too; the root, which points at others, is left out."""
    graph = {
        module: {n for n in everywhere(module) if n not in {module, "detente"}}
        for module in modules()
        if module != "detente"
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("module", [m for m in modules() if folder(m) not in ENDS])
def test_no_import_hides_in_a_function(module: str) -> None:
    """Only a command may load its module late; the root's lazy names are the one other way."""
    _, tree = modules()[module]
    for function in functions(tree):
        for node in ast.walk(function):
            assert not imported(node, package_of(module)), f"{module}.{function.name}"
            if module != "detente" and isinstance(node, ast.Attribute | ast.Name):
                called = node.attr if isinstance(node, ast.Attribute) else node.id
                assert called not in {"import_module", "__import__"}, f"{module}.{function.name}"


@pytest.mark.parametrize("module", list(modules()))
def test_sizes_are_within_budget(module: str) -> None:
    """Files, functions and package roots have a longest length."""
    path, tree = modules()[module]
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (LONGEST_INIT if path.name == "__init__.py" else LONGEST_FILE)
    for function in functions(tree):
        assert length(function) <= LONGEST_FUNCTION, f"{function.name} has {length(function)} lines"


def length(function: Function) -> int:
    """Lines of a function, its decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_the_usual_file_and_function_are_short() -> None:
    """Half of the files have at most 200 lines, half of the functions at most ten."""
    paths = [path for path, _ in modules().values() if path.name != "__init__.py"]
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]
    assert median(lengths) <= MEDIAN_FILE
    assert median(length(f) for _, t in modules().values() for f in functions(t)) <= MEDIAN_FUNCTION


def public(tree: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    """Public classes, functions and methods, outermost first."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


@pytest.mark.parametrize("module", list(modules()))
def test_what_is_public_is_documented(module: str) -> None:
    """Every module, public class, function and method has a docstring."""
    _, tree = modules()[module]
    assert ast.get_docstring(tree), f"{module} says nothing about itself"
    missing = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert not missing, f"{module}: {', '.join(missing)}"


def test_the_checks_see_what_they_should() -> None:
    """The reading of imports resolves submodules, names, and relative forms."""
    assert imported(ast.parse("from detente.situation import kinds").body[0], "detente.model") == [
        "detente.situation.kinds"
    ]
    assert imported(ast.parse("from detente.errors import Place").body[0], "detente") == [
        "detente.errors"
    ]
    assert imported(ast.parse("from .gains import Mood").body[0], "detente.model") == [
        "detente.model.gains"
    ]
    assert imported(ast.parse("import numpy").body[0], "detente") == []
    assert "detente.situation.kinds" in at_module_level("detente.situation.values")
    assert len(modules()) > 40
