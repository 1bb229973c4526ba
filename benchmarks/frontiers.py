"""The Pareto frontier: how long it takes, and beside NegMAS on the same spaces.

Both are timed from the numbers of a problem to its frontier and its Nash point, in one run on
one machine, and the answers must be the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from measuring import seconds
from problems import Size

from detente.arrays import Floats
from detente.bargaining import frontier as solving
from detente.bargaining.branch.domain import make_domain
from detente.bargaining.branch.solving import NASH, branch_and_bound
from detente.bargaining.frontier import Frontier, frontier
from detente.bargaining.solution import Question
from detente.bargaining.space import Rules, make_space
from detente.testing.problems import plain_table

FOLDER = Path(__file__).parent
SPACES = FOLDER.parents[1] / "shared" / "verification" / "package_spaces_4x6_4x8_4x10.json"
RIVAL = "negmas==0.16.0"
RIVALS = FOLDER / ".rivals"
OURS = 200  # runs of ours, which are short
SIZES = (
    *(Size(m) for m in (10, 15, 20)),
    *(Size(m, principals=3) for m in (10, 15)),
    Size(10, principals=4, demand=0.0), Size(8, principals=6, demand=-0.1),
    *(Size(20, consents=k) for k in (1, 2, 3)),
)  # fmt: skip
SEEDS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """Frontier and Nash point: shapes (row, principal), (principal,)."""

    frontier: Floats
    nash: Floats


def spaces() -> tuple[str, dict[str, Any]]:
    """Spaces to solve and where they are from: the verification file, else drawn by seed."""
    if SPACES.is_file():
        return f"`{SPACES.name}`", json.loads(SPACES.read_text(encoding="utf-8"))
    return "random spaces of that shape, seed 1", {str(m): _drawn(m) for m in (6, 8, 10)}


def _drawn(issues: int) -> dict[str, Any]:
    rng = np.random.default_rng(1)
    values = rng.random((3, issues, 4))
    values -= values.min(axis=2, keepdims=True)
    values /= values.max(axis=2, keepdims=True)
    weights = rng.exponential(size=(3, issues))
    weights /= weights.sum(axis=1, keepdims=True)
    return {"weights": weights.tolist(), "values": values.tolist(), "reserved": [0.3] * 3}


def solved(case: dict[str, Any]) -> Answer:
    """From a case's numbers to both answers; nothing is kept from one call to the next."""
    make_domain.cache_clear()
    solving.forget()
    values = np.array(case["values"])
    gain = (np.array(case["weights"])[:, :, None] * values).reshape(1, len(values), -1)
    table = plain_table(gain, np.array([case["reserved"]]), np.ones((1, len(values))))
    question = Question(make_space(Rules((values.shape[2],) * values.shape[1])), table, ())
    return Answer(frontier(question).gain, branch_and_bound(question, NASH).gain[0])


def rival_lines() -> list[str]:
    """The comparison, or why there is none."""
    source, cases = spaces()
    asked = [(case, 1 if int(name) > 8 else 3) for name, case in cases.items()]
    lines = [f"Frontier and Nash point of {source}: three parties, reservation 0.3."]
    theirs, reason = rival(asked)
    told = ", ".join(f"4^{name}" for name, (_, runs) in zip(cases, asked, strict=True) if runs == 1)
    if theirs is None:
        lines.append(f"NegMAS is not beside it: {reason}.")
    else:
        lines.append(
            f"NegMAS {theirs['version']} in a process of its own, its imports not counted; it takes up to "
            f"{theirs['gigabytes']:.2f} GB and runs {told or 'nothing'} once. The same answers from both, to 1e-9."
        )
    lines += [
        "",
        "| packages | on the frontier | Detente, ms | NegMAS, ms | ratio |",
        "| --- | --- | --- | --- | --- |",
    ]
    for place, (name, case) in enumerate(cases.items()):
        taken, ours = seconds(lambda case=case: solved(case), OURS)
        other = ratio = "-"
        if theirs is not None:
            answer = theirs["answers"][place]
            check_same(ours, answer)
            other = f"{answer['seconds'] * 1e3:,.0f}"
            ratio = f"{answer['seconds'] / taken:,.0f}"
        lines.append(f"| 4^{name} | {len(ours.frontier)} | {taken * 1e3:.2f} | {other} | {ratio} |")
        print(lines[-1], flush=True)
    return lines


def check_same(ours: Answer, theirs: dict[str, Any]) -> None:
    """Both found the same frontier and the same Nash point. Raises AssertionError."""
    expected = np.array(theirs["frontier"])
    found = ours.frontier[np.lexsort(ours.frontier.T[::-1])]
    assert found.shape == expected.shape, "frontiers of different sizes"
    expected = expected[np.lexsort(expected.T[::-1])]
    assert np.allclose(found, expected, rtol=0.0, atol=1e-9), "frontiers differ"
    assert np.allclose(ours.nash, theirs["nash"], rtol=0.0, atol=1e-9), "Nash points differ"


def rival(asked: list[tuple[dict[str, Any], int]]) -> tuple[dict[str, Any] | None, str]:
    """What NegMAS answers, or None and why. Installs it into a folder of its own, once."""
    python = RIVALS / RIVAL / "bin" / "python"
    try:
        if not (RIVALS / RIVAL / "ready").is_file():
            _call([sys.executable, "-m", "venv", "--clear", str(RIVALS / RIVAL)])
            _call([str(python), "-m", "pip", "install", "--quiet", RIVAL])
            (RIVALS / RIVAL / "ready").touch()
        told = _call([str(python), str(FOLDER / "rival_negmas.py")], json.dumps(asked))
    except (subprocess.SubprocessError, OSError) as error:
        return None, f"{RIVAL} could not be installed or run ({type(error).__name__})"
    return json.loads(told), ""


def _call(command: list[str], given: str = "") -> str:
    return subprocess.run(
        command, check=True, input=given, capture_output=True, text=True, timeout=240
    ).stdout


def frontier_lines() -> list[str]:
    """Times over sizes, each the median over SEEDS problems."""
    lines = [
        f"One frontier of the zone, one thread, drawn problems as above: medians over {SEEDS} problems.",
        "",
        "| packages | principals | consents | demand | on the frontier | ms |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size in SIZES:
        taken, count = frontier_time(size)
        lines.append(
            f"| {size.name} | {size.principals} | {size.consents} | {size.demand} | {count:.0f} | "
            f"{taken * 1e3:.2f} |"
        )
        print(lines[-1], flush=True)
    return lines


def frontier_time(size: Size) -> tuple[float, float]:
    """Median seconds and median length over SEEDS problems of a size."""
    times, counts = list[float](), list[int]()
    for seed in range(1, SEEDS + 1):
        question = size.question(1, seed)

        def work(question: Question = question) -> Frontier:
            return frontier(question)

        taken, found = seconds(work, 3)
        times.append(taken)
        counts.append(found.count)
    return float(np.median(times)), float(np.median(counts))
