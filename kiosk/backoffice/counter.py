"""The counter of the store: a pager, a hub or a chat group's robot, called over one webhook. Nothing of a person goes there."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

from kiosk.backoffice.gateway import secret
from kiosk.http import Answer, Garbage, Http, Lost, NotSent, document

Said = Literal["ringing", "coming", "cannot", ""]
"""What the counter says of a call; "": it has it, and can say no more than that."""
_WORDS = {"call": "{station}：有人在终端前，请过去帮一下。（{call}）", "over": "{station}：刚才的呼叫已结束。（{call}）"}


class Unreached(Exception):
    """The counter does not have it, or nobody knows. The argument says why, for technicians."""


class TurnedAway(Unreached):
    """It does not take what comes from here: another secret, another key in the address, or a clock too far off."""


@dataclass(frozen=True, kw_only=True)
class Ring:
    """One call, by its number. `view`: where in the flow; `item`: its id or ""; `at`: ISO 8601; `wait`: seconds that it rings at most."""

    call: str
    station: str
    view: str
    item: str
    language: str
    at: str
    wait: int


class CounterHook:
    """`url` takes a POST of JSON; a `?key=…` in it goes along. With a secret each letter is signed:

    `X-Kiosk-Signature: sha256=<hex>`, HMAC-SHA256 over `<X-Kiosk-Time>.<body>`. `deadline` seconds an exchange may take in all.
    """

    def __init__(self, *, url: str, secret_file: str = "", secret_env: str = "", deadline: float = 5.0) -> None:
        self._secret = secret("volunteer", secret_file, secret_env) if secret_file or secret_env else b""
        parts = urlsplit(url)
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._http = Http(parts._replace(path="", query="").geturl(), size_cap=10_000)
        self._deadline = deadline

    async def tell(self, ring: Ring, event: Literal["call", "ask", "over"]) -> Said:
        """`call`: somebody wants help; `ask`: what became of it; `over`: nobody has to come any more. The same call twice is one.

        Raises Unreached.
        """
        letter: dict[str, object] = {"event": event, **asdict(ring)}
        if event in _WORDS:  # what the robots of chat groups show; whoever reads the fields does not need it
            letter |= {"msgtype": "text", "text": {"content": _WORDS[event].format(station=ring.station, call=ring.call)}}
        try:
            answer = await self._post(letter, f"{ring.call}-{event}")
            return _understood(document(answer)) if answer.body else ""
        except Garbage as error:
            raise Unreached(str(error)) from None

    async def knock(self, station: str) -> bool:
        """Asks after a call that never was, so that nobody is rung. Whether the counter answers such questions; a robot does not.

        Raises Unreached, TurnedAway.
        """
        never = Ring(call=f"{station}-0-CHECK", station=station, view="", item="", language="", at="", wait=1)
        answer = await self._post({"event": "ask", **asdict(never)}, f"{never.call}-{secrets.token_hex(4)}")
        try:
            reply = document(answer) if answer.body else {}
        except Garbage as error:
            raise Unreached(str(error)) from None
        if not isinstance(reply, dict):
            raise Unreached("no object")
        return reply.get("state") in ("over", *get_args(Said)[:-1])

    async def _post(self, letter: dict[str, object], key: str) -> Answer:
        body = json.dumps(letter, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key, **self._signed(body)}
        try:
            answer = await self._http.send("POST", self._path, body, headers, within=self._deadline)
        except (NotSent, Lost, Garbage) as error:
            raise Unreached(str(error)) from None
        if answer.status in (401, 403):
            raise TurnedAway(f"http {answer.status}")
        if not 200 <= answer.status < 300:
            raise Unreached(f"http {answer.status}")
        return answer

    async def close(self) -> None:
        await self._http.close()

    def _signed(self, body: bytes) -> dict[str, str]:
        if not self._secret:
            return {}
        moment = str(round(time.time()))
        sign = hmac.new(self._secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
        return {"X-Kiosk-Time": moment, "X-Kiosk-Signature": f"sha256={sign}"}


def _understood(reply: object) -> Said:
    """Robots answer in their own form, which tells at most that the letter was not taken. Raises Garbage, Unreached."""
    if not isinstance(reply, dict):
        raise Garbage("no object")
    if reply.get("errcode", 0) != 0:
        raise Unreached("errcode")
    said = reply.get("state", "")
    return next((one for one in get_args(Said) if one == said), "")
