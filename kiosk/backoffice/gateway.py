"""A department behind a signing gateway: what the schemes share. Each scheme has a file of its own."""

from __future__ import annotations

import json
import os
import time
import uuid
from abc import abstractmethod
from pathlib import Path

from kiosk import strict
from kiosk.backoffice.rest import RestAdapter
from kiosk.http import Answer
from kiosk.model.faults import Fault, Remedy


class GatewayAdapter(RestAdapter):
    """`app` is our name at the gateway; its secret is the text of `secret_file`, or of the environment's `secret_env`."""

    def __init__(
        self, *, system: str, url: str, app: str, secret_file: str = "", secret_env: str = "", map: str = "", deadline: float = 10.0
    ) -> None:
        self._app = app
        self._secret = _secret(system, secret_file, secret_env)  # before the threads of the line are made
        super().__init__(system=system, url=url, map=map, deadline=deadline)

    @abstractmethod
    def _signed(self, method: str, path: str) -> dict[str, str]: ...

    def _now(self) -> float:
        return time.time()

    def _nonce(self) -> str:
        return uuid.uuid4().hex

    def _turned_away(self, answer: Answer) -> Fault | None:
        why = self._refusal(answer.status, _message(answer))
        if why == "clock":
            return Fault("backoffice.gateway_clock", Remedy.STAFF, "gateway: clock")
        if why == "replayed":
            return Fault("backoffice.gateway_replayed", Remedy.LATER, "gateway: replayed")
        return Fault("backoffice.gateway_key", Remedy.STAFF, "gateway: key") if why else None

    @abstractmethod
    def _refusal(self, status: int, message: str) -> str:
        """`clock`, `replayed`, `key` (also for anything else it holds against us); "" = the gateway let it pass."""


def _secret(system: str, file: str, name: str) -> bytes:
    """Raises strict.Refused with the place in the configuration, never with a word of the secret."""
    if bool(file) == bool(name):
        raise strict.Refused("config", [(f"departments.{system}", "exactly one of secret_file and secret_env is needed")])
    place = f"departments.{system}." + ("secret_file" if file else "secret_env")
    try:
        found = Path(file).read_text("utf-8").strip() if file else os.environ.get(name, "")
    except (OSError, UnicodeDecodeError):
        raise strict.Refused("config", [(place, f"{file} cannot be read")]) from None
    if not found:
        raise strict.Refused("config", [(place, f"{file or name} holds no secret")])
    return found.encode()


def _message(answer: Answer) -> str:
    """The gateway's own word; "" for an answer in the department's envelope or in no form at all."""
    if len(answer.body) > 4_096:
        return ""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return str(found.get("message", "")) if isinstance(found, dict) and "binding" not in found else ""
