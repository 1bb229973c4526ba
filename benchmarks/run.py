"""Every benchmark, one after another, into benchmarks/results.md.

Times are medians of several runs in one process. Ratios survive a slow or busy machine
better than times do.
"""

from __future__ import annotations

from pathlib import Path

from frontiers import frontier_lines, rival_lines
from growth import growth_lines
from kernels import kernel_lines, runup_lines
from measuring import machine_line
from search import search_lines
from startup import startup_lines
from workbench import workbench_lines

from detente.ensemble.warming import warm_kernels
from detente.files import write_text

RESULTS = Path(__file__).with_name("results.md")
PARTS = {
    "Enumeration": kernel_lines,
    "Branch and bound": search_lines,
    "Frontier and Nash point beside NegMAS": rival_lines,
    "Frontier": frontier_lines,
    "Growth": growth_lines,
    "Run-up": runup_lines,
    "Starting": lambda: startup_lines(runs=5),
    "Workbench": workbench_lines,
}


def main() -> None:
    """Measure, print and write the tables."""
    told = machine_line()
    warm_kernels()
    lines = ["# Measured", "", told]
    for title, part in PARTS.items():
        print(f"\n## {title}\n")
        lines += ["", f"## {title}", "", *part()]
    write_text(RESULTS, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
