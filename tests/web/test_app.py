"""A mistake of ours is said as every refusal is, and never as a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from detente.web.library import Library


@pytest.mark.parametrize("accept", ["text/html,*/*;q=0.8", "application/json"])
def test_a_mistake_of_ours_is_said_without_its_content(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    """With the headers that every page has, for it is a page."""

    def broken(self: Library, key: str) -> Any:
        raise RuntimeError(f"secret of {key} in {self.root}")

    monkeypatch.setattr(Library, "open", broken)
    answer = client.get("/s/three-acts/run", headers={"accept": accept})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith(accept.partition(",")[0])
    assert "RuntimeError" in answer.text
    assert "secret" not in answer.text
    assert str(folder) not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
