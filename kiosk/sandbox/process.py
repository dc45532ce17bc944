"""The sandbox as a process of its own, held from tests, the demo and the tour. Knows the server's HTTP interface, not its code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests


class Sandbox:
    """Made by `Sandbox.start`; the process also ends by itself when this one goes away. `Sandbox.at` speaks to one of another process."""

    def __init__(self, process: subprocess.Popen[bytes] | None, url: str) -> None:
        self._process = process
        self.url = url

    @classmethod
    def at(cls, url: str) -> Sandbox:
        """The sandbox that somebody else has started at `url`; `stop` leaves it to them."""
        return cls(None, url)

    @classmethod
    def start(cls, state_dir: Path, latency: int | tuple[int, int] = (80, 300)) -> Sandbox:
        """Start one with its database in `state_dir`; `latency` in milliseconds, or least and most. Returns when it takes requests."""
        least, most = latency if isinstance(latency, tuple) else (latency, latency)
        state_dir.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "kiosk.sandbox", "--port", "0", "--db", str(state_dir / "sandbox.db")]
        with (state_dir / "sandbox.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own module
                [*command, "--latency", f"{least}-{most}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # a Ctrl-C for the kiosk is not for the departments
            )
        line = process.stdout.readline() if process.stdout else b""
        if not line:
            _end(process)
            raise RuntimeError(f"the sandbox did not start: see {state_dir / 'sandbox.log'}")
        return cls(process, f"http://127.0.0.1:{int(json.loads(line)['port'])}")

    def switch(self, system: str, fault: str, times: int = 0) -> None:
        """`system`: psb-pop psb-tms hrss eval pay or *; `fault`: of `GET /_sandbox/switches`; `times` 0 = until reset."""
        self._send("PUT", "/_sandbox/switches", {"system": system, "fault": fault, "times": times})

    def cut(self, on: bool) -> None:
        """Cut the line to every system, or join it; the switches stay as they are."""
        self._send("PUT", "/_sandbox/line", {"cut": on})

    def auto_pay(self, seconds: float | None) -> None:
        """Every order made from now on is paid by itself after so many seconds; None = not any more."""
        self._send("POST", "/_sandbox/auto_pay", {"after_seconds": seconds})

    def pay(self, order_no: str) -> bool:
        """The citizen's phone pays. False if the order cannot be paid."""
        return self._ask("POST", f"/wallet/{order_no}/pay").status_code == 200

    def code(self, mobile: str) -> str:
        """The newest code on an invented citizen's phone; "" if none was sent."""
        messages = self._send("GET", f"/_sandbox/phone/{mobile}")
        return next((str(one["code"]) for one in messages if one["code"]), "")

    def officer(self, answers: str) -> None:
        """What the invented officer says to every call: yes, no; nobody = the calls wait at /desk/officer."""
        self._send("PUT", "/_sandbox/officer", {"answers": answers})

    def enrol(self, badge: str) -> None:
        """A volunteer's badge, VOL- and four to eight digits, is known to OFFICER.checkBadge from now on."""
        self._send("PUT", "/_sandbox/badges", {"badge": badge})

    def counter(self, answers: str) -> None:
        """What the invented clerk says to every call for help: coming, cannot; nobody = they ring at /desk/counter."""
        self._send("PUT", "/_sandbox/counter", {"answers": answers})

    def calls(self) -> dict[str, Any]:
        """Of the store's counter: calls [{number, station, view, item, at, state}], letters [{body, moment, signature}]."""
        found: dict[str, Any] = self._send("GET", "/_sandbox/counter")
        return found

    def answer_call(self, number: str, say: str) -> None:
        """Somebody at the counter's page presses coming or cannot."""
        self._ask("POST", f"/desk/counter/{number}/{say}").raise_for_status()

    def write_back(self, help_no: str, text: str) -> None:
        """An officer at the help desk's page writes an answer."""
        self._ask("POST", f"/desk/help/{help_no}/answer", form={"text": text}).raise_for_status()

    def helped(self) -> list[dict[str, Any]]:
        """Calls for help at the officers' desk: help_no, station, view, item, language, state (waiting answered left ended), text."""
        found: list[dict[str, Any]] = self._send("GET", "/_sandbox/help")
        return found

    def stands(self) -> dict[str, Any]:
        """cut, faults {system: fault}, auto_pay, waiting [{order_no, amount_fen, method}], code; officer: yes no nobody."""
        found: dict[str, Any] = self._send("GET", "/_sandbox/stands")
        return {**found, "officer": self._send("GET", "/_sandbox/officer")["answers"]}

    def orders(self) -> list[dict[str, Any]]:
        """Oldest first: order_no, amount_fen, method, state (waiting paid closed refunded), payments, refunds, refund_no."""
        found: list[dict[str, Any]] = self.ledger()["orders"]
        return found

    def ledger(self) -> dict[str, Any]:
        """deeds [{system, key, operation, repeated}], orders, paid_fen, refunded_fen, certificates, fines_paid, ratings."""
        found: dict[str, Any] = self._send("GET", "/_sandbox/ledger")
        return found

    def reset(self) -> None:
        """Records as on the first day; no faults; no phone that pays."""
        self._send("POST", "/_sandbox/reset")

    def stop(self) -> None:
        """End the process and wait for it. May be called twice."""
        if self._process is not None:
            _end(self._process)

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        response = self._ask(method, path, body)
        response.raise_for_status()
        return response.json()

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, form: dict[str, str] | None = None) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of this machine does not lead to itself
            return session.request(method, self.url + path, json=body, data=form, timeout=10)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
