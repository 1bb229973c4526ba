"""The ensemble: the same table however it is cut up, and draws that never disturb each other."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.bargaining.blocking import blocking_sets, constraint_names
from detente.ensemble.chunk import Outcomes, space_for
from detente.ensemble.run import run
from detente.errors import SpaceTooLarge
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded, loads
from detente.situation.quantities import Point, Quantity
from detente.situation.scenarios import Scenario, scenarios
from detente.situation.values import Value, base_values

PLAN = Plan(90, 2025)


@pytest.fixture(scope="module")
def structure(every_term: Loaded) -> Structure:
    """Positions of the situation's names."""
    return structure_of(every_term.situation)


@pytest.fixture(scope="module")
def both(every_term: Loaded) -> list[Scenario]:
    """One reading in both rounds."""
    return scenarios(every_term.situation, None, readings=["hopeful"])


@pytest.fixture(scope="module")
def whole(structure: Structure, both: list[Scenario]) -> list[Outcomes]:
    """The table in one chunk a scenario."""
    return run(structure, both, PLAN, chunk=PLAN.draws)


def assert_same(first: list[Outcomes], second: list[Outcomes]) -> None:
    """Bit for bit, NaN included."""
    for one, other in zip(first, second, strict=True):
        for field in fields(Outcomes):
            a, b = getattr(one, field.name), getattr(other, field.name)
            assert (a is None) == (b is None), field.name
            if a is None:
                continue
            assert a.dtype == b.dtype, field.name
            assert a.shape == b.shape, field.name
            assert a.tobytes() == b.tobytes(), field.name


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("chunk", [1, 7, 1000, PLAN.draws])
def test_chunk_size_and_workers_leave_the_table_unchanged(
    structure: Structure,
    both: list[Scenario],
    whole: list[Outcomes],
    chunk: int,
    workers: int,
) -> None:
    """Chunks of 1, 7, 1000 and N on one or two threads: the same table bit for bit."""
    with ThreadPoolExecutor(workers) as pool:
        assert_same(run(structure, both, PLAN, executor=pool, chunk=chunk), whole)


def test_processes_give_the_same_table(
    structure: Structure, both: list[Scenario], whole: list[Outcomes]
) -> None:
    """Chunks pickle: two processes that share nothing give the same bits."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert_same(run(structure, both, PLAN, executor=pool, chunk=45), whole)


class Backwards(Executor):
    """Runs nothing until asked for, then the last first: any order must do."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any, Any]] = []

    def map(self, fn: Any, *iterables: Any, **_: Any) -> Any:
        """What has to come first is done at once."""
        return map(fn, *iterables)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Keep the call; once all are in, answer from the end."""
        future: Future[Any] = Future()
        self.waiting.append((future, fn, (args, kwargs)))
        if len(self.waiting) == 2 * 9:
            for kept, call, (positional, named) in reversed(self.waiting):
                kept.set_result(call(*positional, **named))
        return future


def test_the_order_in_which_chunks_finish_does_not_matter(
    structure: Structure, both: list[Scenario], whole: list[Outcomes]
) -> None:
    """Chunks that finish last to first land in their own rows."""
    assert_same(run(structure, both, PLAN, executor=Backwards(), chunk=10), whole)


def test_progress_counts_every_draw_once(structure: Structure, both: list[Scenario]) -> None:
    """Progress rises to the number of draws times scenarios."""
    seen: list[tuple[int, int]] = []
    run(structure, both, PLAN, chunk=40, progress=lambda done, all_: seen.append((done, all_)))
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (180, 180)


def test_a_parameter_added_elsewhere_leaves_other_columns_unchanged(
    every_term: Loaded, every_term_file: Path
) -> None:
    """A new pressure and a new actor draw from their own streams."""
    text = every_term_file.read_text(encoding="utf-8")
    more = text.replace(
        "pressures:\n",
        "pressures:\n  - {id: added, on: south, severity: low, felt: likely}\n",
    ).replace("actors:\n", "actors:\n  newcomer: {name: New, role: influencer}\n")
    values = base_values(loads(more.encode()).situation)
    before = Draws(base_values(every_term.situation), PLAN, 0, PLAN.draws)
    after = Draws(values, PLAN, 0, PLAN.draws)
    assert len(values) > len(before.values)
    for address in before.values:
        assert before.value(address).tobytes() == after.value(address).tobytes(), address


def test_rounds_and_readings_share_random_numbers(every_term: Loaded) -> None:
    """An address that no patch touches has the same column in every scenario."""
    situation = every_term.situation
    found = scenarios(situation, None)
    columns = [Draws(s.values, PLAN, 0, PLAN.draws) for s in found]
    patched = {
        a for s in found for a, v in s.values.items() if v.origin not in {"stated", "default"}
    }
    assert patched == {
        "pressures.strike.felt", "runup.tension", "trust.north.south", "outlook.south",
        "sincerity.south",
    }  # fmt: skip
    for address in set(found[0].values) - patched:
        bits = {draws.value(address).tobytes() for draws in columns}
        assert len(bits) == 1, address


def test_a_patched_address_keeps_its_place_in_its_range(every_term: Loaded) -> None:
    """A draw high in one range is as high in the range a patch puts there."""
    first, second = scenarios(every_term.situation, None, readings=["hopeful"])
    low = Draws(first.values, PLAN, 0, PLAN.draws).value("runup.tension")
    medium = Draws(second.values, PLAN, 0, PLAN.draws).value("runup.tension")
    assert low + 0.2 == pytest.approx(medium, abs=1e-15)


def test_another_seed_is_another_table(
    structure: Structure, both: list[Scenario], whole: list[Outcomes]
) -> None:
    """The seed matters, and 2025 is not special."""
    other = run(structure, both, Plan(PLAN.draws, 2026), chunk=PLAN.draws)
    assert other[0].demand.tobytes() != whole[0].demand.tobytes()


def test_rows_are_consistent(
    every_term: Loaded, structure: Structure, both: list[Scenario]
) -> None:
    """Zone, package, gains, deal and blocking sets of a row tell one story."""
    out = run(structure, both[1:], Plan(600, 1))[0]
    has = out.package >= 0
    assert has.any()
    assert not has.all()
    assert (has == (out.zone > 0)).all()
    assert (has == (out.ties > 0)).all()
    assert (out.zone <= out.allowed).all()
    assert np.isnan(out.gain[~has]).all()
    principals = structure.principals
    assert (out.gain[has, :principals] >= out.demand[has, :principals] - 1e-9).all()
    assert not out.deal[~has].any()
    assert (out.closing[~has] == 0).all()
    assert (out.tangible <= out.deal).all()
    assert (out.set_count[has] == 0).all()
    assert ((out.sets != 0).sum(axis=1) == out.set_count).all()
    tangible = {"strait.patrol", "strait.shared", "tariffs.gone"}
    names = [f"{i}.{o}" for i, body in every_term.situation.issues.items() for o in body.options]
    held = space_for(structure).options_of(out.package[has]) + np.array(structure.starts)
    counts = np.array([bool({names[o] for o in row} & tangible) for row in held])
    assert (out.tangible[has] == (out.deal[has] & counts)).all()


def test_opening_a_blocking_set_by_hand_opens_the_zone(
    structure: Structure, both: list[Scenario]
) -> None:
    """Where reservations alone block, a zone appears once their owners demand far less."""
    plan = Plan(300, 5)
    out = run(structure, both[:1], plan)[0]
    names = constraint_names(structure)
    tried = 0
    for owners in (["north"], ["south"], ["north", "south"]):
        mask = sum(1 << names.index(f"reservation.{owner}") for owner in owners)
        values = dict(both[0].values)
        for owner in owners:
            values[f"outlook.{owner}"] = _at(values[f"outlook.{owner}"], -1.0)
        again = run(structure, [replace(both[0], values=values)], plan)[0]
        blocked = (out.sets == mask).any(axis=1)
        tried += int(blocked.sum())
        assert (again.zone[blocked] > 0).all()
    assert tried >= 10


def _at(value: Value, number: float) -> Value:
    return Value(value.kind, Quantity(Point(number), "test"), "test")


def test_without_misreading_a_lower_demand_never_lowers_the_chance_of_a_deal(
    structure: Structure, both: list[Scenario]
) -> None:
    """With m = 0, in every draw: who asks for less closes wherever it closed before."""
    values = {**both[0].values}
    for party in ("north", "south"):
        values[f"misreading.{party}"] = _at(values[f"misreading.{party}"], 0.0)
    deals: list[np.ndarray[Any, np.dtype[np.bool_]]] = []
    for outlook in (0.3, 0.1, 0.0, -0.2):
        values["outlook.south"] = _at(values["outlook.south"], outlook)
        out = run(structure, [replace(both[0], values=values)], Plan(400, 3))[0]
        assert (out.deal == (out.zone > 0)).all()
        deals.append(out.deal)
    for before, after in pairwise(deals):
        assert (after >= before).all()
    assert deals[-1].sum() > deals[0].sum()


def test_a_space_beyond_the_limit_is_refused_before_any_work() -> None:
    """Thirty-two issues of four options: refused with a message, no chunk submitted."""
    issue = "{status_quo: o0, options: {o0: a, o1: b, o2: c, o3: d}, salience: {a: low, b: low}}"
    issues = "".join(f"  i{k}: {issue}\n" for k in range(32))
    text = (
        "detente: 1\ntitle: T\nactors: {a: {name: A, role: principal}, "
        f"b: {{name: B, role: principal}}}}\nissues:\n{issues}"
    )
    situation = loads(text.encode()).situation
    with pytest.raises(SpaceTooLarge, match=r"32 issues make 1.8e\+19 packages"):
        run(structure_of(situation), scenarios(situation, None), Plan(10, 1), executor=Backwards())


def test_blocking_is_asked_about_draws_without_a_zone_only(
    structure: Structure, both: list[Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The expensive question is put for empty zones alone."""
    asked: list[int] = []

    def spy(space: Any, table: Any, lines: Any, draws: Any) -> Any:
        asked.extend(draws.tolist())
        return blocking_sets(space, table, lines, draws)

    monkeypatch.setattr("detente.ensemble.chunk.blocking_sets", spy)
    out = run(structure, both[:1], PLAN, chunk=PLAN.draws)[0]
    assert asked == np.nonzero(out.zone == 0)[0].tolist()
