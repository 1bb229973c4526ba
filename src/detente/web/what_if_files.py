"""Changes as a named what-if, in a file beside the situation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.cases.opening import Opened
from detente.errors import UsageError
from detente.files import write_text
from detente.situation.what_ifs import WhatIf, load_what_ifs
from detente.situation.writing import plain
from detente.web.inserting import first_entry, with_entry
from detente.web.library import Library
from detente.web.saving import Draft, Stale, diff_of, must_be_changed, must_be_new, one_line
from detente.web.state import Asked

HEAD = """# What-ifs of {title}
# Put them side by side with: detente whatif {what} --from {file}
"""


def what_if_file(library: Library, key: str) -> Path:
    """The file that what-ifs of a situation are kept in, whether it is there or not."""
    entry = library.entry(key)
    if entry.shipped:
        return library.keep / f"{key}-what-ifs.yaml"
    stem = entry.file.stem
    return entry.file.with_name("what-ifs.yaml" if stem == "situation" else f"{stem}-what-ifs.yaml")


def version_of(library: Library, key: str) -> str:
    """Changes whenever the situation or the file of its what-ifs does."""
    file = what_if_file(library, key)
    stamp = f"{file.stat().st_mtime_ns:x}" if file.is_file() else "none"
    return f"{library.version(key)}+{stamp}"


def draft_what_if(
    library: Library, opened: Opened, asked: Asked, *, name: str, title: str, note: str
) -> Draft:
    """The file of what-ifs with the changes of what is asked as one more.

    What is left out becomes the values that fall with it. Raises UsageError for a name that
    cannot be taken; SituationError where the file that is there has mistakes.
    """
    file = what_if_file(library, opened.name)
    must_be_changed(asked.state)
    known = load_what_ifs(file, opened.situation) if file.is_file() else ()
    must_be_new(name, [one.name for one in known], "what-if")
    body = _body(asked, name, title, note)
    if not body["set"]:
        raise UsageError("every value stands as it did, so there is nothing to save")
    before = file.read_bytes().decode("utf-8-sig") if known else ""
    if known:
        after = with_entry(before, "what_ifs", name, body)
    else:
        title = " ".join(opened.situation.title.split())
        comment = HEAD.format(title=title, what=_what(library, opened), file=file.name)
        after = first_entry(comment, "what_ifs", name, body)
    return Draft(name, after, diff_of(before, after, "with your what-if"))


def is_saved_what_if(
    library: Library, opened: Opened, asked: Asked, *, name: str, title: str, note: str
) -> bool:
    """Whether just this what-if is there already, as where a form is sent twice."""
    file = what_if_file(library, opened.name)
    known = load_what_ifs(file, opened.situation) if file.is_file() else ()
    return any(
        one_line(_written(there)) == one_line(_body(asked, name, title, note))
        for there in known
        if there.name == name
    )


def _body(asked: Asked, name: str, title: str, note: str) -> dict[str, Any]:
    """The entry to write."""
    values = {
        address: plain(value.quantity)
        for address, value in asked.scenario.values.items()
        if value.quantity != asked.base.values[address].quantity
    }
    return _entry(title or name, note, values)


def _written(there: WhatIf) -> dict[str, Any]:
    """The entry that is there."""
    return _entry(there.title, there.note, {a: plain(q) for a, q in there.patch.items()})


def _entry(title: str, note: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"title": title} | ({"note": note} if note else {}) | {"set": values}


def write_what_if(library: Library, key: str, drafted: Draft, version: str) -> Path:
    """Put the drafted file in its place. Raises Stale if it is not what it was at ``version``."""
    with library.writing:
        if version_of(library, key) != version:
            raise Stale("the files have changed on disk since this page was made; look at it again")
        file = what_if_file(library, key)
        write_text(file, drafted.text)
        return file


def _what(library: Library, opened: Opened) -> str:
    entry = library.entry(opened.name)
    return opened.name if entry.shipped else entry.file.name
