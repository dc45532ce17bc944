"""Everything a step may touch, and the promises that are kept however the visit ends."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from kiosk.backoffice import Adapter, Reply, Request
from kiosk.backoffice.counter import CounterHook
from kiosk.config import Volunteer
from kiosk.devices.device import Device
from kiosk.devices.printer import Door, Printer
from kiosk.devices.roles import Role
from kiosk.flow.announcer import Announcer
from kiosk.flow.call import Call
from kiosk.flow.card_face import CardFace
from kiosk.flow.face_day import FaceDay
from kiosk.flow.helping import Helping
from kiosk.flow.ladder import Means, Place
from kiosk.flow.mains import Mains
from kiosk.flow.panel import Panel
from kiosk.flow.sounds import Sounds
from kiosk.flow.stage import Back, HelpCall, Leave, Stage, Trail, View
from kiosk.flow.timing import Later, Timing, later
from kiosk.flow.turn import Turn
from kiosk.identity import PadCheck, PhotoDecoder, Verifier
from kiosk.journal import Journal
from kiosk.late import to_its_end
from kiosk.log import log
from kiosk.model.faults import Fault, Remedy
from kiosk.model.layout import ALL_BELOW, Layout
from kiosk.model.session import Session
from kiosk.model.words import Text
from kiosk.model.zone import CHINA
from kiosk.payments import PaymentGateway
from kiosk.speech.voice import Voice

NO_ANSWER = frozenset({"backoffice.asleep", "backoffice.garbage", "backoffice.unknown"})  # a refusal is an answer

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
    hours: str = ""  # "" = day and night
    keeper: str = ""  # who answers for this terminal
    layout: Layout = ALL_BELOW
    practice: bool = False  # nothing here is real: every slip says so


class Identity(Protocol):
    """Face work, off the glass's thread and off the engine's."""

    @property
    def verifier(self) -> Verifier: ...

    @property
    def decoder(self) -> PhotoDecoder: ...

    @property
    def pad(self) -> PadCheck: ...

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
    later: Later = later
    may_take_money: Callable[[], bool] = field(default=lambda: True)  # not before every open order was asked about (J5)
    mains: Mains = field(default_factory=Mains)
    trail: Trail | None = None
    turn: Turn = field(default_factory=Turn)
    reached: Callable[[str], Awaitable[None]] | None = None  # told the name of each step before it is run: a tour's hand on the world
    service: Callable[[Desk], Awaitable[None]] | None = None  # what the technician's gesture on the attract screen opens
    volunteers: Callable[[str, str, str], Awaitable[str]] | None = None  # lets one in by id, PIN, code; raises helping.NotLetIn
    called: Callable[[str, bool], None] | None = None  # told of every call to a department: its system, and whether an answer came
    ready: asyncio.Future[None] | None = None  # done when every device has been tried once
    door: Door = field(default_factory=Door)  # of all printers here
    card_face: CardFace = field(default_factory=CardFace)
    sounds: Sounds = field(default_factory=lambda: Sounds(None))
    voice: Voice = field(default_factory=Voice)
    face_day: FaceDay = field(default_factory=FaceDay)
    looks: Counter[str] = field(default_factory=Counter)  # how often each visit's face was looked at: Back gives no new tries
    seen: Callable[[View], None] = field(default=lambda view: None)  # told what the glass shows: simulated people stand before it
    card_left: bool = False  # a card lies on the reader that belongs to nobody who is being served
    polled: datetime | None = None  # when the poll on the first screen was answered last
    watch: asyncio.Task[None] | None = None  # looks at the reader until the first visit begins
    volunteer: Volunteer = field(default_factory=Volunteer)
    counter: CounterHook | None = None  # of the store, where help is called from
    serving: tuple[str, str] = ("", "")  # visit and item; "" between visits
    _owed: list[Promise] = field(default_factory=list)
    _to_hand_back: list[Promise] = field(default_factory=list)

    def __post_init__(self) -> None:
        for printer in self.printers:
            printer.door = self.door
        self.announcer = Announcer(self.stage, self.sounds, self.voice, self.terminal.hotline)
        means = Means(
            settings=self.volunteer, station=self.terminal.id, counter=self.counter,
            sounds=self.sounds, journal=self.journal, ask=self.request, poll=self.timing.help_poll, stays=self.timing.help_stays,
        )  # fmt: skip
        self.call = Call(means, self._place, self._called)
        self.panel = Panel(self.announcer, self.journal, self.call.wish)
        self.helping = self.panel.helping = Helping(self)

    @property
    def waits(self) -> Timing:
        """How long a citizen is waited for just now: as long as the glass says that this one needs."""
        return self.timing.slower(self.stage.pace)

    # -- the glass -----------------------------------------------------------------------------------------------------
    def _here(self, view: View) -> View:
        """`view` as it is at this terminal and in this visit."""
        placed: dict[str, Any] = {"where": self.terminal.layout.of(view.at)} if view.at else {}
        return replace(view, trail=view.trail or self.trail, **placed)

    def show(self, view: View) -> None:
        view = self._here(view)
        self.stage.show(view)
        self.announcer.painted(view)
        self.helping.painted(view)
        self.seen(view)

    async def ask(self, view: View) -> Mapping[str, Any]:
        view = self._here(view)
        self.announcer.painted(view, asked=True)
        self.helping.painted(view)
        self.seen(view)
        return await self.stage.ask(view)

    async def ask_live(self, make: Callable[[], View], every: float = 1) -> Mapping[str, Any]:
        """Ask what `make` paints, painted again whenever it changes: a device that comes back is offered at once.

        `every` so many seconds `make` is asked.
        """
        first = make()

        async def repaint() -> None:
            last = first
            while True:
                await asyncio.sleep(every)
                if (view := make()) != last:
                    last = view
                    self.show(view)

        painting = asyncio.create_task(repaint())
        try:
            return await self.ask(first)
        finally:
            painting.cancel()
            await asyncio.gather(painting, return_exceptions=True)

    async def within(self, seconds: float, work: Awaitable[T]) -> T:
        """`work`, which waits for the citizen. Raises TimeoutError; while somebody is called for help the time stands still."""
        async with self.call.patient(seconds):
            return await work

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

    def _place(self) -> Place:
        visit, item = self.serving
        return Place(view=self.announcer.view, language=self.stage.language, visit=visit, item=item)

    def _called(self, call: HelpCall) -> None:
        self.stage.show_call(call)
        self.announcer.called(call)

    # -- the rooms behind ----------------------------------------------------------------------------------------------
    def use(self, role: Role[D]) -> D:
        device = self.devices.get(role.name)
        if not isinstance(device, role.kind):
            raise Fault(f"{role.kind.kind}.absent", Remedy.STAFF)
        return device

    @property
    def printers(self) -> tuple[Printer, ...]:
        return tuple(device for device in self.devices.values() if isinstance(device, Printer))

    async def department(self, session: Session, operation: str, *, key: str = "", **more: str) -> Reply:
        """Ask the department that offers `operation`; with a `key` it is a write. `more` are answers beside those of the session."""
        request = Request(
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
        return await self.request(request)

    async def request(self, request: Request) -> Reply:
        """One call to a department, counted for technicians."""
        system = request.operation.partition(".")[0]
        adapter = self.departments.get(system)
        if adapter is None or request.operation not in adapter.operations:
            raise Fault("backoffice.asleep", Remedy.LATER, request.operation)
        called = self.called or (lambda system, answered: None)
        try:
            reply = await adapter.call(request)
        except Fault as fault:
            called(system, fault.code not in NO_ANSWER)
            raise
        called(system, True)
        return reply

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
        """Do what is owed; what the citizen is to be told. A refund survives Ctrl-C."""
        return await to_its_end(self._keep(self._owed))

    async def close(self) -> tuple[Text, ...]:
        """The end of every visit: what is owed first, then all that is to be handed back, last taken first."""
        return await to_its_end(self._close())

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


__all__ = ["Answered", "Back", "Desk", "Identity", "Leave", "Promise", "Terminal"]
