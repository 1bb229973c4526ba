"""The ledger in the workbench: what commands say, in pages; hostile text; and what is written."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml.html import document_fromstring
from starlette.testclient import TestClient

from detente.cli import main
from detente.errors import UsageError
from detente.ledger import copies
from detente.ledger.exchange.log import log_csv
from detente.ledger.keeping import ask, forecast, resolve
from detente.ledger.records import Condition, Forecast, Probability, Question, Resolution
from detente.ledger.store.store import Ledger, open_ledger
from detente.web.app import make_app
from detente.web.ledger_views import ON_A_PAGE
from detente.web.ledgers import Ledgers
from detente.web.library import library
from detente.web.safety import ALONE, HEADER
from detente.web.serving import Wish, serve

TOKEN = "nobody-guesses-this"
HTML = {"accept": "text/html"}
EVIL = "<script>alert(1)</script>{{777*777}}"
ANSWERED = "603729"
PAST = datetime(2026, 1, 5, tzinfo=UTC)
Typed = Callable[..., Any]
Serving = Callable[..., TestClient]


def a_question(name: str, **more: Any) -> Question:
    plain: dict[str, Any] = {
        "text": f"Will {name} open?", "criteria": "Traffic crosses it.",
        "opens": date(2026, 1, 1), "closes": date(2099, 12, 31),
    }  # fmt: skip
    return Question(id=name, **(plain | more))


def a_forecast(name: str, p: float, by: str = "ann", **more: Any) -> Forecast:
    return Forecast(question=name, by=by, at=PAST, value=Probability(p=p), **more)


def a_resolution(name: str, **more: Any) -> Resolution:
    plain: dict[str, Any] = {
        "verdict": "value", "answer": True, "known": PAST + timedelta(days=20),
        "source": "the gazette, https://gazette.example/1", "by": "clerk",
    }  # fmt: skip
    return Resolution(question=name, **(plain | more))


def filled(ledger: Ledger) -> None:
    """Questions of every standing: open, answered, void by its condition, closed."""
    ask(ledger, a_question("open", tags=("roads", "bridges")), PAST)
    ask(ledger, a_question("done", tags=("roads",), truth="https://gazette.example/"), PAST)
    only = Condition(says="the bridge opens", question="done", answer=False)
    ask(ledger, a_question("void", condition=only), PAST)
    ask(ledger, a_question("closed", closes=date(2026, 1, 6)), PAST)
    ask(ledger, a_question("size", kind="number", unit="m"), PAST)
    said = [a_forecast("done", p, by) for p, by in ((0.3, "ann"), (0.8, "bob"))]
    forecast(ledger, [*said, a_forecast("open", 0.25)], PAST)
    forecast(ledger, [a_forecast("done", 0.7)], PAST + timedelta(days=3))
    forecast(ledger, [a_forecast("done", 0.95, "slow")], PAST + timedelta(days=20, hours=5))
    resolve(ledger, a_resolution("done"), PAST + timedelta(days=21))
    forecast(ledger, [a_forecast("done", 0.99, "late")], PAST + timedelta(days=22))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger to copy, and the log of another beside it."""
    place = tmp_path_factory.mktemp("once")
    with open_ledger(str(place / "ledger.db")) as ledger:
        filled(ledger)
    with open_ledger(str(place / "made.db")) as ledger:
        ask(ledger, a_question("old", closes=date(2026, 1, 20)), PAST)
        resolve(ledger, a_resolution("old"), PAST + timedelta(days=21))
        said = [a_forecast("old", 0.9, reading=r) for r in ("calm", "grim", "sober", "wild")]
        forecast(ledger, said, PAST + timedelta(days=30))
        (place / "old.csv").write_text(log_csv(ledger.entries()), encoding="utf-8")
    return place


@pytest.fixture
def own(folder: Path, once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of one's own, beside the situation."""
    monkeypatch.setenv("DETENTE_BY", "ann")
    return Path(shutil.copyfile(once / "ledger.db", folder / "ledger.db"))


@pytest.fixture
def shipped(tmp_path: Path, once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger that ships with the situation that is open, and one that ships with another."""
    place = tmp_path / "shipped"
    place.mkdir()
    monkeypatch.setattr(copies, "FOLDER", place)
    for name in ("three-acts", "another"):
        shutil.copyfile(once / "old.csv", place / f"{name}.csv")
    return place


@pytest.fixture
def serving(folder: Path) -> Iterator[Serving]:
    """Serves the situation with a ledger: the one named, else that of the folder."""
    apps: list[Any] = []

    def made(named: str | None = None) -> TestClient:
        shelf = library(str(folder / "three-acts.yaml"), folder)
        apps.append(make_app(shelf, TOKEN, ledgers=Ledgers(folder, named)))
        return TestClient(
            apps[-1], base_url="http://127.0.0.1", headers={HEADER: TOKEN},
            raise_server_exceptions=False,
        )  # fmt: skip

    yield made
    for app in apps:
        app.state.bench.jobs.pool.shutdown(cancel_futures=True)
        app.state.bench.answers.pool.shutdown(cancel_futures=True)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Runs a command with --json, and reads what it says."""

    def run(*words: str | Path) -> Any:
        monkeypatch.setattr("sys.argv", ["detente", *map(str, words), "--json"])
        with suppress(SystemExit):
            main()
        return json.loads(capsys.readouterr().out)

    return run


def words_of(client: TestClient, path: str, status: int = 200) -> str:
    """What a page says, on one line."""
    answered = client.get(path, headers=HTML)
    assert answered.status_code == status, answered.text[-900:]
    return " ".join(str(document_fromstring(answered.text).text_content()).split())


TWINS: dict[str, tuple[str, ...]] = {
    "/ledger.json": ("show",),
    "/ledger.json?status=resolved&tag=roads": ("show", "--status", "resolved", "--tag", "roads"),
    "/ledger/q/done.json": ("show", "done"),
    "/ledger/verify.json": ("verify",),
    "/ledger/scores.json": ("score",),
    "/ledger/scores.json?group=author&against=community": (
        "score", "--group", "author", "--against", "community",
    ),
    "/ledger/calibration.json?author=ann": ("calibration", "--author", "ann"),
}  # fmt: skip


def test_twins_are_what_commands_say(own: Path, serving: Serving, typed: Typed) -> None:
    """The same objects, to the last digit, but for the moment of reading."""
    client = serving(str(own))
    for twin, command in TWINS.items():
        expected = typed("ledger", *command, "--ledger", own)
        found = client.get(twin).json()
        for one in (expected, found):
            one.pop("read_at", None)
        assert found == expected, twin


def test_the_list_says_where_each_question_stands(own: Path, serving: Serving) -> None:
    """Closing day, standing, what each stream said last, how many forecasts; the log's end."""
    client = serving()
    page = words_of(client, "/ledger")
    head = client.get("/ledger/verify.json").json()
    assert str(own) in page
    assert f"{head['entries']} entries, sound" in page
    assert head["head"] in page
    root = document_fromstring(client.get("/ledger").text)
    rows = {
        str(row.xpath("string(.//code)")): [" ".join(cell.split()) for cell in row.xpath("td/text()|td//text()")]
        for row in root.xpath("//table[contains(@class, 'questions')]/tbody/tr")
    }  # fmt: skip
    assert list(rows) == ["open", "done", "void", "closed", "size"]
    assert {"2099-12-31", "open", "25%", "1"} <= set(rows["open"])
    assert {"yes", "70%", "ann, judgement", "80%", "bob, judgement", "5"} <= set(rows["done"])
    assert "void: its condition failed (done)" in rows["void"]
    assert "closed, not answered yet" in rows["closed"]


def test_a_question_has_everything_that_was_said(own: Path, serving: Serving) -> None:
    """Forecasts with who and when, those too late marked as such, the answer with its link."""
    assert own.is_file()
    page = words_of(serving(), "/ledger/q/done")
    for told in (
        "yes, known 2026-01-25", "70% ann judgement", "80% bob judgement", "Traffic crosses it.",
        "95% slow judgement does not count: the answer could be known",
        "99% late judgement, made after the fact", "by clerk",
        "Looked up at: https://gazette.example/",
    ):  # fmt: skip
        assert told in page
    root = document_fromstring(serving().get("/ledger/q/done").text)
    links = root.xpath("//a[starts-with(@href, 'http')]")
    assert {link.get("rel") for link in links} == {"noreferrer noopener"}
    assert "https://gazette.example/1" in {link.get("href") for link in links}
    scored = serving().get("/ledger/scores.json").json()["groups"]
    for group in (one for one in scored if not one["after_the_fact"]):
        told = f"{group['at_close']['brier_halved']['mean']:.3f}"
        assert f"{group['name']}1{told}" in page
    assert "Smaller is better" not in words_of(serving(), "/ledger/q/open")
    assert "Decided by done" in words_of(serving(), "/ledger/q/void")


def test_made_after_the_fact_is_said_wherever_it_applies(shipped: Path, serving: Serving) -> None:
    """In the list, with each forecast, in scores, in the figure and its numbers."""
    assert shipped.is_dir()
    client = serving()
    assert words_of(client, "/ledger").count("made after the fact") == 4  # three rows, the legend
    question = words_of(client, "/ledger/q/old")
    assert question.count("run, calm, made after the fact") == 0
    assert question.count(", made after the fact") == 4
    assert "Hollow: made after the fact." in question
    assert "Made after the fact" in words_of(client, "/ledger/scores")
    assert "No yes-no question" in words_of(client, "/ledger/calibration")
    after = words_of(client, "/ledger/calibration?after_the_fact=true")
    assert "4 forecasts of 1 question" in after
    assert "No curve is drawn from fewer than 50 questions" in after
    for path in ("/ledger/q/old/figure/said", "/ledger/calibration/figure/calibration"):
        for form, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"")):
            drawn = client.get(f"{path}.{form}?after_the_fact=true")
            assert drawn.status_code == 200
            assert drawn.content.startswith(start)
    numbers = client.get("/ledger/q/old/figure/said.csv").text
    assert numbers.count("made after the fact") == 4


def test_ones_own_comes_first_and_others_can_be_chosen(
    own: Path, shipped: Path, serving: Serving
) -> None:
    """Only ledgers of cases that are open ship; a key that is none opens nothing."""
    assert shipped.is_dir()
    client = serving()
    listed = client.get("/ledgers.json").json()
    assert [(one["key"], one["writable"]) for one in listed] == [
        ("own", True),
        ("three-acts", False),
    ]
    assert client.get("/ledger.json").json()["ledger"] == str(own)
    assert "as it ships" in client.get("/ledger.json?ledger=three-acts").json()["ledger"]
    for strange in ("another", "../own", str(own), EVIL):
        path = "/ledger.json?" + urlencode({"ledger": strange})
        assert client.get(path).status_code == 404
    page = words_of(client, "/ledger?ledger=three-acts")
    assert "This is a copy to look at, not written to." in page
    assert 'name="probability"' not in client.get("/ledger/q/old?ledger=three-acts").text


def test_without_any_ledger_the_page_says_how_to_begin(
    folder: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And one that is begun while the server runs is there."""
    monkeypatch.setattr(copies, "FOLDER", tmp_path / "none")
    client = serving()
    assert "detente ledger ask" in words_of(client, "/ledger")
    assert client.get("/ledger.json").status_code == 404
    with open_ledger(str(folder / "ledger.db")) as ledger:
        ask(ledger, a_question("new"))
    assert "Will new open?" in words_of(client, "/ledger")
    with open_ledger(str(folder / "ledger.db")) as ledger:  # another process writes
        forecast(ledger, [a_forecast("new", 0.123)])
    assert "12.3%" in words_of(client, "/ledger")


def test_a_ledger_that_cannot_be_opened_says_why(
    folder: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One line on the page, no server error; the other pages of the workbench go on."""
    monkeypatch.setattr(copies, "FOLDER", tmp_path / "none")
    (folder / "ledger.db").write_text("no database")
    client = serving()
    assert "a file that is no ledger" in words_of(client, "/ledger", 422)
    for path in ("/ledger.json", "/ledger/scores", "/ledger/q/x", "/ledger/log.csv"):
        assert client.get(path).status_code == 422
    assert client.get("/s/three-acts/run?draws=40").status_code == 200
    assert "a file that is no ledger" in words_of(client, "/s/three-acts/forecast?draws=40")
    with pytest.raises(UsageError, match="there is no such ledger"):
        serve(Wish(str(folder), "127.0.0.1", 0, expose=False, browser=False, ledger="none.db"))


def test_a_changed_log_is_not_called_sound(own: Path, serving: Serving, tmp_path: Path) -> None:
    """The page names the entry, as the command does, and does not break over it."""
    copy = tmp_path / "copy.csv"
    text = serving().get("/ledger/log.csv").text
    copy.write_text(text.replace('""p"":0.25', '""p"":0.95'), encoding="utf-8")
    client = serving(str(copy))
    page = words_of(client, "/ledger")
    assert "1 fault" in page
    found = client.get("/ledger/verify.json").json()
    assert not found["sound"]
    assert found["faults"][0]["says"] in page
    cut = [row for row in csv.reader(io.StringIO(text)) if "Will done open?" not in str(row)]
    with copy.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(cut)
    assert "was never asked" in words_of(serving(str(copy)), "/ledger")
    assert own.is_file()


def test_what_is_handed_out_can_be_verified(own: Path, serving: Serving, typed: Typed, tmp_path: Path) -> None:  # fmt: skip
    """The log as CSV is sound and ends as the ledger does; the page stands alone."""
    client = serving()
    (tmp_path / "log.csv").write_bytes(client.get("/ledger/log.csv").content)
    checked = typed("ledger", "verify", tmp_path / "log.csv")
    assert checked["sound"]
    assert checked["head"] == typed("ledger", "verify", "--ledger", own)["head"]
    page = client.get("/ledger/public.html")
    assert page.headers["content-security-policy"] == ALONE
    assert checked["head"] in page.text
    assert "<script" not in page.text
    assert (
        "attachment" in client.get("/ledger/public.html?save=true").headers["content-disposition"]
    )


def test_long_ledgers_come_in_parts(folder: Path, serving: Serving) -> None:
    """Each question stands on exactly one part; filters hold across parts; too far is the last."""
    with open_ledger(str(folder / "ledger.db")) as ledger, ledger.writing(PAST) as turn:
        for number in range(2 * ON_A_PAGE + 7):
            tags = ("odd",) if number % 2 else ("even",)
            turn.append(a_question(f"q{number}", tags=tags))
    client = serving()

    def named(query: str) -> list[str]:
        root = document_fromstring(client.get(f"/ledger{query}").text)
        return [str(one) for one in root.xpath("//table/tbody/tr/th//code/text()")]

    parts = [named(f"?part={number}") for number in (1, 2, 3)]
    assert [name for part in parts for name in part] == [f"q{n}" for n in range(2 * ON_A_PAGE + 7)]
    assert named("?part=99") == parts[2]
    odd = named("?tag=odd") + named("?tag=odd&part=2")
    assert odd == [f"q{n}" for n in range(1, 2 * ON_A_PAGE + 7, 2)]
    assert named("?find=OPEN q42") == ["q42"]
    assert named("?status=resolved") == []
    assert client.get("/ledger?status=never", headers=HTML).status_code == 422
    assert client.get("/ledger?part=0", headers=HTML).status_code == 422


def inert(text: str) -> None:
    """No template was filled in, and no script, handler or strange link came of a text."""
    assert ANSWERED not in text
    root = document_fromstring(text)
    assert all(script.get("src") and not script.text for script in root.iter("script"))
    assert not [n for node in root.iter() for n in node.attrib if str(n).startswith("on")]
    for link in root.iter("a"):
        href = link.get("href", "")
        assert href.startswith(("/", "#", "https://ok.example/")), href
        if not href.startswith(("/", "#")):
            assert link.get("rel") == "noreferrer noopener"


def test_what_a_ledger_says_is_only_text(folder: Path, serving: Serving) -> None:
    """Every text a program, a template or a strange address: shown, never run or followed."""
    text = f"{EVIL} javascript:alert(1) https://ok.example/<b>"
    with open_ledger(str(folder / "ledger.db")) as ledger:
        only = Condition(says=text)
        question = a_question(
            "evil", text=text, criteria=text, fine_print=text, truth=text, condition=only,
            imported=text,
        )  # fmt: skip
        ask(ledger, question, PAST)
        ask(ledger, a_question("one-of", kind="one-of", options=(text, "b"), criteria=text), PAST)
        said = [a_forecast("evil", 0.5, text, why=text, reading=text)]
        forecast(ledger, said, PAST)
        forecast(
            ledger,
            [said[0].model_copy(update={"value": Probability(p=0.6)})],
            PAST + timedelta(days=2),
        )
        resolve(
            ledger, a_resolution("evil", source=text, by=text, note=text), PAST + timedelta(days=21)
        )
    client = serving()
    query = urlencode({"author": text, "reading": text, "tag": EVIL})
    for path in (
        "/ledger", "/ledger/q/evil", "/ledger/q/one-of", "/ledger/scores", "/ledger/calibration",
        f"/ledger/calibration?{query}", f"/ledger?{urlencode({'find': EVIL, 'tag': EVIL})}",
    ):  # fmt: skip
        page = client.get(path, headers=HTML)
        assert page.status_code == 200, path
        inert(page.text)
        assert "unsafe" not in page.headers["content-security-policy"]
    assert "alert(1)" in client.get("/ledger/q/evil").text
    for query in ({"ledger": EVIL}, {"status": EVIL}, {"situation": EVIL}):
        refused = client.get(f"/ledger?{urlencode(query)}", headers=HTML)
        assert refused.status_code in {404, 422}
        inert(refused.text)
    fields = {"probability": EVIL, "by": EVIL, "why": EVIL}
    inert(client.post("/ledger/q/evil/forecast", data=fields, headers=HTML).text)
    for name in client.get("/ledger/q/evil/figures.json").json():
        assert "<script" not in client.get(f"/ledger/q/evil/figure/{name}.svg").text


def count(where: Path) -> int:
    """How many entries a ledger has."""
    with open_ledger(str(where)) as ledger:
        return ledger.head()[0]


def test_a_forecast_by_hand_is_shown_first_and_then_written(own: Path, serving: Serving) -> None:
    """Nothing is written before it was seen; then one entry, as it was shown."""
    client, before = serving(), count(own)
    place, fields = "/ledger/q/open/forecast", {"probability": "35%", "by": "cy", "why": "a\r\nb"}
    shown = client.post(place, data=fields, headers=HTML)
    assert "open: 35%, by cy, lens judgement" in shown.text
    assert count(own) == before
    written = client.post(place, data=fields | {"write": "1"}, headers=HTML, follow_redirects=False)
    assert written.status_code == 303
    assert f"#entry-{before + 1}" in written.headers["location"]
    assert f"entry {before + 1} of the log" in words_of(client, written.headers["location"])
    (last,) = client.get("/ledger/q/open.json").json()["questions"]
    assert last["forecasts"][-1]["value"]["p"] == 0.35
    assert last["forecasts"][-1]["why"] == "a\nb"
    assert last["forecasts"][-1]["after_the_fact"] is False
    again = client.post(place, data=fields | {"write": "1"}, headers=HTML, follow_redirects=False)
    assert again.headers["location"] == written.headers["location"], "sent twice, written once"
    assert count(own) == before + 1
    body = {"probability": 0.4, "by": "api"}
    made = client.post("/ledger/q/open/forecast.json", json=body).json()
    assert made["entries"][0]["record"]["value"]["p"] == 0.4
    assert count(own) == before + 2


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("open", {"probability": "1.5"}, "a number from 0 to 1"),
    ("open", {"probability": "nan"}, "a number from 0 to 1"),
    ("open", {"probability": ""}, "a number from 0 to 1"),
    ("open", {"by": ""}, "by"),
    ("open", {"why": "\x07"}, "control characters"),
    ("done", {}, "not open any more"),
    ("closed", {}, "not open any more"),
    ("size", {}, "a number question"),
]


def test_what_is_no_forecast_is_refused(own: Path, serving: Serving) -> None:
    """With the reason, and what was typed still there; nothing is written."""
    client, before = serving(), count(own)
    for question, fields, told in REFUSED:
        sent = {"probability": "30%", "by": "cy", "why": "so", "write": "1"} | fields
        answered = client.post(f"/ledger/q/{question}/forecast", data=sent, headers=HTML)
        assert answered.status_code == 422
        assert told in answered.text
        twin = client.post(f"/ledger/q/{question}/forecast.json", json=sent)
        assert twin.status_code == 422
    assert count(own) == before


def test_only_whoever_has_the_token_writes_and_never_to_a_copy(
    own: Path, shipped: Path, serving: Serving
) -> None:
    """As for every other change."""
    client, before = serving(), count(own)
    sent = {"probability": "30%", "by": "cy", "write": "1"}
    for path in ("/ledger/q/open/forecast", "/s/three-acts/forecast"):
        assert client.post(path, data=sent, headers={HEADER: "x"}).status_code == 401
        strange = {"origin": "http://evil.example"}
        assert client.post(path, data=sent, headers=strange).status_code == 403
    copied = "/ledger/q/old/forecast?ledger=three-acts"
    assert client.post(copied, data=sent, headers=HTML).status_code == 422
    assert client.post(copied.replace("?", ".json?"), json=sent).status_code == 422
    assert count(own) == before
    assert shipped.is_dir()


def _plain(record: Any) -> Any:
    """Without the moment, and without what is not said."""
    if not isinstance(record, dict):
        return record
    return {k: _plain(v) for k, v in record.items() if k != "at" and v is not None}


@pytest.mark.parametrize(
    "query",
    [
        "draws=80&seed=3&reading=as-written",
        "draws=80&set=runup.fear%3D0.5&set=misreading.east%3Dlow",
        "draws=80&set=runup.fear%3D0.5&without=speaker:ferryman",
    ],
)
def test_an_answer_kept_can_be_got_again(own: Path, serving: Serving, query: str) -> None:
    """The forecast is the chance shown; what it says of its run gives the very same again."""
    client, before = serving(), count(own)
    chances = {
        one["name"]: one["after"]
        for one in client.get(f"/s/three-acts/run.json?{query}").json()["chances"]
    }
    body = {"question": "open", "event": "tangible", "by": "model", "why": "the run"}
    draft = client.post(f"/s/three-acts/draft-forecast.json?{query}", json=body).json()
    assert count(own) == before
    sent = body | {"version": draft["version"]}
    made = client.post(f"/s/three-acts/forecast.json?{query}", json=sent).json()
    record = made["entries"][0]["record"]
    assert record["value"]["p"] == chances["tangible"]
    assert _plain(record) == _plain(draft["record"])
    run = record["provenance"]
    again = urlencode(
        [("reading", run.get("reading", "as-written")), ("draws", run["draws"]), ("seed", run["seed"])]
        + [("set", f"{address}={value}") for address, value in run["patch"].items()]
    )  # fmt: skip
    told = client.get(f"/s/three-acts/run.json?{again}").json()["chances"]
    assert {one["name"]: one["after"] for one in told} == chances
    root = document_fromstring(client.get("/ledger/q/open").text)
    (link,) = root.xpath("//a[text()='run it again here']/@href")
    assert {
        one["name"]: one["after"]
        for one in client.get(str(link).replace("/run?", "/run.json?")).json()["chances"]
    } == chances


def test_what_was_shown_is_what_is_kept(own: Path, folder: Path, serving: Serving) -> None:
    """A situation that changed meanwhile is looked at again; the page leads there and back."""
    client, before = serving(), count(own)
    place = "/s/three-acts/forecast?draws=40"
    form = client.get(place, headers=HTML).text
    (version,) = document_fromstring(form).xpath("//input[@name='version']/@value")
    fields = {"question": "open", "event": "held", "by": "ann", "why": "", "version": str(version)}
    assert "What will be written" in client.post(place, data=fields, headers=HTML).text
    file = folder / "three-acts.yaml"
    file.write_text(file.read_text("utf-8") + "\n# more\n", encoding="utf-8")
    stale = client.post(place, data=fields | {"write": "1"}, headers=HTML)
    assert stale.status_code == 409
    assert count(own) == before
    (version,) = document_fromstring(stale.text).xpath("//input[@name='version']/@value")
    sent = fields | {"write": "1", "version": str(version)}
    assert client.post(place, data=sent, headers=HTML, follow_redirects=False).status_code == 303
    assert "Will open open?" in words_of(client, "/s/three-acts/run?draws=40")
    assert "Questions (1 of 5)" in words_of(client, "/ledger?situation=three-acts")
    text = file.read_text("utf-8").replace(
        "trust: {east: {west: 0.3..0.6}", "trust: {east: {west: 0.3..0.5}"
    )
    file.write_text(text, encoding="utf-8")
    assert "the file has changed since" in words_of(client, "/ledger/q/open")
    wrong = client.post(place, data=fields | {"event": "never"}, headers=HTML)
    assert wrong.status_code == 422
    assert "event never: no event of a run" in wrong.text


def test_a_question_named_like_a_file_has_its_page(folder: Path, serving: Serving) -> None:
    """Its name may end as the twin's does."""
    with open_ledger(str(folder / "ledger.db")) as ledger:
        ask(ledger, a_question("x.json", text="Like a file?"))
    client = serving()
    assert "Like a file?" in words_of(client, "/ledger/q/x.json")
    assert client.get("/ledger/q/x.json.json").json()["questions"][0]["question"]["id"] == "x.json"
