"""A request passed on to the departments, and their whole answer: for gateways that sign what comes back."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from kiosk.sandbox.misbehave import App, Receive, Scope, Send

LARGEST = 4 << 20  # bytes, of a request and of an answer
JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a department answered. `status` 0 = nothing: it dropped the line, or wrote past everybody on the wire."""

    status: int
    kind: str
    body: bytes


async def taken_in(receive: Receive) -> bytes | None:
    """The body of a request; None for one that was broken off or is too large."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return None
        if not message.get("more_body", False):
            return bytes(body)


async def passed_on(app: App, scope: Scope, receive: Receive, path: str, body: bytes) -> Told:
    """`scope` asked at `path` instead, with `body`."""
    told = bytearray()
    status, kind, given = 0, JSON, False

    async def hand_over() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()  # that the terminal has gone
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def keep(message: MutableMapping[str, Any]) -> None:
        nonlocal status, kind
        if message["type"] == "http.response.start":
            status = message["status"]
            kind = dict(message["headers"]).get(b"content-type", JSON.encode()).decode("latin-1")
        told.extend(message.get("body", b""))
        if len(told) > LARGEST:
            scope["wire"].abort()  # no gateway signs an answer without end
            told.clear()

    headers = [(name, value) for name, value in scope["headers"] if name not in (b"content-length", b"transfer-encoding")]
    headers.append((b"content-length", str(len(body)).encode()))
    await app({**scope, "path": path, "raw_path": path.encode(), "headers": headers}, hand_over, keep)
    return Told(status=0 if scope["wire"].is_closing() else status, kind=kind, body=bytes(told))


async def say(send: Send, status: int, body: bytes, headers: dict[str, str], kind: str = JSON) -> None:
    sent = {"content-type": kind, "content-length": str(len(body)), **headers}
    await send({"type": "http.response.start", "status": status, "headers": [(k.encode(), v.encode("latin-1")) for k, v in sent.items()]})
    await send({"type": "http.response.body", "body": body})
