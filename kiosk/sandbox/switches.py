"""Fault switches: which system misbehaves how, and how often."""

from __future__ import annotations

from pydantic import Field

from kiosk.sandbox.envelope import Body
from kiosk.sandbox.misdeeds import SYSTEMS, Misdeed


class Switch(Body):
    system: str = Field(pattern=rf"^(\*|{'|'.join(SYSTEMS)})$")
    fault: Misdeed
    times: int = Field(default=0, ge=0, description="how many requests; 0 = until reset")


class Switches:
    def __init__(self) -> None:
        self.set: dict[str, Switch] = {}
        self.cut = False  # the line between the terminal and everybody; who is asleep behind it stays asleep

    def put(self, switch: Switch) -> None:
        if switch.fault is Misdeed.NONE:
            self.set.pop(switch.system, None)
            if switch.system == "*":
                self.set.clear()
        else:
            self.set[switch.system] = switch

    def take(self, system: str) -> Misdeed:
        """What happens to this request; counts it."""
        if self.cut:
            return Misdeed.REFUSE_CONNECTION
        switch = self.set.get(system) or self.set.get("*")
        if switch is None:
            return Misdeed.NONE
        if switch.times == 1:
            self.set.pop(switch.system)
        elif switch.times > 1:
            self.set[switch.system] = switch.model_copy(update={"times": switch.times - 1})
        return switch.fault
