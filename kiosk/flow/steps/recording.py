"""Lets somebody say what others type: asked first, stopped when they like, listened to, and theirs to throw away until it is sent."""

from __future__ import annotations

import asyncio
import io
import math
import wave
from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.devices.microphone import Take
from kiosk.devices.roles import MICROPHONE
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.sounds import GO
from kiosk.flow.stage import Back
from kiosk.flow.step import Phase, Step
from kiosk.flow.views import RecordView
from kiosk.flow.ways import usable
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import applies
from kiosk.model.session import Session
from kiosk.model.sound import SPEECH_RATE, WIDTH
from kiosk.model.words import Text, Word

MOST = 60.0  # seconds: what an owner listens to at once, 1.9 MB
EVERY = 0.1  # seconds between two looks at the level
LOUD = 0.2  # root mean square of full scale: a full bar
WORDING = "2026-11"  # of `record.consent`


@dataclass(frozen=True)
class Recording(Step):
    """Answers `<input>`: how many seconds; the recording (WAV, 16 kHz, one channel) is in `Session.files`.

    Nothing here ends a visit: who cannot be heard goes back and types.
    """

    input: str
    name: ClassVar[str] = "recording"
    phase: ClassVar[Phase] = Phase.CAPTURE

    def wanted(self, session: Session) -> bool:
        return any(one.name == self.input and applies(one.when, session.answers) for one in session.item.inputs)

    async def run(self, session: Session, desk: Desk) -> Session:
        before = _before(session, self.input)  # who comes back to it may keep it
        agreed = before is not None
        message: Text = ""
        while True:
            if before is None:
                await self._ready(session, desk, message, agreed=agreed)
                if not agreed:
                    agreed = True
                    row = events.Consented(visit=session.visit, purpose=f"recording:{session.item.id}", wording=WORDING)
                    await desk.journal.write(row)
            take = before or Take(MOST)
            try:
                if before is None and (message := await self._recorded(take, desk)):
                    continue
                wish = await self._kept(take, desk)
                if wish == "keep":
                    return _with(session, self.input, take)
                if wish == "back" and before is not None:
                    raise Back
                message = "" if wish == "again" else Word("record.deleted")
            finally:
                take.wipe()
            before = None

    @staticmethod
    async def _ready(session: Session, desk: Desk, message: Text, *, agreed: bool) -> None:
        """Returns when it is to begin. Whoever would rather type goes back to where that is chosen."""
        text = Word("record.ready") if agreed else Word("record.consent", unit=Word(f"unit.{session.item.unit}"))

        def now() -> RecordView:
            there = usable(MICROPHONE, desk)
            return RecordView(
                title=Word("record.title"),
                text=text if there else Word("fault.microphone.absent.next"),
                state="ready" if there else "gone",
                message=message if there or message else Word("fault.microphone.absent"),
                most=round(MOST),
                agreed=agreed,
                can_back=True,
            )

        answer = await desk.ask_live(now)
        if answer.get("record") != "start":
            raise Back

    @staticmethod
    async def _recorded(take: Take, desk: Desk) -> Text:
        """Fills `take`; why there is nothing, or "". The terminal says nothing meanwhile, and nobody is asked whether they are there."""
        view = RecordView(title=Word("record.title"), text="", state="recording", most=round(MOST), can_back=True, watched=False)

        def now() -> RecordView:
            return replace(view, level=min(100, round(100 * take.level / LOUD)), seconds_left=math.ceil(MOST - take.seconds))

        async def grows() -> None:
            while not recording.done():
                desk.show(now())
                await asyncio.wait({recording}, timeout=EVERY)

        desk.sounds.play(GO)
        await desk.sounds.quiet()
        async with desk.sounds.held():
            recording = asyncio.create_task(desk.use(MICROPHONE).record(take))
            try:
                await desk.meanwhile(now(), grows())
            except Answered:
                take.stop()
                await asyncio.wait({recording})
            finally:
                recording.cancel()
                await asyncio.gather(recording, return_exceptions=True)
        try:
            recording.result()
        except Fault as fault:
            log.warning("device.fault", role=MICROPHONE.name, code=fault.code, detail=fault.detail)
            return Word(f"fault.{fault.code}")
        return ""

    @staticmethod
    async def _kept(take: Take, desk: Desk) -> str:
        """What becomes of it: keep, again, delete, back. Listening to it is up to them: others may hear it, too."""
        while True:
            view = RecordView(
                title=Word("record.review"),
                text=Word("record.review.full" if take.seconds >= MOST else "record.review.lead"),
                state="recorded",
                seconds=math.ceil(take.seconds),
                most=round(MOST),
                plays=(desk.sounds.audible or desk.sounds.private) and not desk.announcer.masked,
                can_back=True,
            )
            try:
                wish = str((await desk.ask(view)).get("record", ""))
            except Back:
                return "back"
            if wish != "listen":
                return wish
            await Recording._played(take, desk, replace(view, state="playing", text="", watched=False))

    @staticmethod
    async def _played(take: Take, desk: Desk, view: RecordView) -> None:
        desk.show(view)  # first: another picture ends what is heard
        desk.sounds.play(take.sound())
        try:
            await desk.meanwhile(view, desk.sounds.quiet())
        except (Answered, Back):
            return
        finally:
            desk.sounds.hush()


def _before(session: Session, name: str) -> Take | None:
    """What was said when the citizen was here before in this visit."""
    files = session.files.get(name)
    if not files:
        return None
    take = Take(MOST)
    with wave.open(io.BytesIO(files[0])) as file:
        take.put(file.readframes(file.getnframes()))
    return take


def _with(session: Session, name: str, take: Take) -> Session:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH)
        file.setframerate(SPEECH_RATE)
        file.writeframes(take.pcm)
    seconds = str(max(1, round(take.seconds)))
    return replace(session, answers={**session.answers, name: seconds}, files={**session.files, name: (written.getvalue(),)})
