"""Figures of a state: made once, and the same as files whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.analysis.answer import Run
from detente.figures.record import Figure, csv_of
from detente.web import answering
from detente.web.pictures import figures_of

FEW = "draws=50"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """Every run that figures were made of, in order."""
    seen: list[Run] = []

    def watched(run: Run) -> dict[str, Figure]:
        seen.append(run)
        return figures_of(run)

    monkeypatch.setattr(answering, "figures_of", watched)
    return seen


def test_figures_of_a_state_are_made_once(client: TestClient, made: list[Run]) -> None:
    """By the page, the list and each file together; another state has its own."""
    assert client.get(f"/s/three-acts/run?{FEW}").status_code == 200
    names = client.get(f"/s/three-acts/figures.json?{FEW}").json()
    for name in names:
        assert client.get(f"/s/three-acts/figure/{name}.csv?{FEW}").status_code == 200
    assert len(made) == 1
    client.get(f"/s/three-acts/figures.json?{FEW}&seed=2")
    assert len(made) == 2


def test_a_changed_file_has_new_figures(client: TestClient, made: list[Run], folder: Path) -> None:
    """They are those of what stands on disk now."""
    client.get(f"/s/three-acts/figures.json?{FEW}")
    file = folder / "three-acts.yaml"
    file.write_text(file.read_text("utf-8") + "\n# a word more\n", encoding="utf-8")
    client.get(f"/s/three-acts/figures.json?{FEW}")
    assert len(made) == 2


def test_files_hold_what_the_figure_says(client: TestClient, made: list[Run]) -> None:
    """The numbers are those of the record; pictures are of the kind that was asked for."""
    names = client.get(f"/s/three-acts/figures.json?{FEW}").json()
    figures = figures_of(made[0])
    assert [*figures, "pressures"] == names
    for name, figure in figures.items():
        assert client.get(f"/s/three-acts/figure/{name}.csv?{FEW}").text == csv_of(figure)
    pressed = client.get(
        f"/s/three-acts/figure/pressures.csv?{FEW}&set=pressures.winter.severity=0.9"
    )
    assert ",0.9,0.9," in pressed.text
    svg = client.get(f"/s/three-acts/figure/{names[0]}.svg?{FEW}")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert svg.text.startswith("<svg")
    assert svg.headers["content-security-policy"].startswith("default-src 'none'")
    png = client.get(f"/s/three-acts/figure/{names[0]}.png?{FEW}")
    assert png.content.startswith(b"\x89PNG\r\n\x1a\n")
