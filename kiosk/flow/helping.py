"""A volunteer beside a citizen: signs in, says what to do, points, goes a step back or begins one anew, hands back. Never sees a thing.

While one is here the stage shows the citizen's screen masked and takes no touch of it, and nothing that is somebody's is said aloud.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk import i18n
from kiosk.devices.roles import CODES
from kiosk.flow.stage import Again, Back, View
from kiosk.flow.views import ApologyView, CodeView, VolunteerDoorView, VolunteerView
from kiosk.model import events
from kiosk.model.codes import BADGE
from kiosk.model.faults import Fault
from kiosk.model.session import Session
from kiosk.model.words import Text, Word

if TYPE_CHECKING:
    from kiosk.flow.desk import Desk
    from kiosk.flow.step import Step
    from kiosk.flow.timing import Handle

DOOR, IDLE = 60.0, 180.0  # seconds without a touch, until nobody stands at the door, or beside the citizen, any more
STILL = 3.0  # a code that is read again within so many seconds is still being held there
RESUME = 120.0  # who pointed comes back so long without signing in: nothing can be done there that the citizen could not do
WORDS = "volunteer.say"


class NotLetIn(Exception):
    """`messages`: why, in words."""

    def __init__(self, *messages: Text) -> None:
        super().__init__()
        self.messages = messages


class Helping:
    """Of one desk, in the engine's loop. `who`: the volunteer beside the citizen just now, as the roster or the badge says; "": none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._session: Session | None = None
        self._step: Step | None = None
        self._view = View()
        self._shown: VolunteerDoorView | VolunteerView | None = None
        self.who = ""
        self._pointed = ""  # who pointed, and may come back without signing in
        self._resume: Handle | None = None  # until when
        self._idle: Handle | None = None
        self._badge: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # What the visit tells ───────────────────────────────────────────────────────────────────────────────────────────

    def at(self, session: Session, step: Step | None) -> None:
        """This step begins; None: between two of them, where nothing can begin anew."""
        self._session, self._step = session, step

    def painted(self, view: View) -> None:
        self._view = view
        if isinstance(view, CodeView):
            self._no_badge()  # the scanner is the citizen's
        if self._shown is not None:
            reads = self._badge is not None
            self._show(replace(self._shown, badge=reads) if isinstance(self._shown, VolunteerDoorView) else self._beside())

    async def end(self) -> None:
        """The visit is over, and with it whoever helped in it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        who = self.who or self._pointed
        self._forget()
        self._away()
        if who and self._session is not None:
            await self._did("visit", who)
        self._session = self._step = None

    # What happens at the glass ──────────────────────────────────────────────────────────────────────────────────────

    def touched(self) -> None:
        if self._shown is not None:
            self._wait()

    def deed(self, deed: Mapping[str, str]) -> None:
        if self._session is None:
            return
        match self._shown, deed.get("do"):
            case None, "come":
                self._come()
            case VolunteerDoorView(), "enter":
                self._shown = replace(self._shown, checking=True, messages=())
                self._show(self._shown)
                self._begin(self._enter(*(str(deed.get(name, "")).strip() for name in ("id", "pin", "code"))))
            case VolunteerDoorView(), "go":
                self._away()
            case VolunteerView(), "go":
                self._begin(self._leave("handed_back"))
            case VolunteerView(), "point":
                self._begin(self._point())
            case VolunteerView(say=Word() as say), "say":
                self._desk.announcer.script(say, "nan" if deed.get("minnan") else self._desk.stage.language)
            case VolunteerView(back=True), "back":
                self._begin(self._wish(Back()))
            case VolunteerView(again=True), "again":
                self._begin(self._wish(Again()))

    def _come(self) -> None:
        if self._pointed:
            self._enters(self._pointed)
            return
        scanner = self._desk.devices.get(CODES.name)
        free = scanner is not None and scanner.health.state.usable and not isinstance(self._view, CodeView)
        if free:
            self._badge = self._begin(self._hold())
        self._show(VolunteerDoorView(badge=free))

    async def _enter(self, id: str, pin: str, code: str) -> None:
        gate = self._desk.volunteers
        try:
            if gate is None:
                raise NotLetIn(Word("volunteer.shut"))
            who = await gate(id, pin, code)
        except NotLetIn as refused:
            self._refuse(*refused.messages)
            return
        await self._entered(who, "pin")

    async def _hold(self) -> None:
        """Waits for a badge as long as the door is shown."""
        last, since = "", 0.0
        while True:
            try:
                code = await self._desk.use(CODES).scan()
            except Fault:  # PIN and code are left
                self._badge = None
                if isinstance(self._shown, VolunteerDoorView):
                    self._show(replace(self._shown, badge=False))
                return
            same, last = code == last and time.monotonic() - since < STILL, code
            since = time.monotonic()
            if same or (isinstance(self._shown, VolunteerDoorView) and self._shown.checking):
                continue
            if not BADGE.reads(code):
                self._refuse(Word("volunteer.badge_other"))
                continue
            try:
                reply = await self._desk.department(self._nobody(), "OFFICER.checkBadge", badge=code)
            except Fault as fault:
                self._refuse(Word("volunteer.badge_unknown" if fault.code.endswith("badge_unknown") else "volunteer.shut"))
                continue
            await self._entered(str(reply.data["badge_no"]), "badge")
            return

    def _nobody(self) -> Session:
        """The visit, without anything of the person in it: a badge is nobody's but the volunteer's."""
        assert self._session is not None
        return Session(visit=self._session.visit, item=self._session.item)

    async def _entered(self, who: str, how: str) -> None:
        assert self._session is not None
        if not isinstance(self._shown, VolunteerDoorView):
            return  # went away meanwhile
        await self._did(f"entered_{how}", who)
        self._enters(who)

    def _enters(self, who: str) -> None:
        self._forget()
        self.who = who
        self._no_badge()
        self._desk.call.wish("came")  # whoever was called stands here: the counter need not ring any more
        self._show(self._beside())

    def _refuse(self, *messages: Text) -> None:
        if isinstance(self._shown, VolunteerDoorView):
            self._wait()
            self._show(replace(self._shown, checking=False, messages=messages, tries=self._shown.tries + 1))

    async def _leave(self, why: str) -> None:
        who = self.who
        if who:
            await self._did(why, who)
        self._away()

    async def _point(self) -> None:
        who = self.who
        await self._did("point", who)
        self._pointed, self._resume = who, self._desk.later(RESUME, self._forget)
        self._away()
        self._desk.stage.point()

    async def _wish(self, wish: Back | Again) -> None:
        await self._did("back" if isinstance(wish, Back) else "again", self.who)
        allowed = isinstance(self._shown, VolunteerView) and (self._shown.back if isinstance(wish, Back) else self._shown.again)
        if not (allowed and self._desk.stage.interrupt(wish)):
            self._show(replace(self._beside(), why=Word("volunteer.busy")))

    async def _did(self, did: str, who: str) -> None:
        assert self._session is not None
        step = self._step.name if self._step is not None else ""
        await self._write(events.VolunteerHelped(visit=self._session.visit, volunteer=who, did=did, step=step))

    async def _write(self, event: events.Event) -> None:
        with suppress(Fault):  # a journal that takes nothing more tells that itself
            await self._desk.journal.write(event)

    # What is shown ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _show(self, view: VolunteerDoorView | VolunteerView) -> None:
        before, self._shown = self._shown, view
        if before is None:
            self._desk.announcer.mask(True)
        if type(before) is not type(view):
            self._wait()
        self._desk.stage.attend(view)

    def _beside(self) -> VolunteerView:
        key = f"{WORDS}.{type(self._view).__name__}"
        say = Word(key if key in i18n.table(i18n.REFERENCE) else f"{WORDS}.other")
        why = self._why()
        return VolunteerView(
            trail=self._desk.trail,
            who=self.who,
            say=say,
            minnan=i18n.say(say, "nan"),
            back=self._view.can_back,
            again=self._step is not None and not why and not isinstance(self._view, ApologyView),
            why=why,
        )

    def _why(self) -> Text:
        """Why the step may not begin anew, where money or a department has been asked."""
        if self._session is None or self._step is None:
            return ""
        phase = self._step.phase.name
        if phase in ("SUBMIT", "DELIVER", "THANK"):
            return Word("volunteer.again.submitted")
        return Word("volunteer.again.paid") if phase == "PAY" or self._session.paid else ""

    def _away(self) -> None:
        self._no_badge()
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        self.who = ""
        if self._shown is not None:
            self._shown = None
            self._desk.announcer.mask(False)
            self._desk.stage.attend(None)

    def _wait(self) -> None:
        """From the last touch, or from when somebody came in: a screen that repaints itself keeps nobody signed in."""
        if self._idle is not None:
            self._idle.cancel()
        seconds = DOOR if isinstance(self._shown, VolunteerDoorView) else IDLE
        self._idle = self._desk.later(seconds, self._idled)

    def _idled(self) -> None:
        self._begin(self._leave("idle"))

    def _forget(self) -> None:
        """Who pointed signs in anew."""
        self._pointed = ""
        if self._resume is not None:
            self._resume.cancel()
            self._resume = None

    def _no_badge(self) -> None:
        if self._badge is not None and self._badge is not asyncio.current_task():
            self._badge.cancel()
        self._badge = None

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
