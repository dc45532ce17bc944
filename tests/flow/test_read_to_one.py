"""The reader's voice: in one pair of ears, or nothing personal is said; one sentence at a time; as loud as wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kiosk import i18n
from kiosk.devices.speaker import LOUDEST, Speaker
from kiosk.flow.announcer import Announcer
from kiosk.flow.sounds import HERE, SOFTEST, STEP, Sounds
from kiosk.flow.stage import Reading, Said
from kiosk.flow.views import GoodbyeView
from kiosk.model.health import Health, Report, State
from kiosk.model.sound import Sound, silence
from kiosk.model.words import Text, Word
from kiosk.testing.stage import ScriptedStage

WORDS = i18n.table("zh_Hans")
NAME = Said(text="王小明", personal=True)
TITLE = Said(text="请核对")


class Mouth(Speaker):
    """Ends what it plays when it is told to; knows of all of them whether two ever sounded at once."""

    sounding = 0
    most = 0

    def __init__(self) -> None:
        super().__init__()
        self.health = Health(state=State.READY)
        self.played = 0
        self.ends = asyncio.Event()

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def check(self) -> Report:
        return Report(health=self.health)

    async def play(self, sound: Sound) -> None:
        self.played += 1
        Mouth.sounding += 1
        Mouth.most = max(Mouth.most, Mouth.sounding)
        try:
            await self.ends.wait()
        finally:
            Mouth.sounding -= 1


class Place:
    def __init__(self, *, headphones: bool) -> None:
        Mouth.sounding = Mouth.most = 0
        self.room, self.ears = Mouth(), Mouth()
        self.said: list[str] = []
        self.sounds = Sounds(self.room, self.ears if headphones else None)
        self.announcer = Announcer(ScriptedStage(""), self.sounds, self, "")

    async def render(self, text: Text, language: str) -> Sound | None:
        self.said.append(i18n.say(text, language))
        return silence(0.01)

    async def heard(self) -> list[str]:
        self.room.ends.set()
        self.ears.ends.set()
        await self.sounds.quiet()
        self.room.ends.clear()
        self.ears.ends.clear()
        said, self.said = self.said, []
        return said


@pytest.fixture(params=[False, True], ids=["loudspeaker", "headphones"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    place = Place(headphones=request.param)
    yield place
    place.announcer.rest()
    await place.sounds.close()
    for speaker in (place.room, place.ears):
        speaker.lane.close()


async def test_what_is_personal_goes_into_one_pair_of_ears_or_is_not_said(place: Place) -> None:
    place.announcer.reads(Reading(on=True))
    await place.heard()
    place.room.played = 0
    for turn in range(2):
        place.announcer.read((TITLE, NAME, Said(text="0011", personal=True, instead=Word("reader.line.filled", count=4))))
        said = await place.heard()
        if place.sounds.headphones:
            assert said == ["请核对", "王小明", "0011"] and place.room.played == 0
        else:
            why = [WORDS["reader.withheld.why"]] if turn == 0 else []
            assert said == ["请核对", WORDS["reader.withheld"], "已填 4 个字", *why]
    place.announcer.reads(Reading(on=True, room=True, personal=True))
    await place.heard()
    place.announcer.read((NAME,))
    assert await place.heard() == ["王小明"], "it is the person's choice"


async def test_headphones_that_break_let_nothing_out_into_the_room(place: Place) -> None:
    place.announcer.reads(Reading(on=True))
    await place.heard()
    place.ears.health = Health(state=State.DOWN)
    place.announcer.read((NAME,))
    assert "王小明" not in await place.heard()


async def test_how_it_is_heard_is_said(place: Place) -> None:
    place.announcer.reads(Reading(on=True))
    first = (await place.heard())[0]
    assert first == WORDS["reader.plug" if place.sounds.headphones else "reader.welcome"]
    assert place.ears.played == 0, "who has not plugged in yet hears where to"
    for reading, key in (
        (Reading(on=True, room=True), "reader.through.room"),
        (Reading(on=True, room=True, personal=True), "reader.personal.on"),
        (Reading(on=True, room=True), "reader.personal.off"),
        (Reading(on=True), "reader.through.headphones" if place.sounds.headphones else "reader.through.none"),
        (Reading(), "reader.off"),
    ):
        place.announcer.reads(reading)
        assert await place.heard() == [WORDS[key]]


async def test_the_next_key_ends_a_sentence_and_two_never_sound_at_once(place: Place) -> None:
    for reading in (Reading(on=True), Reading(on=True, room=True), Reading(on=True)) * 3:
        place.announcer.reads(reading)
        for _ in range(3):
            await asyncio.sleep(0)
        place.announcer.touched()
        place.announcer.read((TITLE, TITLE))
        for _ in range(5):
            await asyncio.sleep(0)
    await place.heard()
    assert Mouth.most == 1
    assert place.room.played + place.ears.played > 9


async def test_louder_and_softer_within_bounds_and_as_before_after_the_visit(place: Place) -> None:
    place.announcer.reads(Reading(on=True))
    await place.heard()
    mine, other = (place.ears, place.room) if place.sounds.headphones else (place.room, place.ears)
    before = mine.volume
    place.announcer.louder(1)
    assert (mine.volume, other.volume) == (before + STEP, other.usual)
    assert await place.heard() == [] and HERE.seconds > 0, "a tone, as loud as it is now"
    for _ in range(9):
        place.announcer.louder(1)
    assert mine.volume == LOUDEST and (await place.heard())[-1] == WORDS["volume.loudest"]
    for _ in range(12):
        place.announcer.louder(-1)
    assert mine.volume == SOFTEST and (await place.heard())[-1] == WORDS["volume.softest"]
    mine.volume = 10  # as a shop may have it
    place.announcer.louder(-1)
    assert mine.volume == 10
    place.announcer.rest()
    assert (place.room.volume, place.ears.volume) == (place.room.usual, place.ears.usual)
    assert not place.sounds.aside


async def test_who_walked_away_from_their_card_is_called_in_the_room(place: Place) -> None:
    place.announcer.reads(Reading(on=True))
    await place.heard()
    played = place.room.played
    async with place.announcer.calling(GoodbyeView(title=Word("card_left.title")), every=60):
        while place.room.played == played:
            await asyncio.sleep(0)
    assert place.ears.played == 0
