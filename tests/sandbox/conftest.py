"""How a test asks a department of the sandbox: as the kiosk's adapter does, and what comes back is held against the same map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from kiosk.backoffice.mapping import load, shape
from kiosk.http import Shape
from kiosk.people import citizens
from kiosk.sandbox.process import Sandbox

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "TEST.test"}


@pytest.fixture
def asking(sandbox: Sandbox) -> Callable[[str], Callable[..., Any]]:
    """`asking("MCA")(operation, citizen or "", key, **body)` → the reply; each call has a key of its own unless one is given."""
    keys = iter(range(1000))

    def of(system: str) -> Callable[..., Any]:
        department = load(system)
        shapes = {name: Shape(shape(operation)) for name, operation in department.operations.items()}

        def post(operation: str, citizen: str, key: str | None = None, **body: Any) -> Any:
            headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
            card = citizens()[citizen].card if citizen else None
            sent = {"person": {"name": card.name, "id_number": card.id_number}, **body} if card else body
            with requests.post(f"{sandbox.url}/{system.lower()}/{operation}", json=sent, headers=headers, timeout=30) as response:
                reply = response.json()
            if reply["code"] == "0":
                shapes[operation].check(reply["data"])  # as the adapter does
            else:
                assert reply["code"] in department.errors
            return reply

        return post

    return of
