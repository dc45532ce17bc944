"""The world around the terminal: what the dock's window asks for reaches the simulators and the sandbox, and it shows what became of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import requests
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.devices.roles import ID_CARD
from kiosk.dock.hardware import Hardware
from kiosk.dock.papers import Papers
from kiosk.model.money import Money
from kiosk.sandbox.process import Sandbox
from kiosk.screens.dock.window import DockWindow

LOOK = 500  # ms between two looks at orders and papers
PHONE = 3.0  # seconds after which the phone pays by itself


class World(QObject):
    """`window` paints it. The sandbox is asked, and pages are rendered, in one thread of its own; the window never waits."""

    _seen = Signal(bool, object, object)  # whether the sandbox answered, waiting orders, papers
    _code = Signal(str)  # the newest on the phone of whoever's card is on the reader

    def __init__(self, hardware: Hardware, sandbox: Sandbox, papers: Papers, window: DockWindow) -> None:
        super().__init__()
        self._hardware, self._sandbox, self._papers, self._window = hardware, sandbox, papers, window
        self._network: dict[str, Any] = {"cut": False, "asleep": [], "auto_pay": False, "there": True}
        self._errands = ThreadPoolExecutor(1, thread_name_prefix="errands")
        self._looking: Future[None] | None = None
        self._seen.connect(self._show)
        self._code.connect(self._show_code)
        window.pulled.connect(self._pull)
        window.cut.connect(self._cut)
        window.asleep.connect(self._asleep)
        window.paid.connect(self._pay)
        window.auto_pay.connect(self._auto_pay)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._tell()

    def stop(self) -> None:
        self._timer.stop()
        self._errands.shutdown(cancel_futures=True)

    @Slot(str, str, str)
    def _pull(self, role: str, lever: str, value: str) -> None:
        self._hardware.pull(role, lever, value)
        self._tell()

    @Slot(bool)
    def _cut(self, on: bool) -> None:
        self._network["cut"] = on
        asleep = list(self._network["asleep"])
        self._errand(lambda: self._switch(on, asleep))

    @Slot(str, bool)
    def _asleep(self, system: str, on: bool) -> None:
        self._network["asleep"] = sorted({*self._network["asleep"], system} - (set() if on else {system}))
        asleep, cut = list(self._network["asleep"]), self._network["cut"]
        self._errand(lambda: self._switch(cut, asleep))

    def _switch(self, cut: bool, asleep: list[str]) -> None:
        self._sandbox.switch("*", "none")  # everything as it should be, then what is not
        if cut:
            self._sandbox.switch("*", "refuse_connection")
            return  # a cut line is cut for those who sleep, too
        for system in asleep:
            self._sandbox.switch(system, "asleep")

    @Slot(str)
    def _pay(self, order_no: str) -> None:
        self._errand(lambda: self._sandbox.pay(order_no))
        self._look()

    @Slot(bool)
    def _auto_pay(self, on: bool) -> None:
        self._network["auto_pay"] = on
        self._errand(lambda: self._sandbox.auto_pay(PHONE if on else None))

    def _errand(self, deed: Callable[[], object]) -> None:
        def run() -> None:
            try:
                deed()
            except requests.RequestException:
                self._seen.emit(False, [], None)

        self._errands.submit(run)
        self._tell()

    @Slot()
    def _look(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._errands.submit(self._see)

    def _see(self) -> None:
        """In the errands' thread."""
        papers = self._papers.look()
        try:
            waiting = [order for order in self._sandbox.orders() if order["state"] == "waiting"]
            self._code.emit(self._sandbox.code(self._mobile()))
        except requests.RequestException:
            self._seen.emit(False, [], papers)
            return
        orders = [{"order_no": one["order_no"], "amount": str(Money(one["amount_fen"])), "method": one["method"]} for one in waiting]
        self._seen.emit(True, orders, papers)

    def _mobile(self) -> str:
        """The phone of whoever's card is on the reader; with none there, the first citizen's."""
        citizen = str(self._hardware.stands.get(ID_CARD.name, {}).get("card", "")).removeprefix("c")
        return f"138000000{citizen if citizen.isdigit() else '01'}"

    @Slot(str)
    def _show_code(self, code: str) -> None:
        self._window.tell("code", code)

    @Slot(bool, object, object)
    def _show(self, there: bool, orders: Any, papers: Any) -> None:
        self._window.tell("orders", orders)
        if papers is not None:
            self._window.tell("papers", papers)
        if there != self._network["there"]:
            self._network["there"] = there
            self._tell()

    def _tell(self) -> None:
        self._window.tell("stands", {**self._hardware.stands, "network": self._network})
