"""F-23, F-24: every bit of the four answers has one meaning."""

from __future__ import annotations

import time

import pytest

from kiosk.devices.receipt_printer.conversation import Conversation, Wire
from kiosk.devices.receipt_printer.status import (
    QUESTIONS,
    Answer,
    Automatic,
    Said,
    Sensor,
    StatusReader,
    answers_of,
    fault_of,
    health_of,
    is_answer,
    is_automatic,
    is_sensor,
)
from kiosk.model.faults import Remedy
from kiosk.model.health import State, Supply

WELL = dict.fromkeys(QUESTIONS, 0x12)


@pytest.mark.parametrize(
    ("question", "bits", "code", "state", "paper"),
    [
        (1, 0x08, "receipt_printer.offline", State.SUSPECT, Supply.FULL),
        (2, 0x04, "receipt_printer.cover_open", State.USER_ERROR, Supply.FULL),
        (2, 0x20, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
        (2, 0x40, "receipt_printer.offline", State.SUSPECT, Supply.FULL),
        (3, 0x04, "receipt_printer.offline", State.SUSPECT, Supply.FULL),
        (3, 0x08, "receipt_printer.cutter", State.HARDWARE_ERROR, Supply.JAMMED),
        (3, 0x20, "receipt_printer.broken", State.HARDWARE_ERROR, Supply.FULL),
        (3, 0x40, "receipt_printer.hot", State.SUSPECT, Supply.FULL),
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


def test_only_heat_passes_by_itself() -> None:
    for byte in range(256):
        for question in QUESTIONS:
            fault = fault_of(health_of({**WELL, question: byte}))
            assert fault is None or (fault.remedy is Remedy.RETRY) == (fault.code == "receipt_printer.hot")


def test_every_byte_is_of_one_kind() -> None:
    for byte in range(256):
        assert is_answer(byte) + is_automatic(byte) + is_sensor(byte) <= 1
        fixed = f"{byte:08b}"
        assert is_answer(byte) == (fixed[0] == "0" and fixed[3] == "1" and fixed[6:] == "10")
        assert is_automatic(byte) == (fixed[0] == "0" and fixed[3] == "1" and fixed[6:] == "00")
        assert is_sensor(byte) == (fixed[0] == "0" and fixed[3] == "0")


@pytest.mark.parametrize(
    ("block", "code", "paper"),
    [
        (b"\x10\x00\x00\x0f", "", Supply.FULL),
        (b"\x10\x00\x03\x0f", "receipt_printer.paper_low", Supply.LOW),
        (b"\x18\x00\x0f\x0f", "receipt_printer.paper_out", Supply.OUT),
        (b"\x38\x00\x00\x0f", "receipt_printer.cover_open", Supply.FULL),
        (b"\x18\x08\x00\x0f", "receipt_printer.cutter", Supply.JAMMED),
        (b"\x18\x20\x00\x0f", "receipt_printer.broken", Supply.FULL),
        (b"\x18\x40\x00\x0f", "receipt_printer.hot", Supply.FULL),
        (b"\x18\x00\x00\x0f", "receipt_printer.offline", Supply.FULL),
    ],
)
def test_automatic_status_says_the_same(block: bytes, code: str, paper: Supply) -> None:
    health = health_of(answers_of(block))
    assert (health.code, health.supplies["paper"]) == (code, paper)


def test_what_shares_the_stream_is_told_apart_however_it_is_cut() -> None:
    stream = b"\x12" + b"\x18\x00\x16\x0f\x0f" + b"\x03" + b"\xff\x11\x13" + b"\x10\x00" + b"\x10\x40\x00\x0f" + b"\x7e"
    told = [Answer(0x12), Answer(0x16), Automatic(b"\x18\x00\x0f\x0f"), Sensor(3), Automatic(b"\x10\x40\x00\x0f"), Answer(0x7E)]
    assert list(StatusReader().feed(stream)) == told
    reader = StatusReader()
    assert [heard for byte in stream for heard in reader.feed(bytes((byte,)))] == told


def test_names_are_read_only_where_they_were_asked_for() -> None:
    reader = StatusReader()
    assert list(reader.feed(b"\x5f\x12")) == [Answer(0x12)]
    reader.expects_text = True
    assert list(reader.feed(b"_TM-T\x1b20\xff\x00\x12")) == [Said("TM-T20"), Answer(0x12)]
    reader.expects_text = True
    assert list(reader.feed(b"_" + b"x" * 200 + b"\x12"))[-1] == Answer(0x12)


class _Script(Wire):
    """Says what the script says, one piece a question; b"" = silence."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = list(pieces)
        self._waiting = b""

    def send(self, data: bytes, within: float) -> None:
        self._waiting = self._pieces.pop(0) if self._pieces else b""

    def receive(self, within: float) -> bytes:
        piece, self._waiting = self._waiting, b""
        if not piece:
            time.sleep(within)
        return piece

    def close(self) -> None:
        return


def test_an_answer_that_comes_too_late_is_not_that_of_the_next_question() -> None:
    """Else the 0x32 of "out of paper" (question 2) would be read as "cannot recover" (question 3)."""
    talk = Conversation(_Script(b"", b"\x12\x1a", b"\x32", b"\x12", b"\x7e"))
    assert talk.status().code == "receipt_printer.silent"
    assert talk.status().code == "receipt_printer.paper_out"


def test_an_answer_that_never_comes_leaves_the_line_unbelieved() -> None:
    talk = Conversation(_Script(b"", b"\x12", b"\x12", b"\x12", b"\x12"))
    assert talk.status().code == "receipt_printer.silent"
    assert talk.status().code == "receipt_printer.silent"
