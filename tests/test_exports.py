"""What the package promises to importers."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import detente

EXPORTED: list[str] = list(getattr(detente, "__all__", ["__version__"]))


def test_the_version_is_a_version() -> None:
    """Three numbers, as the changelog counts them."""
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:[a-z0-9.+-]+)?", detente.__version__)
    assert "__version__" in EXPORTED


def test_every_exported_name_can_be_had_and_is_documented() -> None:
    """Each is there, says what it is, and stands in the documentation."""
    root = Path(__file__).parents[1]
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    prose = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    for name in EXPORTED:
        value = getattr(detente, name)
        if name != "__version__":
            assert inspect.getdoc(value), f"detente.{name} has no docstring"
            assert re.search(rf"\b{re.escape(name)}\b", prose), f"detente.{name} is in no page"


def test_the_list_is_in_order_and_says_everything() -> None:
    """Sorted, without repeats; what a reader sees with dir() is what is listed."""
    assert sorted(set(EXPORTED)) == EXPORTED
    assert set(EXPORTED) <= set(dir(detente))


def test_a_name_that_is_not_exported_is_refused_as_usual() -> None:
    """Lazy names do not swallow mistakes."""
    assert not hasattr(detente, "no_such_name")
