"""Parts on disk: the same bits back, and nothing foreign or torn taken for one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from detente.ensemble.checkpoint import MANIFEST, Parts, begin, go_on, identity, unfinished
from detente.ensemble.chunk import Outcomes
from detente.ensemble.executors import threads
from detente.ensemble.streaming import Task, stream
from detente.errors import DetenteError, UsageError
from detente.sampling.draws import Plan

Same = Callable[[Sequence[Outcomes], Sequence[Outcomes]], None]
Read = Callable[[Parts], list[Outcomes]]


def name_of(task: Task, **more: object) -> dict[str, str]:
    """What tells this run from others."""
    return identity(task.structure, task.scenarios, task.plan, protocol=task.protocol, **more)


def read_all(parts: Parts) -> None:
    """Every column of every scenario."""
    for index in range(parts.scenarios):
        list(parts.read(index))


@pytest.fixture
def parts(task: Task, tmp_path: Path) -> Parts:
    """All parts of the run, 40 draws each."""
    made = begin(tmp_path / "parts", name_of(task), task.plan, len(task.scenarios), 40)
    with threads() as force:
        stream(task, made, force)
    return made


def again(task: Task, parts: Parts, **more: object) -> Parts:
    """The same folder, opened to go on."""
    return go_on(parts.folder, name_of(task, **more), task.plan, len(task.scenarios))


def test_parts_hold_every_bit(
    task: Task, parts: Parts, at_once: list[Outcomes], same: Same, from_parts: Read
) -> None:
    """Types, NaN, absent columns, and sets of another width in each part: all come back."""
    assert unfinished(parts.folder)
    assert parts.done() == set(range(0, 300, 40))
    same(from_parts(parts), at_once)
    same(from_parts(again(task, parts)), at_once)


def test_some_columns_are_read_without_the_others(parts: Parts, at_once: list[Outcomes]) -> None:
    """Only those asked for, and only those the scenario models."""
    found = list(parts.some(0, ("deal", "gain", "cause")))
    assert sum(len(piece["deal"]) for piece in found) == 300
    modelled = {"deal", "gain"} | ({"cause"} if at_once[0].cause is not None else set())
    assert all(piece.keys() == modelled for piece in found)


@pytest.mark.parametrize("harm", ["cut", "emptied", "gone", "foreign", "shorter", "text"])
def test_what_is_not_a_part_is_made_again(
    task: Task, parts: Parts, at_once: list[Outcomes], same: Same, from_parts: Read, harm: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    """A torn file, one of another run, one with other rows: never counted, replaced."""
    victim = parts.path(80)
    if harm == "cut":
        os.truncate(victim, victim.stat().st_size // 2)
    elif harm == "emptied":
        os.truncate(victim, 0)
    elif harm == "gone":
        victim.unlink()
    elif harm == "text":
        victim.write_text("not a part", encoding="utf-8")
    elif harm == "shorter":
        shutil.copyfile(parts.path(280), victim)
    else:
        other = replace(task, plan=Plan(300, 8))
        foreign = begin(tmp_path / "other", name_of(other), other.plan, 4, 40)
        with threads() as force:
            stream(other, foreign, force)
        shutil.copyfile(foreign.path(80), victim)
    opened = again(task, parts)
    assert opened.done() == set(range(0, 300, 40)) - {80}
    with threads() as force:
        stream(task, opened, force)
    same(from_parts(opened), at_once)


def test_a_part_with_a_flipped_bit_is_found_out(task: Task, parts: Parts) -> None:
    """Whole by its ends, damaged inside: refused with a remedy, and out of the way after."""
    victim = parts.path(120)
    raw = bytearray(victim.read_bytes())
    raw[len(raw) // 4] ^= 0b1000
    victim.write_bytes(raw)
    with pytest.raises(DetenteError, match=r"0000000120\.parquet is damaged .*--resume"):
        read_all(parts)
    assert again(task, parts).done() == set(range(0, 300, 40)) - {120}


def test_another_run_is_refused_by_name(task: Task, parts: Parts) -> None:
    """Seed, draws, scenarios, values, protocol: the message says which differs."""
    fewer = replace(task, scenarios=task.scenarios[:2], scouts=task.scouts[:2])
    for other, said in (
        (replace(task, plan=Plan(300, 8)), r"seed \(7 there, 8 asked for\)"),
        (replace(task, plan=Plan(400, 7)), r"draws \(300 there, 400 asked for\)"),
        (replace(task, protocol="utilitarian"), r"protocol \(nash there, utilitarian asked for\)"),
        (fewer, "scenarios"),
    ):
        with pytest.raises(UsageError, match=said):
            again(other, parts)
    with pytest.raises(UsageError, match="differs in: claims"):
        again(task, parts, claims="f" * 64)


def test_a_changed_value_is_another_run(task: Task, parts: Parts) -> None:
    """One address of one scenario with another value."""
    first = task.scenarios[0]
    address = "outlook.east"
    other = {**first.values, address: first.values["outlook.west"]}
    assert other[address] != first.values[address]
    changed = replace(task, scenarios=(replace(first, values=other), *task.scenarios[1:]))
    with pytest.raises(UsageError, match="values of the situation"):
        again(changed, parts)


@pytest.mark.parametrize("written", ["", "[]", '{"format": "detente-parts/9"}', "{"])
def test_a_manifest_that_is_none_is_refused(task: Task, parts: Parts, written: str) -> None:
    """With the folder to delete."""
    (parts.folder / MANIFEST).write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match=r"manifest\.json cannot be read .*delete"):
        again(task, parts)


def test_the_manifest_says_what_the_run_is(task: Task, parts: Parts) -> None:
    """A person who finds the folder can tell."""
    said = json.loads((parts.folder / MANIFEST).read_text(encoding="utf-8"))
    assert said["block"] == 40
    assert said["run"]["seed"] == "7"
    assert said["run"]["scenarios"].startswith(task.scenarios[0].name)


def test_the_identity_is_the_same_in_another_process(task: Task, three_acts_file: Path) -> None:
    """Nothing in it depends on the order of hashing or on places in memory."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from detente.ensemble.checkpoint import identity\n"
        "from detente.model.structure import structure_of\n"
        "from detente.sampling.draws import Plan\n"
        "from detente.situation.load import load\n"
        "from detente.situation.scenarios import scenarios\n"
        "s = load(Path(sys.argv[1])).situation\n"
        "print(identity(structure_of(s), scenarios(s, None), Plan(300, 7), protocol='nash'))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, three_acts_file],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "12"},
    )  # fmt: skip
    assert ran.stdout.strip() == str(name_of(task))
