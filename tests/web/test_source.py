"""The user's own copy of a text on the page of claims, and figures taken out of answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import document_fromstring
from starlette.testclient import TestClient

from detente.sources.extraction import read_source
from detente.sources.text import digest
from detente.web.app import make_app
from detente.web.library import library
from detente.web.safety import HEADER

FIRST, SECOND = "Winter is hard.", "They <b>might</b> meet, it is said."
TOKEN = "nobody-guesses-this"


@pytest.fixture
def reader(folder: Path) -> Iterator[TestClient]:
    """The workbench with a text of two sentences, in the second of which two claims stand."""
    text = folder / "text.txt"
    text.write_text(f"{FIRST} {SECOND}\n", "utf-8")
    claims = folder / "three-acts-claims.yaml"
    written, at = (
        claims.read_text("utf-8"),
        f'{{paragraph: 1, sentence: 2, digest: "{digest(SECOND)}"}}',
    )
    for says in ("East can wait.", "Winter is hard on East."):
        before = f"source: letter, says: {says}"
        assert before in written
        written = written.replace(before, f"source: told, at: [{at}], says: {says}")
    told = f'told: {{title: T, author: A, kind: k, sha256: "{read_source(text).source.sha256}"}}'
    written = written.replace("sources:", f"sources:\n  {told}", 1)
    claims.write_text(written, "utf-8")
    app = make_app(library(str(folder), folder), TOKEN, source=text)
    client = TestClient(app, base_url="http://127.0.0.1", headers={HEADER: TOKEN})
    yield client
    client.close()
    app.state.bench.answers.pool.shutdown()


def test_a_sentence_leads_to_the_claims_that_stand_in_it(reader: TestClient) -> None:
    """By a link that works without scripts; a sentence without claims is plain text."""
    page = document_fromstring(reader.get("/s/three-acts/text").text)
    (sentence,) = page.xpath("//a[contains(@class, 'claimed')]")
    assert sentence.text_content() == SECOND
    names = sentence.get("data-claims").split()
    assert names == ["time-works", "cold"]
    assert sentence.get("href") == "#claim-time-works"
    for name in names:
        (claim,) = page.xpath(f"//*[@id='claim-{name}']")
        assert claim.xpath(".//details//li")
    (paragraph,) = page.xpath("//p[@class='running']")
    assert FIRST in paragraph.text_content()
    assert not paragraph.xpath(".//b")


def test_figures_of_a_long_answer_are_files_of_their_own(client: TestClient) -> None:
    """Each that the page holds; none before it is there, and none that it does not hold."""
    few = {"draws": "40"}
    listed = "/s/three-acts/answer/report/figures.json"
    assert client.get(listed, params=few).status_code == 404
    client.post("/s/three-acts/ask/report", params=few)
    client.get("/s/three-acts/ask/report/events", params=few)
    page = document_fromstring(client.get("/s/three-acts/answer/report", params=few).text)
    found = client.get(listed, params=few).json()
    assert [one["name"] for one in found] == [one.get("id") for one in page.xpath("//figure")]
    assert [one["title"] for one in found] == [
        one.text_content() for one in page.xpath("//figure/figcaption/strong[1]")
    ]
    place = f"/s/three-acts/answer/report/figure/{found[0]['name']}"
    svg = client.get(f"{place}.svg", params=few)
    assert svg.text.startswith("<svg")
    assert "var(" not in svg.text
    assert client.get(f"{place}.png", params=few).content.startswith(b"\x89PNG")
    missing = client.get("/s/three-acts/answer/report/figure/none.svg", params=few)
    assert missing.status_code == 404
