"""Profiles and situations shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from detente.situation.load import Loaded, load
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.sources.claims import Claims
from detente.sources.reading import load_claims

SITUATIONS = Path(__file__).parent / "situations"

settings.register_profile(
    "detente",
    deadline=None,  # the first example compiles kernels
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("detente")


@pytest.fixture(scope="session")
def every_term_file() -> Path:
    """A small situation in which every term of the model has a part."""
    return SITUATIONS / "every-term.yaml"


@pytest.fixture(scope="session")
def every_term(every_term_file: Path) -> Loaded:
    """The same, read."""
    return load(every_term_file)


@pytest.fixture(scope="session")
def three_acts_file() -> Path:
    """A made-up bridge with a run-up, two rounds, two readings and an aftermath."""
    return SITUATIONS / "three-acts.yaml"


@pytest.fixture(scope="session")
def three_acts(three_acts_file: Path) -> Situation:
    """The same, read."""
    return load(three_acts_file).situation


@pytest.fixture(scope="session")
def bridge_claims(three_acts: Situation) -> Claims:
    """Who says what about it."""
    return load_claims(SITUATIONS / "three-acts-claims.yaml", base_values(three_acts))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of verification cases beside the project, where there is one."""
    folder = Path(__file__).parents[2] / "shared" / "verification"
    if not folder.is_dir():
        pytest.skip("no folder of verification cases beside the project")
    return folder
