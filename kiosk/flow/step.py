"""One small part of a visit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Any, ClassVar

from kiosk.devices.roles import Role
from kiosk.flow.desk import Desk
from kiosk.model.item import Proof
from kiosk.model.session import Session


class Phase(IntEnum):
    """The order of a visit. A step names its phase, never a neighbour."""

    IDENTIFY = 1
    ASK = 2
    CONFIRM = 3
    PAY = 4
    SUBMIT = 5
    DELIVER = 6
    THANK = 7


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
    def operations(self) -> frozenset[str]:
        """What departments must answer for this step, beside what the item asks of them."""
        return frozenset()

    def wanted(self, session: Session) -> bool:
        return True

    @abstractmethod
    async def run(self, session: Session, desk: Desk) -> Session: ...


class Proving(Step):
    """Shows one proof of who somebody is. Wanted while the chosen way has this proof and it has not been shown."""

    proof: ClassVar[Proof]
    phase: ClassVar[Phase] = Phase.IDENTIFY

    def wanted(self, session: Session) -> bool:
        return self.proof in session.way and self.proof not in session.proofs
