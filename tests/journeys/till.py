"""A paid visit and nothing else: the real steps, journal and gateway, a department with books of its own, and a plug to pull."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.steps.pay import Pay
from kiosk.flow.steps.submit import Submit
from kiosk.flow.timing import Timing
from kiosk.flow.visit import Ending, visit
from kiosk.journal import Journal
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Assurance, Item, Kind
from kiosk.model.money import Money
from kiosk.model.session import Session
from kiosk.payments import Created, Entry, Order, OrderState, PaymentGateway
from kiosk.payments.city import CityGateway
from kiosk.testing.stage import ScriptedStage

FINE = Item(
    id="traffic-fine-pay",
    department="ps-traffic",
    kind=Kind.PAYMENT,
    assurance=Assurance.NONE,
    operation="PSB-TMS.notifyPaid",
    unit="xm-traffic-police",
    fee=Money(10_300),
)
QUICK = Timing(pay_wait=0.12, pay_poll=0.01, submit_tries=2, submit_pause=0.01, refund_tries=2, apology=1, goodbye=1)
HERE = Terminal(id="XM-1", name="见福便利店", place="厦门", hotline="12345", demo=True)


class Cut(BaseException):
    """The power is gone: no promise is kept any more, by anybody."""


@dataclass
class Plug:
    """Pulled at row `at` of the journal: right after it is durable, or (`before`) with all deeds done and the row not written."""

    at: int | None = None
    before: bool = False
    pulled: bool = False

    def feel(self) -> None:
        if self.pulled:
            raise Cut


class PluggedJournal:
    def __init__(self, journal: Journal, plug: Plug) -> None:
        self._journal, self._plug, self._rows = journal, plug, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    async def write(self, event: events.Event) -> int:
        self._plug.feel()
        self._rows += 1
        if self._rows == self._plug.at and self._plug.before:
            self._plug.pulled = True
            raise Cut
        row = await self._journal.write(event)
        if self._rows == self._plug.at:
            self._plug.pulled = True
            raise Cut
        return row


class PluggedGateway(PaymentGateway):
    def __init__(self, gateway: PaymentGateway, plug: Plug) -> None:
        self._gateway, self._plug = gateway, plug

    async def create(self, order: Order) -> Created:
        self._plug.feel()
        return await self._gateway.create(order)

    async def query(self, order: Order) -> OrderState:
        self._plug.feel()
        return await self._gateway.query(order)

    async def close_order(self, order: Order) -> OrderState:
        self._plug.feel()
        return await self._gateway.close_order(order)

    async def refund(self, order: Order, refund_no: str) -> OrderState:
        self._plug.feel()
        return await self._gateway.refund(order, refund_no)

    async def bill(self, station: str, day: date) -> tuple[Entry, ...]:
        return await self._gateway.bill(station, day)

    async def close(self) -> None:
        await self._gateway.close()


@dataclass
class Bureau(Adapter):
    """Does what `moods` says, one a call: `does`, `loses` (does it, and nobody hears), `unheard` (never reached, nobody knows),

    `refuses`, `sleeps`; then `does`. Keeps the contract of adapters: a key twice is one deed, and unknown stays unknown."""

    moods: list[str] = field(default_factory=list)
    deeds: dict[str, str] = field(default_factory=dict)  # key → the order it was paid with
    unknown: set[str] = field(default_factory=set)
    operations = frozenset({FINE.operation})

    async def call(self, request: Request) -> Reply:
        mood = self.moods.pop(0) if self.moods else "does"
        if mood == "refuses" and request.key not in self.deeds:
            raise Fault("backoffice.refused.already_paid", Remedy.OTHER_WAY)
        if mood == "sleeps" and request.key not in self.unknown:
            raise Fault("backoffice.asleep", Remedy.LATER)
        if mood in ("does", "loses"):
            self.deeds.setdefault(request.key, request.answers["order_no"])
        if mood in ("loses", "unheard", "sleeps"):
            self.unknown.add(request.key)
            raise Fault("backoffice.unknown", Remedy.LATER)
        return Reply(operation=request.operation, data={"receipt_no": "1"})

    async def close(self) -> None:
        return


class Till:
    """One kiosk over many starts: `open`, some visits, `shut` (or the plug), `open` again."""

    def __init__(self, path: Path, gateway_url: str) -> None:
        self._path = path
        self.gateway = CityGateway(url=gateway_url, deadline=20.0)
        self.bureau = Bureau()
        self.journal = Journal.open(path, "XM-1")

    def restart(self) -> None:
        self.journal.close()
        self.journal = Journal.open(self._path, "XM-1")

    async def close(self) -> None:
        self.journal.close()
        await self.gateway.close()

    async def visit(self, stage: ScriptedStage, plug: Plug | None = None, timing: Timing = QUICK) -> tuple[str, Ending | None]:
        """One visit; None = the power went. The visit's id comes first."""
        plug = plug or Plug()
        journal = PluggedJournal(self.journal, plug)
        desk = Desk(
            stage=stage,
            devices={},
            departments={"PSB-TMS": self.bureau},
            payments=PluggedGateway(self.gateway, plug),
            identity=None,  # type: ignore[arg-type]
            journal=journal,  # type: ignore[arg-type]
            terminal=HERE,
            timing=timing,
        )
        id = await self.journal.begin(FINE.id)
        try:
            ending, _, _ = await visit(Session(visit=id, item=FINE, quote=FINE.fee), (Pay(), Submit()), desk)
        except Cut:
            return id, None
        return id, ending

    def kinds(self, id: str) -> list[str]:
        return [type(event).__name__ for event in self.journal.read() if event.visit == id]

    def served(self, order_no: str) -> bool:
        """By the department's own books."""
        return order_no in self.bureau.deeds.values()
