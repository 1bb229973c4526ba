"""Ledgers on both stores, and records to put into them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Generator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from detente.ledger.records import Forecast, Probability, Question, Resolution
from detente.ledger.store.store import Ledger, open_ledger

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def beside(name: str) -> ModuleType:
    """A module of this folder; tests are no package."""
    known = f"ledger_tests_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[known] = module
        spec.loader.exec_module(module)
    return sys.modules[known]


@pytest.fixture(scope="session")
def server() -> Generator[Any]:
    """PostgreSQL on a free port in a scratch folder; skips with the reason where it cannot be."""
    postgres = beside("postgres")
    running = postgres.serving()
    try:
        found = running.__enter__()
    except (postgres.Unavailable, OSError) as reason:
        pytest.skip(f"no PostgreSQL: {reason}")
    yield found
    running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place for a ledger, on each store in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return str(request.getfixturevalue("server").database())


@pytest.fixture
def ledger(where: str) -> Generator[Ledger]:
    """An empty ledger, on each store in turn."""
    with open_ledger(where) as found:
        yield found


@pytest.fixture
def sqlite(tmp_path: Path) -> Generator[Ledger]:
    """An empty ledger in a file."""
    with open_ledger(str(tmp_path / "ledger.db")) as found:
        yield found


Make = Callable[..., Any]


@pytest.fixture(scope="session")
def a_question() -> Make:
    """Makes a yes-no question, open through 2026, but for what is given."""

    def make(name: str = "bridge", **given: Any) -> Question:
        plain: dict[str, Any] = {
            "text": "Will the bridge be built?", "criteria": "Traffic crosses it.",
            "opens": date(2026, 1, 1), "closes": date(2026, 12, 31),
        }  # fmt: skip
        return Question(id=name, **{**plain, **given})

    return make


@pytest.fixture(scope="session")
def a_forecast() -> Make:
    """Makes a forecast of a yes-no question, but for what is given."""

    def make(name: str = "bridge", p: float = 0.5, by: str = "ann", **given: Any) -> Forecast:
        plain: dict[str, Any] = {"at": NOW, "value": Probability(p=p)}
        return Forecast(question=name, by=by, **{**plain, **given})

    return make


@pytest.fixture(scope="session")
def an_answer() -> Make:
    """Makes a resolution known on 1 February 2026, but for what is given."""

    def make(name: str = "bridge", answer: Any = True, **given: Any) -> Resolution:
        plain: dict[str, Any] = {
            "verdict": "value", "answer": answer, "known": datetime(2026, 2, 1, tzinfo=UTC),
            "source": "the gazette", "by": "clerk",
        }  # fmt: skip
        return Resolution(question=name, **{**plain, **given})

    return make
