"""The simulated microphone keeps the contract of every microphone: the driver for sound servers, on a simulated one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.devices.microphone import Take
from kiosk.devices.microphone import simulated as module
from kiosk.devices.microphone.pcm_tcp import PcmTcp
from kiosk.devices.microphone.simulated import MicrophoneSimulator, SimulatedMicrophone
from kiosk.model.faults import Fault, Remedy
from kiosk.testing.line import until
from kiosk.testing.microphone import MicrophoneContract, wave
from kiosk.testing.simulator import SimulatorContract


class SimulatedMouth:
    def __init__(self, simulator: MicrophoneSimulator) -> None:
        self._simulator = simulator
        self.unplug, self.plug_in = simulator.unplug, simulator.plug_in

    def hum(self, hertz: float) -> None:
        self._simulator.fall_silent()
        self._simulator.sound(wave(hertz, 60) if hertz else b"")


class TestSimulatedMicrophone(MicrophoneContract):
    @pytest.fixture
    def simulator(self) -> Iterator[MicrophoneSimulator]:
        simulator = MicrophoneSimulator()
        simulator.start()
        yield simulator
        simulator.stop()

    @pytest.fixture
    def mouth(self, simulator: MicrophoneSimulator) -> SimulatedMouth:
        return SimulatedMouth(simulator)

    @pytest.fixture
    def microphone(self, simulator: MicrophoneSimulator) -> SimulatedMicrophone:
        return SimulatedMicrophone(wire=simulator.wire)


class TestMicrophoneSimulator(SimulatorContract):
    @pytest.fixture
    def kind(self) -> type[MicrophoneSimulator]:
        return MicrophoneSimulator


@pytest.mark.parametrize("synthesiser", [True, False])
async def test_a_sentence_is_heard_whole_and_covered_it_is_not(monkeypatch: pytest.MonkeyPatch, synthesiser: bool) -> None:
    if not synthesiser:
        monkeypatch.setattr(module.shutil, "which", lambda name: None)
    microphone = SimulatedMicrophone()
    await microphone.open()
    simulator = microphone.simulator
    assert simulator is not None
    simulator.say("好")
    assert await microphone.plugged(), "who only looks takes nothing of it away"
    take = Take(1.0)
    await microphone.record(take)
    assert take.heard and take.loudest > 0.02
    simulator.cover()
    simulator.talk()
    with pytest.raises(Fault) as caught:
        await microphone.record(Take(0.5))
    assert caught.value.code == "microphone.silent"
    simulator.uncover()
    await microphone.record(Take(0.5))
    await until(lambda: simulator.lines == 0)
    await microphone.close()
    assert microphone.simulator is None
    microphone.lane.close()


async def test_one_that_gives_no_sample_has_failed() -> None:
    microphone = SimulatedMicrophone()
    await microphone.open()
    assert microphone.simulator is not None
    microphone.simulator.give_nothing()
    with pytest.raises(Fault) as caught:
        await microphone.record(Take(60))
    assert (caught.value.code, caught.value.remedy) == ("microphone.failed", Remedy.STAFF)
    assert microphone.health.code == "microphone.failed"
    await microphone.close()
    microphone.lane.close()


@pytest.mark.parametrize("address", ["", "nowhere", "127.0.0.1:", "127.0.0.1:1", "127.0.0.1:99999", "no such host:4711"])
async def test_an_address_that_is_none_is_an_absent_microphone(address: str) -> None:
    microphone = PcmTcp(address)
    with pytest.raises(Fault) as caught:
        await microphone.open()
    assert caught.value.code == microphone.health.code == "microphone.absent"
    await microphone.close()
    microphone.lane.close()
