"""detente cases, detente case show and copy: what ships, and what it says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.bases import BASIS_WORDS, base_basis
from detente.cases.catalog import case_file, case_files, case_names
from detente.cases.opening import Opened, open_situation
from detente.cli.authoring import SCHEMA_FILE, schema_text
from detente.errors import UsageError
from detente.figures.naming import tidy
from detente.files import whole, write_text
from detente.model.structure import structure_of
from detente.report.attributing import claim_object, styled
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.situation.writing import in_words
from detente.sources.support import supported
from detente.yamltree import read_tree


def list_cases(*, as_json: bool) -> None:
    """Print the shipped cases with their titles."""
    titles = {name: str(read_tree(case_file(name)).data["title"]) for name in case_names()}
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
