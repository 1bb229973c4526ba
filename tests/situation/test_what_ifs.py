"""What-ifs from the command line and from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import SituationError, UsageError
from detente.situation.quantities import Uniform
from detente.situation.schema import Situation
from detente.situation.what_ifs import AS_SET, as_set, load_what_ifs

GOOD = """\
what_ifs:
  late-thaw:
    title: The thaw comes late
    note: Read by nobody but people.
    set: {outlook.east: 0.2..0.4, trust.west.east: high}
  no_militia: {set: {runup.sabotage.militia.raid.capability: 0}}
"""
BAD = """\
what_ifs:
  late-thaw:
    titel: x
    set: {outlook.easst: 0.2, trust.west.east: hihg}
  Empty: {set: {}}
  odd: {set: {weather.east: 1}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "what-ifs.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_holds_named_what_ifs_in_its_order(tmp_path: Path, three_acts: Situation) -> None:
    first, second = load_what_ifs(written(tmp_path, GOOD), three_acts)
    assert (first.name, first.title) == ("late-thaw", "The thaw comes late")
    assert first.patch["outlook.east"].shape == Uniform(0.2, 0.4)
    assert (second.name, second.title) == ("no_militia", "no militia")


def test_mistakes_come_all_at_once_each_with_its_place(
    tmp_path: Path, three_acts: Situation
) -> None:
    with pytest.raises(SituationError) as error:
        load_what_ifs(written(tmp_path, BAD), three_acts)
    told = "\n".join(str(problem) for problem in error.value.problems)
    for where, what in (
        (":3:5:", "unknown key titel"),
        (":4:11:", "did you mean outlook.east?"),
        (":4:31:", "did you mean high?"),
        (":5:11:", "found nothing here"),
        (":5:3:", "found the name 'Empty'"),
        (":6:15:", "weather.east is no address"),
    ):
        assert any(where in line and what in line for line in told.splitlines()), told


@pytest.mark.parametrize(
    "text", ["", "[]", "what_ifs: {}", "what_ifs: {a: {set: {}}}", "what_ifs: 3"]
)
def test_a_file_that_asks_nothing_is_a_mistake(
    tmp_path: Path, three_acts: Situation, text: str
) -> None:
    with pytest.raises(SituationError):
        load_what_ifs(written(tmp_path, text), three_acts)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path, three_acts: Situation) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load_what_ifs(tmp_path / "none.yaml", three_acts)


def test_what_the_command_line_sets_is_one_what_if(three_acts: Situation) -> None:
    one = as_set(three_acts, ["outlook.east=0.2", "trust.east.west=high"])
    assert (one.name, list(one.patch)) == (AS_SET, ["outlook.east", "trust.east.west"])
