"""Decision-making in the EU: both forms alike, the year of a date, and mistakes told at once."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from detente.errors import SituationError
from detente.interchange.deu import read_deu
from detente.interchange.deu_record import Decisions, wave_of


def assert_alike(one: Decisions, other: Decisions) -> None:
    """Every name and every number."""
    for part in fields(Decisions):
        first, second = getattr(one, part.name), getattr(other, part.name)
        if part.name == "table":
            for column in ("position", "salience", "power", "reference"):
                np.testing.assert_array_equal(getattr(first, column), getattr(second, column))
        elif part.name in {"outcome", "year"}:
            np.testing.assert_array_equal(first, second)
        else:
            assert first == second, part.name
    assert one.digest() == other.digest()


@pytest.fixture
def tidy(made_up_deu: Path, tmp_path: Path) -> Path:
    """The tidy form, to be spoilt."""
    return Path(shutil.copytree(made_up_deu / "tidy", tmp_path / "tidy"))


def mistakes(path: Path) -> list[str]:
    """What is said of it, without its folder."""
    with pytest.raises(SituationError) as caught:
        read_deu(path)
    folder = path if path.is_dir() else path.parent
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def spoil(path: Path, old: str, new: str) -> None:
    """Put something else in the place of its first ``old``."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_both_forms_hold_the_same(made_up_deu: Path) -> None:
    """The folder, the original's folder, the original itself: bit for bit."""
    tidy = read_deu(made_up_deu / "tidy")
    assert_alike(tidy, read_deu(made_up_deu / "wide"))
    assert_alike(tidy, read_deu(made_up_deu / "wide" / "original.tsv"))
    assert (len(tidy), len(tidy.scored())) == (40, 39)
    assert tidy.wave == tuple(wave_of(year) for year in tidy.year.tolist())


def test_power_follows_the_treaty_and_institutions_the_largest_state(made_up_deu: Path) -> None:
    """Votes before Nice and under it, then people; Commission and Parliament as Germany."""
    found = read_deu(made_up_deu / "tidy")
    at = {name: found.actors.index(name) for name in ("com", "ep", "de", "nl", "pl")}
    by_year = {
        year: found.table.power[found.year.tolist().index(year)] for year in (1999, 2005, 2016)
    }
    assert [by_year[1999][at[n]] for n in at] == [10, 10, 10, 5, 0]
    assert [by_year[2005][at[n]] for n in at] == [29, 29, 29, 13, 27]
    assert [by_year[2016][at[n]] for n in at] == [83.12, 83.12, 83.12, 17.61, 37.84]


def test_a_file_of_power_takes_the_place_of_what_ships(tidy: Path) -> None:
    """Actors are those of the file, and so are votes."""
    used = sorted({row.split(",")[1] for row in
                   (tidy / "deu_positions_long.csv").read_text().splitlines()[1:]})  # fmt: skip
    states = [name for name in used if name not in {"com", "ep"}]
    lines = ["actor,pre_nice_votes,nice_votes,population_2019_millions"]
    lines += [f"{name},,2,{3 + i}" for i, name in enumerate(states)]
    (tidy / "council_power.csv").write_text("\n".join(lines))
    found = read_deu(tidy)
    assert found.actors == ("com", "ep", *states)
    assert found.table.power[found.year.tolist().index(1999)].max() == 0.0
    assert found.table.power[found.year.tolist().index(2005)].max() == 2.0


def test_positions_without_salience_do_not_count(tidy: Path) -> None:
    """Who says not how much it matters takes no position."""
    before = read_deu(tidy).table.present().sum()
    path = tidy / "deu_positions_long.csv"
    line = path.read_text().splitlines()[1]
    spoil(path, line, line.rpartition(",")[0] + ",")
    assert read_deu(tidy).table.present().sum() == before - 1


@pytest.mark.parametrize(
    ("written", "year"),
    [("26-01-00", 2000), ("14-12-1999", 1999), ("17-04-96", 1996), ("2014-07-04", 2004),
     ("1930-05-05", 2005)],
)  # fmt: skip
def test_dates_are_read_day_first(
    made_up_deu: Path, tmp_path: Path, written: str, year: int
) -> None:
    """Also where a spreadsheet took the day for the year."""
    path = tmp_path / "original.tsv"
    shutil.copy(made_up_deu / "wide" / "original.tsv", path)
    spoil(path, '"01-02-99"', f'"{written}"')
    assert read_deu(path).year[0] == year


def test_every_mistake_is_told_at_once_with_its_place(tidy: Path) -> None:
    """Of both files: numbers, names, years, rows twice."""
    issues, positions = tidy / "deu_issues.csv", tidy / "deu_positions_long.csv"
    spoil(issues, "d00i0,d00,Agri,COD,QMV,1999", "d00i0,d00,Agri,COD,QMV,nineteen")
    spoil(issues, "\nd01i0", "\nd00i1")
    first = positions.read_text().splitlines()[1]
    spoil(positions, first, "d00i0,com,120,high")
    text = positions.read_text().splitlines()
    text += [text[2], "d99i9,com,0,0", "d00i0,germany,0,0"]
    positions.write_text("\n".join(text))
    found = mistakes(tidy)
    assert "deu_issues.csv:2:24: d00i0: found 'nineteen' as the year" in found[0]
    assert "deu_issues.csv:4:1: d00i1: a second row of this issue" in found[1]
    told = "\n".join(found)
    assert "deu_positions_long.csv:2:11: d00i0.com: found '120' as a position" in told
    assert "deu_positions_long.csv:2:15: d00i0.com: found 'high' as a salience" in told
    assert "d00i0: a second row of ep" in told
    assert "unknown issue 'd99i9'" in told
    assert "d00i0: unknown actor 'germany'" in told


def test_mistakes_of_the_original_are_told_too(made_up_deu: Path, tmp_path: Path) -> None:
    """A date that is none, an outcome beyond the scale, an issue twice, a missing column."""
    path = tmp_path / "original.tsv"
    shutil.copy(made_up_deu / "wide" / "original.tsv", path)
    lines = path.read_text().splitlines()
    lines[2] = lines[2].replace("01-02-99", "spring")
    lines[3] = lines[3].rpartition("\t")[0] + "\t101"
    path.write_text("\n".join([*lines, lines[4]]))
    found = "\n".join(mistakes(path))
    assert "original.tsv:3:" in found
    assert "d00i0: found 'spring' as the date of introduction" in found
    assert "d00i1: found '101' as the outcome; a number from 0 to 100" in found
    assert "original.tsv:43:1: d01i0: a second row of this issue" in found
    path.write_text(path.read_text().replace('"sep"', '"sup"', 1))
    assert "no column sep" in mistakes(path)[0]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    """An empty folder, a file that is something else, half of the tidy form."""
    assert "none of the tables of the data" in mistakes(tmp_path)[0]
    (tmp_path / "deu_issues.csv").write_text("issue_id\n")
    assert "no such file" in mistakes(tmp_path)[0]
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    assert "not the original table of the data; a folder with" in mistakes(other)[0]


def test_the_data_itself_is_read_alike_in_both_forms(shared_deu: Path) -> None:
    """364 issues, 351 of them scored, of 137 proposals."""
    found = read_deu(shared_deu)
    assert_alike(found, read_deu(shared_deu / "deu3_blksv_raw.tsv"))
    scored = found.scored()
    assert (len(found), len(scored), len(set(scored.proposal))) == (364, 351, 137)
