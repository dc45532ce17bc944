"""What every speaker must keep: inherit `SpeakerContract` in a test class and give it two fixtures, see there."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import Protocol

import numpy as np
import pytest

from kiosk.devices.device import Device
from kiosk.devices.speaker import Speaker
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State
from kiosk.model.sound import RATE, Sound, tone
from kiosk.testing.line import HIGH, LOW, LineDeviceContract, Plug, until

WINDOW = RATE // 25  # samples in which one pitch is looked for
FAINT = 0.004  # of full scale; below it is silence


class Ears(Plug, Protocol):
    """Somebody who listens from before the speaker is opened."""

    def heard(self) -> Sound:
        """All that was heard so far; pauses may be in it."""


def loudness(sound: Sound) -> float:
    """The loudest window: its root mean square, of full scale."""
    return max((float(np.sqrt(np.mean(window**2))) for window in _windows(sound)), default=0.0)


def pitches(sound: Sound) -> list[float]:
    """What was heard one after the other, in hertz; pauses, and what is too short to be told, left out."""
    found = [_pitch(window) for window in _windows(sound)]
    runs = [(pitch, len(list(run))) for pitch, run in groupby(found)]
    long = [pitch for pitch, length in runs if pitch and length >= 2]
    return [pitch for pitch, _ in groupby(long)]


def seconds_of(pitch: float, sound: Sound) -> float:
    return sum(_near(_pitch(window), pitch) for window in _windows(sound)) * WINDOW / RATE


def _windows(sound: Sound) -> list[np.ndarray]:
    samples = np.frombuffer(sound.pcm, "<i2").astype(float) / 32_768
    return [samples[begin : begin + WINDOW] for begin in range(0, len(samples) - WINDOW + 1, WINDOW)]


def _pitch(window: np.ndarray) -> float:
    """The nearest of the two pitches that are played here, 0 for silence and all else."""
    if np.sqrt(np.mean(window**2)) < FAINT:
        return 0.0
    peak = float(np.argmax(np.abs(np.fft.rfft(window)))) * RATE / WINDOW
    return next((pitch for pitch in (LOW, HIGH) if _near(peak, pitch)), 0.0)


def _near(peak: float, pitch: float) -> bool:
    return abs(peak - pitch) <= RATE / WINDOW


class SpeakerContract(LineDeviceContract):
    """Two fixtures to give: `speaker`, new and not open; `ears`, that listen to it from before it is opened."""

    @pytest.fixture
    def speaker(self) -> Speaker:
        raise NotImplementedError("the test class gives the speaker under test")

    @pytest.fixture
    def ears(self, speaker: Speaker) -> Ears:
        raise NotImplementedError("the test class gives the ears that hear this speaker")

    @pytest.fixture
    def device(self, speaker: Speaker) -> Speaker:
        return speaker

    @pytest.fixture
    def plug(self, ears: Ears) -> Ears:
        return ears

    async def used(self, device: Device) -> None:
        assert isinstance(device, Speaker)
        await device.play(tone(LOW, 0.1))

    async def test_its_volume_is_told(self, opened: Speaker) -> None:
        assert (await opened.check()).facts["volume"] == str(opened.usual)

    async def test_what_is_played_is_heard_to_its_end(self, opened: Speaker, ears: Ears) -> None:
        await opened.play(tone(LOW, 0.6) + tone(HIGH, 0.6))
        await until(lambda: pitches(ears.heard()) == [LOW, HIGH] and seconds_of(HIGH, ears.heard()) > 0.4)

    async def test_nothing_at_all_is_played_too(self, opened: Speaker) -> None:
        await opened.play(Sound(b""))

    async def test_never_two_at_once(self, opened: Speaker, ears: Ears) -> None:
        await asyncio.gather(opened.play(tone(LOW, 0.6)), opened.play(tone(HIGH, 0.6)), opened.play(tone(LOW, 0.6)))
        await until(lambda: pitches(ears.heard()) == [LOW, HIGH, LOW])

    async def test_called_off_it_falls_silent_and_says_the_next_thing(self, opened: Speaker, ears: Ears) -> None:
        playing = asyncio.create_task(opened.play(tone(LOW, 30)))
        await until(lambda: seconds_of(LOW, ears.heard()) > 0.2)
        playing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await playing
        await opened.play(tone(HIGH, 0.6))
        await until(lambda: seconds_of(HIGH, ears.heard()) > 0.4)
        assert pitches(ears.heard()) == [LOW, HIGH]
        assert seconds_of(LOW, ears.heard()) < 20

    async def test_called_off_before_it_began_nothing_is_heard_of_it(self, opened: Speaker, ears: Ears) -> None:
        first = asyncio.create_task(opened.play(tone(LOW, 0.6)))
        waiting = asyncio.create_task(opened.play(tone(HIGH, 30)))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({first, waiting})
        assert waiting.cancelled() and first.exception() is None
        await until(lambda: pitches(ears.heard()) == [LOW])

    async def test_volume_is_heard_and_nothing_at_none(self, opened: Speaker, ears: Ears) -> None:
        opened.volume = 100
        await opened.play(tone(LOW, 0.6))
        await until(lambda: loudness(ears.heard()) > 0.3)
        opened.volume = 140
        assert opened.volume == 100
        opened.volume = 0
        await opened.play(tone(HIGH, 0.6))
        opened.volume = 50
        before = loudness(ears.heard())
        await opened.play(tone(HIGH, 0.6))
        await until(lambda: seconds_of(HIGH, ears.heard()) > 0.4)
        samples = ears.heard().pcm
        quieter = loudness(Sound(samples[-int(0.4 * RATE) * 2 :]))
        assert quieter < before / 2
        assert seconds_of(HIGH, ears.heard()) < 0.9

    async def test_the_engine_goes_on_while_it_plays(self, opened: Speaker) -> None:
        playing = asyncio.create_task(opened.play(tone(LOW, 1.0)))
        for _ in range(5):
            await asyncio.sleep(0.01)
        assert not playing.done()
        await playing

    async def test_unplugged_while_it_plays_it_is_absent_and_plugged_in_it_plays_again(self, opened: Speaker, ears: Ears) -> None:
        playing = asyncio.create_task(opened.play(tone(LOW, 60)))
        await until(lambda: seconds_of(LOW, ears.heard()) > 0.2)
        ears.unplug()
        with pytest.raises(Fault) as caught:
            await playing
        assert (caught.value.code, caught.value.remedy) == ("speaker.absent", Remedy.STAFF)
        assert (opened.health.state, opened.health.code) == (State.ABSENT, "speaker.absent")
        ears.plug_in()
        await opened.open()
        await opened.play(tone(HIGH, 0.6))
        await until(lambda: seconds_of(HIGH, ears.heard()) > 0.4)
