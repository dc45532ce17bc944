"""What is heard at this terminal: one thing at a time, the newest ends the one before. Without a speaker there is silence (F-16)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from kiosk.devices.device import Device
from kiosk.devices.speaker import LOUDEST, Plugged, Speaker
from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.model.sound import Sound, silence, tone

# Ears that grow old lose the high tones first: all of these lie where they hear best.
ATTENTION = tone(660, 0.18) + silence(0.06) + tone(880, 0.3)  # "are you still there?"
CALL = tone(880, 0.12) + silence(0.08) + tone(880, 0.12) + silence(0.08) + tone(880, 0.2)  # something of yours lies here
RING = tone(740, 0.25) + silence(0.1) + tone(880, 0.25) + silence(0.1) + tone(988, 0.45)  # whoever works here is wanted
BREATH = silence(0.25)  # between two sentences
ECHO = 0.2  # seconds until a room has forgotten what was said last
SOFTEST, STEP = 30, 10  # of the volume: nobody can make it silent for themselves by mistake
GO = tone(880, 0.15)  # "speak now": the last that is heard before a microphone listens
HERE = tone(784, 0.12)  # as loud as it is now

Part = Sound | Callable[[], Awaitable[Sound | None]]
"""A sound, or what makes one when its turn comes; None: nothing to be heard."""


class Sounds:
    """For the engine's loop. Nothing here raises: what cannot be heard is on the glass."""

    def __init__(self, speaker: Device | None, headphones: Device | None = None) -> None:
        self._speaker = speaker if isinstance(speaker, Speaker) else None
        self._headphones = headphones if isinstance(headphones, Speaker) else None
        self.aside = False  # for one person alone, where there is a socket for it
        self._held = False  # a microphone listens
        self._failed = False  # what was played to the room last was not heard
        self._playing: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def socket(self) -> bool:
        """Whether there is one for headphones that works."""
        return self._headphones is not None and self._headphones.health.state.usable

    @property
    def plugged(self) -> Plugged:
        jack = self._headphones.jack if self._headphones is not None else None
        return jack.plugged if jack is not None else None

    @property
    def headphones(self) -> bool:
        """Whether somebody can hear by them; where nothing tells of the plug, the socket is enough."""
        return self.socket and self.plugged is not False

    async def watch(self, told: Callable[[Plugged, Plugged], None]) -> None:
        """Tells of the plug, before and now, until it is cancelled."""
        if self._headphones is not None and self._headphones.jack is not None:
            await self._headphones.jack.watch(told)

    @property
    def audible(self) -> bool:
        """Whether the room hears what is played to all: a loudspeaker that failed last time is none until something is heard again."""
        return self._speaker is not None and self._speaker.health.state.usable and not self._failed

    @property
    def private(self) -> bool:
        """Whether what is played now is for one person alone."""
        return self.aside and self.headphones

    def play(self, *parts: Part, to_all: bool = False) -> None:
        """One after the other from now on, in place of whatever is heard. `to_all`: to the room, whoever wears headphones."""
        self.hush()
        speaker = self._headphones if self.private and not to_all else self._speaker
        if self._held or speaker is None or not speaker.health.state.usable:
            return
        self._playing = asyncio.create_task(self._play(speaker, parts, frozenset(self._ending)))
        self._ending.add(self._playing)
        self._playing.add_done_callback(self._ending.discard)

    def hush(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
            self._playing = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Nothing is heard inside, whoever has something to say: somebody is being recorded. Begins when the room is silent."""
        self.hush()
        self._held = True
        try:
            if self._ending:
                await asyncio.wait(set(self._ending))
                await asyncio.sleep(ECHO)
            yield
        finally:
            self._held = False

    @property
    def playing(self) -> bool:
        return self._playing is not None and not self._playing.done()

    async def quiet(self) -> None:
        """Returns when nothing is heard."""
        while self._playing is not None and not self._playing.done():
            await asyncio.wait({self._playing})

    def louder(self, steps: int) -> bool:
        """Whether it could be: not beyond LOUDEST, nor below SOFTEST."""
        speaker = self._headphones if self.private else self._speaker
        if speaker is None:
            return False
        before = speaker.volume
        # Never the other way than was asked, where a shop begins below SOFTEST.
        speaker.volume = max(before, min(LOUDEST, before + STEP * steps)) if steps > 0 else min(before, max(SOFTEST, before + STEP * steps))
        return speaker.volume != before

    def reset(self) -> None:
        """The visit is over: silence, and the next one begins with the usual volume, for all to hear."""
        self.hush()
        self.aside = False
        for speaker in (self._speaker, self._headphones):
            if speaker is not None:
                speaker.volume = speaker.usual

    async def close(self) -> None:
        self.hush()
        await asyncio.gather(*self._ending, return_exceptions=True)

    async def _play(self, speaker: Speaker, parts: tuple[Part, ...], before: frozenset[asyncio.Task[None]]) -> None:
        if before:  # a lane sees to that for one speaker; there may be two
            await asyncio.wait(before)
        try:
            for part in parts:
                sound = part if isinstance(part, Sound) else await part()
                if sound is not None:
                    await speaker.play(sound + BREATH)
                    self._failed = self._failed and speaker is not self._speaker
        except Fault as fault:
            self._failed = self._failed or speaker is self._speaker
            log.error("device.fault", role=speaker.name, code=fault.code, detail=fault.detail)
