"""detente ledger score and calibration."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.addresses import suggestion
from detente.cli.ledgers.common import looked_at, must_be_writable, today
from detente.errors import UsageError
from detente.files import write_text
from detente.ledger.calibrating import calibration
from detente.ledger.choosing import Choice, tagged
from detente.ledger.combining import combine
from detente.ledger.references import REFERENCES
from detente.ledger.scoring import GROUPINGS, grouped, late
from detente.ledger.scoring import score as score_all
from detente.report.ledger_scores_json import calibration_object, pooled_object, scores_object
from detente.report.ledger_scores_terminal import print_calibration, print_pools, print_scores
from detente.report.ledger_scores_words import late_words


def score(
    where: str, group: str, against: str | None, tags: tuple[str, ...], *, as_json: bool
) -> None:
    """Print the scores. Raises UsageError."""
    if group not in GROUPINGS:
        raise UsageError(f"--group {group}: none such; {suggestion(group, GROUPINGS)}")
    if against is not None and against not in REFERENCES:
        raise UsageError(f"--against {against}: none such; {suggestion(against, REFERENCES)}")
    with looked_at(where) as ledger:
        book = ledger.book()
    now, names = today(), tagged(book, tags)
    scored, left = score_all(book, now, against=against, names=names), late(book, now, names)
    groups = grouped(scored, group)
    if as_json:
        plain = scores_object(
            groups, scored, group=group, against=against, late=left, version=__version__
        )
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_scores(console, groups, group, against)
    if left:
        console.print(late_words(left), style="dim")


def combined(where: str, tags: tuple[str, ...], *, as_json: bool) -> None:
    """Print the pools. Raises UsageError."""
    with looked_at(where) as ledger:
        book = ledger.book()
    found = combine(book, today(), tagged(book, tags))
    if as_json:
        print(json.dumps(pooled_object(found, __version__), indent=2, ensure_ascii=False))
        return
    print_pools(Console(highlight=False), found)


def calibrate(where: str, wanted: Choice, seed: int, *, as_json: bool, out: Path | None) -> None:
    """Print the calibration; with a folder, write its page there. Raises UsageError."""
    if out is not None:
        must_be_writable(out)
    with looked_at(where) as ledger:
        book = ledger.book()
    found = calibration(
        book, today(), seed, counts=wanted.takes, names=tagged(book, wanted.tags),
        after_the_fact=wanted.after_the_fact,
    )  # fmt: skip
    plain = calibration_object(found, __version__)
    if out is not None:
        from detente.report.ledger_html import render_calibration  # noqa: PLC0415 -- slow

        page = render_calibration(found, title=ledger.where, version=__version__)
        write_text(out / "calibration.json", json.dumps(plain, indent=2, ensure_ascii=False) + "\n")
        write_text(out / "calibration.html", page)
    if as_json:
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_calibration(console, found)
    if out is not None:
        console.print(f"\nPage: {out / 'calibration.html'}", soft_wrap=True)
