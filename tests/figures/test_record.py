"""A figure's numbers leave it whole and harmless."""

from __future__ import annotations

import csv
import io

from detente.figures.record import Column, Figure, csv_of


def test_numbers_come_back_from_csv_unrounded_and_formulas_are_disarmed() -> None:
    """Every cell survives; text a spreadsheet would run is quoted, numbers are not."""
    figure = Figure(
        "f", "t", "a", "h", (Column("=x"), Column("y", "share")),
        (("=1+1", 1 / 3), ("@cmd", -0.25), ('a,"b"\n', None)), {},
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(csv_of(figure))))
    assert rows[0] == ["'=x", "y"]
    assert rows[1] == ["'=1+1", repr(1 / 3)]
    assert rows[2] == ["'@cmd", "-0.25"]
    assert rows[3] == ['a,"b"\n', ""]
