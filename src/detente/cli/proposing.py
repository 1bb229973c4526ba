"""detente propose: claims drafted by a language model, anchored or flagged, for a person to check.

It is off unless a model is named. What leaves the machine, where it goes and what it may
cost are shown first, and nothing is sent before that is confirmed.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli.preparing import writable
from detente.errors import Interrupted, NotInstalled, UsageError
from detente.files import write_text
from detente.sources.anchors.selectors import Indexed
from detente.sources.drafts.drafting import Heading
from detente.sources.drafts.proposals_file import Origin, proposals_file
from detente.sources.drafts.proposing import FORM, INSTRUCTION, MOST_CHARS, Passage, chunks
from detente.sources.drafts.vetting import Answer, Vetted, checked
from detente.sources.extraction import Extracted, read_source
from detente.sources.marks.actors import gazetteer

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from detente.sources.drafts.asking import Spent

VARIABLE = "DETENTE_DRAFT_MODEL"
MOST_REQUESTS = 40
DECLINED = 1


@dataclass(frozen=True, slots=True)
class Proposing:
    """What ``detente propose`` was asked for."""

    text: Path
    model: str | None
    out: Path | None
    comments_from: int | None
    paragraphs: str | None
    yes: bool
    dry_run: bool
    force: bool


@dataclass(slots=True)
class _Job:
    """The text in passages, where its proposals go, and what has come back so far."""

    asked: Proposing
    name: str
    extracted: Extracted
    passages: tuple[Passage, ...]
    out: Path
    answers: list[Answer] = field(default_factory=list[Answer])
    spent: Spent | None = None

    def answered(self, answer: Answer, spent: Spent) -> None:
        """Keep an answer and tell of it."""
        self.answers.append(answer)
        self.spent = spent
        done, count = len(self.answers), len(answer.proposals)
        told = f"{done} of {len(self.passages)}: {answer.passage.paragraphs}, {count} proposed"
        print(told, file=sys.stderr)

    def write(self, gaps: str = "") -> tuple[Vetted, int]:
        """Check what came back and write it; returns also how many entries the file holds."""
        text, found = Indexed(self.extracted.source), self.extracted
        vetted = checked(self.answers, text, gazetteer(), found.comments_from)
        heading = Heading(self.asked.text.name, found.title, found.author, found.published)
        day = datetime.now(UTC).astimezone().date()
        origin = Origin(self.name, day, heading, gaps, found.method)
        file = proposals_file(text, vetted, origin)
        write_text(self.out, file.text)
        return vetted, file.entries


def propose(asked: Proposing) -> int:
    """Show what would be sent, have it confirmed, send, check, write. Returns the exit code.

    Raises UsageError, NotInstalled, or Interrupted.
    """
    name = asked.model or os.environ.get(VARIABLE, "")
    if not name:
        raise UsageError(
            "no language model is configured, and none is used unless you name one; "
            f"--model PROVIDER:NAME or the environment variable {VARIABLE}; "
            "give one of them, or try --model test --dry-run"
        )
    provider, bare = _provider(name)
    extracted = read_source(asked.text, asked.comments_from)
    job = _Job(asked, name, extracted, _passages(asked, extracted), _target(asked))
    model = _announced(job, provider, bare)
    if model is None:
        return 0
    if not _confirmed(asked):
        print("nothing was sent")
        return DECLINED
    _send(job, model)
    return 0


def _provider(name: str) -> tuple[str, str]:
    """Provider and model, once it is sure that the library is there."""
    try:
        from detente.sources.drafts import asking  # noqa: PLC0415
    except ImportError as error:
        raise NotInstalled(
            f"drafting with a language model needs a library that is missing or too old "
            f"({error.name}); it is an extra of its own; in a clone: .venv/bin/pip install -e '.[draft]'"
        ) from None
    return asking.provider_and_name(name)


def _passages(asked: Proposing, extracted: Extracted) -> tuple[Passage, ...]:
    only = _range(asked.paragraphs)
    found = chunks(extracted.source, MOST_CHARS, comments_from=extracted.comments_from, only=only)
    if len(found) > MOST_REQUESTS:
        last = max(found[MOST_REQUESTS].first - 1, found[0].first)
        raise UsageError(
            f"{asked.text}: {len(found)} requests; at most {MOST_REQUESTS} at a time; read it in "
            f"parts, the first with --paragraphs {found[0].first}-{last}"
        )
    return found


def _range(given: str | None) -> range | None:
    """``3-7`` or ``3`` as paragraphs, both ends included. Raises UsageError."""
    if given is None:
        return None
    first, dash, last = given.partition("-")
    last = last if dash else first
    digits = first.isascii() and last.isascii() and first.isdigit() and last.isdigit()
    if not digits or len(given) > 20 or not 1 <= int(first) <= int(last):
        raise UsageError(
            f"--paragraphs {given[:40]}: not understood; two numbers from 1, such as 3-7; "
            "write it so"
        )
    return range(int(first), int(last) + 1)


def _target(asked: Proposing) -> Path:
    """Where the file goes: found out before anything is paid for. Raises UsageError."""
    out = asked.out or Path(f"{asked.text.stem or asked.text.name}.proposed.yaml")
    if out.resolve() == asked.text.resolve():
        raise UsageError(f"--out {out}: it is the text itself; another file; choose one")
    if out.is_dir():
        raise UsageError(f"--out {out}: it is a folder; a file is allowed; name one in it")
    if out.exists() and not asked.force:
        raise UsageError(f"{out} exists; a new name is allowed; choose one, or give --force")
    if out.exists() and out.name == "claims.yaml":
        raise UsageError(
            f"--out {out}: cases keep their claims under that name, and a person has worked on "
            "them; another name is allowed, with --force too; choose one"
        )
    if not asked.dry_run:
        writable(out.parent)
    return out


def _announced(job: _Job, provider: str, bare: str) -> Model | None:
    """Print what would leave the machine; the model to send it to, None for a dry run."""
    from detente.cli.announcing import announced  # noqa: PLC0415
    from detente.sources.drafts import asking  # noqa: PLC0415

    asked, model, missing = job.asked, None, ""
    try:
        model = asking.model_named(job.name)
    except UsageError as error:
        if not asked.dry_run:
            raise
        missing = str(error)
    address = model.base_url if model else None
    for line in announced(asked.text, job.extracted, job.passages, provider, bare, address):
        print(line)
    print(f"writes    {job.out}, every entry open until a person accepts it")
    if not asked.dry_run:
        return model
    print(f"\nThe instruction:\n\n{INSTRUCTION}\nThe form of an answer:\n\n{FORM}\n")
    if missing:
        print(f"It could not be sent now: {missing}")
    print("dry run: nothing was sent")
    return None


def _confirmed(asked: Proposing) -> bool:
    """Whether the user wants it sent. Raises UsageError where nobody can be asked."""
    if asked.yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(
            "nothing was sent: there is no terminal to confirm it on; "
            "what is sent must be confirmed; give --yes if you agree to the above"
        )
    try:
        return input("Send it? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was sent") from None


def _send(job: _Job, model: Model) -> None:
    """Ask for every passage; what came before a failure is written and told."""
    from detente.sources.drafts import asking  # noqa: PLC0415

    try:
        asking.ask(model, job.passages, job.answered)
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {_kept(job)}") from None
    except UsageError as error:
        raise UsageError(f"{error}; {_kept(job)}") from None
    vetted, entries = job.write()
    for line in (*_summary(vetted, entries, job.out), *_bill(job.spent)):
        print(line)


def _kept(job: _Job) -> str:
    """Write what was answered, if anything; says what, and how to go on."""
    if not job.answers:
        return "nothing was written"
    for line in _bill(job.spent):
        print(line)
    first, last = job.passages[len(job.answers)].first, job.passages[-1].last
    rest = f"{first}" if first == last else f"{first}-{last}"
    _, entries = job.write(f"Broken off: paragraphs {rest} were not read, or not to their end.")
    return (
        f"{job.out} holds the {entries} proposals that came before; "
        f"go on with --paragraphs {rest} and another --out"
    )


def _summary(vetted: Vetted, entries: int, out: Path) -> list[str]:
    kept = vetted.proposed[:entries]
    flagged = sum(bool(one.flags) for one in kept)
    anchored = sum(bool(one.places) for one in kept)
    left_out = vetted.left_out + len(vetted.proposed) - entries
    return [
        f"{out}: {entries} proposal{'s' * (entries != 1)}, all open",
        f"  {anchored} anchored at a quote, {entries - anchored} flagged as anchored nowhere",
        f"  {flagged} with a note of what to check",
        *([f"  {vetted.repeated} proposed twice, kept once"] if vetted.repeated else []),
        *([f"  {left_out} more than one file holds, left out"] if left_out else []),
        "Nothing in it counts until a person has checked it, graded it and accepted it.",
    ]


def _bill(spent: Spent | None) -> list[str]:
    from detente.cli.announcing import dollars  # noqa: PLC0415

    if spent is None:
        return []
    cost = f", about {dollars(spent.cost)}" if spent.cost else ""
    return [f"used {spent.tokens_in:,} tokens to the model, {spent.tokens_out:,} back{cost}"]
