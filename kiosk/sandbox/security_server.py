"""An X-Road security server before the departments: /r1/<instance>/<class>/<member>/<subsystem>/<service>/<operation>.

After the Message Protocol for REST (PR-REST 1.0) and what the reference server puts into its hash; see docs/decisions/0013.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from urllib.parse import unquote

from kiosk.sandbox.misbehave import App, Receive, Scope, Send
from kiosk.sandbox.misdeeds import SYSTEMS
from kiosk.sandbox.passing import passed_on, say, taken_in

CLIENT = "SANDBOX/GOV/XM-KIOSK/terminals"
STRANGER = "SANDBOX/COM/VISITOR/web"  # a member without any rights here
PROVIDER = "SANDBOX/GOV/XM-CITY/counter"  # each system of the city is a service of it

_NOT_PASSED = (
    "transfer-encoding", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "upgrade", "connection",
    "user-agent", "host", "content-length", "server", "expect", "x-road-request-id", "x-road-request-hash",
)  # fmt: skip
_NAMES = {"x-road-userid": "X-Road-UserId"}


class SecurityServer:
    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/r1/"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        body = await taken_in(receive)
        if body is None:
            return
        path = scope["raw_path"].decode("latin-1")
        parts = [unquote(part) for part in path.split("/")[2:]]
        client = headers.get("x-road-client", "")
        why = _held_against(parts, client)
        if why:
            answer = {"type": why, "message": "see the error's type", "detail": str(uuid.uuid4())}
            status = 400 if why.startswith("Client.") else 500
            await say(send, status, json.dumps(answer).encode(), {"x-road-error": why})
            return
        service, operation = parts[4], parts[5]
        told = await passed_on(self._app, scope, receive, f"/{service}/{operation}", body)
        if not told.status:
            return
        own = str(uuid.uuid4())
        marks = {
            "x-road-id": headers.get("x-road-id", str(uuid.uuid4())),
            "x-road-client": client,
            "x-road-service": "/".join(path.split("/")[2:7]),
            "x-road-request-id": own,
            "x-road-request-hash": _hash(scope, path, own, body),
        }
        await say(send, told.status, told.body, marks, told.kind)


def _held_against(parts: list[str], client: str) -> str:
    """The type of an error; "" = pass it on."""
    if len(parts) != 6 or not all(parts) or client.count("/") not in (2, 3):
        return "Client.BadRequest"
    if client not in (CLIENT, STRANGER):
        return "Server.ClientProxy.UnknownMember"
    if "/".join(parts[:4]) != PROVIDER or parts[4] not in SYSTEMS:
        return "Server.ServerProxy.UnknownService"
    return "Server.ServerProxy.AccessDenied" if client == STRANGER else ""


def _hash(scope: Scope, path: str, own: str, body: bytes) -> str:
    """SHA-512 over the digests of head and body: the head as it came, less what goes no further, with the id of this server's own."""
    head = hashlib.sha512(f"{scope['method']}\r\n{path}".encode())
    if scope["query_string"]:
        head.update(b"?" + scope["query_string"])
    head.update(b"\r\n")
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        if name not in _NOT_PASSED:
            shown = _NAMES.get(name) or "-".join(part.capitalize() for part in name.split("-"))
            head.update(shown.encode() + b":" + value + b"\r\n")
    head.update(f"x-road-request-id:{own}\r\n".encode())
    whole = hashlib.sha512(head.digest() + hashlib.sha512(body).digest()) if body else head
    return base64.b64encode(whole.digest()).decode()
