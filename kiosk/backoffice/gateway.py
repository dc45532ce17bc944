"""A department behind a signing gateway: what the schemes share. Each scheme has a file of its own."""

from __future__ import annotations

import json
import os
import time
import uuid
from abc import abstractmethod
from dataclasses import replace
from pathlib import Path

from kiosk import strict
from kiosk.backoffice import Request
from kiosk.backoffice.rest import Letter, RestAdapter
from kiosk.http import Answer
from kiosk.model.faults import Fault, Remedy


class GatewayAdapter(RestAdapter):
    """Tells a gateway's refusal from a department's answer."""

    def _now(self) -> float:
        return time.time()

    def _nonce(self) -> str:
        return uuid.uuid4().hex

    def _turned_away(self, answer: Answer) -> Fault | None:
        why = self._refusal(answer)
        if why == "clock":
            return Fault("backoffice.gateway_clock", Remedy.STAFF, "gateway: clock")
        if why == "replayed":
            return Fault("backoffice.gateway_replayed", Remedy.LATER, "gateway: replayed")
        return Fault("backoffice.gateway_key", Remedy.STAFF, "gateway: key") if why else None

    @abstractmethod
    def _refusal(self, answer: Answer) -> str:
        """`clock`, `replayed`, `key` (also for anything else it holds against us); "" = the gateway let it pass."""


class HeaderGateway(GatewayAdapter):
    """Signs with headers alone. `app` is our name at the gateway; the secret is of `secret_file` or `secret_env`, see `secret`."""

    def __init__(
        self, *, system: str, url: str, app: str, secret_file: str = "", secret_env: str = "", map: str = "", deadline: float = 10.0
    ) -> None:
        self._app = app
        self._secret = secret(f"departments.{system}", secret_file, secret_env)  # before the threads of the line are made
        super().__init__(system=system, url=url, map=map, deadline=deadline)

    def _sealed(self, request: Request, letter: Letter) -> Letter:
        return replace(letter, headers={**letter.headers, **self._signed(letter.method, letter.path)})

    @abstractmethod
    def _signed(self, method: str, path: str) -> dict[str, str]: ...


def secret(table: str, file: str, name: str) -> bytes:
    """The text of `file`, or of the environment's `name`: exactly one. Raises strict.Refused with the place, never a word of it."""
    if bool(file) == bool(name):
        raise strict.Refused("config", [(table, "exactly one of secret_file and secret_env is needed")])
    place = f"{table}." + ("secret_file" if file else "secret_env")
    try:
        found = Path(file).read_text("utf-8").strip() if file else os.environ.get(name, "")
    except (OSError, UnicodeDecodeError):
        raise strict.Refused("config", [(place, f"{file} cannot be read")]) from None
    if not found:
        raise strict.Refused("config", [(place, f"{file or name} holds no secret")])
    return found.encode()


def message(answer: Answer) -> str:
    """The gateway's own word; "" for an answer in the department's envelope or in no form at all."""
    if len(answer.body) > 4_096:
        return ""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return str(found.get("message", "")) if isinstance(found, dict) and "binding" not in found else ""
