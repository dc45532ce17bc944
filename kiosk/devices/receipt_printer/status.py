"""What a printer says back, byte by byte, and what it means in our words (DEVICES.md §2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, State, Supply

QUESTIONS = (1, 2, 3, 4)  # of DLE EOT: printer, offline cause, error cause, paper

# question, bits, what they mean; the first row that fits is the cause, since an open cover or missing paper also say "offline".
_TROUBLE: tuple[tuple[int, int, str, State, Supply | None], ...] = (
    (2, 0x04, "receipt_printer.cover_open", State.USER_ERROR, None),
    (4, 0x60, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
    (2, 0x20, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
    (3, 0x08, "receipt_printer.cutter", State.HARDWARE_ERROR, Supply.JAMMED),
    (3, 0x20, "receipt_printer.broken", State.HARDWARE_ERROR, None),  # cannot recover
    (3, 0x40, "receipt_printer.hot", State.SUSPECT, None),  # the head cools down by itself
    (3, 0x04, "receipt_printer.offline", State.SUSPECT, None),
    (2, 0x40, "receipt_printer.offline", State.SUSPECT, None),
    (1, 0x08, "receipt_printer.offline", State.SUSPECT, None),
)
_NEAR_END = 0x0C
_REMEDY = {"receipt_printer.hot": Remedy.RETRY}
_LONGEST_SAID = 80  # bytes of an answer to GS I


@dataclass(frozen=True)
class Answer:
    """To DLE EOT n: 0xx1xx10."""

    byte: int


@dataclass(frozen=True)
class Sensor:
    """To GS r 1, in its turn: 0xx0xxxx."""

    byte: int


@dataclass(frozen=True)
class Automatic:
    """Four bytes that nobody asked for (ASB): the first 0xx1xx00, the others 0xx0xxxx."""

    block: bytes


@dataclass(frozen=True)
class Said:
    """To GS I: _, text, NUL."""

    text: str


Heard = Answer | Sensor | Automatic | Said


class StatusReader:
    """Tells apart what shares the stream, by the bits that are fixed; a byte of no kind is passed over."""

    def __init__(self) -> None:
        self._block = b""
        self._text = b""
        self.expects_text = False  # letters have the bits of everything: they are looked for only behind a question for them

    def feed(self, data: bytes) -> Iterator[Heard]:
        for byte in data:
            if self._text or (self.expects_text and byte == 0x5F):
                self._text += bytes((byte,))
                if byte == 0 or len(self._text) > _LONGEST_SAID:
                    text, self._text, self.expects_text = self._text[1:-1], b"", False
                    yield Said("".join(chr(one) for one in text if 0x20 <= one < 0x7F))
            elif self._block and is_sensor(byte):
                self._block += bytes((byte,))
                if len(self._block) == 4:
                    block, self._block = self._block, b""
                    yield Automatic(block)
            elif is_automatic(byte):
                self._block = bytes((byte,))
            elif is_answer(byte):
                yield Answer(byte)  # asked at once, answered at once: may stand in the middle of a block
            elif is_sensor(byte):
                yield Sensor(byte)


def is_answer(byte: int) -> bool:
    return byte & 0x93 == 0x12


def is_automatic(byte: int) -> bool:
    return byte & 0x93 == 0x10


def is_sensor(byte: int) -> bool:
    return byte & 0x90 == 0x00


def answers_of(block: bytes) -> dict[int, int]:
    """The four answers to DLE EOT that say the same as a block of automatic status."""
    first, second, third, _ = block
    cover, out, error = first & 0x20, third & 0x0C, second & 0x68
    return {
        1: 0x12 | first & 0x08,
        2: 0x12 | (0x04 if cover else 0) | (0x20 if out else 0) | (0x40 if error else 0),
        3: 0x12 | error,
        4: 0x12 | (0x60 if out else 0) | (_NEAR_END if third & 0x03 else 0),
    }


def health_of(answers: Mapping[int, int]) -> Health:
    """What the answers (question → byte) say. A question without an answer means that nothing is known: never "well"."""
    if any(question not in answers for question in QUESTIONS):
        return Health(state=State.SUSPECT, code="receipt_printer.silent", supplies={"paper": Supply.UNKNOWN})
    paper = Supply.LOW if answers[4] & _NEAR_END else Supply.FULL
    for question, bits, code, state, supply in _TROUBLE:
        if answers[question] & bits:
            return Health(state=state, code=code, supplies={"paper": supply or paper})
    if paper is Supply.LOW:
        return Health(state=State.WORN, code="receipt_printer.paper_low", supplies={"paper": paper})
    return Health(state=State.READY, supplies={"paper": paper})


def fault_of(health: Health) -> Fault | None:
    """The fault that keeps the printer from printing, if there is one."""
    return None if health.state.usable else Fault(health.code, _REMEDY.get(health.code, Remedy.STAFF))
