"""The picture of a scale: one row a mark, words computed from the numbers, drawn as specified."""

from __future__ import annotations

import numpy as np

from detente.analysis.spatial import placed
from detente.figures.drawing import inline_svg
from detente.figures.positions import positions
from detente.spatial.models import MODELS
from detente.spatial.scale import Scale
from detente.spatial.table import Table


def test_every_actor_and_model_has_a_row_and_a_mark() -> None:
    """Actors, then models; a model without a forecast has a row and no mark."""
    table = Table(
        np.array([[0.0, 100.0], [20.0, 100.0]]), np.ones((2, 2)), np.array([[1.0, 3.0]] * 2),
        np.full(2, np.nan),
    )  # fmt: skip
    scale = Scale("tax", "A tax", ((0.0, "none"), (100.0, "high")), ("North", "South"), table)
    (one,) = placed([scale], list(MODELS.values()))
    figure = positions(one, "tax")
    assert [row[0] for row in figure.rows[:3]] == ["North", "South", "compromise"]
    assert figure.rows[0][1:] == ("actor", 10.0, 1.0, 19.0, 0.25)
    assert len(figure.rows) == 2 + len(MODELS)
    empty = [row[0] for row in figure.rows if row[2] is None]
    assert empty == [MODELS[name].title for name in ("nash-reference", "reference-point")]
    assert "North at 10 (25% of the weight), South at 100 (75% of the weight)" in figure.alt
    drawn = inline_svg(figure)
    assert "tax-title" in drawn
    assert "South" in drawn
