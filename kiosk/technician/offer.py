"""Which services can be had with the devices as they are: what the notice on the door promises."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kiosk.flow.plan import plan
from kiosk.flow.step import Proving
from kiosk.model.item import Department, Item
from kiosk.technician.checks.network import PAYMENTS
from kiosk.technician.readiness import Offer


def offer(departments: Iterable[Department], usable: Collection[str], dead: Collection[str] = ()) -> Offer:
    """`usable`: names of roles that work; `dead`: systems of departments, or `payments`, that do not answer."""
    items = [item for department in departments for item in department.items]
    return Offer(items=len(items), missing=tuple(sorted(item.id for item in items if not _can_be_had(item, usable, dead))))


def _can_be_had(item: Item, usable: Collection[str], dead: Collection[str]) -> bool:
    """Every step works, and one lawful way to be known is open: the same rule by which the home screen offers it."""
    if _systems(item.operations()) & set(dead) or (item.paid and PAYMENTS in dead):
        return False
    closed = set()
    for step in plan(item):
        works = {role.name for role in step.needs if role not in step.spares} <= set(usable) and not _systems(step.operations) & set(dead)
        if not works and not isinstance(step, Proving):
            return False
        if not works and isinstance(step, Proving):
            closed.add(step.proof)
    return not item.ways or any(not closed & set(way) for way in item.ways)


def _systems(operations: Iterable[str]) -> set[str]:
    return {operation.partition(".")[0] for operation in operations}
