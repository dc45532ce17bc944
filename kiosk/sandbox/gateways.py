"""Signing gateways before the departments, under /gw/<scheme>/<system>/<operation>. Verifies with code of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path

from kiosk.sandbox.misbehave import App, Receive, Scope, Send
from kiosk.sandbox.passing import say
from kiosk.sandbox.security_server import CLIENT, PROVIDER, STRANGER
from kiosk.sandbox.sm_gateway import SmGateway

APP = "xm-kiosk"
SKEW = 90.0  # seconds


class Gateways:
    """The secrets are new for every sandbox: `GET /_sandbox/gateways` tells them, as an office would by letter."""

    def __init__(self, app: App, folder: Path) -> None:
        self._app = app
        self._secrets = {"national": secrets.token_hex(16), "tif": secrets.token_hex(16), "irs": secrets.token_hex(16)}
        self._seen: dict[str, float] = {}
        self._sm = SmGateway(app, folder, APP, SKEW, self._again)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path == "/_sandbox/gateways":
            told = (await self._sm.keys()).told()
            xroad = {"client": CLIENT, "stranger": STRANGER, "provider": PROVIDER}
            await _say(send, 200, {"app": APP, "secrets": self._secrets, "sm": told, "xroad": xroad})
            return
        _, *parts = path.split("/")
        if scope["type"] != "http" or len(parts) != 4 or parts[0] != "gw" or parts[1] not in (*self._secrets, "sm"):
            await self._app(scope, receive, send)
            return
        if parts[1] == "sm":
            await self._sm(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        checks: dict[str, Callable[[Mapping[str, str]], str]] = {"national": self._national, "tif": self._tif}
        checks["irs"] = lambda sent: self._irs(scope["method"], path, scope["query_string"].decode("latin-1"), sent)
        refused = checks[parts[1]](headers)
        if refused:
            national = parts[1] == "national"
            await _say(send, 200 if national else 401, {"code": 300 if national else 401, "message": refused, "data": None})
            return
        inner = f"/{parts[2]}/{parts[3]}"
        await self._app({**scope, "path": inner, "raw_path": inner.encode()}, receive, send)

    def _national(self, headers: Mapping[str, str]) -> str:
        sid, rid, moment, sign = (headers.get(f"gjzwfwpt_{part}", "") for part in ("sid", "rid", "rtime", "sign"))
        mac = hmac.new(self._secrets["national"].encode(), digestmod="sha256")
        for part in (sid, rid, moment):
            mac.update(part.encode())
        if sid != APP or not _same(base64.b64encode(mac.digest()).decode(), sign):
            return "签名错误"
        if _skewed(moment, 1000):
            return "时间戳失效"
        return "请求重复" if self._again("national", rid) else ""

    def _tif(self, headers: Mapping[str, str]) -> str:
        app, moment, nonce, sign = (headers.get(f"x-tif-{part}", "") for part in ("paasid", "timestamp", "nonce", "signature"))
        expected = hashlib.new("sha256", "".join((moment, self._secrets["tif"], nonce, moment)).encode()).hexdigest()
        if app != APP or not _same(expected, sign):
            return "signature invalid"
        if _skewed(moment, 1):
            return "timestamp expired"
        return "nonce repeated" if self._again("tif", nonce) else ""

    def _irs(self, method: str, path: str, query: str, headers: Mapping[str, str]) -> str:
        key, date = headers.get("x-bg-hmac-access-key", ""), headers.get("x-bg-date-time", "")
        if key != APP:
            return "Invalid access key"
        mac = hmac.new(self._secrets["irs"].encode(), digestmod="sha256")
        for line in (method, path, "&".join(sorted(query.split("&"))), key, date):
            mac.update(line.encode() + b"\n")
        if not _same(base64.b64encode(mac.digest()).decode(), headers.get("x-bg-hmac-signature", "")):
            return "Invalid signature"
        try:
            moment = parsedate_to_datetime(date).timestamp()
        except ValueError:
            return "Clock skew exceeded"
        return "Clock skew exceeded" if abs(moment - time.time()) > SKEW else ""

    def _again(self, scheme: str, nonce: str) -> bool:
        now = time.monotonic()
        self._seen = {one: at for one, at in self._seen.items() if now - at <= 2 * SKEW}
        return self._seen.setdefault(f"{scheme} {nonce}", now) != now


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())


def _skewed(moment: str, per_second: int) -> bool:
    return not (moment.isascii() and moment.isdigit() and len(moment) < 16) or abs(int(moment) / per_second - time.time()) > SKEW


async def _say(send: Send, status: int, document: object) -> None:
    await say(send, status, json.dumps(document, ensure_ascii=False).encode(), {})
