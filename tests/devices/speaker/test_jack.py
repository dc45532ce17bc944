"""The headphone socket: the driver of Linux's switches before a kernel in small, and before the simulator; one contract for both."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.simulator import Spot
from kiosk.devices.speaker import jack as driver
from kiosk.devices.speaker.jack import EVENT, INSERTED, SWITCH, SWITCHES, SwitchJack
from kiosk.devices.speaker.simulated import SimulatedSpeaker, SpeakerSimulator
from kiosk.devices.speaker.simulated_jack import JackSimulator, SimulatedJack
from kiosk.devices.speaker.sound_card import SoundCard
from kiosk.testing.jack import JackContract, Told


class Kernel:
    """What a driver sees of one: /sys, /dev, an ioctl. A pipe stands for the device."""

    def __init__(self, root: Path) -> None:
        self.sys, self.dev = root / "sys", root / "dev"
        self.dev.mkdir(parents=True)
        self._shows(3, "HDA Intel PCH Mic", 1 << 4)
        self._shows(5, "Lid Switch", 1)
        self._shows(7, "USB Audio Headphone Jack", 1 << INSERTED)
        self.device = self.dev / "event7"
        self.plugged = False
        self.pipe: int | None = None
        self.put_back()

    def _shows(self, number: int, name: str, switches: int) -> None:
        folder = self.sys / f"event{number}" / "device"
        (folder / "capabilities").mkdir(parents=True)
        (folder / "name").write_text(f"{name}\n")
        (folder / "capabilities/sw").write_text(f"0 {switches:x}\n")

    def ioctl(self, device: int, request: int, answer: bytes) -> bytes:
        assert request == SWITCHES == 2 << 30 | len(answer) << 16 | ord("E") << 8 | 0x1B
        return (int(self.plugged) << INSERTED).to_bytes(8, "little")

    def put(self, plugged: bool) -> None:
        self.plugged = plugged
        assert self.pipe is not None
        sent = EVENT.pack(1, 2, 4, 4, 9) + EVENT.pack(1, 2, SWITCH, INSERTED, int(plugged)) + EVENT.pack(1, 2, 0, 0, 0)
        os.write(self.pipe, sent[:30])
        os.write(self.pipe, sent[30:])

    def tear_out(self) -> None:
        if self.pipe is not None:
            os.close(self.pipe)
            self.pipe = None
            self.device.unlink()

    def put_back(self) -> None:
        os.mkfifo(self.device)
        self.pipe = os.open(self.device, os.O_RDWR | os.O_NONBLOCK)


class TestSwitchJack(JackContract):
    @pytest.fixture
    def fingers(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
        kernel = Kernel(tmp_path)
        monkeypatch.setattr(driver, "ioctl", kernel.ioctl)
        monkeypatch.setattr(driver, "AGAIN", 0.01)
        yield kernel
        kernel.tear_out()

    @pytest.fixture
    def jack(self, fingers: Kernel) -> SwitchJack:
        return SwitchJack("headphone", sys=fingers.sys, dev=fingers.dev)

    def test_a_socket_that_is_not_there_is_named_with_those_that_are(self, fingers: Kernel) -> None:
        with pytest.raises(OSError, match='no headphone socket is called "mic"; there are: USB Audio Headphone Jack'):
            SwitchJack("mic", sys=fingers.sys, dev=fingers.dev)._path()


class Hands:
    def __init__(self, simulator: JackSimulator) -> None:
        self.simulator = simulator
        self.put, self.tear_out, self.put_back = simulator.put, simulator.stop, simulator.start


class TestSimulatedJack(JackContract):
    @pytest.fixture
    def fingers(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
        monkeypatch.setattr(driver, "AGAIN", 0.01)
        simulator = JackSimulator(tmp_path / "jack")
        simulator.start()
        yield Hands(simulator)
        simulator.stop()

    @pytest.fixture
    def jack(self, fingers: Hands) -> SimulatedJack:
        return SimulatedJack(str(fingers.simulator.path))


def test_a_speaker_has_the_socket_that_its_table_names() -> None:
    assert SoundCard().jack is None and SimulatedSpeaker().jack is None
    named = SoundCard(jack="Headphone").jack
    assert isinstance(named, SwitchJack) and named.wanted == "Headphone"


async def test_the_levers_of_the_world_are_fingers_at_the_socket(tmp_path: Path) -> None:
    world = SpeakerSimulator.set_up(Spot(wire=tmp_path / "headphones", out=tmp_path / "out", arguments={}))
    jack = SimulatedSpeaker(**world.told()).jack
    assert jack is not None
    told = Told()
    watching = asyncio.create_task(jack.watch(told))
    await told.until(lambda changes: changes == [(None, False)])
    world.put_headphones_in()
    await told.until(lambda changes: changes[-1] == (False, True))
    world.pull_headphones_out()
    await told.until(lambda changes: changes[-1] == (True, False))
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    world.stop()
