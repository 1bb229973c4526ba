"""detente cases and detente case: what ships, what it says, how it covers its text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.support import BASIS_WORDS, base_basis
from detente.cases.catalog import case_file, case_files, case_names
from detente.cli.authoring import SCHEMA_FILE, schema_text
from detente.cli.covering import coverage_object, print_coverage, print_locators
from detente.cli.opening import Opened, open_situation
from detente.errors import UsageError
from detente.figures.naming import tidy
from detente.files import whole, write_text
from detente.model.structure import structure_of
from detente.report.attributing import claim_object, styled
from detente.situation.load import load
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.situation.writing import in_words
from detente.sources.coverage import coverage
from detente.sources.extraction import read_source
from detente.sources.support import supported

COVERED, GAPS = 0, 1


def list_cases(*, as_json: bool) -> None:
    """Print the shipped cases with their titles."""
    titles = {name: load(case_file(name)).situation.title for name in case_names()}
    if as_json:
        print(json.dumps([{"name": n, "title": t} for n, t in titles.items()], indent=2))
        return
    for name, title in titles.items():
        print(f"{name}  {title}")


def show(what: str, *, addresses: bool, as_json: bool) -> None:
    """Print an overview of a situation, or its addresses."""
    opened = open_situation(what)
    if addresses or as_json:
        _show_addresses(opened, as_json=as_json)
        return
    situation = opened.situation
    console = Console(highlight=False)
    console.print(Text(tidy(situation.title), style="bold"))
    for text in (situation.question, situation.about):
        if text:
            console.print(Text(tidy(text)))
    console.print(_actor_table(situation))
    console.print(_issue_table(situation))
    console.print(f"{structure_of(situation).packages:,} packages, links aside")
    for heading, bodies in (("Rounds", situation.rounds), ("Readings", situation.readings)):
        if bodies:
            console.print(Text(f"\n{heading}", style="bold"))
        for name, body in bodies.items():
            console.print(Text(f"  {name}: {tidy(body.title)} ({len(body.set)} values of its own)"))
    for event in situation.events:
        console.print(Text(f"\n{event.date}: {tidy(event.says)} [{tidy(event.source)}]"))


def _actor_table(situation: Situation) -> Table:
    table = Table(title="Actors", title_justify="left")
    for heading in ("id", "name", "role"):
        table.add_column(heading)
    for name, actor in situation.actors.items():
        table.add_row(Text(name), Text(tidy(actor.name)), Text(", ".join(actor.role)))
    return table


def _issue_table(situation: Situation) -> Table:
    table = Table(title="Issues (status quo first)", title_justify="left")
    for heading in ("id", "what it is", "options"):
        table.add_column(heading)
    for name, issue in situation.issues.items():
        others = [option for option in issue.options if option != issue.status_quo]
        table.add_row(
            Text(name), Text(tidy(issue.name)), Text(", ".join([issue.status_quo, *others]))
        )
    return table


def _show_addresses(opened: Opened, *, as_json: bool) -> None:
    values, claims = base_values(opened.situation), opened.claims
    rests = supported(claims, values) if claims else {}
    rows = [
        {
            "address": address,
            "value": in_words(value.quantity),
            "kind": value.kind.name,
            "origin": value.origin,
            "basis": base_basis(value, rests.get(address, ()), claims),
            "claims": [claim_object(claims, name) for name in rests.get(address, ())]
            if claims
            else [],
        }
        for address, value in values.items()
    ]
    if as_json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    for row in rows:
        console.print(Text(f"{row['address']}  {row['value']}  {row['origin']}"))
        names = rests.get(str(row["address"]), ())
        if claims is None or not names:
            console.print(Text(f"    {BASIS_WORDS[str(row['basis'])]}", style="dim"))
            continue
        for name in names:
            console.print(Text.assemble("    ", styled(claims, name)))


def copy(name: str, to: Path, *, force: bool) -> None:
    """Copy a case's files, and the schema its first line points to. Raises UsageError."""
    files = case_files(name)
    taken = [to / file.name for file in files if (to / file.name).exists()]
    if taken and not force:
        raise UsageError(f"{taken[0]} exists; an empty folder is allowed; choose one, or --force")
    for file in files:
        with whole(to / file.name) as scratch:
            shutil.copyfile(file, scratch)
    write_text(to / SCHEMA_FILE, schema_text())
    print(f"{to / 'situation.yaml'}: a copy of {name}")
    print(f"change it, then: detente run {to / 'situation.yaml'}")


def show_coverage(what: str, source: Path, *, digests: bool, as_json: bool) -> int:
    """Print what each sentence of the user's copy carries; returns the exit code."""
    extracted = read_source(source)
    if digests:
        print_locators(extracted)
        return COVERED
    opened = open_situation(what)
    if opened.claims is None:
        raise UsageError(f"{what} names no claims file; claims: FILE is allowed; add one to it")
    found = coverage(extracted.source, opened.claims)
    if as_json:
        print(json.dumps(coverage_object(found, extracted), indent=2, ensure_ascii=False))
    else:
        print_coverage(found, opened.claims, extracted)
    return COVERED if found.complete else GAPS
