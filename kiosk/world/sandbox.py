"""The sandbox as parts of the world: departments, the line to them, the officer, whoever is called for help, and the citizen's phone,

pulled over its HTTP interface.

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


class HelpersPart(_Reached):
    """A `kiosk.levers.Part`. Whoever is called for help: the clerk at the counter, and the officer who writes back.

    `call` and `help` tell the number of what waits for an answer.
    """

    kind: ClassVar[str] = "helpers"
    icon: ClassVar[str] = "account-heart"

    def stands(self) -> Mapping[str, str]:
        try:
            answers = str(self._sandbox.calls()["answers"])
            return {"call": self._ringing(), "help": self._waiting(), "clerk": "" if answers == "coming" else answers}
        except requests.RequestException:
            return {"gone": "yes"}

    @lever(fact="call", to="")
    def come(self) -> None:
        """The clerk takes the call that rings."""
        if number := self._ringing():
            self._sandbox.answer_call(number, "coming")

    @lever
    def cannot_come(self) -> None:
        """The clerk cannot leave the counter."""
        if number := self._ringing():
            self._sandbox.answer_call(number, "cannot")

    @lever(fact="help", to="")
    def write_back(self) -> None:
        """The officer answers who waits."""
        if number := self._waiting():
            self._sandbox.write_back(number, "您好，请按屏幕上的提示一步一步来；还不行，请按“换一种方式”。")

    @lever(fact="clerk")
    def clerk(self, answers: Literal["cannot", "nobody"]) -> None:
        """What the clerk says to every call by themselves; nobody: it rings until somebody answers here."""
        self._sandbox.counter(answers)

    @lever(fact="clerk", to="")
    def clerk_comes(self) -> None:
        self._sandbox.counter("coming")

    def _ringing(self) -> str:
        return next((str(one["number"]) for one in reversed(self._sandbox.calls()["calls"]) if one["state"] == "ringing"), "")

    def _waiting(self) -> str:
        return next((str(one["help_no"]) for one in reversed(self._sandbox.helped()) if one["state"] == "waiting"), "")


PARTS: Mapping[str, type[DepartmentsPart] | type[PhonePart] | type[HelpersPart]] = {
    "phone": PhonePart,
    "helpers": HelpersPart,
    "sandbox": DepartmentsPart,
}


def parts(sandbox: Sandbox) -> dict[str, Part]:
    """By the names they are called by, beside the roles of the devices."""
    return {name: kind(sandbox) for name, kind in PARTS.items()}
