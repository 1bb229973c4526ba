"""detente run, when it is long: parts on disk while it runs, the tables from them at the end."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from detente.analysis.answer import Run, answers_from, spread_of
from detente.analysis.digest import Deals, Digest, digest
from detente.cases.opening import Opened
from detente.cli.preparing import PARTS
from detente.cli.telling import Teller
from detente.ensemble.checkpoint import Parts, begin, go_on, identity, unfinished
from detente.ensemble.executors import Workforce
from detente.ensemble.streaming import Task, stream
from detente.ensemble.tables import write_draws, write_outcomes
from detente.errors import DetenteError, Interrupted, UsageError, WorkerLost
from detente.situation.dumping import content_hash

RESULT = "result.json"


def parts_folder(out: Path) -> Path:
    """Where the parts of a run stand until its tables are written."""
    return out / PARTS


def must_agree(out: Path | None, *, resume: bool) -> None:
    """Whether to go on or to begin is clear. Raises UsageError."""
    if resume and out is None:
        raise UsageError(
            "--resume without --out: nothing says where the unfinished run is; "
            "--out FOLDER --resume is allowed; name the folder"
        )
    if out is None:
        return
    there = unfinished(parts_folder(out))
    if there and not resume:
        raise UsageError(
            f"--out {out}: it holds an unfinished run; --resume is allowed, and goes on with it; "
            f"or choose another folder, or delete {parts_folder(out)} to begin anew"
        )
    if resume and not there and (out / RESULT).exists():
        raise UsageError(
            f"--resume: the run in {out} is finished, there is nothing to go on with; "
            "an unfinished one is allowed; leave --resume out to run again"
        )


@contextmanager
def parts_of(
    opened: Opened, task: Task, block: int, out: Path | None
) -> Generator[Parts, None, None]:
    """The parts of ``task``: those begun in ``out``, or new ones there, or temporary ones."""
    run = identity(
        task.structure, task.scenarios, task.plan, protocol=task.protocol, why=task.why,
        text_of_the_situation=content_hash(opened.situation), claims=_file_digest(opened),
    )  # fmt: skip
    count = len(task.scenarios)
    if out is None:
        with tempfile.TemporaryDirectory(prefix="detente-") as folder:
            yield begin(Path(folder), run, task.plan, count, block)
        return
    folder = parts_folder(out)
    known = unfinished(folder)
    parts = (
        go_on(folder, run, task.plan, count)
        if known
        else begin(folder, run, task.plan, count, block)
    )
    try:
        yield parts
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {_kept(parts, out)}") from None
    except WorkerLost as error:
        raise WorkerLost(f"{error}; {_kept(parts, out)}") from None
    except OSError as error:
        raise DetenteError(
            f"{error.filename or out}: {error.strerror}; {_kept(parts, out)}"
        ) from None


def _kept(parts: Parts, out: Path) -> str:
    rows = sum(parts.rows(start) for start in parts.done())
    if not rows:
        return "nothing was finished yet"
    return f"{out} keeps {rows:,} of {parts.draws:,} draws; the same command with --resume goes on"


def _file_digest(opened: Opened) -> str:
    if opened.claims_file is None:
        return "none"
    return hashlib.sha256(opened.claims_file.read_bytes()).hexdigest()


def stream_run(
    opened: Opened, task: Task, parts: Parts, force: Workforce, teller: Teller, out: Path | None,
    *, draws_too: bool,
) -> Run:  # fmt: skip
    """Make the parts that are missing, then the tables and the answers from all of them."""
    try:
        stream(task, parts, force, teller.step("Running"))
    except KeyboardInterrupt:
        teller.say("Stopping: the parts under way are given up …")
        raise
    if out is not None:
        _write_tables(task, parts, teller, out, draws_too=draws_too)
    spreads = spread_of(
        task.structure, task.scenarios, task.plan.seed, task.scouts, task.protocol,
        executor=force.pool, progress=teller.step("Spread of the inputs"),
    )  # fmt: skip
    told = teller.step("Counting")
    digests: list[Digest] = []
    for index in range(len(task.scenarios)):
        told(index, len(task.scenarios))
        deals = partial(_deals, parts, index)
        digests.append(digest(task.structure, partial(parts.read, index), deals))
    answers = answers_from(
        opened.situation, opened.claims, task.scenarios, task.scouts, task.plan, digests, spreads
    )
    happened = tuple(one.happened for one in digests)
    return Run(
        opened.situation, opened.claims, task.plan, task.scenarios, (), happened, answers,
        task.protocol,
    )  # fmt: skip


def _deals(parts: Parts, index: int) -> Iterator[Deals]:
    for found in parts.some(index, ("package", "deal", "gain")):
        yield found["package"], found["deal"], found["gain"]


def _write_tables(task: Task, parts: Parts, teller: Teller, out: Path, *, draws_too: bool) -> None:
    written = teller.step("Writing outcomes.parquet")
    pieces = [parts.read(index) for index in range(len(task.scenarios))]
    path = out / "outcomes.parquet"
    write_outcomes(
        task.structure, task.scenarios, pieces, path, lambda rows: written(rows, task.rows)
    )
    if draws_too:
        made, draws = teller.step("Writing draws.parquet"), task.plan.draws
        write_draws(
            task.scenarios, task.plan, out / "draws.parquet", lambda rows: made(rows, draws)
        )
