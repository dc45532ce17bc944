"""Which lawful ways to be known are open here and now: their devices work, their services answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from kiosk.devices.roles import Role
from kiosk.flow.desk import Desk
from kiosk.flow.step import Proving, Step
from kiosk.identity import fit_for_service
from kiosk.model.item import Item, Proof, Way
from kiosk.model.words import Text, Word

NATIONAL = ("CTID.apply", "CTID.request")
"""What is asked of the national identity service to have a face compared there."""


def open_ways(item: Item, steps: Iterable[Step], desk: Desk, barred: Collection[Proof] = (), *, photo: bool = True) -> tuple[Way, ...]:
    """The ways of `item` that can be gone, in the order of the item. `barred` proofs have been tried often enough.

    `photo`: whether the photo on this person's card can be compared, as far as anybody knows.
    """
    closed = {step.proof for step in steps if isinstance(step, Proving) and why_not(step, desk)}
    return tuple(way for way in item.ways if not closed & set(way) and not set(barred) & set(way) and not blind(way, desk, photo=photo))


def blind(way: Way, desk: Desk, *, photo: bool = True) -> bool:
    """Whether `way` asks for a face with which nothing can be compared: nobody is sent before the camera for that.

    Neither with the photo on the card, here, nor by the national identity service. The other ways stay open: no face closes a terminal.
    """
    if Proof.FACE not in way or (photo and Proof.ID_CARD in way and compares_photos(desk)):
        return False
    return not all(answers(operation, desk) for operation in NATIONAL)


def compares_photos(desk: Desk) -> bool:
    """Whether faces are compared with the photos on cards here: this terminal opens them, and somebody has calibrated its verifier."""
    return desk.identity.decoder.able and fit_for_service(desk.identity.verifier, demo=desk.terminal.demo)


def why_not(step: Step, desk: Desk) -> Text:
    """Why `step` cannot be done here and now, or ""."""
    for operation in sorted(step.operations):
        if not answers(operation, desk):
            return Word("item.why.department")
    for role in step.needs:
        if role not in step.spares and not usable(role, desk):
            return Word("item.why.device", device=Word(f"role.{role.name}"))
    return ""


def answers(operation: str, desk: Desk) -> bool:
    adapter = desk.departments.get(operation.partition(".")[0])
    return adapter is not None and operation in adapter.operations


def usable(role: Role[Any], desk: Desk) -> bool:
    device = desk.devices.get(role.name)
    return device is not None and device.health.state.usable
