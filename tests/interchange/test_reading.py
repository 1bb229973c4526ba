"""Files that are hostile, broken or merely odd: refused with a place and a remedy, or read whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError, UsageError
from detente.interchange.importing import import_files
from detente.interchange.reading import MAX_BYTES, MAX_FILES
from detente.interchange.record import Settings

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<utility_space><objective name='&c;'/></utility_space>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><utility_space>&a;</utility_space>'
)
TABLE = "Brücke, Über, 2, 1,\nActor,D,P,P1,S1,\nÄ,Ä,50,10,20,\nB,B,40,90,20,\n"
UNKNOWN = "a format that is not known"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("laughs.xml", LAUGHS.encode(), "a document type declaration"),
        ("wide.xml", ('<?xml version="1.0" encoding="utf-16"?>' + LAUGHS).encode("utf-16"),
         "a document type declaration"),
        ("outside.xml", OUTSIDE.encode(), "a document type declaration"),
        ("large.xml", b"<a>" + b"x" * MAX_BYTES, "more than 5 MB"),
        ("binary.csv", bytes(range(256)), "no text"),
        ("empty.csv", b"", "an empty file"),
        ("blank.csv", b"\n \n", "an empty file"),
        ("open.xml", b"<utility_space>\n<objective>\n</utility_space>", "open.xml:3:"),
        ("other.xml", b"<rss/>", UNKNOWN),
        ("prose.txt", b"some words\nand more, with a comma\n", UNKNOWN),
        ("list.json", b"[1, 2]", UNKNOWN),
        ("deep.json", b"[" * 100_000, "not valid JSON"),
        ("cut.json", b'{"decisionMakers": [1,}', "cut.json:1:23: not valid JSON"),
        ("own.yaml", b"detente: 1\ntitle: mine\n", "it needs no import"),
        ("tag.yaml", b"!!python/object/apply:os.getcwd []", UNKNOWN),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    """One message with file, line and column; nothing is expanded, fetched or run."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SituationError) as caught:
        import_files([path])
    assert told in str(caught.value)
    assert f"{path}:" in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding: str, tmp_path: Path, situation_in: Any) -> None:
    """The same table, whichever encoding; a guess is reported."""
    path = tmp_path / "table.csv"
    path.write_bytes(TABLE.encode(encoding))
    imported = import_files([path])
    assert situation_in(imported).title == "Brücke, Über"
    assert any("Windows-1252" in str(r) for r in imported.remarks) is (encoding == "cp1252")


def test_a_folder_a_domain_or_its_files(itex_cypress: Any, write: Any, tmp_path: Path) -> None:
    """A folder, the domain alone, or every file: the same scenario."""
    write(itex_cypress, tmp_path, "genius")
    (tmp_path / "pareto.xml").write_text("<pareto/>", encoding="utf-8")
    (tmp_path / ".hidden.xml").write_text("not XML", encoding="utf-8")
    files = [tmp_path / f"{name}.xml" for name in ("domain", "profile-1", "profile-2")]
    whole, alone, named = (import_files(paths) for paths in ([tmp_path], files[:1], files))
    assert whole.data == alone.data == named.data
    assert any("pareto.xml" in str(remark) for remark in whole.remarks)
    with pytest.raises(SituationError, match="1 utility space"):
        import_files(files[:2])
    (tmp_path / "a-note.txt").write_text("about this scenario\n", encoding="utf-8")
    noted = import_files([tmp_path])
    assert noted.data == whole.data
    assert any("a-note.txt: no file of the format genius" in str(r) for r in noted.remarks)
    (tmp_path / "b-table.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(SituationError, match="files of several formats: ktab, genius"):
        import_files([tmp_path])
    assert import_files([tmp_path], "genius").data == whole.data


def test_too_many_or_too_few(tmp_path: Path) -> None:
    """A folder with nothing to read, a folder with too much, two tables at once."""
    with pytest.raises(SituationError, match="without files to read"):
        import_files([tmp_path])
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number}.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(SituationError, match="65 files; at most 64"):
        import_files([tmp_path])
    with pytest.raises(SituationError, match="one file of the format ktab"):
        import_files([tmp_path / "1.csv", tmp_path / "2.csv"])


def test_settings_that_do_not_fit_are_refused(
    itex_cypress: Any, write: Any, tmp_path: Path
) -> None:
    """An unknown format; a status quo for a scenario, which has reservation values instead."""
    write(itex_cypress, tmp_path, "yaml")
    with pytest.raises(UsageError, match="did you mean negmas"):
        import_files([tmp_path], "negma")
    with pytest.raises(UsageError, match="reservation values"):
        import_files([tmp_path], settings=Settings(status_quo={"Price": "$3.47"}))
