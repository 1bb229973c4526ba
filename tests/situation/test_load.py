"""A situation file read and checked: every mistake has its place, its message, its remedy."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.situation.load import load, loads
from detente.yamltree import MAX_BYTES, parse_tree

BASE = """detente: 1
title: T
actors:
  a: {name: A, role: principal, power: low}
  b: {name: B, role: principal}
issues:
  land:
    status_quo: kept
    options: {kept: it stays, sold: it is sold}
    salience: {a: high, b: low}
    preferences: {a: {sold: seeks}}
  gold:
    status_quo: none
    options: {none: no, paid: yes it is}
    salience: {b: low}
red_lines:
  - {actor: a, option: land.sold, cost: low}
links: []
pressures: []
influence: []
rounds: {}
readings: {}
events: []
"""


def problems(text: str | bytes) -> list[str]:
    """Messages of a file that must be refused, without its name."""
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(SituationError) as caught:
        loads(raw, "s.yaml")
    return [str(problem).removeprefix("s.yaml:") for problem in caught.value.problems]


def test_the_file_the_mistakes_are_made_in_is_itself_sound() -> None:
    """Every case below breaks this file by one change."""
    loaded = loads(BASE.encode(), "s.yaml")
    assert list(loaded.situation.issues) == ["land", "gold"]


ONE_MISTAKE = [
    pytest.param(
        "title: T\n",
        "title: T\ntitle: U\n",
        "3:1: title: the key title stands twice (first on line 2); each key once; merge the two or rename one",
        id="duplicate key",
    ),
    pytest.param(
        "title: T\n",
        "title: T\nactor: {}\n",
        "3:1: actor: unknown key actor; the keys of this section; did you mean actors?",
        id="unknown key",
    ),
    pytest.param(
        "role: principal, power: low",
        "role: principal, pwoer: low",
        "4:33: actors.a.pwoer: unknown key pwoer; the keys of this section; did you mean power?",
        id="unknown key inside",
    ),
    pytest.param(
        "salience: {a: high",
        "salience: {a: hihg",
        "10:16: salience.a.land: found 'hihg', which is no word of this scale; salience: none, very low, low, medium, high, very high, or numbers from 0 to 1; did you mean high?",
        id="word",
    ),
    pytest.param(
        "{name: A, role: principal,",
        "{name: A, role: principl,",
        "4:16: actors.a.role: found 'principl'; 'principal', 'consenter', 'spoiler', 'influencer' or 'bystander'; did you mean principal?",
        id="role",
    ),
    pytest.param(
        "cost: low",
        "cost: 0.5..0.2",
        "17:35: red_lines.a.land.sold.cost: found the inverted range 0.5..0.2; the lower end comes first; write 0.2..0.5",
        id="inverted",
    ),
    pytest.param(
        "cost: low",
        "cost: .nan",
        "17:35: red_lines.a.land.sold.cost: found nan; magnitude: none, very low, low, medium, high, very high, or numbers from 0 to 1; give a finite number",
        id="nan",
    ),
    pytest.param(
        "cost: low",
        "cost: 1.5",
        "17:35: red_lines.a.land.sold.cost: found 1.5; magnitude: none, very low, low, medium, high, very high, or numbers from 0 to 1; give a number from 0 to 1",
        id="outside",
    ),
    pytest.param(
        "cost: low",
        "cost: true",
        "17:35: red_lines.a.land.sold.cost: found True; magnitude: none, very low, low, medium, high, very high, or numbers from 0 to 1; write a word or a number",
        id="bool",
    ),
    pytest.param(
        "option: land.sold, cost",
        "option: land.solt, cost",
        "17:16: red_lines.a.land.solt.option: land has no option solt; an option of this file, as issue.option; did you mean land.sold?",
        id="unknown option in red line",
    ),
    pytest.param(
        "option: land.sold, cost",
        "option: sand.sold, cost",
        "17:16: red_lines.a.sand.sold.option: no issue is called sand; an option of this file, as issue.option; did you mean land.sold?",
        id="unknown issue in red line",
    ),
    pytest.param(
        "option: land.sold, cost",
        "option: land.kept, cost",
        "17:16: red_lines.a.land.kept.option: land.kept is the status quo; an option that changes it; name the option that would cross the line",
        id="status quo red line",
    ),
    pytest.param(
        "option: land.sold, cost",
        "option: sold, cost",
        "17:16: red_lines.a.sold.option: found 'sold'; issue.option; write the issue, a dot, the option",
        id="no dot",
    ),
    pytest.param(
        "title: T\n",
        "",
        "1:1: title: title is missing; it must be given; add title:",
        id="missing title",
    ),
    pytest.param(
        "status_quo: kept",
        "status_quo: keep",
        "8:5: issues.land.status_quo: land has no option keep; one of its options; did you mean kept?",
        id="status quo",
    ),
    pytest.param(
        "b: {name: B, role: principal}",
        "b: {name: B, role: spoiler}",
        "3:1: actors: 1 principal; at least two; give two actors that role",
        id="one principal",
    ),
    pytest.param(
        "links: []",
        "links: [{id: x, if: land.sold, requires: gold.paid}, {id: y, if: gold.paid, requires: land.sold}]",
        "18:32: links.x.requires: the links run in a circle: land.sold requires gold.paid requires land.sold; what comes first must not need what comes after; drop one of these links, or make the options one",
        id="cycle",
    ),
    pytest.param(
        "links: []",
        "links: [{id: x, if: land.sold, requires: land.kept}]",
        "18:32: links.x.requires: an issue would need two options at once; one option an issue; require options of other issues, or match: any",
        id="self cycle clash",
    ),
    pytest.param(
        "links: []",
        "links: [{id: x, if: land.sold}]",
        "18:9: links.x: found none of them; exactly one of requires, excludes and with; split it into one link each",
        id="link kinds",
    ),
    pytest.param(
        "pressures: []",
        "pressures: [{id: p, on: a, severity: low, relieved_by: {land.sold: 0.7, gold.paid: 0.4}}]",
        "19:43: pressures.p.relieved_by: one package could relieve 110% of p; at most 100 %, the best option of each issue taken together; lower the shares",
        id="shares",
    ),
    pytest.param(
        "salience: {a: high, b: low}",
        "salience: {b: low}",
        "4:3: actors.a: nothing on the table matters to a; weights that can be normalised: some salience above none; give a a salience on an issue, or another role",
        id="nothing matters",
    ),
    pytest.param(
        "readings: {}",
        "readings: {r: {title: R, speaker: S, prior: 0}, q: {title: Q, speaker: S, prior: 0}}",
        "22:1: readings: every prior is 0; weights that can be normalised; give at least one reading some weight",
        id="priors",
    ),
    pytest.param(
        "rounds: {}",
        "rounds: {r: {title: R, set: {outlok.a: low}}}",
        "21:30: rounds.r: outlok.a: outlok.a is no address; the addresses of this file; did you mean outlook?",
        id="patch address",
    ),
    pytest.param(
        "rounds: {}",
        "rounds: {r: {title: R, set: {outlook.ab: low}}}",
        "21:30: rounds.r: outlook.ab: outlook.ab is not in this situation; an address that exists before the patch; did you mean outlook.b?",
        id="patch address2",
    ),
    pytest.param(
        "rounds: {}",
        "rounds: {r: {title: R, set: {outlook.a: lwo}}}",
        "21:30: rounds.r: outlook.a: found 'lwo', which is no word of this scale; outlook: none, very low, low, medium, high, very high (or minus a word), or numbers from -1 to 1; did you mean low?",
        id="patch value",
    ),
    pytest.param(
        "rounds: {}",
        "rounds: {r: {title: R, met: 2025-13-40}}",
        "21:24: rounds.r.met: found '2025-13-40'; a date; write it as 2025-08-15",
        id="date",
    ),
    pytest.param(
        "rounds: {}",
        "rounds: [r]",
        "21:1: rounds: found ['r']; a table of names and values; indent name: value lines below",
        id="list for table",
    ),
    pytest.param(
        "links: []",
        "links: many",
        "18:1: links: found 'many'; a list; write it as [one, two]",
        id="text for list",
    ),
    pytest.param(
        "  a: {name: A",
        "  A!: {name: A",
        "4:3: actors.A!: found the name 'A!'; small letters, digits, single - or _ between them, a letter first; rename it",
        id="name",
    ),
    pytest.param(
        "b: {name: B, role: principal}",
        "b: {name: B, role: principal}\n  c: {name: C, role: consenter}",
        "6:16: actors.c.role: c has nothing to consent to; a consenter has consents_to; list the options that need its consent",
        id="consenter",
    ),
    pytest.param(
        "title: T\n",
        "title: 3\n",
        "2:1: title: found 3; text; put it in quotes if it is meant as text",
        id="number for title",
    ),
    pytest.param(
        "detente: 1",
        "detente: 2",
        "1:1: detente: found 2; 1; use one of 1",
        id="format",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), ONE_MISTAKE)
def test_one_mistake_is_one_message_at_its_place(old: str, new: str, message: str) -> None:
    """Place, address, what was found, what is allowed, what to do: word for word."""
    assert BASE.count(old) == 1
    assert problems(BASE.replace(old, new)) == [message]


def test_all_mistakes_come_at_once_in_file_order() -> None:
    """Mistakes of every sort in one file: each is reported, top to bottom."""
    text = BASE
    for old, new in [
        ("status_quo: kept", "status_quo: keep"),
        ("sold: seeks", "sold: sekes"),
        (
            "{actor: a, option: land.sold, cost: low}",
            "{actor: x, option: land.sold, cost: 0.9..0.1}",
        ),
        (
            "pressures: []",
            "pressures: [{id: p, on: y, severity: low}, {id: q, on: a, severity: low, felt: .nan}]",
        ),
        ("rounds: {}", "rounds: {r: {title: R, set: {outlook.z: low, power.a: lots}}}"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    found = [message.split(": ")[0:2] for message in problems(text)]
    assert found == [
        ["8:5", "issues.land.status_quo"],
        ["11:23", "preferences.a.land.sold"],
        ["17:6", "red_lines.x.land.sold.actor"],
        ["17:35", "red_lines.x.land.sold.cost"],
        ["19:21", "pressures.p.on"],
        ["19:74", "pressures.q.felt"],
        ["21:30", "rounds.r"],
        ["21:46", "rounds.r"],
    ]


def test_a_broken_list_entry_does_not_move_the_places_of_the_others() -> None:
    """The second red line's mistake is reported on its own line, whatever is wrong with the first."""
    old = "  - {actor: a, option: land.sold, cost: low}\n"
    new = "  - {actor: a, option: nowhere, cost: low}\n  - {actor: ghost, option: land.sold, cost: low}\n"
    assert [m.split(": ")[0:2] for m in problems(BASE.replace(old, new))] == [
        ["17:16", "red_lines.a.nowhere.option"],
        ["18:6", "red_lines.ghost.land.sold.actor"],
    ]


def test_a_bomb_of_aliases_is_refused_quickly() -> None:
    """Nine levels of nine aliases would be 400 million values: refused by count."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 9)}]")
    (message,) = problems("\n".join(lines))
    assert "more than 60,000 values once aliases are followed" in message
    assert "write it without nested aliases" in message


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]",
        "a: " + "[" * 500 + "]" * 500,
        "a: " + "[" * 1_000 + "]" * 1_000,
        "\n".join(" " * i + "a:" for i in range(300)),
        "a: " + "{b: " * 100 + "}" * 100,
    ],
    ids=["alias to itself", "lists", "very many lists", "indented tables", "tables"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    """However it is nested, too deep is one message and no traceback."""
    (message,) = problems(text)
    assert message.endswith(
        "nested too deeply; at most 40 levels; a situation needs fewer than ten"
    )


def test_a_file_of_50_mb_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size alone is looked at."""
    path = tmp_path / "big.yaml"
    with path.open("wb") as handle:
        handle.truncate(50_000_000)

    def unread(_: Path) -> bytes:
        pytest.fail("it was read")

    monkeypatch.setattr(Path, "read_bytes", unread)
    with pytest.raises(SituationError) as caught:
        load(path, "big.yaml")
    assert str(caught.value) == (
        "big.yaml:1:1: 50.0 MB; at most 2 MB; a situation file is a few pages: is this the right file?"
    )


def test_too_many_bytes_from_standard_input_are_refused() -> None:
    """The limit holds for bytes as for files."""
    (message,) = problems(b"#" * (MAX_BYTES + 1))
    assert (
        message
        == "1:1: 2.0 MB; at most 2 MB; a situation file is a few pages: is this the right file?"
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a folder and a locked file each have their message."""
    for path, found in [(tmp_path / "none.yaml", "no such file"), (tmp_path, "found a folder")]:
        with pytest.raises(SituationError, match=found):
            load(path)
    locked = tmp_path / "locked.yaml"
    locked.write_text(BASE, encoding="utf-8")
    locked.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(SituationError, match="cannot be read"):
            load(locked)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            b"detente: 1\ntitle: caf\xe9\n",
            "2:11: byte 0xe9 is not UTF-8; text in UTF-8; save the file as UTF-8",
        ),
        (
            BASE.encode("utf-16"),
            "1:1: byte 0xff is not UTF-8; text in UTF-8; save the file as UTF-8",
        ),
        (
            b"detente: 1\n\tx: 2",
            (
                "2:1: not valid YAML: while scanning for the next token found character '\\t' "
                "that cannot start any token; YAML; mend the line"
            ),
        ),
        (
            b"? [a, b]\n: x\n",
            "1:3: found a list or table as a key; text; use a name",
        ),
        (b"", "1:1: found None; a table of names and values; indent name: value lines below"),
        (b"- 1\n", "1:1: found [1]; a table of names and values; indent name: value lines below"),
    ],
    ids=["latin-1", "utf-16", "tab", "list as key", "empty", "list"],
)
def test_what_is_no_table_in_utf8_is_refused(raw: bytes, message: str) -> None:
    """Bytes, syntax and shape: one message each."""
    assert problems(raw) == [message]


def test_two_documents_are_refused() -> None:
    """A situation is one document."""
    (message,) = problems("detente: 1\n---\ntitle: x\n")
    assert message.startswith("2:1: not valid YAML: expected a single document")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("!!python/object/apply:os.system [ls]", id="call"),
        pytest.param("!!python/object:os.stat_result {name: A}", id="object"),
        pytest.param("!!python/name:os.system x", id="name"),
        pytest.param("!own {name: A}", id="own tag on a table"),
        pytest.param("!own [name]", id="own tag on a list"),
        pytest.param("!own name", id="own tag"),
        pytest.param("!!binary aGVsbG8=", id="binary"),
    ],
)
def test_tags_are_refused(value: str) -> None:
    """Plain values only: a tag is refused wherever it stands, and nothing is made from it."""
    with pytest.raises(SituationError) as caught:
        parse_tree(f"detente: {value}\n".encode(), "s.yaml")
    (problem,) = caught.value.problems
    assert problem.found.startswith("found the tag !") or "tag:yaml.org" in problem.found
    assert problem.remedy == "remove the tag"
    assert problem.place.line == 1


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths(value, (*path, key))
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths(value, (*path, index))


def _yaml(data: Any) -> str:
    """Flow style YAML of plain data; JSON but for numbers that JSON has not."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_yaml(str(k))}: {_yaml(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_yaml, data)) + "]"
    if isinstance(data, float) and not math.isfinite(data):
        return ".nan" if math.isnan(data) else f"{data:+}".replace("inf", ".inf")
    return json.dumps(data, ensure_ascii=False)


def _changed(data: Any, path: tuple[str | int, ...], change: Any) -> Any:
    """A copy of ``data`` with ``change`` at ``path``; a DELETE there takes it away."""
    if not path:
        return change
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    if len(path) == 1 and change is DELETE:
        del copy[path[0]]
    else:
        copy[path[0]] = _changed(copy[path[0]], path[1:], change)
    return copy


DELETE = object()
WRITTEN = (Path(__file__).parents[1] / "situations" / "every-term.yaml").read_bytes()
VALID = parse_tree(WRITTEN, "s.yaml").data
PATHS = [path for path in _paths(VALID) if path]
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**20)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        ["low", "0.2..0.1", "0..1e999", "north", "strait.shared", "strait.none", "1"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=6)
            | st.sampled_from(["low", "high", "quantiles", "id", "from", "set"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)


def _load_or_refuse(raw: bytes) -> None:
    refused: SituationError | None = None
    try:
        loads(raw, "s.yaml")
    except SituationError as error:
        refused = error
    if refused is not None:
        assert refused.problems
    for problem in refused.problems if refused else ():
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.found.strip()
        assert problem.allowed.strip()
        assert problem.remedy.strip()


@settings(max_examples=80)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(PATHS), PLAIN | st.just(DELETE)), min_size=1, max_size=3
    )
)
def test_any_change_of_a_valid_file_loads_or_is_refused_in_words(
    changes: list[tuple[tuple[str | int, ...], Any]],
) -> None:
    """Random values at random places: a situation or problems with places, never a traceback."""
    data = VALID
    for path, change in changes:
        try:
            data = _changed(data, path, change)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this path away
    _load_or_refuse(_yaml(data).encode())


@settings(max_examples=60)
@given(
    at=st.integers(0, len(WRITTEN)),
    length=st.integers(0, 20),
    text=st.binary(max_size=8)
    | st.sampled_from([b"{", b"]", b"- ", b": ", b"&a ", b"*a", b"\n", b"|"]),
)
def test_any_edit_of_the_bytes_loads_or_is_refused_in_words(
    at: int, length: int, text: bytes
) -> None:
    """A slip of the keyboard anywhere: a situation or problems with places, never a traceback."""
    _load_or_refuse(WRITTEN[:at] + text + WRITTEN[at + length :])


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """As editors on other systems save it."""
    raw = b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode()
    assert loads(raw).situation == loads(BASE.encode()).situation


def test_text_that_cannot_be_written_is_refused() -> None:
    """An escape for half a surrogate pair has no UTF-8, so it is refused where it stands."""
    problems(BASE.replace("title: T\n", 'title: "\\ud800"\n'))


def test_mistakes_in_a_long_list_keep_their_places() -> None:
    """Past the tenth entry, too, each mistake is on its own line and the sound ones are not named."""
    entries = [f"  - {{id: l{i}, if: land.sold, requires: gold.paid}}" for i in range(12)]
    entries[2] = "  - {id: l2, if: sold, requires: gold.paid}"
    entries[10] = "  - {id: l10, if: land.sold, requires: paid}"
    text = BASE.replace("links: []", "links:\n" + "\n".join(entries))
    assert [m.split(": ")[0:2] for m in problems(text)] == [
        ["21:14", "links.l2.if"],
        ["29:30", "links.l10.requires"],
    ]
