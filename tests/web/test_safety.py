from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.web.app import make_app
from detente.web.library import library
from detente.web.safety import COOKIE, HEADER, MOST_BODY

TOKEN = "nobody-guesses-this"
CHECK = "/s/three-acts/check.json"
BODY = {"text": "detente: 1"}
PAGES = (
    "/", "/s/three-acts/run", "/s/three-acts/situation", "/s/three-acts/whatif",
    "/s/three-acts/word", "/s/three-acts/text", "/s/three-acts/edit", "/s/three-acts/save",
    "/s/three-acts/compare", "/s/three-acts/why", "/s/nothing/run", "/s/three-acts/run?seed=x",
    "/ledger", "/s/three-acts/forecast",
)  # fmt: skip


@pytest.fixture
def stranger(folder: Path) -> TestClient:
    """Somebody who has not opened the workbench."""
    return TestClient(
        make_app(library(str(folder), folder), TOKEN),
        base_url="http://127.0.0.1",
        follow_redirects=False,
        raise_server_exceptions=False,
    )


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "", "[::2]:80"])
def test_only_this_servers_names_are_answered(stranger: TestClient, host: str) -> None:
    """A name that somebody had resolve to this machine gets nothing, not even to read."""
    assert stranger.get("/cases.json", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost", "[::1]:80", "[::1]", "LocalHost"])
def test_every_name_of_this_machine_is_answered(stranger: TestClient, host: str) -> None:
    """With a port or without, whatever the capitals."""
    assert stranger.get("/cases.json", headers={"host": host}).status_code == 200


def test_what_changes_something_needs_the_token(stranger: TestClient) -> None:
    """None or a wrong one is 401; the right one in a header, or in the cookie, is let in."""
    assert stranger.post(CHECK, json=BODY).status_code == 401
    for wrong in ("", "x", TOKEN + "x", "é"):
        answer = stranger.post(CHECK, json=BODY, headers=[(HEADER.encode(), wrong.encode())])
        assert answer.status_code == 401
        cookie = [(b"cookie", f"{COOKIE}={wrong}".encode())]
        assert stranger.post(CHECK, json=BODY, headers=cookie).status_code == 401
    assert stranger.post(CHECK, json=BODY, headers={HEADER: TOKEN}).status_code == 200
    stranger.cookies.set(COOKIE, TOKEN)
    assert stranger.post(CHECK, json=BODY).status_code == 200


def test_cookies_of_other_programs_do_not_hide_ours(stranger: TestClient) -> None:
    """All servers of a machine share their cookies, and not everybody's are well-formed."""
    headers = {"cookie": f'state={{"a": [1]}}; odd name=1; {COOKIE}={TOKEN}; x="'}
    assert stranger.post(CHECK, json=BODY, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1:81", "http://[", "", "http://127.0.0.1@evil"],
)
def test_pages_of_other_sites_change_nothing(stranger: TestClient, origin: str) -> None:
    """Even with the token: a browser names the page that sends, and it is none of ours."""
    headers = {HEADER: TOKEN, "origin": origin}
    assert stranger.post(CHECK, json=BODY, headers=headers).status_code == 403


def test_pages_of_ours_may_change_things(stranger: TestClient) -> None:
    """The origin of this very server is let in."""
    headers = {HEADER: TOKEN, "origin": "http://127.0.0.1"}
    assert stranger.post(CHECK, json=BODY, headers=headers).status_code == 200


def test_bodies_are_bounded(stranger: TestClient) -> None:
    """Too long is 413, whether the length is declared or the body just goes on."""
    stranger.headers[HEADER] = TOKEN
    assert stranger.post(CHECK, content=b" " * (MOST_BODY + 1)).status_code == 413
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        for _ in range(64):
            sent.append(1 << 16)
            yield b" " * (1 << 16)

    answer = stranger.post(CHECK, content=endless())
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413
    half = b"name=mine&write=1&version=" + b"x" * MOST_BODY
    form = stranger.post("/s/three-acts/save", content=iter([half[: 1 << 20], half[1 << 20 :]]))
    assert form.status_code == 413
    for length in ("-1", "x", "9" * 5000):
        wrong = stranger.post(CHECK, content=b"{}", headers={"content-length": length})
        assert wrong.status_code == 413


def test_the_opening_address_leaves_a_cookie(stranger: TestClient) -> None:
    """The token goes out of the address into a cookie that no script and no other site gets."""
    answer = stranger.get(f"/s/three-acts/run?seed=2&token={TOKEN}&set=a%3Db")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/s/three-acts/run?seed=2&set=a%3Db"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.post(CHECK, json=BODY).status_code == 200
    assert stranger.get("/?token=wrong").status_code == 401


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("//evil.example", "/evil.example"),
        ("///evil.example/x", "/evil.example/x"),
        ("/%2F/evil.example", "/evil.example"),
        ("/\\evil.example", "/%5Cevil.example"),
        ("/%09/evil.example", "/%09/evil.example"),
        ("/s/a%3Fb%23c%25d/run", "/s/a%3Fb%23c%25d/run"),
        ("/%0d%0aset-cookie:%20a=b", "/%0D%0Aset-cookie%3A%20a%3Db"),
    ],
)
def test_the_opening_address_stays_here(stranger: TestClient, path: str, expected: str) -> None:
    """Whatever the path looks like, the redirect is to the same one of this server."""
    answer = stranger.get(f"http://127.0.0.1{path}?token={TOKEN}")
    assert answer.headers["location"] == expected


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_program(client: TestClient, path: str) -> None:
    """The policy forbids what stands in a page itself, and no page needs it."""
    answer = client.get(path, headers={"accept": "text/html"})
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    tags = re.findall(r"<[a-zA-Z][^>]*>", re.sub(r'"[^"]*"', '""', answer.text))
    assert len(tags) > 10
    for tag in tags:
        assert not re.search(r"\s(on[a-z]+|style)\s*=", tag, re.IGNORECASE), tag
    assert not re.search(r"<script(?![^>]* src=)", answer.text)
    assert "<style" not in answer.text
    assert "javascript:" not in answer.text


def test_refusals_are_guarded_too(stranger: TestClient) -> None:
    """What is said to somebody who may not come in has the same policy."""
    for answer in (
        stranger.get("/", headers={"host": "evil.example"}),
        stranger.post(CHECK, json=BODY),
        stranger.get(f"/?token={TOKEN}"),
        stranger.get("/?token=wrong"),
    ):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
