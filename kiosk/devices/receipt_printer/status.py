"""The four answers to DLE EOT, told apart and told in our words (DEVICES.md §2.4)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, State, Supply

QUESTIONS = (1, 2, 3, 4)  # printer, offline cause, error cause, paper

# question, bits, what they mean; the first row that fits is the cause, since an open cover or missing paper also say "offline".
_TROUBLE: tuple[tuple[int, int, str, State, Supply | None], ...] = (
    (2, 0x04, "receipt_printer.cover_open", State.USER_ERROR, None),
    (4, 0x60, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
    (2, 0x20, "receipt_printer.paper_out", State.USER_ERROR, Supply.OUT),
    (3, 0x08, "receipt_printer.cutter", State.HARDWARE_ERROR, None),
    (3, 0x20, "receipt_printer.offline", State.HARDWARE_ERROR, None),  # cannot recover
    (3, 0x40, "receipt_printer.offline", State.DOWN, None),  # too hot: recovers by itself
    (3, 0x04, "receipt_printer.offline", State.DOWN, None),
    (2, 0x40, "receipt_printer.offline", State.DOWN, None),
    (1, 0x08, "receipt_printer.offline", State.DOWN, None),
)
_NEAR_END = 0x0C


def is_status(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: 0xx1xx10."""
    return byte & 0x93 == 0x12


def is_asb(byte: int) -> bool:
    """Whether a byte begins four bytes of automatic status that nobody asked for: 0xx1xx00."""
    return byte & 0x93 == 0x10


def is_paper_sensor(byte: int) -> bool:
    """Whether a byte can be an answer to GS r 1: 0xx0xxxx."""
    return byte & 0x90 == 0x00


def health_of(answers: Mapping[int, int]) -> Health:
    """What the answers (question → byte) say. A question without an answer means that nothing is known: never "well"."""
    if any(question not in answers for question in QUESTIONS):
        return Health(state=State.SUSPECT, code="receipt_printer.offline", supplies={"paper": Supply.UNKNOWN})
    paper = Supply.LOW if answers[4] & _NEAR_END else Supply.FULL
    for question, bits, code, state, supply in _TROUBLE:
        if answers[question] & bits:
            return Health(state=state, code=code, supplies={"paper": supply or paper})
    if paper is Supply.LOW:
        return Health(state=State.WORN, code="receipt_printer.paper_low", supplies={"paper": paper})
    return Health(state=State.READY, supplies={"paper": paper})


def fault_of(health: Health) -> Fault | None:
    """The fault that keeps the printer from printing, if there is one."""
    return None if health.state.usable else Fault(health.code, Remedy.STAFF)
