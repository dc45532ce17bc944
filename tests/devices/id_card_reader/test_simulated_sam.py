"""The module in memory: order of commands, and the line's own errors."""

from __future__ import annotations

import pytest
import serial

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.simulated import SamSimulator
from kiosk.devices.id_card_reader.simulated_sam import SimulatedSam
from kiosk.testing.id_card_reader import CARD

FIND, SELECT, READ = (command.code for command in (codec.FIND, codec.SELECT, codec.READ))


@pytest.mark.parametrize(
    ("commands", "sw3"),
    [
        ((FIND,), 0x9F),
        ((SELECT,), 0x81),
        ((READ,), 0x41),
        ((FIND, READ), 0x41),
        ((FIND, SELECT), 0x90),
        ((FIND, SELECT, READ), 0x90),
        ((FIND, SELECT, READ, READ), 0x41),
        ((FIND, SELECT, READ, FIND), 0x80),
        ((FIND, b"\x10\xff", SELECT), 0x81),
        ((b"\x61\xff\x58",), 0x90),
        ((b"\x42\x42",), 0x21),
    ],
)
def test_find_then_select_then_read(commands: tuple[bytes, ...], sw3: int) -> None:
    sam = SimulatedSam()
    sam.put(CARD)
    replies = [sam.answer(command) for command in commands]
    assert replies[-1][9] == sw3


@pytest.mark.parametrize(
    ("request_frame", "sw3"), [("AAAAAA9669 0003 1234", 0), ("AAAAAA9669 0003 11FF EC", 0x10), ("AAAAAA9669 0000", 0x11)]
)
def test_a_host_that_garbles_is_told(request_frame: str, sw3: int) -> None:
    simulator = SamSimulator()
    with serial.Serial(simulator.start(), 115200, timeout=0.2) as line:
        line.write(bytes.fromhex(request_frame))
        reply = line.read(11)
    simulator.stop()
    assert (reply[9] if reply else 0) == sw3


def test_the_speed_changes_behind_the_answer() -> None:
    simulator = SamSimulator()
    with serial.Serial(simulator.start(), 115200, timeout=1) as line:
        line.write(codec.frame(b"\x60\x01"))
        assert line.read(11)[9] == 0x90
        line.write(codec.STATUS.request)
        line.timeout = 0.1
        assert line.read(11) == b""
        line.baudrate, line.timeout = 57600, 1
        line.write(codec.STATUS.request)
        assert line.read(11)[9] == 0x90
    simulator.stop()
