"""What keeps other pages and other users of a machine out.

A page of another site may send requests to a server on this machine, but it cannot choose
the Host its browser names, hide its Origin, or know the token. So a request must name this
server as its host; whatever changes something must come from a page of ours, or no page,
and bring the token.
"""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "detente_token"
HEADER = "x-detente-token"
MOST_BODY = 2_100_000  # bytes of a request: a situation file and a little
LONGEST_LENGTH = 18  # digits of a declared length
TOO_LONG = f"At most {MOST_BODY:,} bytes are taken.\n"
READING = frozenset({"GET", "HEAD"})
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# a page of the report carries its style and drawings in itself, and no script at all
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-downloads allow-popups"
)


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """ASGI middleware that lets in what may come in, and says how pages may behave.

    Attributes:
        app: what is behind it.
        token: what a request that changes something must bring.
        hosts: names, without port, by which this server may be called.
        numbers: whether any numeric address will do as well, for a server that listens at all
            of its machine's. Another site can make a name lead here, but not a number.
        cookie: what keeps the token; browsers share cookies between the ports of a machine.
    """

    app: ASGIApp
    token: str
    hosts: tuple[str, ...] = LOOPBACK
    numbers: bool = False
    cookie: str = COOKIE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _guarded(send)
        refusal = self._refusal(scope, Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if scope["method"] in READING and (brought := _brought(scope)) is not None:
            await self._welcome(scope, brought)(scope, receive, send)
            return
        body = _Bounded(receive)
        try:
            await self.app(scope, body.receive, body.refusing(send))
        except ClientDisconnect:
            if body.read <= MOST_BODY:
                raise
            await PlainTextResponse(TOO_LONG, 413)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if not self._goes_by(_name(host).lower()):
            return PlainTextResponse("This server does not go by that name.\n", 421)
        if scope["method"] in READING:
            return None
        origin = headers.get("origin")
        if origin is not None and _netloc(origin) != host.lower():
            return PlainTextResponse("Another site may not change anything here.\n", 403)
        if not self._knows(headers):
            return PlainTextResponse(
                "Whatever changes something needs the token: open the address that detente serve "
                f"printed, or send it as {HEADER}.\n",
                401,
            )
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > LONGEST_LENGTH or int(length) > MOST_BODY:
            return PlainTextResponse(TOO_LONG, 413)
        return None

    def _goes_by(self, name: str) -> bool:
        known = {one.lower() for one in self.hosts}
        return name in known or (self.numbers and _is_number(name))

    def _knows(self, headers: Headers) -> bool:
        given = headers.get(HEADER) or _cookie(headers.get("cookie", ""), self.cookie)
        return secrets.compare_digest(given.encode(), self.token.encode())

    def _welcome(self, scope: Scope, brought: str) -> RedirectResponse | PlainTextResponse:
        """Keep the token of an opening address in a cookie, and out of the address."""
        if not secrets.compare_digest(brought.encode(), self.token.encode()):
            return PlainTextResponse("That token is of another run of detente serve.\n", 401)
        rest = [pair for pair in _query(scope) if pair[0] != "token"]
        path = "/" + quote(scope["path"].lstrip("/"))  # never the address of another server
        answer = RedirectResponse(path + ("?" + urlencode(rest) if rest else ""), 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(32)


def _name(host: str) -> str:
    """A Host header without its port."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _brought(scope: Scope) -> str | None:
    return dict(_query(scope)).get("token")


def _cookie(header: str, name: str) -> str:
    """Our cookie among those of every program on this machine, well-formed or not."""
    return cookie_parser(header).get(name, "")


def _netloc(origin: str) -> str | None:
    """Host and port of an Origin header; None if it is no address."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


@dataclass(slots=True)
class _Bounded:
    """A request whose body ends at its bound, whatever it said of its length."""

    inner: Receive
    read: int = 0

    async def receive(self) -> Message:
        message = await self.inner()
        self.read += len(message.get("body", b""))
        if self.read > MOST_BODY:
            return {"type": "http.disconnect"}  # nothing is done with half a body
        return message

    def refusing(self, send: Send) -> Send:
        """``send``, but for a body that was too long, whose answer is that it was."""
        refused = False

        async def guarded(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and self.read > MOST_BODY:
                refused = True
                body = TOO_LONG.encode()
                length = (b"content-length", str(len(body)).encode())
                kind = (b"content-type", b"text/plain; charset=utf-8")
                await send({**message, "status": 413, "headers": [length, kind]})
                await send({"type": "http.response.body", "body": body})
            elif not refused:
                await send(message)

        return guarded


def guard(headers: MutableHeaders) -> None:
    """Say how a browser may treat an answer, where the answer does not say so itself."""
    headers.setdefault("content-security-policy", POLICY)
    headers.setdefault("cache-control", "no-store")
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "same-origin"  # with none, our own forms would have no origin
    headers["cross-origin-opener-policy"] = "same-origin"
    headers["cross-origin-resource-policy"] = "same-origin"


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            guard(MutableHeaders(scope=message))
        await send(message)

    return guarded
