"""detente knockout: what is left of a forecast without a source, a speaker or a claim."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from detente import __version__
from detente.analysis.knockout import knockouts
from detente.cli.opening import Opened, open_situation
from detente.cli.preparing import prepare
from detente.cli.progress import ready_and_told
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.report.knockouts import knockouts_object, print_knockouts
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.removal import Removal, asked, removals, together


def knockout(
    request: Request, taken: Sequence[str], priors: Sequence[str], *, as_json: bool,
    out: Path | None,
) -> None:  # fmt: skip
    """Take away, run, print and, with ``out``, write the page and the JSON."""
    opened = open_situation(request.what)
    claims = claims_of(opened)
    round_ = one_round(opened.situation, request.rounds)
    wanted = wanted_removals(claims, taken)
    weights = read_priors(opened.situation, priors)
    patch = read_settings(opened.situation, request.settings)
    scenarios(opened.situation, claims, rounds=request.rounds, readings=request.readings)
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    with ready_and_told() as told:
        found = knockouts(
            opened.situation, claims, wanted, round_, plan,
            readings=request.readings, weights=weights, patch=patch, progress=told,
        )  # fmt: skip
    plain = knockouts_object(
        opened.situation, claims, found, plan, name=opened.name, version=__version__
    )
    if out is not None:
        from detente.cli.saving import save_page  # noqa: PLC0415 -- draws pictures: slow
        from detente.report.knockout_html import render_knockouts  # noqa: PLC0415

        page = render_knockouts(
            opened.situation,
            claims,
            found,
            plan,
            file=opened.name,
            version=__version__,
            laid=plain["set"],
        )
        save_page(opened, page, plain, out, "knockout")
    if as_json:
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    print_knockouts(console, Names(opened.situation), claims, found, tail(opened, request))
    if out is not None:
        console.print(f"\nPage: {out / 'knockout.html'}", soft_wrap=True)


def claims_of(opened: Opened) -> Claims:
    """The claims of a situation. Raises UsageError where it has none."""
    if opened.claims is None:
        raise UsageError(
            f"{opened.name}: no claims file, so there is nobody's word to take away; a situation "
            "with claims: FILE; write one, or let detente read draft it from a text"
        )
    return opened.claims


def one_round(situation: Situation, rounds: Sequence[str]) -> str | None:
    """The round asked for, or the last: what lies ahead. Raises UsageError."""
    if len(rounds) > 1:
        raise UsageError(f"--round {','.join(rounds)}: {len(rounds)} rounds; one; name one")
    if rounds:
        return rounds[0]
    return next(reversed(situation.rounds), None)


def wanted_removals(claims: Claims, taken: Sequence[str]) -> tuple[Removal, ...]:
    """What ``--without`` names, parts joined by +; or all there is to take away."""
    if not taken:
        return removals(claims)
    return tuple(together(asked(claims, part) for part in text.split("+")) for text in taken)


def read_priors(situation: Situation, given: Sequence[str]) -> dict[str, float]:
    """``reading=weight`` texts. Raises UsageError naming every mistake."""
    found: dict[str, float] = {}
    mistakes: list[str] = []
    for text in given:
        name, _, number = text.partition("=")
        try:
            weight = float(number)
        except ValueError:
            weight = -1.0
        if name not in situation.readings:
            known = ", ".join(situation.readings) or "none"
            mistakes.append(f"--prior {text}: no such reading; {known}; write READING=WEIGHT")
        elif not 0.0 <= weight < float("inf"):
            mistakes.append(f"--prior {text}: found {number!r}; a number from 0; write {name}=0.3")
        found[name] = weight
    if not mistakes and found and set(found) == set(situation.readings) and not sum(found.values()):
        mistakes.append("--prior: every weight is 0; weights that can be normalised; raise one")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return found


def tail(opened: Opened, request: Request) -> str:
    """What it takes to get the same again."""
    laid = "".join(f", --set {setting}" for setting in request.settings)
    return (
        f"{opened.name}, seed {request.seed}, {request.draws:,} draws a scenario{laid}, "
        f"detente {__version__}"
    )
