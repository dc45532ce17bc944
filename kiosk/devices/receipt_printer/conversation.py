"""Asking a printer and believing only what it says: the same over every kind of line."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TypeVar

from kiosk.devices.receipt_printer.job import Job
from kiosk.devices.receipt_printer.status import QUESTIONS, Answer, Automatic, Said, Sensor, StatusReader, answers_of, fault_of, health_of
from kiosk.model.health import Health

_FENCE = b"\x1dr\x01"  # answered in its turn: when all before it has been printed
_FORGET = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 8: throw away what waits to be printed
_FACTS = {"maker": 66, "model": 67, "firmware": 65}  # GS I n

T = TypeVar("T", Answer, Sensor, Said)

_ANSWER, _WRITE = 0.5, 5.0  # seconds of silence, of a line that takes nothing
_SETTLE = 8.0  # a metre of paper at 150 mm/s; below the lane's 10 s, so that the truth is told in time


class Wire(ABC):
    """A line to the printer, for one job. Raises OSError when it is gone, of these TimeoutError when it takes nothing."""

    bytes_a_second: float = float("inf")

    @abstractmethod
    def send(self, data: bytes, within: float) -> None:
        """All of `data`, within so many seconds."""

    @abstractmethod
    def receive(self, within: float) -> bytes:
        """What has come, at least one byte; b"" if nothing did within so many seconds."""

    @abstractmethod
    def close(self) -> None:
        """Never raises."""


class Conversation:
    """Blocking, for the lane. Raises OSError as the wire does."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._reader = StatusReader()
        self._heard: list[Answer | Sensor | Said] = []
        self._unasked: dict[int, int] = {}
        self._worked_off = False
        self._owed = 0  # answers that are still to come
        self._through = 0.0  # when the line will have carried all that was sent: the system takes it faster

    def status(self) -> Health:
        """DLE EOT 1 to 4. What the printer said by itself counts only where it stays silent, and only as bad news."""
        answers: dict[int, int] = {}
        for question in QUESTIONS:
            answer = self._ask(question)
            if answer is None:
                break
            answers[question] = answer
        health = health_of(answers)
        if len(answers) < len(QUESTIONS) and self._unasked:
            unasked = health_of(self._unasked)
            return unasked if fault_of(unasked) else health
        return health

    def facts(self) -> dict[str, str]:
        """Who made it, as far as it says."""
        known: dict[str, str] = {}
        for name, question in _FACTS.items():
            self._reader.expects_text = True
            self._say(bytes((0x1D, 0x49, question)))
            said = self._await(Said, _ANSWER)
            self._reader.expects_text = False
            if said is None:
                break  # it knows no GS I
            if said.text:
                known[name] = said.text
        return known

    def send(self, job: Job) -> None:
        self._say(job.data, _WRITE + job.seconds + len(job.data) / self._wire.bytes_a_second)

    def settled(self) -> bool:
        """Whether the printer has worked off everything; stops waiting as soon as it says that it cannot."""
        self._say(_FENCE)
        end = max(self._through, time.monotonic()) + _SETTLE
        while not self._worked_off and time.monotonic() < end:
            self._await(Sensor, _ANSWER)
            if not self._worked_off and fault_of(self.status()) is not None:
                break
        return self._worked_off

    def forget(self) -> bool:
        """Tells the printer to throw away what waits; whether it could be told."""
        try:
            self._say(_FORGET)
            self._ask(1)  # it has come through; what comes behind it may be thrown away with the connection
        except OSError:
            return False  # without power it forgets by itself; without a plug it is told as soon as it has one
        return True

    def _ask(self, question: int) -> int | None:
        """The answer to DLE EOT; None: silence. One that comes too late is never taken for that of the next question."""
        self._say(bytes((0x10, 0x04, question)))
        self._owed += 1
        while (answer := self._await(Answer, _ANSWER)) is not None:
            if self._owed == 0:
                return answer.byte
        return None

    def _say(self, data: bytes, within: float = _WRITE) -> None:
        self._through = max(self._through, time.monotonic()) + len(data) / self._wire.bytes_a_second
        self._wire.send(data, within)

    def _await(self, kind: type[T], within: float) -> T | None:
        """The next thing of `kind` that the printer says; what else it says is noted. None: silence."""
        end = max(self._through, time.monotonic()) + within
        while True:
            while self._heard:
                heard = self._heard.pop(0)
                if isinstance(heard, Answer):
                    self._owed = max(0, self._owed - 1)
                if isinstance(heard, Sensor):
                    self._worked_off = True  # may also come in the middle of our questions
                if isinstance(heard, kind):
                    return heard
            left = end - time.monotonic()
            if left <= 0:
                return None
            for heard_now in self._reader.feed(self._wire.receive(left)):
                if isinstance(heard_now, Automatic):
                    self._unasked = answers_of(heard_now.block)
                else:
                    self._heard.append(heard_now)
