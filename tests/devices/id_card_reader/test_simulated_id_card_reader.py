"""The simulated reader keeps the contract of every reader, alone and on the wire of another process's simulator."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices.id_card_reader.simulated import SamSimulator, SimulatedIdCardReader
from kiosk.levers import levers
from kiosk.model.person import IdCard
from kiosk.people import citizens
from kiosk.testing.id_card_reader import CARD, IdCardReaderContract


class OwnSimulatorHands:
    """The simulator of a reader is there once the reader is open."""

    def __init__(self, reader: SimulatedIdCardReader) -> None:
        self._reader = reader

    @property
    def simulator(self) -> SamSimulator:
        assert self._reader.simulator is not None
        return self._reader.simulator

    def put(self, card: IdCard) -> None:
        self.simulator.put(card)

    def lift(self) -> None:
        self.simulator.lift_card()

    def unplug(self) -> None:
        self.simulator.unplug()

    def plug_in(self) -> None:
        self.simulator.plug_in()


class TestSimulatedIdCardReader(IdCardReaderContract):
    @pytest.fixture
    def reader(self) -> SimulatedIdCardReader:
        return SimulatedIdCardReader()

    @pytest.fixture
    def hands(self, reader: SimulatedIdCardReader) -> OwnSimulatorHands:
        return OwnSimulatorHands(reader)


async def test_on_a_given_wire_it_owns_nothing(tmp_path: Path) -> None:
    wire = tmp_path / "reader"
    wire.symlink_to("/dev/pts/left-by-a-killed-process")
    simulator = SamSimulator(wire=str(wire))
    assert simulator.start() == str(wire)
    reader = SimulatedIdCardReader(wire=str(wire), name="id_card")
    await reader.open()
    assert reader.simulator is None
    simulator.unplug()
    assert not wire.is_symlink()
    simulator.plug_in()
    await reader.open()
    simulator.put(CARD)
    assert await reader.find() is True
    assert await reader.read() == CARD
    await reader.close()
    simulator.stop()
    simulator.stop()


async def test_its_own_folder_goes_with_it() -> None:
    reader = SimulatedIdCardReader()
    await reader.open()
    folder = Path(reader.port).parent
    assert folder.is_dir()
    await reader.close()
    assert not folder.exists()


async def test_it_may_begin_with_a_citizen_on_the_plate() -> None:
    reader = SimulatedIdCardReader(citizen="c01")
    await reader.open()
    assert await reader.find() is True
    assert await reader.read() == citizens()["c01"].card
    await reader.close()


def test_the_dock_finds_the_hands_of_the_simulator() -> None:
    assert {"put_card", "lift_card", "unplug", "plug_in", "spoil"} <= set(levers(SamSimulator()))


def test_a_spoil_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="not one of garbage"):
        SamSimulator().spoil("coffee")
