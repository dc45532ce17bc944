"""Everything a step may touch, and the promises that are kept however the visit ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol, TypeVar

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.devices.device import Device
from kiosk.devices.roles import Role
from kiosk.flow.stage import Back, Leave, Stage, Trail, View
from kiosk.identity import LivenessCheck, PhotoDecoder, Verifier
from kiosk.journal import Journal
from kiosk.log import log
from kiosk.model.faults import Fault, Remedy
from kiosk.model.session import Session
from kiosk.model.words import Text
from kiosk.payments import PaymentGateway

CHINA = timezone(timedelta(hours=8), "CST")  # one country, one time, whatever the machine thinks

T = TypeVar("T")
D = TypeVar("D", bound=Device)
Promise = Callable[[], Awaitable[Text]]
"""Something that must be done; returns what the citizen is told about it ("" = nothing)."""


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """What the slips say about where we are."""

    id: str
    name: str
    place: str
    hotline: str
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Seconds. The defaults are the real ones (RELIABILITY §1, §3); tests and the tour shorten the waiting, not the order."""

    card_wait: float = 60.0
    card_poll: float = 0.3
    face_wait: float = 30.0
    witness_wait: float = 120.0
    officer_wait: float = 180.0
    officer_poll: float = 1.0
    pay_wait: float = 60.0
    pay_poll: float = 2.0
    submit_tries: int = 3
    submit_pause: float = 2.0
    refund_tries: int = 3
    apology: int = 60
    goodbye: int = 8
    result: int = 30


class Identity(Protocol):
    """Face work, off the glass's thread and off the engine's."""

    @property
    def verifier(self) -> Verifier: ...

    @property
    def decoder(self) -> PhotoDecoder: ...

    @property
    def liveness(self) -> LivenessCheck: ...

    async def run(self, call: Callable[[], T]) -> T: ...


@dataclass(kw_only=True)
class Desk:
    stage: Stage
    devices: Mapping[str, Device]  # by role name
    departments: Mapping[str, Adapter]  # by system: "HRSS"
    payments: PaymentGateway
    identity: Identity
    journal: Journal
    terminal: Terminal
    timing: Timing = field(default_factory=Timing)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(CHINA))
    may_take_money: Callable[[], bool] = field(default=lambda: True)  # not before every open order was asked about (J5)
    trail: Trail | None = None
    ready: asyncio.Future[None] | None = None  # done when every device has been tried once
    _owed: list[Promise] = field(default_factory=list)
    _to_hand_back: list[Promise] = field(default_factory=list)

    # -- the glass -----------------------------------------------------------------------------------------------------
    def show(self, view: View) -> None:
        self.stage.show(replace(view, trail=view.trail or self.trail))

    async def ask(self, view: View) -> Mapping[str, Any]:
        return await self.stage.ask(replace(view, trail=view.trail or self.trail))

    async def ask_live(self, make: Callable[[], View]) -> Mapping[str, Any]:
        """Ask what `make` paints, painted again whenever it changes: a device that comes back is offered at once."""
        first = make()

        async def repaint() -> None:
            last = first
            while True:
                await asyncio.sleep(1)
                if (view := make()) != last:
                    last = view
                    self.show(view)

        painting = asyncio.create_task(repaint())
        try:
            return await self.ask(first)
        finally:
            painting.cancel()
            await asyncio.gather(painting, return_exceptions=True)

    async def meanwhile(self, view: View, work: Awaitable[T]) -> T:
        """Paint `view` while `work` goes on. Back or Leave cancels the work and is raised; work that has finished by then wins.

        An answer other than Back and Leave is raised as Answered.
        """
        working = asyncio.ensure_future(work)
        asking = asyncio.ensure_future(self.ask(view))
        try:
            await asyncio.wait({working, asking}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                return working.result()
            working.cancel()
            # What the hardware really did by now is known only after this: a late wish never loses finished work.
            await asyncio.wait({working})
            if not working.cancelled() and working.exception() is None:
                return working.result()
            answer = asking.result()
        finally:
            for task in (working, asking):
                task.cancel()
            await asyncio.gather(working, asking, return_exceptions=True)
        raise Answered(answer)

    # -- the rooms behind ----------------------------------------------------------------------------------------------
    def use(self, role: Role[D]) -> D:
        device = self.devices.get(role.name)
        if not isinstance(device, role.kind):
            raise Fault(f"{role.kind.kind}.absent", Remedy.STAFF)
        return device

    async def department(self, session: Session, operation: str, *, key: str = "", **more: str) -> Reply:
        """Ask the department that offers `operation`; with a `key` it is a write. `more` are answers beside those of the session."""
        system = operation.partition(".")[0]
        adapter = self.departments.get(system)
        if adapter is None or operation not in adapter.operations:
            raise Fault("backoffice.asleep", Remedy.LATER, operation)
        return await adapter.call(
            Request(
                operation=operation,
                key=key or f"{session.visit}-Q",
                station=self.terminal.id,
                person=session.person,
                answers={**session.answers, **more},
                files=session.files,
                held=session.held,
                reply=session.reply,
                write=bool(key),
            )
        )

    # -- promises ------------------------------------------------------------------------------------------------------
    def hand_back(self, promise: Promise) -> None:
        """To be done at the end however the visit ends: a card on the reader, an open order. Stands above the taking."""
        self._to_hand_back.append(promise)

    def kept(self, promise: Promise) -> None:
        """`promise` needs no keeping any more: its order is closed, its money taken."""
        with suppress(ValueError):
            self._to_hand_back.remove(promise)

    def owe(self, promise: Promise) -> None:
        """To be done only if the visit fails from here on: a refund. Stands right below the payment."""
        self._owed.append(promise)

    def settle(self) -> None:
        """The citizen has what they paid for: nothing is owed any more."""
        self._owed.clear()

    async def make_good(self) -> tuple[Text, ...]:
        """Do what is owed; what the citizen is to be told. Shielded: a refund survives Ctrl-C."""
        return await asyncio.shield(self._keep(self._owed))

    async def close(self) -> tuple[Text, ...]:
        """The end of every visit: what is owed first, then all that is to be handed back, last taken first."""
        return await asyncio.shield(self._close())

    async def _close(self) -> tuple[Text, ...]:
        return await self._keep(self._owed) + await self._keep(self._to_hand_back)

    async def _keep(self, promises: list[Promise]) -> tuple[Text, ...]:
        told: list[Text] = []
        while promises:
            promise = promises.pop()
            try:
                told.append(await promise())
            except Fault as fault:
                log.error("visit.promise_failed", code=fault.code)
            except Exception as bug:
                log.error("visit.promise_failed", code=type(bug).__name__)
        return tuple(text for text in told if text)


class Answered(Exception):
    """The citizen chose something while the machine worked."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        super().__init__()
        self.answer = answer


__all__ = ["Answered", "Back", "Desk", "Identity", "Leave", "Promise", "Terminal", "Timing"]
