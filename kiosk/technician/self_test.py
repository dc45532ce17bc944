"""A self-test: what a person does with a device to see that it works, step by step, at the glass or in a terminal alike."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from kiosk import plugins
from kiosk.devices.device import Device
from kiosk.flow.desk import Terminal
from kiosk.identity import Look
from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.model.words import Text
from kiosk.technician.record import Outcome, Record, Result

Picture = NDArray[np.uint8]
"""height × width × 3, BGR."""
Cell = tuple[int, int]
"""column, row: counted from the top left."""
Box = tuple[int, int, int, int]
"""left, top, right, bottom, in pixels of the picture."""
NOTHING: Mapping[str, str] = MappingProxyType({})

T = TypeVar("T")
SCREEN = "screen"  # the one kind that is no device: the glass itself


class Skipped(Exception):
    """The person does not do their part, or nobody is there who could."""


class Failed(Exception):
    """The device does not do what it should. `why`: `test.why.<why>` says it; `facts` are kept all the same."""

    def __init__(self, why: str, **facts: str) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


class Person(Protocol):
    """Who stands at the terminal: asked on the glass, in a terminal, or at the other end of a line."""

    def tell(self, words: Text) -> None:
        """What to do now, or what was found. Nothing is expected."""

    async def confirm(self, question: Text) -> bool:
        """Yes or no. Raises Skipped."""

    async def judge(self, question: Text, look: Callable[[], Awaitable[None]]) -> bool | None:
        """Yes or no on what `look` shows again and again until then; None where nothing is seen. Raises Skipped, and what `look` raises."""

    def see(self, picture: Picture, facts: Mapping[str, str] = NOTHING, face: Box | None = None) -> None:
        """For the eye alone: a terminal shows none, and nobody keeps it. `facts`: its numbers; `face`: where one is in it."""

    async def touch(self, columns: int, rows: int) -> Collection[Cell]:
        """Which cells of a grid over the whole glass were touched until the person was done. Raises Skipped where there is no glass."""


class Faces(Protocol):
    """Face work, off the engine's thread; `kiosk.flow.desk.Identity` is one."""

    async def run(self, call: Callable[[], T]) -> T: ...

    @property
    def verifier(self) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What a self-test may touch beside its own device. `language`: of the person, for paper. `poll`: seconds between two looks."""

    person: Person
    devices: Mapping[str, Device]
    terminal: Terminal
    language: str
    faces: Faces | None = None
    patience: float = 30.0  # seconds that a person gets to put, show or take something
    poll: float = 0.3

    async def until(self, look: Callable[[], Awaitable[T | None]]) -> T:
        """What `look` gives first that is not None. Raises Skipped when the person did nothing for as long as `patience`."""
        end = time.monotonic() + self.patience
        while True:
            found = await look()
            if found is not None:
                return found
            if time.monotonic() >= end:
                raise Skipped
            await asyncio.sleep(self.poll)

    async def look_at(self, frame: Picture) -> Look | None:
        """What the face engine says of `frame`; None without one."""
        if self.faces is None:
            return None
        faces = self.faces
        found: Look = await faces.run(lambda: faces.verifier.look(frame))
        return found


class SelfTest(ABC):
    """One file, one entry point `kiosk.self_tests` → `"<kind>.<name>"`. Words: `test.<kind>.<name>` and what it says itself."""

    kind: ClassVar[str]  # of the device, or SCREEN
    name: ClassVar[str]
    within: ClassVar[float] = 120.0  # seconds in all: a person is part of it

    @abstractmethod
    async def run(self, device: Any, bench: Bench) -> Mapping[str, str]:
        """Returns what was found, for technicians: numbers and versions, never a person. Raises Failed, Skipped, Fault."""


@dataclass(frozen=True, kw_only=True)
class Examiner:
    """Runs self-tests and keeps what came of them, with the date and who ran them."""

    technician: str
    record: Record | None
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC).replace(microsecond=0))

    async def run(self, test: SelfTest, role: str, bench: Bench) -> Result:
        """Always a result; only being cancelled leaves none."""
        device = bench.devices.get(role)
        outcome, code, facts = Outcome.PASS, "", {}
        began = time.monotonic()
        try:
            if device is None and test.kind != SCREEN:
                raise Skipped
            async with asyncio.timeout(test.within):
                facts = dict(await test.run(device, bench))
        except Skipped:
            outcome = Outcome.SKIPPED
        except Failed as failed:
            outcome, code, facts = Outcome.FAIL, failed.why, dict(failed.facts)
        except Fault as fault:
            outcome, code = Outcome.FAIL, fault.code
        except TimeoutError:
            outcome, code = Outcome.FAIL, "too_long"
        facts["seconds"] = f"{time.monotonic() - began:.1f}"
        result = Result(time=self.now(), technician=self.technician, role=role, test=test.name, outcome=outcome, code=code, facts=facts)
        if self.record is not None:
            await asyncio.to_thread(self.record.keep, result)
        log.info("technician.tested", technician=self.technician, role=role, test=test.name, outcome=outcome.value)
        return result


def self_tests(kind: str) -> tuple[SelfTest, ...]:
    """All that is offered for `kind`, by name."""
    names = sorted(name for name in plugins.offered(plugins.SELF_TESTS) if name.partition(".")[0] == kind)
    return tuple(plugins.load(plugins.SELF_TESTS, name)() for name in names)
