"""Long questions: asked, followed, stopped, answered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from detente.figures.theme import Mode
from detente.web.bench import bench_of, state_of
from detente.web.cutting import DRAWN, Held, cut_out, held
from detente.web.describing import STATE
from detente.web.jobs import OVER, Job, Progressed
from detente.web.library import Unknown
from detente.web.pages.figures import picture_response
from detente.web.questions import QUESTIONS, Question, answered
from detente.web.rendering import page
from detente.web.safety import ALONE
from detente.web.state import concrete


class Asking(BaseModel):
    """A long question that a page can ask."""

    name: str
    title: str
    about: str
    progress: Progressed | None = Field(description="Nothing if nobody asked it yet.")


router = APIRouter(tags=["long questions"])
EVERY = 0.5  # seconds between two lines of progress


@router.get("/s/{key}/compare", response_class=HTMLResponse, include_in_schema=False)
def compare_page(request: Request, key: str) -> HTMLResponse:
    """Rounds side by side."""
    return _asking(request, key, "compare")


@router.get("/s/{key}/why", response_class=HTMLResponse, include_in_schema=False)
def why_page(request: Request, key: str) -> HTMLResponse:
    """Drivers and levers."""
    return _asking(request, key, "why")


@router.get("/s/{key}/compare.json", operation_id="get_compare_questions", openapi_extra=STATE)
def compare_json(request: Request, key: str) -> list[Asking]:
    """The questions of the page that compares, and how far each is."""
    return _askings(request, key, "compare")


@router.get("/s/{key}/why.json", operation_id="get_why_questions", openapi_extra=STATE)
def why_json(request: Request, key: str) -> list[Asking]:
    """The questions of the page of reasons, and how far each is."""
    return _askings(request, key, "why")


@router.get("/s/{key}/ask/{name}.json", operation_id="get_progress", openapi_extra=STATE)
def progress(request: Request, key: str, name: str) -> Progressed:
    """How far a long question is; ``waiting`` with no progress if nobody asked it yet."""
    job = _job(request, key, name)
    return job.told() if job else Progressed(id="", what=_question(name).title, status="waiting")


@router.get("/s/{key}/ask/{name}/events", operation_id="follow_progress", openapi_extra=STATE)
def events(request: Request, key: str, name: str) -> StreamingResponse:
    """The same as server-sent events, one whenever it changes, until it is over."""
    job = _job(request, key, name)
    if job is None:
        raise Unknown(f"{name}: nobody has asked that yet")
    return StreamingResponse(_told(request, job), media_type="text/event-stream")


@router.post("/s/{key}/ask/{name}", operation_id="ask", openapi_extra=STATE)
def ask(request: Request, key: str, name: str) -> Progressed:
    """Ask a long question: it is answered in the background. Asking again changes nothing."""
    bench, state, question = bench_of(request), state_of(request), _question(name)
    opened = bench.library.open(key)
    concrete(opened, state)
    work = partial(answered, question, opened, state, bench.answers.pool)
    return bench.jobs.ask(_key(request, key, name), question.title, work).told()


@router.post("/s/{key}/ask/{name}/stop", operation_id="stop", openapi_extra=STATE)
def stop(request: Request, key: str, name: str) -> Progressed:
    """Stop a long question."""
    job = _job(request, key, name)
    if job is None:
        raise Unknown(f"{name}: nobody has asked that yet")
    job.end()
    return job.told()


@router.get(
    "/s/{key}/answer/{name}",
    operation_id="get_page",
    openapi_extra=STATE,
    response_class=HTMLResponse,
)
def answer_page(request: Request, key: str, name: str) -> Response:
    """The page that answers a long question, whole in one file, once it is done."""
    content = _answer(request, key, name)
    headers = {"content-security-policy": ALONE}
    if request.query_params.get("save"):
        file = quote(f"{key}-{name}.html")
        headers["content-disposition"] = f"attachment; filename*=UTF-8''{file}"
    return HTMLResponse(content, headers=headers)


@router.get(
    "/s/{key}/answer/{name}/figures.json", operation_id="list_answer_figures", openapi_extra=STATE
)
def answer_figures(request: Request, key: str, name: str) -> list[Held]:
    """The figures of the page that answers a long question."""
    return held(_answer(request, key, name))


@router.get(
    "/s/{key}/answer/{name}/figure/{which}.{form}",
    operation_id="get_answer_figure",
    openapi_extra=STATE,
    responses={200: {"content": {media: {} for media in DRAWN.values()}}},
    response_class=Response,
)
def answer_figure(
    request: Request,
    key: str,
    name: str,
    which: str,
    form: Literal["svg", "png"],
    mode: Mode = "light",
) -> Response:
    """One figure of the page that answers a long question; its numbers stand on the page."""
    content = cut_out(_answer(request, key, name), which, form, mode)
    if content is None:
        raise Unknown(f"{which}: this answer has no such figure; see figures.json")
    return picture_response(content, which, form)


def _answer(request: Request, key: str, name: str) -> str:
    job = _job(request, key, name)
    if job is None or job.result is None:
        raise Unknown(f"{name}: not answered yet")
    return job.result


def _askings(request: Request, key: str, section: str) -> list[Asking]:
    found: list[Asking] = []
    for one in QUESTIONS.values():
        if one.section == section:
            job = _job(request, key, one.name)
            progress = job.told() if job else None
            found.append(Asking(name=one.name, title=one.title, about=one.about, progress=progress))
    return found


def _asking(request: Request, key: str, section: str) -> HTMLResponse:
    bench, state = bench_of(request), state_of(request)
    opened = bench.library.open(key)
    asked = concrete(opened, state)
    few = [one for one in QUESTIONS.values() if one.section == section]
    jobs = {one.name: _job(request, key, one.name) for one in few}
    return page(
        "ask.html.j2", key=key, state=state, section=section,
        situation=opened.situation, asked=asked.scenario, questions=few,
        jobs={name: job.told() for name, job in jobs.items() if job},
    )  # fmt: skip


def _question(name: str) -> Question:
    if name not in QUESTIONS:
        raise Unknown(f"{name}: no such question; {', '.join(QUESTIONS)} are allowed")
    return QUESTIONS[name]


def _key(request: Request, key: str, name: str) -> str:
    version = bench_of(request).library.version(key)
    return f"{_question(name).name} {key} {version} {state_of(request).query}"


def _job(request: Request, key: str, name: str) -> Job | None:
    bench_of(request).library.entry(key)
    return bench_of(request).jobs.get(_key(request, key, name))


async def _told(request: Request, job: Job) -> AsyncIterator[str]:
    last = ""
    while not await request.is_disconnected():
        told = job.told()
        line = json.dumps(told.model_dump())
        if line != last:
            last = line
            yield f"data: {line}\n\n"
        if told.status in OVER:
            return
        await run_in_threadpool(job.wait, EVERY)
