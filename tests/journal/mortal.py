"""A kiosk that is killed: `python mortal.py SANDBOX` forks a serving process for each case it reads, which dies by SIGKILL at its row.

A case is a line of JSON: journey, config (its file), row, when ("before" the row is written, "after" it is durable, "" = it lives).
The answer is one line: the number of the signal that ended the process, or 0.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import pkgutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import jsonschema

from kiosk import app, config, items
from kiosk.flow import views
from kiosk.flow.day import serve
from kiosk.flow.stage import View
from kiosk.journal.ledger import Ledger
from kiosk.model.events import Event
from kiosk.sandbox.process import Sandbox
from kiosk.testing.counter import counter
from kiosk.testing.stage import ScriptedStage

JOURNEYS = {"certificate": "hrss/hrss-insurance-cert", "paid": "ps-traffic/traffic-fine-pay", "refunded": "ps-traffic/traffic-fine-pay"}


def mortal(row: int, when: str) -> None:
    """From here on this process dies at that row."""
    append = Ledger.append

    def deadly(self: Ledger, event: Event) -> int:
        if when == "before" and self.head()[0] + 1 == row:
            os.kill(os.getpid(), signal.SIGKILL)
        written = append(self, event)
        if when == "after" and written == row:
            os.kill(os.getpid(), signal.SIGKILL)
        return written

    Ledger.append = deadly  # type: ignore[method-assign]


async def live(case: dict[str, Any], sandbox: Sandbox) -> None:
    """A willing citizen who pays at once; in the journey "refunded" the department falls asleep right then."""
    item = items.read(items.folder() / f"{JOURNEYS[case['journey']]}.toml")
    stage = ScriptedStage(item.id, PayView=lambda view: {"method": "wechat"} if view.state == "choose" else None)

    def world(view: View) -> None:
        if isinstance(view, views.PayView) and view.state == "qr":
            sandbox.pay(view.order_no)
            if case["journey"] == "refunded":
                sandbox.switch("psb-tms", "asleep")

    stage.on_view = world
    async with counter(config.load(Path(case["config"]))) as desk:
        desk.stage = stage
        await serve(item, desk, None)


def warm(taken: config.Config) -> None:
    """Whatever a life would load is loaded before the first one: they are many. Nothing is opened, no thread started."""
    for room in ("flow", "paper", "devices", "http", "payments", "backoffice"):
        package = importlib.import_module(f"kiosk.{room}")
        for _, name, _ in pkgutil.walk_packages(package.__path__, f"kiosk.{room}."):
            importlib.import_module(name)
    import weasyprint  # noqa: F401 - what a certificate loads by itself

    app.departments(taken)
    # Checked once, just now: at every life it would take longer than the visit.
    jsonschema.Draft202012Validator.check_schema = classmethod(lambda *given, **more: None)  # type: ignore[assignment]


def main() -> None:
    sandbox = Sandbox.at(sys.argv[1])
    cold = True
    for line in sys.stdin:
        case = json.loads(line)
        if cold:
            warm(config.load(Path(case["config"])))
            cold = False
            assert threading.active_count() == 1, "only a process with one thread may be forked"
        child = os.fork()
        if child == 0:
            mortal(case["row"], case["when"])
            asyncio.run(live(case, sandbox))
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            sys.exit(f"{case} ended with status {os.WEXITSTATUS(status)}")
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, flush=True)


if __name__ == "__main__":
    main()
