"""The sandbox as parts of the world: departments, the line to them, the officer, and the citizen's phone, pulled over its HTTP interface.

A sandbox that does not answer stands as `{"gone": "yes"}`; levers then raise requests.RequestException.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import requests

from kiosk.levers import OneOf, Part, Such, lever
from kiosk.model.money import Money
from kiosk.sandbox.misdeeds import SYSTEMS, Misdeed
from kiosk.sandbox.process import Sandbox

System = Annotated[str, OneOf(*SYSTEMS, "*")]  # "*" = each of them
Fault = Annotated[str, OneOf(*(one for one in Misdeed if one is not Misdeed.NONE))]


class _Reached:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def stands(self) -> Mapping[str, str]:
        try:
            return self.seen(self._sandbox.stands())
        except requests.RequestException:
            return {"gone": "yes"}

    def seen(self, now: Mapping[str, Any]) -> Mapping[str, str]:
        raise NotImplementedError


class DepartmentsPart(_Reached):
    """A `kiosk.levers.Part`."""

    kind: ClassVar[str] = "sandbox"
    icon: ClassVar[str] = "lan"

    def seen(self, now: Mapping[str, Any]) -> Mapping[str, str]:
        faults = {f"department:{system}": fault for system, fault in now["faults"].items()}
        return {"line": "cut" if now["cut"] else "", "officer": "" if now["officer"] == "yes" else now["officer"], **faults}

    @lever(fact="line", to="cut")
    def cut_network(self) -> None:
        self._sandbox.cut(True)

    @lever(fact="line", to="")
    def join_network(self) -> None:
        self._sandbox.cut(False)

    @lever(fact="department")
    def department(self, system: System, fault: Fault) -> None:
        """A system misbehaves, until it is mended."""
        self._sandbox.switch(system, fault)

    @lever(fact="department", to="")
    def mend_department(self, system: System) -> None:
        self._sandbox.switch(system, Misdeed.NONE)

    @lever(fact="officer")
    def officer(self, answers: Literal["no", "nobody"]) -> None:
        """The officer at the other end of a video call says no, or nobody takes the call."""
        self._sandbox.officer(answers)

    @lever(fact="officer", to="")
    def officer_agrees(self) -> None:
        self._sandbox.officer("yes")


class PhonePart(_Reached):
    """A `kiosk.levers.Part`. Beside the facts of levers it tells `code`, the newest that was sent to anybody."""

    kind: ClassVar[str] = "phone"
    icon: ClassVar[str] = "cellphone"

    def seen(self, now: Mapping[str, Any]) -> Mapping[str, str]:
        waiting = now["waiting"][-1:]
        return {
            "order": str(Money(waiting[0]["amount_fen"])) if waiting else "",
            "phone": "" if now["auto_pay"] is None else f"{now['auto_pay']:g}",
            "code": now["code"],
        }

    @lever(fact="order", to="")
    def pay(self) -> None:
        """The newest order that waits is paid."""
        for order in self._sandbox.stands()["waiting"][-1:]:
            self._sandbox.pay(order["order_no"])

    @lever(fact="phone")
    def pay_by_itself(self, seconds: Annotated[float, Such("3", "59.9")]) -> None:
        """Every order from now on is paid so many seconds after it was made, for good or ill."""
        self._sandbox.auto_pay(seconds)

    @lever(fact="phone", to="")
    def pay_by_hand(self) -> None:
        self._sandbox.auto_pay(None)


PARTS: Mapping[str, type[DepartmentsPart] | type[PhonePart]] = {"phone": PhonePart, "sandbox": DepartmentsPart}


def parts(sandbox: Sandbox) -> dict[str, Part]:
    """By the names they are called by, beside the roles of the devices."""
    return {name: kind(sandbox) for name, kind in PARTS.items()}
