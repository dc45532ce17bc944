"""The gateway under the national algorithms, /gw/sm/<system>/<operation>."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.sandbox.misbehave import App, Receive, Scope, Send
from kiosk.sandbox.passing import passed_on, say, taken_in
from kiosk.sandbox.sm_keys import Keys, der, opened, raw, sealed, sm3


class SmGateway:
    """Its keys are made in `folder` when somebody first asks for them: nobody pays for a gateway that is not used."""

    def __init__(self, app: App, folder: Path, name: str, skew: float, again: Callable[[str, str], bool]) -> None:
        self._app = app
        self._folder = folder
        self._name = name
        self._skew = skew
        self._again = again
        self._made: Keys | None = None
        self._making = asyncio.Lock()

    async def keys(self) -> Keys:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(Keys, self._folder)
        return self._made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        keys, body = await self.keys(), await taken_in(receive)
        if body is None:
            return
        nonce, sign = headers.get("x-egov-nonce", ""), headers.get("x-egov-sign", "")
        side_by_side = re.fullmatch(r"[0-9a-f]{128}", sign) is not None
        plain = b""
        why = await asyncio.to_thread(self._held_against, keys, scope, headers, body)
        if not why:
            try:
                plain = opened(keys.secret, json.loads(body)["encData"], b"request " + nonce.encode())
            except (ValueError, TypeError, KeyError):
                why = "body not readable"
        if why:
            status, answer = 401, json.dumps({"code": 401, "message": why, "data": None}).encode()
        else:
            _, _, _, system, operation = scope["path"].split("/")
            told = await passed_on(self._app, scope, receive, f"/{system}/{operation}", plain)
            if not told.status:
                return
            status, answer = told.status, json.dumps({"encData": sealed(keys.secret, told.body, b"reply " + nonce.encode())}).encode()
        moment = str(int(time.time() * 1000))
        signature = await asyncio.to_thread(keys.signed, "\n".join((str(status), nonce, moment, sm3(answer))).encode())
        written = raw(signature).hex() if side_by_side else base64.b64encode(signature).decode()
        await say(send, status, answer, {"x-egov-timestamp": moment, "x-egov-sign": written})

    def _held_against(self, keys: Keys, scope: Scope, headers: dict[str, str], body: bytes) -> str:
        """What is wrong with it; "" = nothing."""
        app, terminal, moment, nonce, digest, sign = (
            headers.get(f"x-egov-{part}", "") for part in ("app", "terminal", "timestamp", "nonce", "body-sm3", "sign")
        )
        query = scope["query_string"].decode("latin-1")
        said = "\n".join((scope["method"], scope["path"], query, app, terminal, moment, nonce, digest)).encode()
        if app != self._name or digest != sm3(body) or not keys.verified(said, der(sign)):
            return "signature invalid"
        if not re.fullmatch(r"\d{1,15}", moment, re.ASCII) or abs(int(moment) / 1000 - time.time()) > self._skew:
            return "timestamp expired"
        return "nonce repeated" if self._again("sm", nonce) else ""
