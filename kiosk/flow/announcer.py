"""Says what is on the glass, in the language that is read there; a touch or another screen ends it. All of it is to be read, too.

Said where somebody wants to hear it (care mode, the voice switch); a few short calls, to whoever may be looking elsewhere, are said to all.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol

from kiosk.devices.speaker import Plugged
from kiosk.flow.mask import public
from kiosk.flow.sounds import ATTENTION, CALL, HERE, Sounds
from kiosk.flow.spoken import MILESTONES, countdown, left, spoken
from kiosk.flow.stage import HelpCall, Reading, Said, Stage, View
from kiosk.model.sound import Sound
from kiosk.model.words import Text, Word

UNTOUCHED, UNREAD = View(), Reading()


class Voice(Protocol):
    """`kiosk.speech.voice.Voice` is one."""

    async def render(self, text: Text, language: str) -> Sound | None: ...


class Announcer:
    """A `kiosk.flow.stage.Speaking` of one stage, in the engine's loop."""

    def __init__(self, stage: Stage, sounds: Sounds, voice: Voice, hotline: str) -> None:
        self._stage = stage
        self._sounds = sounds
        self._voice = voice
        self._hotline = hotline
        self._view = UNTOUCHED
        self._said: tuple[Text, ...] = ()
        self._milestones: list[asyncio.TimerHandle] = []
        self._reading = UNREAD
        self._withheld = False  # something was, and why was said
        self._call = HelpCall()
        self.masked = False  # a volunteer stands here: nothing is said but fixed sentences

    def painted(self, view: View, *, asked: bool = False) -> None:
        """Another screen is said from its beginning, a call each time it is asked; of the same one only what is new: an error, a hint."""
        before, self._said = self._said, spoken(view)
        another = type(view) is not type(self._view)
        self._view = view
        self._count_down(view)
        news = self._said if another or (asked and view.aloud) else tuple(text for text in self._said if text not in before)
        if another:
            self._sounds.hush()
        if news and (self._stage.voice or view.aloud):
            self._say(news)

    @property
    def view(self) -> str:
        """The name of what the glass shows."""
        return type(self._view).__name__

    def alert(self) -> None:
        self._say((Word("still.title"), Word("still.text")), ATTENTION)

    def touched(self) -> None:
        self._sounds.hush()

    def turned(self) -> None:
        self._sounds.hush()
        if self._stage.voice and self._said:
            self._say(self._said)

    def asked(self, sheet: str) -> None:
        if not self._stage.voice:
            return
        match sheet:
            case "help":
                self._say(self._help())
            case "access":
                self._say((Word("access.title"), *(Word(f"access.{way}") for way in ("care", "contrast", "low", "voice", "reader"))))
            case "end":
                self._say((Word("end.title"), Word("end.text"), Word("end.no"), Word("end.yes")))

    def called(self, call: HelpCall) -> None:
        """News of the call for help are said whether or not the voice is on: somebody waits for them, and may look elsewhere."""
        self._call = call
        if call.running:
            self._forget_milestones()  # the time stands still, and how much is left then is not told
        if call.state:
            self._say(self._help())

    def _help(self) -> tuple[Text, ...]:
        hotline = (Word("help.hotline", hotline=self._hotline),) if self._hotline else ()
        match self._call.state:
            case "":
                return (Word("help.title"), Word(f"help.{type(self._view).__name__}"), Word("help.call"), *hotline)
            case "answered":
                return (Word("help.answered"), self._call.answer)
            case "left":
                call = self._call
                if not call.number:
                    return (Word("help.left"), Word("help.left.unsent"), *hotline)
                where = Word("help.left.said", number=" ".join(call.number), owner=call.owner, until=call.until)
                return (Word("help.left"), Word("help.left.text"), where, *hotline)
            case state:
                return (Word(f"help.{state}"), Word(f"help.{state}.text"))

    def reads(self, reading: Reading) -> None:
        before, self._reading = self._reading, reading
        self._sounds.hush()
        self._sounds.aside = reading.on and not reading.room
        if reading.on and not before.on:
            self._welcome()
        elif reading.on and before.room and not reading.room:
            self._say((self._through(),))
        elif reading.on and reading.room and not before.room:
            self._say((Word("reader.through.room"),))
        elif reading.on and reading.personal != before.personal:
            self._say((Word("reader.personal.on" if reading.personal else "reader.personal.off"),))
        elif before.on and not reading.on:
            self._say((Word("reader.off"),))

    def plugged(self, before: Plugged, now: Plugged) -> None:
        """The plug of the headphones. Out: what was said into them ends, and that others may hear it was allowed with them on. In: whoever
        plugs in wants to hear."""
        if now is False:
            self._sounds.hush()
            self._reading = replace(self._reading, personal=False)
            self._stage.plugged(False)
            if self._reading.on and not self._reading.room and before:
                self._say((self._through(),))
        elif now and before is False:
            if self._reading.on and not self._reading.room:
                self._sounds.hush()
                self._say((self._through(),))
            else:
                self._stage.plugged(True)

    def _through(self) -> Word:
        if self._sounds.private:
            return Word("reader.through.headphones")
        return Word("reader.unplugged" if self._sounds.socket else "reader.through.none")

    def read(self, said: tuple[Said, ...]) -> None:
        allowed = (self._sounds.private or self._reading.personal) and not self.masked
        texts = [one.text if allowed or not one.personal else one.instead or Word("reader.withheld") for one in said]
        if not self._withheld and not allowed and any(one.personal and not one.instead for one in said):
            self._withheld = True
            texts.append(Word("reader.withheld.why"))
        self._play(tuple(text for text in texts if text), self._stage.language)  # what is personal is left out already

    def script(self, text: Word, language: str) -> None:
        """What a volunteer may say to the citizen, said for them."""
        self._sounds.hush()
        self._play((text,), language)

    def mask(self, on: bool) -> None:
        """A volunteer stands there, or no longer. What is being said ends."""
        self.masked = on
        self._sounds.hush()

    def louder(self, steps: int) -> None:
        if self._sounds.louder(steps):
            self._sounds.play(HERE)
        else:
            self._say((Word("volume.loudest" if steps > 0 else "volume.softest"),))

    def _welcome(self) -> None:
        """Who has not plugged in yet hears where, from the loudspeaker; the keys are explained in their ears, by the next key."""
        if self._sounds.private and self._sounds.plugged:
            self._say((Word("reader.welcome"), Word("reader.keys")))
        elif self._sounds.socket:
            self._say((Word("reader.plug"),), to_all=True)
        else:
            self._say((Word("reader.welcome"), Word("reader.keys"), Word("reader.loudspeaker")))

    @asynccontextmanager
    async def calling(self, view: View, every: float) -> AsyncIterator[None]:
        """Calls somebody back who walks away, with a tone and what `view` says, every so many seconds until the block is left."""

        async def call() -> None:
            while True:
                await self._sounds.quiet()
                self._say(spoken(view), CALL, to_all=True)  # whoever has left wears no headphones any more
                await asyncio.sleep(every)

        calls = asyncio.create_task(call())
        try:
            yield
        finally:
            calls.cancel()
            await asyncio.gather(calls, return_exceptions=True)

    def rest(self) -> None:
        """The visit is over."""
        self._forget_milestones()
        self._view, self._said = UNTOUCHED, ()
        self._reading, self._withheld, self.masked = UNREAD, False, False
        self._sounds.reset()

    def _count_down(self, view: View) -> None:
        self._forget_milestones()
        seconds = 0 if self._call.running else countdown(view)
        loop = asyncio.get_running_loop()
        self._milestones = [
            loop.call_later(seconds - milestone, self._milestone, view, milestone) for milestone in MILESTONES if milestone < seconds
        ]

    def _forget_milestones(self) -> None:
        for milestone in self._milestones:
            milestone.cancel()
        self._milestones = []

    def _milestone(self, view: View, seconds: int) -> None:
        if self._stage.voice and not self._sounds.playing:
            self._say((left(view, seconds),))

    def _say(self, texts: tuple[Text, ...], first: Sound | None = None, *, to_all: bool = False) -> None:
        if self.masked:
            texts = tuple(text for text in texts if public(text))
        if texts or first:
            self._play(texts, self._stage.language, first, to_all=to_all)

    def _play(self, texts: tuple[Text, ...], language: str, first: Sound | None = None, *, to_all: bool = False) -> None:
        self._sounds.play(*([first] if first else []), *(self._rendered(text, language) for text in texts), to_all=to_all)

    def _rendered(self, text: Text, language: str) -> Callable[[], Awaitable[Sound | None]]:
        return lambda: self._voice.render(text, language)
