"""Profiles and situations shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from detente.situation.load import Loaded, load

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
    return Path(__file__).parent / "situations" / "every-term.yaml"


@pytest.fixture(scope="session")
def every_term(every_term_file: Path) -> Loaded:
    """The same, read."""
    return load(every_term_file)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of verification cases beside the project, where there is one."""
    folder = Path(__file__).parents[2] / "shared" / "verification"
    if not folder.is_dir():
        pytest.skip("no folder of verification cases beside the project")
    return folder
