"""What every microphone must keep: inherit `MicrophoneContract` in a test class and give it two fixtures, see there."""

from __future__ import annotations

import asyncio
from typing import Protocol

import numpy as np
import pytest

from kiosk.devices.device import Device
from kiosk.devices.microphone import Microphone, Take
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State
from kiosk.model.sound import SPEECH_RATE
from kiosk.testing.line import HIGH, LOW, LineDeviceContract, Plug, until

WINDOW = SPEECH_RATE // 10


class Mouth(Plug, Protocol):
    """Somebody who speaks before the microphone."""

    def hum(self, hertz: float) -> None:
        """From now on; 0: silent."""


def wave(hertz: float, seconds: float) -> bytes:
    at = np.arange(round(seconds * SPEECH_RATE)) / SPEECH_RATE
    return (np.sin(2 * np.pi * hertz * at) * 9_000).astype("<i2").tobytes()


def pitch(pcm: bytes) -> float:
    """Of the last tenth of a second, in hertz, to the nearest ten; 0 for silence."""
    samples = np.frombuffer(pcm, "<i2").astype(float)[-WINDOW:]
    if len(samples) < WINDOW or np.sqrt(np.mean(samples**2)) < 200:
        return 0.0
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * SPEECH_RATE / WINDOW


class MicrophoneContract(LineDeviceContract):
    @pytest.fixture
    def mouth(self) -> Mouth:
        raise NotImplementedError("the test class gives the mouth that speaks before this microphone")

    @pytest.fixture
    def microphone(self, mouth: Mouth) -> Microphone:
        raise NotImplementedError("the test class gives the microphone")

    @pytest.fixture
    def device(self, microphone: Microphone) -> Microphone:
        return microphone

    @pytest.fixture
    def plug(self, mouth: Mouth) -> Mouth:
        return mouth

    async def used(self, device: Device) -> None:
        assert isinstance(device, Microphone)
        await device.record(Take(0.1))

    async def test_what_is_said_is_in_it_until_it_is_stopped(self, opened: Microphone, mouth: Mouth) -> None:
        mouth.hum(LOW)
        take = Take(300)
        recording = asyncio.create_task(opened.record(take))
        await until(lambda: pitch(take.pcm) == LOW and take.level > 0.01)
        assert not recording.done()
        take.stop()
        await recording
        assert take.heard and 0 < take.seconds < 300
        assert len(take.sound().pcm) == 3 * len(take.pcm)

    async def test_it_ends_by_itself_when_it_is_full(self, opened: Microphone, mouth: Mouth) -> None:
        mouth.hum(LOW)
        take = Take(1.5)
        await opened.record(take)
        assert take.seconds == 1.5 and pitch(take.pcm) == LOW

    async def test_what_was_said_before_is_not_in_it(self, opened: Microphone, mouth: Mouth) -> None:
        mouth.hum(LOW)
        first = Take(300)
        recording = asyncio.create_task(opened.record(first))
        await until(lambda: pitch(first.pcm) == LOW)
        first.stop()
        await recording
        mouth.hum(HIGH)
        second = Take(300)
        recording = asyncio.create_task(opened.record(second))
        await until(lambda: pitch(second.pcm) == HIGH)
        second.stop()
        await recording
        samples = np.frombuffer(second.pcm, "<i2")
        begins = next(begin for begin in range(0, len(samples), WINDOW) if np.abs(samples[begin : begin + WINDOW]).max() > 3_000)
        assert pitch(samples[: begins + 2 * WINDOW].tobytes()) == HIGH

    async def test_who_says_nothing_is_told_so(self, opened: Microphone, mouth: Mouth) -> None:
        with pytest.raises(Fault) as caught:
            await opened.record(Take(0.5))
        assert (caught.value.code, caught.value.remedy) == ("microphone.silent", Remedy.RETRY)
        assert opened.health.state is State.READY

    async def test_called_off_nothing_is_left(self, opened: Microphone, mouth: Mouth) -> None:
        mouth.hum(LOW)
        take = Take(300)
        recording = asyncio.create_task(opened.record(take))
        await until(lambda: pitch(take.pcm) == LOW)
        recording.cancel()
        with pytest.raises(asyncio.CancelledError):
            await recording
        assert take.pcm == b"" and not any(take._kept)
        take = Take(0.5)
        await opened.record(take)
        assert take.seconds == 0.5

    async def test_unplugged_while_it_listens_nothing_is_left_and_plugged_in_it_hears_again(self, opened: Microphone, mouth: Mouth) -> None:
        mouth.hum(LOW)
        take = Take(300)
        recording = asyncio.create_task(opened.record(take))
        await until(lambda: pitch(take.pcm) == LOW)
        mouth.unplug()
        with pytest.raises(Fault) as caught:
            await recording
        assert (caught.value.code, caught.value.remedy) == ("microphone.absent", Remedy.STAFF)
        assert (opened.health.state, opened.health.code) == (State.ABSENT, "microphone.absent")
        assert take.pcm == b""
        mouth.plug_in()
        await opened.open()
        mouth.hum(HIGH)
        again = Take(300)
        recording = asyncio.create_task(opened.record(again))
        await until(lambda: pitch(again.pcm) == HIGH)
        again.stop()
        await recording
