"""The simulated scanner keeps the contract of every scanner: the driver for real ones, on a pty."""

from __future__ import annotations

import asyncio
import os
import tty
from pathlib import Path

import pytest

from kiosk.devices.code_scanner import LONGEST, code_of
from kiosk.devices.code_scanner.serial import SerialCodeScanner
from kiosk.devices.code_scanner.simulated import CodeScannerSimulator, SimulatedCodeScanner
from kiosk.levers import levers
from kiosk.testing.code_scanner import CODE, CodeScannerContract


class OwnSimulatorHands:
    """The simulator of a scanner is there once the scanner is open."""

    def __init__(self, scanner: SimulatedCodeScanner) -> None:
        self._scanner = scanner

    @property
    def simulator(self) -> CodeScannerSimulator:
        assert self._scanner.simulator is not None
        return self._scanner.simulator

    def show(self, text: str) -> None:
        self.simulator.show_code(text)

    def show_bytes(self, data: bytes) -> None:
        self.simulator.show_bytes(data)

    def flood(self) -> None:
        self.simulator.flood()

    def take_away(self) -> None:
        self.simulator.take_code_away()

    def unplug(self) -> None:
        self.simulator.unplug()

    def plug_in(self) -> None:
        self.simulator.plug_in()


class TestSimulatedCodeScanner(CodeScannerContract):
    @pytest.fixture
    def scanner(self) -> SimulatedCodeScanner:
        return SimulatedCodeScanner()

    @pytest.fixture
    def hands(self, scanner: SimulatedCodeScanner) -> OwnSimulatorHands:
        return OwnSimulatorHands(scanner)


async def test_on_a_given_wire_it_owns_nothing(tmp_path: Path) -> None:
    wire = tmp_path / "scanner"
    wire.symlink_to("/dev/pts/left-by-a-killed-process")
    simulator = CodeScannerSimulator(wire=str(wire))
    assert simulator.start() == str(wire)
    scanner = SimulatedCodeScanner(wire=str(wire), name="codes")
    await scanner.open()
    assert scanner.simulator is None
    simulator.show_code(CODE)
    assert await scanner.scan() == CODE
    await scanner.close()
    simulator.stop()
    simulator.stop()
    assert not wire.is_symlink()


async def test_its_own_folder_goes_with_it() -> None:
    scanner = SimulatedCodeScanner()
    await scanner.open()
    folder = Path(scanner.port).parent
    assert folder.is_dir()
    await scanner.close()
    assert not folder.exists()


async def test_a_code_that_comes_slowly_is_still_one_code() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    scanner = SerialCodeScanner(os.ttyname(slave))
    await scanner.open()
    scanning = asyncio.create_task(scanner.scan())
    await asyncio.sleep(1.0)  # it waits by now
    for piece in (b"BADGE-", b"3502-", b"0007", b"\r"):
        os.write(master, piece)
        await asyncio.sleep(0.15)  # longer than the silence behind a whole code
    assert await scanning == CODE
    await scanner.close()
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize(
    ("burst", "code"),
    [
        (b"a\r", "a"),
        (b"a b\n", "a b"),
        (b"x" * LONGEST + b"\r\n", "x" * LONGEST),
        (b"x" * (LONGEST + 1) + b"\r", ""),
        (b"no ending", ""),
        (b"a\rb\r", ""),
        (b"", ""),
        (b"\r", ""),
        (b"\xe8\xba\xab\r", ""),
        (b"a\tb\r", ""),
    ],
)
def test_what_a_burst_says(burst: bytes, code: str) -> None:
    assert code_of(burst) == code


def test_the_dock_finds_the_hands_of_the_simulator() -> None:
    assert set(levers(CodeScannerSimulator())) == {"show_code", "show_net_certificate", "take_code_away", "flood", "unplug", "plug_in"}
