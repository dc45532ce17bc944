"""The sandbox as one ASGI app with its own OpenAPI description, and the server that runs it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException

from kiosk.sandbox import pay, seed, wallet
from kiosk.sandbox.departments import departments
from kiosk.sandbox.envelope import Body, Refusal, refused
from kiosk.sandbox.gateways import Gateways
from kiosk.sandbox.misbehave import Misbehaving, Wire
from kiosk.sandbox.misdeeds import Misdeed
from kiosk.sandbox.records import KeyReused, Records
from kiosk.sandbox.security_server import SecurityServer
from kiosk.sandbox.switches import Switch, Switches

ABOUT = """Invented departments for demo and tests: nobody here exists and nothing here is real.

Every department answers `POST` with JSON in one envelope: `request_id` (echoed), `binding`, `code` ("0" or why not), `message`, `data`.
A write carries an `Idempotency-Key`: the same key twice is one deed and one answer.
"""


WAITING = "SELECT order_no, amount_fen, method FROM pay_order WHERE state = 'NOTPAY' ORDER BY rowid"
BOOKED = {"NOTPAY": "waiting", "SUCCESS": "paid", "CLOSED": "closed", "REFUND": "refunded"}


class Line(Body):
    cut: bool


class AutoPay(Body):
    after_seconds: float | None = Field(ge=0, le=3_600)


async def _key_reused(request: Any, _error: Exception) -> Any:
    return await refused(request, Refusal("SYS-4090", "同一幂等键用于不同的请求"))


async def _unreadable(request: Any, error: Any) -> Any:
    """A body that is not even JSON has no field to complain of: FastAPI words that by itself."""
    return await (refused(request, error) if error.status_code == 400 else http_exception_handler(request, error))


def application(records: Records) -> tuple[FastAPI, Switches, pay.Gateway]:
    switches, gateway = Switches(), pay.Gateway(records)
    app = FastAPI(title="e政务 sandbox", version="1.0", description=ABOUT, docs_url=None, redoc_url=None)
    for error, answer in ((Refusal, refused), (RequestValidationError, refused), (KeyReused, _key_reused), (HTTPException, _unreadable)):
        app.add_exception_handler(error, answer)
    for department in departments():
        app.include_router(department.routes(records))
    app.include_router(pay.routes(gateway))
    app.include_router(wallet.routes(gateway))

    @app.put("/_sandbox/switches", tags=["sandbox"])
    async def switch(body: Switch) -> list[Switch]:
        """Make a system misbehave for `times` requests, or until reset."""
        switches.put(body)
        return list(switches.set.values())

    @app.get("/_sandbox/switches", tags=["sandbox"])
    async def shown() -> dict[str, Any]:
        return {"set": list(switches.set.values()), "faults": [one.value for one in Misdeed]}

    @app.put("/_sandbox/line", tags=["sandbox"])
    async def line(body: Line) -> Line:
        """Cut the line to every system, or join it again."""
        switches.cut = body.cut
        return body

    @app.post("/_sandbox/auto_pay", tags=["sandbox"])
    async def auto_pay(body: AutoPay) -> AutoPay:
        """The citizen's phone pays each new order by itself after so many seconds; null = it does not."""
        gateway.auto_pay = body.after_seconds
        return body

    @app.post("/_sandbox/reset", tags=["sandbox"])
    async def reset() -> dict[str, bool]:
        """Records as on the first day, no faults, no phone."""
        switches.set.clear()
        switches.cut = False
        gateway.still()
        records.reset()
        return {"reset": True}

    @app.get("/_sandbox/stands", tags=["sandbox"])
    async def stands() -> dict[str, Any]:
        """How things stand for whoever looks at the world: misdeeds by system, the phone, the orders that wait, the newest code."""
        gateway.order("")  # closes what has expired
        code = records.row("SELECT code FROM text_message WHERE code IS NOT NULL ORDER BY number DESC LIMIT 1")
        return {
            "cut": switches.cut,
            "faults": {one.system: one.fault.value for one in switches.set.values()},
            "auto_pay": gateway.auto_pay,
            "waiting": [dict(row) for row in records.rows(WAITING)],
            "code": code["code"] if code else "",
        }

    @app.get("/_sandbox/ledger", tags=["sandbox"])
    async def ledger() -> dict[str, Any]:
        """What was really done here: deeds by key, orders, money."""
        gateway.order("")  # closes what has expired
        deeds = records.rows("SELECT system, key, operation, repeated FROM deed")
        orders = records.rows("SELECT order_no, amount_fen, method, state, refund_no, payments, refunds FROM pay_order ORDER BY rowid")
        return {
            "deeds": [dict(row) for row in deeds],
            "orders": [{**dict(row), "state": BOOKED[row["state"]]} for row in orders],
            "paid_fen": sum(row["amount_fen"] * row["payments"] for row in orders),
            "refunded_fen": sum(row["amount_fen"] * row["refunds"] for row in orders),
            "certificates": len(records.rows("SELECT 1 FROM certificate")),
            "fines_paid": len(records.rows("SELECT 1 FROM fine WHERE paid_key IS NOT NULL")),
            "ratings": len(records.rows("SELECT 1 FROM rating")),
        }

    return app, switches, gateway


class _Server(uvicorn.Server):
    """Says its port when it takes requests; ends when whoever started it is gone."""

    def __init__(self, config: uvicorn.Config, port: int) -> None:
        super().__init__(config)
        self._port = port
        self._parent = os.getppid()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(json.dumps({"port": self._port}) + "\n")
        sys.stdout.flush()
        if stat.S_ISFIFO(os.fstat(0).st_mode):
            asyncio.get_running_loop().add_reader(0, self._stdin)

    def _stdin(self) -> None:
        if not os.read(0, 4096):
            asyncio.get_running_loop().remove_reader(0)
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        if os.getppid() != self._parent:
            self.should_exit = True
        return await super().on_tick(counter)


def serve(port: int, db: Path, latency: tuple[float, float]) -> None:
    """Serve on 127.0.0.1 until SIGTERM, until standard input (a pipe) ends, or until the parent process is gone."""
    records = Records(db, (seed, *departments()))
    app, switches, _gateway = application(records)
    listening = socket.create_server(("127.0.0.1", port))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or a kept connection waits 40 ms for each answer
    config = uvicorn.Config(
        SecurityServer(Gateways(Misbehaving(app, switches, latency), db.with_suffix(".keys"))),
        http=Wire,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn ends at them, then raises them once more
        signal.signal(number, lambda *_: None)
    try:
        _Server(config, listening.getsockname()[1]).run(sockets=[listening])
    finally:
        records.close()
