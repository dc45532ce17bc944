"""Which lawful ways to be known are open here and now: their devices work, their services answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kiosk.devices.roles import Role
from kiosk.flow.desk import Desk
from kiosk.flow.step import Proving, Step
from kiosk.model.item import Item, Proof, Way
from kiosk.model.words import Text, Word


def open_ways(item: Item, steps: Iterable[Step], desk: Desk, barred: Collection[Proof] = ()) -> tuple[Way, ...]:
    """The ways of `item` that can be gone, in the order of the item. `barred` proofs have been tried often enough."""
    closed = {step.proof for step in steps if isinstance(step, Proving) and why_not(step, desk)}
    return tuple(way for way in item.ways if not closed & set(way) and not set(barred) & set(way))


def why_not(step: Step, desk: Desk) -> Text:
    """Why `step` cannot be done here and now, or ""."""
    for operation in sorted(step.operations):
        if not answers(operation, desk):
            return Word("item.why.department")
    for role in step.needs:
        if not usable(role, desk):
            return Word("item.why.device", device=Word(f"role.{role.name}"))
    return ""


def answers(operation: str, desk: Desk) -> bool:
    adapter = desk.departments.get(operation.partition(".")[0])
    return adapter is not None and operation in adapter.operations


def usable(role: Role[object], desk: Desk) -> bool:  # type: ignore[type-var]
    device = desk.devices.get(role.name)
    return device is not None and device.health.state.usable
