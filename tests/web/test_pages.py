from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml.html import document_fromstring
from ruamel.yaml import YAML
from starlette.testclient import TestClient

from detente.analysis.answer import answer
from detente.analysis.knockout import knockouts
from detente.cases.opening import open_situation
from detente.figures.naming import percent
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.sources.removal import asked
from detente.web.app import make_app
from detente.web.library import Library, library

Served = Callable[[Library], TestClient]
HTML = {"accept": "text/html"}
EVIL = "<script>alert(1)</script>{{777*777}}"
ANSWERED = "603729"
FREE = {"title", "question", "about", "name", "note", "speaker", "author", "says", "url", "place"}
DRAWS = "draws=60"


def poisoned(node: Any, key: str = "") -> Any:
    """The same data, but every text that may say anything says something evil."""
    if isinstance(node, dict):
        return {k: _options(k, poisoned(v, str(k))) for k, v in node.items()}
    if isinstance(node, list):
        return [poisoned(one, key) for one in node]
    return EVIL if isinstance(node, str) and key in FREE else node


def _options(key: str, value: Any) -> Any:
    """Options may be a text alone."""
    if key == "options":
        return {k: EVIL if isinstance(v, str) else v for k, v in value.items()}
    return value


@pytest.fixture
def evil(folder: Path) -> Path:
    """The bridge, every string of it and of its claims a program and a template."""
    yaml = YAML(typ="safe", pure=True)
    for file in folder.glob("*.yaml"):
        data = yaml.load(file.read_text("utf-8"))
        file.write_text(json.dumps(poisoned(data), indent=1, default=str), "utf-8")
    (folder / "three-acts.yaml").write_text(
        # JSON is YAML, but a folder is searched for files that say what they are at a line's start
        "detente: 1\n" + _entries(yaml.load((folder / "three-acts.yaml").read_text("utf-8")))
    )
    (folder / "broken.yaml").write_text(f"detente: 1\n{json.dumps(EVIL)}: {json.dumps(EVIL)}\n")
    return folder


def _entries(data: dict[str, Any]) -> str:
    rest = {key: value for key, value in data.items() if key != "detente"}
    return "".join(f"{key}: {json.dumps(value, default=str)}\n" for key, value in rest.items())


def test_every_text_is_poisoned(evil: Path) -> None:
    """The situation below is one: the texts are all evil, and it can be opened."""
    found = open_situation(str(evil / "three-acts.yaml"))
    assert found.situation.title == EVIL
    assert found.situation.actors["east"].name == EVIL
    assert found.claims is not None
    assert {one.says for one in found.claims.claims.values()} == {EVIL}


def test_texts_of_files_are_only_text(evil: Path, served: Served) -> None:
    """On every page, in every error, in the page of a long answer: shown, never run."""
    client = served(library(str(evil), evil))
    query = f"?{DRAWS}&set=runup.fear%3D0.5&without=speaker:ferryman"
    strange = quote(EVIL)
    pages = [
        "/", *(f"/s/three-acts/{page}{query}" for page in (
            "run", "situation", "whatif", "word", "text", "edit", "save", "compare", "why",
        )),
        "/s/broken/run", "/s/broken/edit",
    ]  # fmt: skip
    errors = [
        f"/s/{strange}/run", f"/{strange}",f"/s/three-acts/run?round={strange}",
        f"/s/three-acts/run?set={strange}%3D1", f"/s/three-acts/run?without={strange}",
        f"/s/three-acts/run?seed={strange}", f"/s/three-acts/figure/{strange}.svg",
        f"/s/three-acts/answer/{strange}", f"/s/three-acts/run?set=runup.fear%3D{strange}",
    ]  # fmt: skip
    for page in (*pages, *errors):
        answered = client.get(page, headers=HTML)
        assert (answered.status_code < 400) == (page in pages and "broken/run" not in page), page
        _inert(answered.text)
    fields = {"name": EVIL, "title": EVIL, "note": EVIL, "speaker": EVIL}
    _inert(client.post(f"/s/three-acts/save{query}", data=fields, headers=HTML).text)
    saved = client.post(f"/s/three-acts/save{query}", data=fields | {"name": "mine"}, headers=HTML)
    assert saved.status_code == 200
    _inert(saved.text)
    for name in client.get(f"/s/three-acts/figures.json{query}").json():
        drawn = client.get(f"/s/three-acts/figure/{name}.svg{query}")
        assert drawn.status_code == 200
        assert "<script" not in drawn.text.lower()


def _inert(text: str) -> None:
    """No template was filled in, and no script or handler came of a text."""
    assert ANSWERED not in text
    root = document_fromstring(text)
    assert all(script.get("src") and not script.text for script in root.iter("script"))
    attributes = {name for node in root.iter() for name in node.attrib}
    assert not [name for name in attributes if str(name).startswith("on")]
    said = " ".join(
        [str(root.text_content()), *(str(v) for n in root.iter() for v in n.attrib.values())]
    )
    assert "alert(1)" not in said.replace(EVIL, "").replace("<script>alert(1)</script>", "")


def test_long_answers_are_only_text_too(evil: Path, served: Served) -> None:
    """The page that answers a long question has no script at all."""
    client = served(library(str(evil / "three-acts.yaml"), evil))
    for name, path in (("report", ""), ("knockouts", ""), ("compare", "")):
        place = f"/s/three-acts/ask/{name}"
        assert client.post(f"{place}?draws=40").status_code == 200
        lines = client.get(f"{place}/events?draws=40").text.strip().split("\n\n")
        assert json.loads(lines[-1].removeprefix("data: "))["status"] == "done", lines[-1]
        page = client.get(f"/s/three-acts/answer/{name}{path}?draws=40")
        assert page.status_code == 200
        assert "<script" not in page.text.lower()
        _inert(page.text)


@pytest.fixture(scope="module")
def budapest() -> Iterator[TestClient]:
    """The workbench over the shipped case."""
    app = make_app(library("budapest-2025", Path()), "unknown")
    yield TestClient(app, base_url="http://127.0.0.1")
    app.state.bench.jobs.pool.shutdown()
    app.state.bench.answers.pool.shutdown()


def test_the_answer_is_the_command_lines(budapest: TestClient) -> None:
    """At the same seed and draws: every chance and its error, to the last bit."""
    case = open_situation("budapest-2025")
    round_ = next(reversed(case.situation.rounds))
    reading = next(iter(case.situation.readings))
    wanted = scenarios(case.situation, case.claims, rounds=(round_,), readings=(reading,))
    (expected,) = answer(case.situation, case.claims, wanted, Plan(1000, 1)).answers
    told = budapest.get("/s/budapest-2025/run.json?seed=1&draws=1000").json()
    assert (told["round"], told["reading"]) == (round_, reading)
    found = {one["name"]: (one["after"], one["after_error"]) for one in told["chances"]}
    assert found == {name: (one.p, one.mc_se) for name, one in expected.probabilities.items()}
    assert all(one["before"] == one["after"] for one in told["chances"])
    assert told["changes"] == []


@pytest.mark.parametrize("query", ["", "?without=group:service", "?reading=as-written&seed=3"])
def test_a_page_says_what_its_twin_says(budapest: TestClient, query: str) -> None:
    """Every chance in the table, and the one that is large, are those of the JSON."""
    told = budapest.get(f"/s/budapest-2025/run.json{query}").json()
    for page in ("run", "whatif", "word"):
        root = document_fromstring(budapest.get(f"/s/budapest-2025/{page}{query}").text)
        (large,) = root.xpath("//*[@data-live-p]/text()")
        assert large == percent(told["chances"][0]["after"])
        rows = {
            row.get("data-name"): [
                str(cell).strip() for cell in row.xpath("td[1]//text() | td[2]//text()")
            ]
            for row in root.xpath("//*[@data-live-rows]/tr")
        }
        assert rows == {
            one["name"]: [percent(one["before"]), percent(one["after"])] for one in told["chances"]
        }


def test_leaving_out_the_services_is_the_knockout(budapest: TestClient) -> None:
    """The values that change and what comes of it are those of the analysis of its own."""
    case = open_situation("budapest-2025")
    assert case.claims is not None
    round_ = next(reversed(case.situation.rounds))
    reading = next(iter(case.situation.readings))
    removal = asked(case.claims, "group:service")
    found = knockouts(
        case.situation, case.claims, [removal], round_, Plan(1000, 1), readings=(reading,)
    )
    (one,) = found.found
    told = budapest.get("/s/budapest-2025/run.json?without=group:service").json()
    assert {change["address"] for change in told["changes"]} == set(one.fallen[reading])
    assert one.fallen[reading]
    assert {change["setting"] for change in told["changes"]} == {None}
    for chance in told["chances"]:
        difference = one.changes[reading][chance["name"]]
        assert chance["before"] == pytest.approx(difference.first.p, abs=1e-12)
        assert chance["after"] == pytest.approx(difference.second.p, abs=1e-12)


def test_a_situation_without_claims_or_rounds_has_every_page(
    served: Served, every_term_file: Path, tmp_path: Path
) -> None:
    """What a situation leaves out leaves no page broken, and every term has its place."""
    shutil.copyfile(every_term_file, tmp_path / "terms.yaml")
    client = served(library(str(tmp_path), tmp_path))
    for page in ("", "/run", "/situation", "/whatif", "/word", "/text", "/edit", "/save",
                 "/compare", "/why"):  # fmt: skip
        answered = client.get(f"/s/terms{page}?draws=20", headers=HTML)
        assert answered.status_code == 200, (page, answered.text[-900:])
    told = client.get("/s/terms/situation.json").json()
    assert {row["address"] for part in told["parts"] for row in part["rows"]} == set(
        scenarios(open_situation(str(tmp_path / "terms.yaml")).situation, None)[0].values
    )
    for form, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"")):
        for name in client.get("/s/terms/figures.json?draws=20").json():
            figure = client.get(f"/s/terms/figure/{name}.{form}?draws=20")
            assert figure.status_code == 200
            assert figure.content.startswith(start)
            assert len(figure.content) > 20
    (chance, *_) = client.get("/s/terms/run.json?draws=20&set=impatience%3D2").json()["chances"]
    assert 0 <= chance["after"] <= 1
