from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from detente.ensemble.run import Progress
from detente.errors import UsageError
from detente.web import jobs as jobs_module
from detente.web.jobs import OVER, Job, Jobs
from detente.web.library import Library, library

Served = Callable[[Library], TestClient]
LONG = 30.0  # seconds after which a test that waits has failed


def ended(job: Job) -> Job:
    """The job, once it is over."""
    while job.status not in OVER:
        job.wait(0.02)
    return job


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    """Nothing asked yet."""
    found = Jobs()
    yield found
    found.pool.shutdown(cancel_futures=True)


class Held:
    """Work that goes on until it is let go, a step at a time."""

    def __init__(self) -> None:
        self.begun, self.go, self.calls = Event(), Event(), 0

    def __call__(self, told: Progress) -> str:
        """Begin, wait to be let go, end."""
        self.calls += 1
        self.begun.set()
        told(1, 4)
        assert self.go.wait(LONG)
        told(2, 4)
        return "the page"


def quick(told: Progress) -> str:
    """Work that is done at once."""
    told(1, 1)
    return "quick"


def test_the_same_question_is_one_job(jobs: Jobs) -> None:
    """However often it is asked, from however many threads, also once it is done."""
    work = Held()
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(jobs.ask, ["key"] * 32, ["It"] * 32, [work] * 32))
    assert len({id(job) for job in asked}) == 1
    work.go.set()
    assert ended(asked[0]).result == "the page"
    assert jobs.ask("key", "It", work) is asked[0]
    assert work.calls == 1
    assert jobs.ask("other", "It", quick) is not asked[0]


def test_progress_is_told(jobs: Jobs) -> None:
    """Steps done and to do, and how long at the pace so far once there is a pace."""
    work = Held()
    job = jobs.ask("key", "It", work)
    assert work.begun.wait(LONG)
    while job.every == 0:
        job.wait(0.02)
    told = job.told()
    assert (told.status, told.done, told.every, told.seconds_left) == ("running", 1, 4, None)
    work.go.set()
    assert ended(job).told().status == "done"
    assert job.told().seconds_left is None


def test_stopping_ends_it_at_its_next_step(jobs: Jobs) -> None:
    """It ends as stopped; asked again meanwhile or afterwards it begins anew."""
    work = Held()
    job = jobs.ask("key", "It", work)
    assert work.begun.wait(LONG)
    job.end()
    anew = jobs.ask("key", "It", quick)
    assert anew is not job
    work.go.set()
    assert (ended(job).status, job.message, job.result) == ("stopped", "Stopped.", None)
    assert ended(anew).result == "quick"


def test_stopping_before_it_began_ends_it_at_once(jobs: Jobs) -> None:
    """Also while another still runs; it never runs then, and what is done stays done."""
    first, second = Held(), Held()
    running = jobs.ask("first", "It", first)
    waiting = jobs.ask("second", "It", second)
    assert first.begun.wait(LONG)
    waiting.end()
    assert waiting.told().status == "stopped"
    assert "before it began" in waiting.message
    first.go.set()
    ended(running).end()
    assert running.told().status == "done"
    assert ended(jobs.ask("third", "It", quick)).status == "done"
    assert second.calls == 0
    assert waiting.status == "stopped"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (UsageError("there is no earlier round"), "there is no earlier round"),
        (ZeroDivisionError("oh"), "This should not happen: ZeroDivisionError: oh"),
    ],
)
def test_a_job_that_fails_says_why(jobs: Jobs, error: Exception, says: str) -> None:
    """In words; the next one runs all the same, and so does the same one asked again."""

    def failing(told: Progress) -> str:
        told(1, 2)
        raise error

    job = ended(jobs.ask("key", "It", failing))
    assert (job.status, job.message, job.result) == ("failed", says, None)
    again = jobs.ask("key", "It", quick)
    assert again is not job
    assert ended(again).status == "done"


def test_only_so_many_are_kept(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one not asked for longest goes first, and does not go on unseen."""
    monkeypatch.setattr(jobs_module, "MOST_JOBS", 2)
    work = Held()
    first = jobs.ask("0", "It", work)
    waiting = [jobs.ask(str(n), "It", Held()) for n in (1, 2)]
    assert jobs.get("0") is None
    jobs.ask("1", "It", quick)
    jobs.ask("3", "It", quick)
    assert jobs.get("1") is waiting[0]
    assert jobs.get("2") is None
    assert waiting[1].status == "stopped"
    waiting[0].end()
    work.go.set()
    assert ended(first).status == "stopped"


PLACE = "/s/three-acts/ask/report"
FEW = "?draws=40"


def followed(client: TestClient, place: str = PLACE, query: str = FEW) -> list[dict[str, Any]]:
    """Every event of a job until its stream ends."""
    answer = client.get(f"{place}/events{query}")
    assert answer.headers["content-type"].startswith("text/event-stream")
    parts = answer.text.split("\n\n")
    assert parts.pop() == ""
    return [json.loads(part.removeprefix("data: ")) for part in parts]


def test_a_question_from_asking_to_its_page(client: TestClient) -> None:
    """Asked, followed to the end, then served as a page that is shut in by its policy."""
    assert client.get(f"{PLACE}.json{FEW}").json()["id"] == ""
    assert client.get(f"{PLACE}/events{FEW}").status_code == 404
    assert client.get(f"/s/three-acts/answer/report{FEW}").status_code == 404
    assert client.post(f"{PLACE}/stop{FEW}").status_code == 404
    asked = client.post(f"{PLACE}{FEW}").json()
    again = client.post(f"{PLACE}{FEW}").json()
    assert again["id"] == asked["id"]
    told = followed(client)
    assert told[-1]["status"] == "done"
    assert {one["id"] for one in told} == {asked["id"]}
    assert [one["done"] for one in told] == sorted(one["done"] for one in told)
    assert client.get(f"{PLACE}.json{FEW}").json()["status"] == "done"
    page = client.get(f"/s/three-acts/answer/report{FEW}")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert "Two states and a bridge" in page.text
    saved = client.get(f"/s/three-acts/answer/report{FEW}&save=1")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.text == page.text


def test_another_state_or_file_is_another_question(client: TestClient, folder: Path) -> None:
    """What was answered of the file as it was is no answer to the file as it is."""
    first = client.post(f"{PLACE}{FEW}").json()["id"]
    assert followed(client)[-1]["status"] == "done"
    assert client.post(f"{PLACE}{FEW}&seed=2").json()["id"] != first
    file = folder / "three-acts.yaml"
    file.write_text(file.read_text("utf-8").replace("a bridge", "a ferry"), "utf-8")
    assert client.get(f"{PLACE}.json{FEW}").json()["id"] == ""
    assert client.post(f"{PLACE}{FEW}").json()["id"] != first
    assert followed(client)[-1]["status"] == "done"
    assert "Two states and a ferry" in client.get(f"/s/three-acts/answer/report{FEW}").text


def test_a_question_that_cannot_be_answered_says_why(client: TestClient) -> None:
    """A first round has none before it: the job fails in words, on the page too."""
    query = f"{FEW}&round=winter"
    client.post(f"/s/three-acts/ask/compare{query}")
    (*_, last) = followed(client, "/s/three-acts/ask/compare", query)
    assert last["status"] == "failed"
    assert "no earlier round" in last["message"]
    assert client.get(f"/s/three-acts/answer/compare{query}").status_code == 404


@pytest.mark.parametrize("name", ["drivers", "levers", "knockouts", "compare"])
def test_every_question_is_answered(client: TestClient, name: str) -> None:
    """With a change laid on, in a situation that has all they ask about."""
    query = f"{FEW}&set=runup.fear%3D0.3"
    assert client.post(f"/s/three-acts/ask/{name}{query}").status_code == 200
    assert followed(client, f"/s/three-acts/ask/{name}", query)[-1]["status"] == "done"
    assert client.get(f"/s/three-acts/answer/{name}{query}").status_code == 200


def test_a_question_is_stopped_from_its_page(folder: Path, served: Served) -> None:
    """Long work ends soon after somebody stops it, and its stream ends with that."""
    client = served(library(str(folder), folder))
    query = "?draws=100000"
    client.post(f"/s/three-acts/ask/drivers{query}")
    client.post(f"{PLACE}{query}")
    assert client.post(f"{PLACE}/stop{query}").json()["status"] == "stopped"
    client.post(f"/s/three-acts/ask/drivers/stop{query}")
    (*_, last) = followed(client, "/s/three-acts/ask/drivers", query)
    assert last["status"] == "stopped"
    assert followed(client, PLACE, query)[-1]["status"] == "stopped"
    assert client.get("/s/three-acts/ask/nothing.json").status_code == 404
