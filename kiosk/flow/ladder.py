"""The rungs of one call for help, one after the other until somebody answers."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk import i18n
from kiosk.backoffice import Reply, Request
from kiosk.backoffice.counter import CounterHook, Ring, Unreached
from kiosk.config import Volunteer
from kiosk.flow.sounds import RING, Sounds
from kiosk.flow.stage import HelpCall
from kiosk.journal import Journal
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.words import Word
from kiosk.model.zone import CHINA

TRIES = 3  # where nobody can hear the loudspeaker either
AGAIN = 12.0  # seconds from one ringing to the next

Answer = Literal["coming", "cannot", "nobody", "unreached"]
# For who answers on the city's board, and public there once they have.
_BOARD = "{station}：有人请店员帮忙，店里和远程都没有人应答，请跟进。事项：{item}；画面：{view}；时间：{at}；呼叫：{call}。"


@dataclass(frozen=True, kw_only=True)
class Means:
    """Who can be called from here. `ask`: one request to the officers; raises Fault.

    `poll` seconds between two questions, to the counter and to an officer; `stays` seconds from "coming" until it is not counted on.
    """

    settings: Volunteer
    station: str
    counter: CounterHook | None
    sounds: Sounds
    journal: Journal
    ask: Callable[[Request], Awaitable[Reply]]
    poll: float = 2.0
    stays: float = 180.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the flow somebody is. `visit` and `item` are "" outside of one; `view`: the class of what the glass shows."""

    view: str
    language: str
    visit: str = ""
    item: str = ""


class Ladder:
    """`before`: the message that the same person left already; a second call puts none beside it."""

    def __init__(self, means: Means, place: Place, show: Callable[[HelpCall], None], before: HelpCall) -> None:
        self._means = means
        self.place = place
        self._show = show
        self.number = ""
        self._ring: Ring | None = None  # the counter has it
        self._under_way: Ring | None = None  # it may have it: who was cut off cannot know
        self._knocked = False  # the officers may have heard of it
        self._help_no = ""  # there, from their answer on
        self._message = before
        self._rung = "counter"
        self._began = asyncio.get_running_loop().time()
        self._told = False  # how it went

    async def climb(self) -> None:
        """From "calling" on; returns when nothing more is to come of it. Raises nothing but bugs."""
        self.number = await self._begun()
        answer = await self._at_the_counter()
        await self._write(events.VolunteerAnswered(visit=self.place.visit, call=self.number, answer=answer))
        if answer == "coming":
            self._show(HelpCall(state="coming"))
            await asyncio.sleep(self._means.stays)
            await self.went("coming")
            self._show(HelpCall())
            return
        if answer == "nobody":
            await self._over()
        said = await self._from_an_officer()
        if said:
            await self._write(events.OfficerAdvised(visit=self.place.visit, call=self.number))
            await self.went("advised")
            self._show(HelpCall(state="answered", answer=said))
        else:
            self._rung = "message"
            told, left = await asyncio.gather(self._leave("yes"), self._on_the_board())
            place, number = self.place, left.number
            row = events.HelpLeft(visit=place.visit, call=self.number, view=place.view, item=place.item, told=told, board_no=number)
            await self._write(row)
            await self.went("left" if number else "unsent")
            self._show(left)

    async def call_off(self, *, ring: bool) -> None:
        """Nobody has to come any more: said wherever it was asked. `ring`: to the counter, too."""
        await asyncio.gather(self._leave("no"), self._over() if ring else asyncio.sleep(0))

    async def went(self, outcome: str) -> None:
        """Into the journal, once: what came of it."""
        if not self._told:
            self._told = True
            seconds = round(asyncio.get_running_loop().time() - self._began)
            row = events.CallClimbed(visit=self.place.visit, call=self.number, rung=self._rung, outcome=outcome, seconds=seconds)
            await self._write(row)

    # -- the counter ---------------------------------------------------------------------------------------------------
    async def _begun(self) -> str:
        place = self.place
        try:
            return await self._means.journal.call(place.visit, view=place.view, item=place.item, language=place.language)
        except Fault:  # a terminal without a journal takes no money, and calls for help all the more
            return f"{self._means.station}-{secrets.token_hex(2)}-H"

    async def _at_the_counter(self) -> Answer:
        ringing = asyncio.create_task(self._ring_aloud()) if self._means.settings.sound else None
        try:
            async with asyncio.timeout(self._means.settings.wait):
                return await self._asked()
        except TimeoutError:
            return "nobody"
        finally:
            if ringing is not None:
                ringing.cancel()
                await asyncio.gather(ringing, return_exceptions=True)

    async def _asked(self) -> Answer:
        """The counter is told until it has the call, and asked as long as it can answer; who only hears it may come all the same."""
        counter, failures, answers = self._means.counter, 0, True
        while counter is not None and answers and (failures < TRIES or self._ring is not None or self._heard):
            word: Literal["ask", "call"] = "ask" if self._ring is not None else "call"
            self._under_way = self._letter()
            try:
                said = await counter.tell(self._under_way, word)
            except Unreached as why:
                self._under_way = None
                failures += 1
                log.warning("volunteer.unreached", call=self.number, reason=str(why))
            else:
                self._ring, failures, answers = self._letter(), 0, said != ""
                if said in ("coming", "cannot"):
                    return "coming" if said == "coming" else "cannot"
            await asyncio.sleep(self._means.poll * (1 + failures))
        while self._ring is not None or self._heard:  # noqa: ASYNC110 - they come or do not; a loudspeaker that breaks tells nobody
            await asyncio.sleep(self._means.poll)
        return "unreached"

    @property
    def _heard(self) -> bool:
        """Whether the loudspeaker rings for the counter: one that turns out to be broken meanwhile does not."""
        return self._means.settings.sound and self._means.sounds.audible

    def _letter(self) -> Ring:
        if self._ring is not None:
            return self._ring
        place, settings = self.place, self._means.settings
        return Ring(
            call=self.number,
            station=self._means.station,
            view=place.view,
            item=place.item,
            language=place.language,
            at=datetime.now(CHINA).isoformat(timespec="seconds"),
            wait=settings.wait,
        )

    async def _over(self) -> None:
        ring = self._ring or self._under_way
        if self._means.counter is not None and ring is not None:
            with suppress(Unreached):  # it stops ringing by itself
                await self._means.counter.tell(ring, "over")

    async def _ring_aloud(self) -> None:
        sounds = self._means.sounds
        while True:
            await sounds.quiet()  # what is being said to the citizen is said to its end
            sounds.play(RING, to_all=True)
            await asyncio.sleep(AGAIN)

    # -- a remote officer ----------------------------------------------------------------------------------------------
    async def _from_an_officer(self) -> str:
        """What an officer wrote; "" when none did."""
        if not self._means.settings.officer:
            return ""
        self._rung = "officer"
        self._show(HelpCall(state="officer"))
        try:
            async with asyncio.timeout(self._means.settings.officer):
                self._knocked = True
                self._help_no = await self._wanted()
                while True:
                    said = (await self._means.ask(self._request("OFFICER.helpAnswer", "OQ", help_no=self._help_no))).data
                    if said["state"] != "waiting":
                        return str(said.get("text", ""))
                    await asyncio.sleep(self._means.poll)
        except (Fault, TimeoutError):
            return ""

    async def _wanted(self) -> str:
        place = self.place
        asked = self._request("OFFICER.help", "O", write=True, view=place.view, item=place.item, language=place.language)
        return str((await self._means.ask(asked)).data["help_no"])

    async def _leave(self, leave: Literal["yes", "no"]) -> bool:
        """Ends what was asked of the officers: it stays there as a message, or it is gone. Whether they know."""
        if not self._knocked:
            return False
        try:
            help_no = self._help_no or await self._wanted()  # its answer was not waited for: it may have gone out all the same
            await self._means.ask(self._request("OFFICER.endHelp", "OX", write=True, help_no=help_no, leave=leave))
        except Fault:
            return False
        return True

    # -- a message -----------------------------------------------------------------------------------------------------
    async def _on_the_board(self) -> HelpCall:
        """The message as the city's board has it, where anybody may look what became of it; without a number where it was not reached."""
        if self._message.number:
            return self._message
        place = self.place
        text = _BOARD.format(
            station=self._means.station,
            item=i18n.say(Word(f"item.{place.item}.title"), "zh_Hans") if place.item else "还没选",
            view=place.view,
            at=f"{datetime.now(CHINA):%Y-%m-%d %H:%M}",
            call=self.number,
        )
        asked = self._request("CITY.leaveMessage", "L", write=True, topic="machine", message=text)
        for left in range(TRIES - 1, -1, -1):  # an answer that was lost is asked for with the same key: one message
            try:
                said = (await self._means.ask(asked)).data
            except Fault as fault:
                if fault.code != "backoffice.unknown" or not left:
                    break
                await asyncio.sleep(self._means.poll)
            else:
                return HelpCall(state="left", number=str(said["number"]), owner=str(said["owner"]), until=str(said["until"]))
        return HelpCall(state="left")

    def _request(self, operation: str, key: str, *, write: bool = False, **answers: str) -> Request:
        return Request(operation=operation, key=f"{self.number}-{key}", station=self._means.station, answers=answers, write=write)

    async def _write(self, event: events.Event) -> None:
        with suppress(Fault):  # a journal that takes nothing more tells that itself
            await self._means.journal.write(event)
