"""`receipts.take_paper_out@deliver+2`: a lever that shall be pulled when a visit reaches a step, as it is written on a command line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kiosk import levers, world
from kiosk.levers import Kind, Lever, Part, WrongLever

START = "start"  # before the first step: as the citizen finds the world
WRITTEN = re.compile(r"(?P<role>\w+)\.(?P<lever>\w+)(=(?P<value>.*?))?(@(?P<step>\w+)(\+(?P<seconds>\d+(\.\d+)?))?)?")


@dataclass(frozen=True, kw_only=True)
class Order:
    role: str
    lever: str
    value: str = ""
    step: str = START
    seconds: float = 0.0  # after the step is reached

    def __str__(self) -> str:
        value, later = f"={self.value}" if self.value else "", f"+{self.seconds:g}" if self.seconds else ""
        return f"{self.role}.{self.lever}{value}@{self.step}{later}"


def read(text: str, parts: Mapping[str, type[Part]], steps: Collection[str]) -> Order:
    """`text` as an order for a world of `parts` and a visit of `steps`. Raises WrongLever with what there is."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise WrongLever("is written PART.LEVER[=VALUE][@STEP[+SECONDS]], such as receipts.take_paper_out@deliver")
    order = Order(
        role=found["role"],
        lever=found["lever"],
        value=found["value"] or "",
        step=found["step"] or START,
        seconds=float(found["seconds"] or 0),
    )
    if order.role not in parts:
        raise WrongLever(f'no part "{order.role}"; there are: {", ".join(parts)}')
    world.known_value(order.role, parts[order.role], order.lever, order.value)
    if order.step not in (START, *steps):
        raise WrongLever(f'no step "{order.step}" on this way; there are: {", ".join((START, *steps))}')
    return order


def steps(text: str) -> tuple[str, ...]:
    """The step that is written there: for orders whose steps are checked elsewhere."""
    found = WRITTEN.fullmatch(text)
    return (found["step"],) if found and found["step"] else ()


def listed(parts: Mapping[str, type[Part]]) -> Iterator[str]:
    """A line for each lever there is, as it would be written, and what it does."""
    for role, kind in parts.items():
        for lever in levers.described(kind).values():
            yield f"{_form(role, lever):60} {lever.about}".rstrip()


def _form(role: str, lever: Lever) -> str:
    values = []
    for one in lever.parameters:
        shown = {Kind.CITIZEN: "CITIZEN", Kind.ON_OFF: "on|off", Kind.NUMBER: one.name.upper(), Kind.TEXT: one.name.upper()}
        words = shown.get(one.kind) or "|".join(one.options if len(one.options) <= 6 else (*one.options[:5], "…"))
        values.append(words if one.default is None or len(lever.parameters) == 1 else f"[{words}]")
    return f"{role}.{lever.name}" + (f"={':'.join(values)}" if values else "")
