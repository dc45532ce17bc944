"""F-23, F-24: every bit of the four answers has one meaning."""

from __future__ import annotations

import pytest

from kiosk.devices.receipt_printer.status import QUESTIONS, fault_of, health_of, is_asb, is_paper_sensor, is_status
from kiosk.model.health import State, Supply

WELL = dict.fromkeys(QUESTIONS, 0x12)


@pytest.mark.parametrize(
    ("question", "bits", "code", "state", "paper"),
    [
        (1, 0x08, "receipt_printer.offline", State.DOWN, Supply.FULL),
        (2, 0x04, "receipt_printer.cover_open", State.USER_ERROR, Supply.FULL),
        (2, 0x20, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
        (2, 0x40, "receipt_printer.offline", State.DOWN, Supply.FULL),
        (3, 0x04, "receipt_printer.offline", State.DOWN, Supply.FULL),
        (3, 0x08, "receipt_printer.cutter", State.HARDWARE_ERROR, Supply.FULL),
        (3, 0x20, "receipt_printer.offline", State.HARDWARE_ERROR, Supply.FULL),
        (3, 0x40, "receipt_printer.offline", State.DOWN, Supply.FULL),
        (4, 0x60, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
        (4, 0x6C, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
    ],
)
def test_each_bit_is_a_fault(question: int, bits: int, code: str, state: State, paper: Supply) -> None:
    health = health_of({**WELL, question: 0x12 | bits})
    assert (health.code, health.state, health.supplies["paper"]) == (code, state, paper)
    fault = fault_of(health)
    assert fault is not None and fault.code == code


def test_the_cause_wins_over_its_consequence() -> None:
    assert health_of({1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x7E}).code == "receipt_printer.cover_open"
    assert health_of({1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E}).code == "receipt_printer.paper_out"


def test_well_is_ready_and_near_end_still_prints() -> None:
    assert health_of(WELL).state is State.READY
    low = health_of({**WELL, 4: 0x1E})
    assert (low.state, low.code, low.supplies["paper"]) == (State.WORN, "receipt_printer.paper_low", Supply.LOW)
    assert fault_of(low) is None


@pytest.mark.parametrize("silent", QUESTIONS)
def test_one_answer_missing_is_never_well(silent: int) -> None:
    health = health_of({question: byte for question, byte in WELL.items() if question != silent})
    assert health.supplies["paper"] is Supply.UNKNOWN
    assert fault_of(health) is not None


def test_the_three_kinds_of_bytes_are_told_apart() -> None:
    for byte in range(256):
        assert is_status(byte) + is_asb(byte) + is_paper_sensor(byte) <= 1
    assert is_status(0x12) and is_status(0x7E) and is_asb(0x10) and is_asb(0x38) and is_paper_sensor(0x00) and is_paper_sensor(0x0F)
