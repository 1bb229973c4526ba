"""A long run at the command line: streamed, stopped, killed, resumed; the results are the same."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from detente.cli import foretelling, streaming
from detente.ensemble import streaming as blocks
from detente.ensemble.executors import Workforce
from detente.errors import WorkerLost

FILES = ("draws.parquet", "outcomes.parquet", "result.json", "report.html", "situation.yaml")
DRAWS = ("--draws", "300", "--seed", "3")
Start = Callable[..., "subprocess.Popen[str]"]
Typed = Callable[..., Any]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run counts as long, and parts are small."""
    monkeypatch.setattr(foretelling, "MANY", 0)
    monkeypatch.setattr(blocks, "BLOCKS", (20,))


@pytest.fixture
def in_memory(detente: Typed, three_acts_file: Path, tmp_path: Path) -> Path:
    """The folder of the same run at an ordinary size."""
    out = tmp_path / "in-memory"
    assert detente("run", three_acts_file, *DRAWS, "--out", out).code == 0
    return out


def assert_same(out: Path, other: Path) -> None:
    """Byte for byte, and nothing left over."""
    for name in FILES:
        assert (out / name).read_bytes() == (other / name).read_bytes(), name
    assert {path.name for path in out.iterdir()} == {path.name for path in other.iterdir()}


def stop_after(monkeypatch: pytest.MonkeyPatch, parts: int, error: BaseException) -> None:
    """The run meets ``error`` once so many parts are written."""
    write, written = streaming.Parts.write, [0]

    def counted(self: Any, *args: Any) -> None:
        if written[0] >= parts:
            raise error
        written[0] += 1
        write(self, *args)

    monkeypatch.setattr(streaming.Parts, "write", counted)


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("executor", ["threads", "processes"])
def test_a_streamed_run_writes_what_one_in_memory_does(
    detente: Typed, three_acts_file: Path, in_memory: Path, tmp_path: Path, executor: str
) -> None:
    """Tables, result and report, byte for byte; the parts are gone."""
    out = tmp_path / "streamed"
    said = detente("run", three_acts_file, *DRAWS, "--out", out, "--executor", executor)
    assert said.code == 0
    assert_same(out, in_memory)


def test_a_streamed_run_without_a_folder_leaves_nothing(
    detente: Typed, three_acts_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It prints what one in memory prints, and its temporary parts are gone."""
    words = ("run", three_acts_file, *DRAWS, "--json")
    ordinary = detente(*words)
    monkeypatch.setattr(foretelling, "MANY", 0)
    monkeypatch.setattr(blocks, "BLOCKS", (20,))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert detente(*words).out == ordinary.out
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("error", [KeyboardInterrupt(), WorkerLost("all gone"), OSError(28, "No space left on device")])  # fmt: skip
def test_what_is_finished_is_kept_whatever_happens(
    detente: Typed, three_acts_file: Path, in_memory: Path, tmp_path: Path, error: BaseException
) -> None:
    """Ctrl-C, lost workers, a full disk: the message says what is kept and how to go on."""
    out = tmp_path / "out"
    words = ("run", three_acts_file, *DRAWS, "--out", out)
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 4, error)
        said = detente(*words)
    assert said.code == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert f"{out} keeps 80 of 300 draws; the same command with --resume goes on" in said.err
    assert "Traceback" not in said.err
    refused = detente(*words)
    assert refused.code == 2
    assert f"{out}: it holds an unfinished run; --resume is allowed" in refused.err
    said = detente(*words, "--resume")
    assert said.code == 0
    assert "27% of them there already" in said.err
    assert_same(out, in_memory)


@pytest.mark.usefixtures("long")
def test_a_run_that_is_stopped_while_tables_are_written_is_resumed(
    detente: Typed, three_acts_file: Path, in_memory: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """All draws are there: only what is left is done."""
    out = tmp_path / "out"
    words = ("run", three_acts_file, *DRAWS, "--out", out)

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "write_draws", stopped)
        assert "keeps 300 of 300 draws" in detente(*words).err
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("detente.cli.saving.render", stopped)
        said = detente(*words, "--resume")
        assert "each whole" in said.err
    monkeypatch.setattr(blocks, "run_block", stopped)
    assert detente(*words, "--resume").code == 0
    assert_same(out, in_memory)


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--seed", "4"), "seed (3 there, 4 asked for)"),
        (("--draws", "400"), "draws (300 there, 400 asked for)"),
        (("--set", "outlook.east=0.3"), "values of the situation"),
        (("--round", "spring"), "scenarios ("),
    ],
)
def test_something_else_is_not_gone_on_with(
    detente: Typed, three_acts_file: Path, tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    """The message names what differs; nothing there is touched."""
    out = tmp_path / "out"
    words = ("run", three_acts_file, *DRAWS, "--out", out)
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 2, KeyboardInterrupt())
        detente(*words)
    before = sorted(path.name for path in out.rglob("*"))
    refused = detente(*words, "--resume", *change)
    assert refused.code == 2
    assert f"differs in: {said}" in refused.err
    assert sorted(path.name for path in out.rglob("*")) == before


def test_a_changed_file_is_not_gone_on_with(
    detente: Typed, three_acts_file: Path, tmp_path: Path, long: None
) -> None:
    """Not even where a word of its text alone changed: the report would say it."""
    del long
    file, out = tmp_path / "bridge.yaml", tmp_path / "out"
    text = three_acts_file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    words = ("run", file, *DRAWS, "--out", out)
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 2, KeyboardInterrupt())
        detente(*words)
    title = text.split("title:")[1].split("\n")[0]
    file.write_text(text.replace(f"title:{title}", "title: Another bridge"), encoding="utf-8")
    assert "differs in: text of the situation" in detente(*words, "--resume").err


def test_resuming_needs_something_to_resume(
    detente: Typed, three_acts_file: Path, in_memory: Path, tmp_path: Path, long: None
) -> None:
    """No folder and a finished run are refused; an empty folder begins with a word."""
    del long
    words = ("run", three_acts_file, *DRAWS)
    assert "--resume without --out" in detente(*words, "--resume").err
    said = detente(*words, "--out", in_memory, "--resume")
    assert said.code == 2
    assert "finished, there is nothing to go on with" in said.err
    said = detente(*words, "--out", tmp_path / "new", "--resume")
    assert said.code == 0
    assert "beginning with the first draw" in said.err
    assert_same(tmp_path / "new", in_memory)


@pytest.mark.usefixtures("long")
def test_a_run_stopped_before_its_first_part_has_left_nothing_to_resume(
    detente: Typed, three_acts_file: Path, in_memory: Path, tmp_path: Path
) -> None:
    """Another run may begin in its folder, whatever it asks for."""
    out = tmp_path / "out"
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 0, KeyboardInterrupt())
        said = detente("run", three_acts_file, "--draws", "500", "--out", out)
    assert said.err.endswith("interrupted; nothing was finished yet\n")
    assert detente("run", three_acts_file, *DRAWS, "--out", out).code == 0
    assert_same(out, in_memory)


@pytest.mark.usefixtures("long")
def test_the_table_of_draws_can_be_left_out(
    detente: Typed, three_acts_file: Path, in_memory: Path, tmp_path: Path
) -> None:
    """Everything else is as it was."""
    out = tmp_path / "out"
    assert detente("run", three_acts_file, *DRAWS, "--out", out, "--without-draws").code == 0
    assert not (out / "draws.parquet").exists()
    assert (out / "outcomes.parquet").read_bytes() == (in_memory / "outcomes.parquet").read_bytes()


@pytest.fixture
def started(three_acts_file: Path, tmp_path: Path) -> Start:
    """Starts the command in a process of its own and waits until it has so many new parts."""
    code = (
        "import detente.cli.foretelling as f, detente.ensemble.streaming as s\n"
        "f.MANY, s.BLOCKS = 0, (10,)\n"
        "from detente.cli import main\n"
        "main()\n"
    )

    def start(out: Path, new: int, *more: str) -> subprocess.Popen[str]:
        words = ["run", str(three_acts_file), "--draws", "2400", "--out", str(out), *more]
        before = len(list(out.glob(".parts/0*.parquet")))
        process = subprocess.Popen(
            [sys.executable, "-c", code, *words, "--without-draws"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        )  # fmt: skip
        while process.poll() is None and len(list(out.glob(".parts/0*.parquet"))) < before + new:
            time.sleep(0.01)
        return process

    return start


def test_killed_and_stopped_and_resumed_equals_never_stopped(
    detente: Typed, three_acts_file: Path, tmp_path: Path, started: Start
) -> None:
    """SIGKILL, then Ctrl-C, then to the end: every file is that of a run in one go."""
    out, once = tmp_path / "out", tmp_path / "once"
    killed = started(out, 20)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    first = len(list(out.glob(".parts/0*.parquet")))
    assert 20 <= first < 240
    stopped = started(out, 20, "--resume")
    stopped.send_signal(signal.SIGINT)
    _, err = stopped.communicate()
    assert stopped.returncode == 130
    assert "the same command with --resume goes on" in err
    assert "Traceback" not in err
    assert first + 20 <= len(list(out.glob(".parts/0*.parquet"))) < 240
    words = ("run", three_acts_file, "--draws", "2400", "--without-draws", "--out")
    assert detente(*words, out, "--resume").code == 0
    assert detente(*words, once).code == 0
    for name in FILES[1:]:
        assert (out / name).read_bytes() == (once / name).read_bytes(), name
    assert not (out / ".parts").exists()


def test_an_executor_that_is_none_is_refused(detente: Typed, three_acts_file: Path) -> None:
    """With those there are and the nearest; before anything is run."""
    for wrong in ("thread", "tcp://nowhere", "http://host:1"):
        said = detente("run", three_acts_file, "--executor", wrong)
        assert said.code == 2
        assert f"--executor {wrong}: no such executor; threads, processes, dask, tcp" in said.err


def test_a_cluster_without_its_library_says_how_to_get_it(
    detente: Typed, three_acts_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named."""
    monkeypatch.delitem(sys.modules, "detente.ensemble.cluster", raising=False)
    monkeypatch.delattr("detente.ensemble.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = detente("run", three_acts_file, "--executor", "dask")
    assert said.code == 2
    assert "pip install -e '.[cluster]'" in said.err


def test_commands_go_to_any_executor(
    detente: Typed, three_acts_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answer from an executor of the user's choice, and it is that which was used."""
    told = tmp_path / "bridge.yaml"  # with the claims that some commands ask about
    claims = three_acts_file.with_name("three-acts-claims.yaml")
    shutil.copy(claims, tmp_path)
    text = three_acts_file.read_text(encoding="utf-8")
    told.write_text(f"{text}\nclaims: {claims.name}\n", encoding="utf-8")
    used: list[str] = []

    @contextmanager
    def hired() -> Generator[Workforce, None, None]:
        class Counting(ThreadPoolExecutor):
            def submit(self, fn: Any, /, *args: Any, **named: Any) -> Any:
                used.append(getattr(fn, "__name__", "chunk"))
                return super().submit(fn, *args, **named)

        with Counting(1) as pool:
            yield Workforce(pool, 1, "1 process")

    monkeypatch.setattr("detente.cli.placing.processes", hired)
    for command in (
        ("compare",), ("blockers",), ("knockout",), ("readings",), ("robustness",), ("drivers",),
        ("scan", "--over", "outlook.east=0..0.5:3"), ("whatif", "--set", "outlook.east=0.3"),
        ("levers",),
    ):  # fmt: skip
        words = (command[0], told, *command[1:], "--draws", "200", "--json")
        plain = detente(*words)
        assert plain.code == 0, plain.err
        used.clear()
        said = detente(*words, "--executor", "processes")
        assert (said.code, said.out) == (plain.code, plain.out), command
        assert used, command
