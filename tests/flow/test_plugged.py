"""Headphones pulled out: what is personal ends at once and the loudspeaker never says it. Plugged in: the reader begins in them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.devices.speaker import Speaker
from kiosk.devices.speaker.simulated_jack import JackSimulator, SimulatedJack
from kiosk.flow.announcer import Announcer
from kiosk.flow.sounds import Sounds
from kiosk.flow.stage import Reading, Said
from kiosk.model.health import Health, Report, State
from kiosk.model.sound import Sound, tone
from kiosk.model.words import Text
from kiosk.testing.jack import Told
from kiosk.testing.stage import ScriptedStage

WORDS = i18n.table("zh_Hans")
NAME = Said(text="王小明", personal=True)


class Mouth(Speaker):
    """Keeps what it was given; says it until it is told to stop, where `long`."""

    def __init__(self) -> None:
        super().__init__()
        self.health = Health(state=State.READY)
        self.said: list[Sound] = []
        self.stopped = 0
        self.long = False

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def check(self) -> Report:
        return Report(health=self.health)

    async def play(self, sound: Sound) -> None:
        self.said.append(sound)
        try:
            while self.long:
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.stopped += 1
            raise


class Place:
    def __init__(self, jack: JackSimulator) -> None:
        self.jack = jack
        self.room, self.ears = Mouth(), Mouth()
        self.ears.jack = SimulatedJack(str(jack.path))
        self.sounds = Sounds(self.room, self.ears)
        self.stage = ScriptedStage("")
        self.announcer = Announcer(self.stage, self.sounds, self, "")
        self.rendered: list[str] = []
        self.told = Told()

    def plugged(self, before: bool | None, now: bool | None) -> None:
        self.announcer.plugged(before, now)
        self.told(before, now)

    async def render(self, text: Text, language: str) -> Sound | None:
        self.rendered.append(i18n.say(text, language))
        return tone(440 + len(self.rendered), 0.01)

    async def put(self, plugged: bool) -> None:
        count = len(self.told.changes)
        self.jack.put(plugged)
        await self.told.until(lambda changes: len(changes) > count)

    async def heard(self) -> list[str]:
        await self.sounds.quiet()
        said, self.rendered = self.rendered, []
        return said


async def ended(place: Place, jack: JackSimulator, watching: asyncio.Task[None]) -> None:
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await place.sounds.close()
    jack.stop()
    for speaker in (place.room, place.ears):
        speaker.lane.close()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    jack = JackSimulator(tmp_path / "jack")
    jack.start()
    place = Place(jack)
    watching = asyncio.create_task(place.sounds.watch(place.plugged))
    await place.told.until(lambda changes: bool(changes))
    yield place
    await ended(place, jack, watching)


async def test_pulled_out_while_a_name_is_said_it_ends_and_the_room_hears_a_fixed_sentence(place: Place) -> None:
    await place.put(True)
    place.announcer.reads(Reading(on=True, personal=True))
    await place.heard()
    place.ears.long = True
    place.announcer.read((NAME, NAME))
    async with asyncio.timeout(60):
        while "王小明" not in place.rendered:
            await asyncio.sleep(0.005)
    place.room.said.clear()
    place.rendered.clear()
    await place.put(False)
    place.ears.long = False
    assert await place.heard() == [WORDS["reader.unplugged"]]
    assert place.ears.stopped == 1 and len(place.room.said) == 1
    place.announcer.read((NAME,))
    assert "王小明" not in await place.heard(), "that others may hear it was not meant for now"
    assert place.stage.plugs == [False, True, False]


async def test_plugged_in_the_reader_begins_in_them_and_says_so_at_once(place: Place) -> None:
    await place.put(True)
    assert place.stage.plugs[-1] is True
    place.announcer.reads(Reading(on=True))
    assert await place.heard() == [WORDS["reader.welcome"], WORDS["reader.keys"]]
    assert place.room.said == [] and len(place.ears.said) == 2


async def test_who_begins_without_them_is_asked_to_plug_in_and_then_hears_by_them(place: Place) -> None:
    place.announcer.reads(Reading(on=True))
    assert await place.heard() == [WORDS["reader.plug"]] and place.ears.said == []
    place.announcer.read((NAME,))
    assert "王小明" not in await place.heard() and place.ears.said == []
    await place.put(True)
    assert await place.heard() == [WORDS["reader.through.headphones"]] and len(place.ears.said) == 1
    place.announcer.read((NAME,))
    assert await place.heard() == ["王小明"] and len(place.ears.said) == 2


async def test_headphones_that_were_in_before_anybody_came_begin_nothing(tmp_path: Path) -> None:
    jack = JackSimulator(tmp_path / "jack")
    jack.put(True)
    jack.start()
    place = Place(jack)
    watching = asyncio.create_task(place.sounds.watch(place.plugged))
    await place.told.until(lambda changes: changes == [(None, True)])
    assert place.stage.plugs == []
    await ended(place, jack, watching)
