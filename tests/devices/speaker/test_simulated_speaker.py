"""The simulated speaker keeps the contract of every speaker: the driver for sound servers, on a simulated one."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.speaker.pcm_tcp import PcmTcp
from kiosk.devices.speaker.simulated import SimulatedSpeaker, SpeakerSimulator
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.model.sound import RATE, silence, tone
from kiosk.testing.line import HIGH, LOW, until
from kiosk.testing.simulator import SimulatorContract
from kiosk.testing.speaker import SpeakerContract, loudness, pitches


class TestSimulatedSpeaker(SpeakerContract):
    @pytest.fixture
    def ears(self) -> Iterator[SpeakerSimulator]:
        simulator = SpeakerSimulator()
        simulator.start()
        yield simulator
        simulator.stop()

    @pytest.fixture
    def speaker(self, ears: SpeakerSimulator) -> SimulatedSpeaker:
        return SimulatedSpeaker(wire=ears.wire)


class TestSpeakerSimulator(SimulatorContract):
    @pytest.fixture
    def kind(self) -> type[SpeakerSimulator]:
        return SpeakerSimulator


async def test_without_a_wire_it_brings_its_own_and_leaves_what_was_heard(tmp_path: Path) -> None:
    speaker = SimulatedSpeaker(out=str(tmp_path / "out"))
    await speaker.open()
    assert speaker.simulator is not None
    speaker.volume = 100
    await speaker.play(tone(LOW, 0.4))
    await until((tmp_path / "out" / "heard-0001.wav").exists)
    await speaker.close()
    assert speaker.simulator is None
    with wave.open(str(tmp_path / "out" / "heard-0001.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        assert file.readframes(RATE) == tone(LOW, 0.4).pcm
    speaker.lane.close()


async def test_a_knob_turned_down_is_heard_by_nobody_and_seen_by_no_wire() -> None:
    speaker = SimulatedSpeaker()
    await speaker.open()
    simulator = speaker.simulator
    assert simulator is not None
    simulator.turn_down()
    await speaker.play(tone(LOW, 0.4))
    await until(lambda: simulator.heard().seconds > 0.39)
    assert loudness(simulator.heard()) == 0 and speaker.health.state is State.READY
    simulator.turn_up()
    await speaker.play(tone(HIGH, 0.4))
    await until(lambda: pitches(simulator.heard()) == [HIGH])
    await speaker.close()
    speaker.lane.close()


@pytest.mark.parametrize("address", ["", "nowhere", "127.0.0.1:", "127.0.0.1:1", "127.0.0.1:99999", "no such host:4711"])
async def test_an_address_that_is_none_is_an_absent_speaker(address: str) -> None:
    speaker = PcmTcp(address)
    with pytest.raises(Fault) as caught:
        await speaker.open()
    assert caught.value.code == speaker.health.code == "speaker.absent"
    await speaker.close()
    speaker.lane.close()


def test_a_volume_beyond_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        PcmTcp("127.0.0.1:4711", volume=101)


def test_tones_begin_and_end_without_a_click() -> None:
    samples = memoryview(tone(LOW, 0.2, to=HIGH, peak=1.0).pcm).cast("h")
    assert len(samples) == RATE // 5 and samples[0] == samples[-1] == 0
    assert max(samples) > 32_000
    assert (tone(LOW, 0.2) + silence(0.1)).seconds == pytest.approx(0.3)
