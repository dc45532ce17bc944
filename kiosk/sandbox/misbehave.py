"""ASGI middleware that carries the switches out, down to single bytes of the connection."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk.sandbox.misdeeds import SYSTEMS, Misdeed
from kiosk.sandbox.switches import Switches

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LATENESS = 3.0  # seconds
JSON = [(b"content-type", b"application/json")]
MB = b'"' + b"x" * (1 << 20)


class Wire(H11Protocol):
    """uvicorn's HTTP/1.1, handing the raw connection to the app: a misdeed may have to drop it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner: Any = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope["wire"] = transport
            await inner(scope, receive, send)

        self.app = app


def _knocks(scope: Scope) -> bool:
    """Somebody asks whether anybody is there: GET of a system's root."""
    path = str(scope["path"])
    return bool(scope["method"] == "GET") and path.count("/") == 2 and path.endswith("/")


class Misbehaving:
    """`latency`: seconds, least and most, that a department takes to answer."""

    def __init__(self, app: App, switches: Switches, latency: tuple[float, float]) -> None:
        self._app = app
        self._switches = switches
        self._latency = latency
        self._before: dict[str, bytes] = {}  # the last reply of each system
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        system = scope.get("path", "").split("/")[1:2]
        if scope["type"] != "http" or system[0] not in SYSTEMS or not (scope["method"] == "POST" or _knocks(scope)):
            await self._app(scope, receive, send)
            return
        self.requests += 1
        fault = self._switches.take(system[0])
        await asyncio.sleep(random.uniform(*self._latency))  # noqa: S311 - no secret
        if not await self._instead(fault, scope, receive, send):
            await self._after(fault, system[0], scope, receive, send)

    async def _instead(self, fault: Misdeed, scope: Scope, receive: Receive, send: Send) -> bool:
        """Misdeeds that never reach the department. False = it is another kind."""
        wire: asyncio.Transport = scope["wire"]
        plain = {
            Misdeed.ASLEEP: (503, [*JSON, (b"retry-after", b"30")], b'{"message":"asleep"}'),
            Misdeed.BUSY: (429, [*JSON, (b"retry-after", b"5")], b'{"message":"busy"}'),
            Misdeed.ERROR_500: (500, [(b"content-type", b"text/html")], b"<h1>Internal Server Error</h1>"),
            Misdeed.HTML: (200, [(b"content-type", b"text/html")], b"<!doctype html><title>Welcome to the shop's WiFi</title>"),
            Misdeed.REDIRECT: (302, [(b"location", b"http://127.0.0.2:9/login")], b""),
        }
        if fault in plain:
            await _answer(send, *plain[fault])
        elif fault is Misdeed.REFUSE_CONNECTION:
            await _drop(wire, receive)
        elif fault is Misdeed.HANG:
            await _gone(receive)
        elif fault is Misdeed.SLOW_HEADERS:
            await _drip(wire, b"HTTP/1.1 200 OK\r\nX-Patience: " + b"a" * 60_000)
        elif fault in (Misdeed.HUGE, Misdeed.HUGE_DECLARED, Misdeed.ENDLESS):
            length = [(b"content-length", str(50 * len(MB)).encode())] if fault is Misdeed.HUGE_DECLARED else []
            await send({"type": "http.response.start", "status": 200, "headers": [*JSON, *length]})
            left = 50 if fault is not Misdeed.ENDLESS else 1 << 40
            while left and not wire.is_closing():
                left -= 1
                await send({"type": "http.response.body", "body": MB, "more_body": left > 0})
        else:
            return False
        return True

    async def _after(self, fault: Misdeed, system: str, scope: Scope, receive: Receive, send: Send) -> None:
        """The deed is done; then its reply is spoilt."""
        status, body = await self._done(scope, receive)
        stale = self._before.get(system, b"{}")
        self._before[system] = body
        wire: asyncio.Transport = scope["wire"]
        if fault is Misdeed.LATE:
            await asyncio.sleep(LATENESS)
        if fault is Misdeed.LOST_REPLY:
            await _drop(wire, receive)
        elif fault is Misdeed.CUT:
            wire.write(_raw(status, body)[: -len(body) // 2])
            await asyncio.sleep(0.02)  # so that the half arrives before the end of the line
            await _drop(wire, receive)
        elif fault is Misdeed.SLOW_LORIS:
            head = _raw(status, body)[: -len(body)]
            wire.write(head)
            await _drip(wire, body)
        elif fault is Misdeed.DUPLICATE:
            wire.write(_raw(status, body) * 2)
            wire.close()
            await _gone(receive)
        elif fault is Misdeed.GZIP_BOMB:
            await _answer(send, status, [*JSON, (b"content-encoding", b"gzip")], gzip.compress(body + b" " * (30 << 20), 1))
        else:
            await _answer(send, status, JSON, stale if fault is Misdeed.STALE else spoil(fault, body))

    async def _done(self, scope: Scope, receive: Receive) -> tuple[int, bytes]:
        status, body = 500, bytearray()

        async def keep(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            body.extend(message.get("body", b""))

        await self._app(scope, receive, keep)
        return status, bytes(body)


def spoil(fault: Misdeed, body: bytes) -> bytes:
    """`body` as a broken department would send it."""
    reply = json.loads(body)
    data = reply.get("data") or {}
    first = next(iter(data), "nothing")
    if fault is Misdeed.TRUNCATED:
        return body[: len(body) // 2]
    if fault is Misdeed.GBK:
        return json.dumps(reply, ensure_ascii=False).encode("gb18030")
    if fault is Misdeed.WRONG_TYPES:
        reply["data"] = {key: str(value) if not isinstance(value, str) else [value] for key, value in data.items()}
    elif fault is Misdeed.MISSING_FIELD:
        reply["data"] = {key: value for key, value in data.items() if key != first}
    elif fault is Misdeed.EXTRA_FIELD:
        reply["data"] = {**data, "debug": "on"}
    elif fault is Misdeed.NULL:
        reply["data"] = None
    elif fault is Misdeed.NEGATIVE:
        reply["data"] = {key: -7 if isinstance(value, int) else value for key, value in data.items()} | {first: -7}
    elif fault is Misdeed.DEEP:
        return b'{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    elif fault is Misdeed.NAN:
        return json.dumps({**reply, "data": {**data, first: float("nan")}}).encode()
    elif fault is Misdeed.DUPLICATE_KEYS:
        return body[:-1] + b',"code":"0"}'
    elif fault is Misdeed.OTHER_PERSON:
        if "binding" in reply:
            reply["binding"] = reply["binding"][::-1]
        reply["data"] = {**data, "order_no": "SOMEBODY-ELSES"} if "order_no" in data else data
    elif fault is Misdeed.OTHER_AMOUNT:
        reply["data"] = {key: value + 100 if key == "amount_fen" else value for key, value in data.items()}
    else:
        return body
    return json.dumps(reply, ensure_ascii=False).encode()


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


def _raw(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drop(wire: asyncio.Transport, receive: Receive) -> None:
    wire.abort()
    await _gone(receive)


async def _drip(wire: asyncio.Transport, body: bytes) -> None:
    for at in range(len(body)):
        if wire.is_closing():
            return
        wire.write(body[at : at + 1])
        await asyncio.sleep(1)
    wire.close()
