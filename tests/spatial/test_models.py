"""What holds for every model: who is called what cannot matter, nor which end is 0."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.spatial.models import MODELS, Model
from detente.spatial.table import Table

WITHOUT_PEOPLE = ("reference-point", "middle")


def columns(table: Table, order: list[int]) -> Table:
    """The table with its actors picked by ``order``."""
    return Table(
        table.position[:, order], table.salience[:, order], table.power[:, order], table.reference
    )


def test_the_registry_is_in_order_and_says_what_it_holds() -> None:
    """Names are keys, sentences end, models come before what they have to beat."""
    assert all(name == model.name for name, model in MODELS.items())
    assert all(model.says.endswith(".") and model.source for model in MODELS.values())
    marks = [model.baseline for model in MODELS.values()]
    assert marks == sorted(marks)
    assert list(MODELS)[:2] == ["compromise", "weighted-median"]


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_relabelling_absence_and_cases_change_nothing(
    model: Model, tables: st.SearchStrategy[Table]
) -> None:
    """Actors in another order, one more that takes no position, two cases at once."""

    @settings(max_examples=12)
    @given(tables, st.randoms(use_true_random=False))
    def check(table: Table, random: Random) -> None:
        order = list(range(table.position.shape[1]))
        random.shuffle(order)
        found = model(table)
        np.testing.assert_allclose(model(columns(table, order)), found, atol=1e-9)
        absent = Table(
            np.append(table.position, [[np.nan]], axis=1),
            np.append(table.salience, [[0.9]], axis=1),
            np.append(table.power, [[77.0]], axis=1),
            table.reference,
        )
        np.testing.assert_allclose(model(absent), found, atol=1e-9)
        mirrored = mirror(table)
        both = Table(
            *(np.concatenate([getattr(t, n) for t in (table, mirrored)])
              for n in ("position", "salience", "power", "reference"))
        )  # fmt: skip
        np.testing.assert_array_equal(model(both), [found[0], model(mirrored)[0]])

    check()


def mirror(table: Table) -> Table:
    """The scale turned round."""
    return replace(table, position=100.0 - table.position, reference=100.0 - table.reference)


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_turning_the_scale_round_turns_the_forecast_round(
    model: Model, tables: st.SearchStrategy[Table]
) -> None:
    """0 for 100: no end of the scale is special. Forecasts lie among positions and the reference."""

    @settings(max_examples=12)
    @given(tables)
    def check(table: Table) -> None:
        found = model(table)[0]
        np.testing.assert_allclose(model(mirror(table))[0], 100.0 - found, atol=1e-7)
        points = [*table.position[0], *table.reference, *([50.0] if model.name == "middle" else [])]
        assert min(points) - 1e-9 <= found <= max(points) + 1e-9
        if model.name not in ("reference-point", "nash-reference", "middle"):
            assert table.position.min() - 1e-9 <= found <= table.position.max() + 1e-9

    check()


@pytest.mark.parametrize("name", [n for n in MODELS if n not in WITHOUT_PEOPLE])
def test_unanimity_and_silence(name: str) -> None:
    """All at one point: that point. Nobody anywhere: no forecast. Nobody with weight: all alike."""
    model, one = MODELS[name], np.ones((1, 3))
    agreed = Table(one * 30.0, one, one, np.array([30.0]))
    np.testing.assert_allclose(model(agreed), [30.0], atol=1e-9)
    nobody = Table(one * np.nan, one, one, np.array([20.0]))
    assert np.isnan(model(nobody)).all()
    weightless = Table(np.array([[0.0, 50.0, 100.0]]), one * 0.0, one * 0.0, np.array([50.0]))
    np.testing.assert_allclose(model(weightless), [50.0], atol=1e-9)


def test_doubling_an_actor_is_doubling_its_power(tables: st.SearchStrategy[Table]) -> None:
    """True of models that add weights up, elections and Nash bargaining among them."""
    names = (
        "compromise", "weighted-median", "condorcet-conditional", "condorcet-uniform",
        "condorcet-incentive", "nash-failure", "nash-reference",
    )  # fmt: skip

    @settings(max_examples=25)
    @given(tables)
    def check(table: Table) -> None:
        twice = columns(table, [0, *range(table.position.shape[1])])
        power = table.power.copy()
        power[0, 0] *= 2.0
        stronger = replace(table, power=power)
        for name in names:
            np.testing.assert_allclose(MODELS[name](twice), MODELS[name](stronger), atol=1e-7)

    check()


def test_moving_all_along_moves_the_forecast(tables: st.SearchStrategy[Table]) -> None:
    """Half the distances, ten further on: so the forecast, of all but those that look at the ends."""
    names = [n for n in MODELS if n not in ("middle", "nash-failure")]

    @settings(max_examples=25)
    @given(tables)
    def check(table: Table) -> None:
        moved = replace(
            table, position=table.position / 2 + 10.0, reference=table.reference / 2 + 10.0
        )
        for name in names:
            found = MODELS[name](table) / 2 + 10.0
            np.testing.assert_allclose(MODELS[name](moved), found, atol=1e-6)

    check()
