"""What is written is a situation file that a person can read, whatever the names in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from detente.interchange.importing import import_files
from detente.interchange.naming import label
from detente.interchange.writing import written
from detente.situation.load import loads

ODD = st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30
) | st.sampled_from(["null", "~", "yes", "1e3", "0x1F", "- a", "#", ": ", "'", '"', "{a: b}", "20:00"])  # fmt: skip


@given(names=st.lists(ODD, min_size=2, max_size=4, unique=True))
def test_any_names_survive_the_file(names: list[str], tmp_path_factory: Any) -> None:
    """Names of parties and of values load as they were, on one line."""
    folder: Path = tmp_path_factory.mktemp("odd")
    domain = {"type": "OutcomeSpace", "issues": [{"name": names[0], "values": names}]}
    (folder / "a.json").write_text(json.dumps(domain), encoding="utf-8")
    for index in range(2):
        tables = [{"type": "TableFun", "mapping": {name: i for i, name in enumerate(names)}}]
        ufun = {"type": "LinearAdditiveUtilityFunction", "name": names[index], "weights": [1.0],
                "values": tables, "reserved_value": 0.0}  # fmt: skip
        (folder / f"b{index}.json").write_text(json.dumps(ufun), encoding="utf-8")
    situation = loads(written(import_files([folder])).encode()).situation
    (issue,) = situation.issues.values()
    assert [option.name for option in issue.options.values()][1:] == [label(n) for n in names]
    assert [actor.name for actor in situation.actors.values()] == [label(n) for n in names[:2]]


def test_the_head_says_what_was_done(itex_cypress: Any, write: Any, tmp_path: Path) -> None:
    """Every remark stands in comments above the first key."""
    imported = import_files([write(itex_cypress, tmp_path, "yaml")])
    text = written(imported)
    head, _, _ = text.partition("\ndetente: 1\n")
    assert all(line.startswith("#") for line in head.splitlines() if line)
    flat = " ".join(head.replace("#", " ").split())
    for remark in imported.remarks:
        assert " ".join(str(remark).split()) in flat
    assert written(imported) == text
