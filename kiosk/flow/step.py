"""One small part of a visit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Any, ClassVar

from kiosk.devices.roles import Role
from kiosk.flow.desk import Desk
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.session import Session


class Phase(IntEnum):
    """The order of a visit. A step names its phase, never a neighbour."""

    IDENTIFY = 1
    ASK = 2  # what is typed, chosen, or read from a card
    CHECK = 3  # what the department says to that: whether it may be had, the seat, the sum
    CAPTURE = 4  # a portrait, papers: no trouble before it is known to be worth it
    CONFIRM = 5  # everything once more, then the signature under it
    PAY = 6
    SUBMIT = 7
    DELIVER = 8
    THANK = 9


TRIES = 3  # how often one step may fail before "try again" is no longer offered
DEVICE_TRIES = 2  # the same, where a device failed in a step that a person may not repeat (RELIABILITY F-09)
AGAIN = (Remedy.RETRY, Remedy.OTHER_WAY)


class Step(ABC):
    """Reads and asks through the desk, returns the session with what it learned. Back, Leave and Fault pass through."""

    name: ClassVar[str]
    phase: ClassVar[Phase]
    screen: ClassVar[bool] = True  # whether the citizen counts it as a step ("2 of 5")
    repeatable: ClassVar[bool] = True  # whether "try again" may run it once more after a fault

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        """The roles without which this step cannot be run: its item is then not offered."""
        return ()

    @property
    def spares(self) -> tuple[Role[Any], ...]:
        """Those of `needs` that it can do without for a while: it says so in time and gives the same in another way."""
        return ()

    @property
    def operations(self) -> frozenset[str]:
        """What departments must answer for this step, beside what the item asks of them."""
        return frozenset()

    def wanted(self, session: Session) -> bool:
        return True

    def again(self, fault: Fault, failures: int) -> bool:
        """Whether "try again" is offered after `fault`, the `failures`-th one in a row."""
        return self.repeatable and failures < TRIES and fault.remedy in AGAIN

    @abstractmethod
    async def run(self, session: Session, desk: Desk) -> Session: ...


class Proving(Step):
    """Shows one proof of who somebody is. Wanted while the chosen way has this proof and it has not been shown."""

    proof: ClassVar[Proof]
    phase: ClassVar[Phase] = Phase.IDENTIFY

    def wanted(self, session: Session) -> bool:
        return self.proof in session.way and self.proof not in session.proofs

    def again(self, fault: Fault, failures: int) -> bool:
        """A device that failed is no try of the person's: once more, and then another way."""
        device = fault.code.partition(".")[0] in {role.kind.kind for role in self.needs}
        if device and not self.repeatable:
            return failures < DEVICE_TRIES and fault.remedy in AGAIN
        return super().again(fault, failures)
