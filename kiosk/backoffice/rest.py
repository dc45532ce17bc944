"""Any department with a JSON interface over HTTP: one adapter, one map (`maps/<SYSTEM>.toml`) each."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.backoffice.breaker import Breaker
from kiosk.backoffice.mapping import Operation, body, load, problems, shape
from kiosk.http import Answer, Garbage, Http, Lost, NotSent, Shape, document
from kiosk.log import log
from kiosk.model.faults import Fault, Remedy

_ENVELOPE = Shape(
    {
        "type": "object",
        "required": ["request_id", "binding", "code", "message"],
        "additionalProperties": False,
        "properties": {
            "request_id": {"type": "string", "maxLength": 64},
            "binding": {"type": "string", "maxLength": 64},
            "code": {"type": "string", "maxLength": 40},
            "message": {"type": "string", "maxLength": 500},
            "data": {"type": ["object", "null"]},
        },
    }
)
_RESTING = (429, 503)  # "not now": by their definition nothing was done


class _Silence(Exception):
    """No answer to build on. `not_done`: surely nothing happened there. `rest`: it asks to be left alone."""

    def __init__(self, why: str, *, not_done: bool = False, rest: bool = False, fault: Fault | None = None) -> None:
        super().__init__(why)
        self.not_done = not_done
        self.rest = rest
        self.fault = fault  # says more than "asleep" where that would be said


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One attempt of a request as it goes out. A gateway scheme adds headers; it may put the body under cipher."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class RestAdapter(Adapter):
    """`url` is the system's address; `map` another map than the shipped one; `deadline` seconds a call may take in all;

    `retries` how often a *read* is asked again; `breaker_after` failures in a row open the breaker for `breaker_rest` seconds.
    """

    def __init__(
        self,
        *,
        system: str,
        url: str,
        map: str = "",
        deadline: float = 10.0,
        size_cap: int = 1_000_000,
        retries: int = 2,
        breaker_after: int = 5,
        breaker_rest: float = 30.0,
    ) -> None:
        self._map = load(system, map)
        self._shapes = {name: Shape(shape(operation)) for name, operation in self._map.operations.items()}
        self.operations = frozenset(f"{system}.{name}" for name in self._map.operations)
        self._http = Http(url, size_cap=size_cap)
        self._deadline = deadline
        self._retries = retries
        self._breaker = Breaker(breaker_after, breaker_rest)
        self._unsettled: set[str] = set()  # keys of writes that went out and whose outcome nobody told us

    @property
    def received(self) -> int:
        """Body bytes taken in by the last exchange."""
        return self._http.received

    async def call(self, request: Request) -> Reply:
        name = request.operation.removeprefix(self._map.system + ".")
        operation = self._map.operations[name]
        data = body(operation, request)
        began, outcome = time.monotonic(), "cancelled"
        try:
            reply = await self._settled(request, operation, data, self._shapes[name])
            outcome = "replied"
        except Fault as fault:
            outcome = fault.code
            raise
        finally:
            ms = round((time.monotonic() - began) * 1000)
            log.info("department.called", operation=request.operation, outcome=outcome, ms=ms, bytes=self._http.received)
        return reply

    def problems(self) -> Iterable[str]:
        return problems(self._map)

    async def close(self) -> None:
        await self._http.close()

    async def _settled(self, request: Request, operation: Operation, data: dict[str, Any], shape: Shape) -> Reply:
        """Keeps what is known of a write across calls: "asleep" now does not undo an unknown outcome of the same key before."""
        key = request.key
        known = key in self._unsettled
        if not self._breaker.allows():
            raise self._not_told("breaker open", operation, key, not_done=True)
        if operation.write:
            self._unsettled.add(key)  # above the sending: a cancelled call leaves it there
        try:
            reply = await self._asked(request, operation, data, shape)
        except _Silence as silence:
            self._breaker.failed()
            if operation.write and silence.not_done and not known:
                self._unsettled.discard(key)
            told = self._not_told(str(silence), operation, key, not_done=silence.not_done)
            raise (silence.fault if silence.fault and told.code == "backoffice.asleep" else told) from None
        except Garbage as garbage:
            self._breaker.failed()
            code = "backoffice.unknown" if operation.write else "backoffice.garbage"
            raise Fault(code, Remedy.LATER, str(garbage)) from None
        except Fault:
            self._breaker.worked()  # a refusal is an answer
            self._unsettled.discard(key)
            raise
        self._breaker.worked()
        self._unsettled.discard(key)
        return reply

    def _not_told(self, why: str, operation: Operation, key: str, *, not_done: bool) -> Fault:
        unknown = operation.write and (not not_done or key in self._unsettled)
        return Fault("backoffice.unknown" if unknown else "backoffice.asleep", Remedy.LATER, why)

    async def _asked(self, request: Request, operation: Operation, data: dict[str, Any], shape: Shape) -> Reply:
        """Once for a write; a read again after a pause with jitter, all within one deadline."""
        until = time.monotonic() + self._deadline
        again = 0 if operation.write else self._retries
        while True:
            try:
                return await self._once(request, operation, data, shape, until)
            except _Silence as silence:
                pause = random.uniform(0.05, 0.25)  # noqa: S311 - jitter, no secret
                if not again or silence.rest or time.monotonic() + pause >= until:
                    raise
            again -= 1
            await asyncio.sleep(pause)

    async def _once(self, request: Request, operation: Operation, data: dict[str, Any], shape: Shape, until: float) -> Reply:
        request_id = uuid.uuid4().hex
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": request.key,
            "X-Request-Id": request_id,
            "X-Station": request.station,
            "X-Operation": request.operation,
        }
        sent = json.dumps(data, ensure_ascii=False).encode("utf-8")
        letter = self._sealed(request, Letter(method=operation.method, path=operation.path, headers=headers, body=sent))
        left = max(0.0, until - time.monotonic())
        try:
            answer = await self._http.send(letter.method, letter.path, letter.body, letter.headers, within=left)
        except NotSent as error:
            raise _Silence(str(error), not_done=True) from None
        except Lost as error:
            raise _Silence(str(error)) from None
        answer = self._opened(letter, answer)
        fault = self._turned_away(answer)
        if fault is not None:
            # A gateway that has seen a request before may have passed the first one on.
            seen = fault.code == "backoffice.gateway_replayed"
            raise _Silence(str(fault), not_done=not seen, rest=not seen, fault=fault)
        if answer.status in _RESTING:
            raise _Silence(f"http {answer.status}", not_done=True, rest=True)
        if answer.status >= 500:
            raise _Silence(f"http {answer.status}")
        return self._understood(answer, request, request_id, data, shape)

    def _sealed(self, request: Request, letter: Letter) -> Letter:
        """The letter as a gateway before the department asks for it, new for every attempt."""
        return letter

    def _opened(self, letter: Letter, answer: Answer) -> Answer:
        """The department's answer out of the gateway's. Raises Garbage for one that is not the gateway's, or not to this letter."""
        return answer

    def _turned_away(self, answer: Answer) -> Fault | None:
        """What it means when a gateway did not pass the request on; None = the answer is the department's."""
        return None

    def _understood(self, answer: Answer, request: Request, request_id: str, data: dict[str, Any], shape: Shape) -> Reply:
        envelope = _ENVELOPE.check(document(answer))
        expected = binding(request, request_id, data)
        if envelope["request_id"] != request_id or not hmac.compare_digest(envelope["binding"].encode(), expected.encode()):
            raise Garbage("bound to another request or person")
        if (envelope["code"] == "0") != (answer.status == 200):
            raise Garbage(f"code against http {answer.status}")
        if envelope["code"] != "0":
            reason = self._map.errors.get(envelope["code"], "other")
            raise Fault(f"backoffice.refused.{reason}", Remedy.OTHER_WAY, f"http {answer.status}")
        return Reply(operation=request.operation, data=shape.check(envelope.get("data")))


def binding(request: Request, request_id: str, data: dict[str, Any]) -> str:
    """SHA-256 over request, operation, key and the person that was sent: only the reply to just this question carries it."""
    person = data.get("person", {"name": "", "id_number": ""})
    facts = (request_id, request.operation, request.key, person["name"], person["id_number"])
    return hashlib.sha256("\n".join(facts).encode("utf-8")).hexdigest()
