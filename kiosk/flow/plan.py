"""One pure function from a declared item to the steps of its visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk import plugins
from kiosk.flow.step import Step
from kiosk.model.item import InputType, Item, Proof, way_name

Make = Callable[[str], Any]

# A proof of who somebody is → the step that shows it, in the order they are asked for. The others need no step of their own.
PROVING = {
    Proof.ID_CARD: "read_card",
    Proof.TYPED: "type_identity",
    Proof.NET_CERT: "net_cert",
    Proof.FACE: "verify_face",
    Proof.SMS_OTP: "second_factor",
    Proof.WITNESS: "witness",
    Proof.OFFICER: "officer",
}
SAYING_WHO = tuple(PROVING[proof] for proof in (Proof.ID_CARD, Proof.TYPED, Proof.NET_CERT))
CAPTURING = {
    InputType.PHOTO: "photo",
    InputType.SCAN: "scan",
    InputType.SIGNATURE: "signature",
    InputType.NFC_CARD: "touch_card",
    InputType.RECORDING: "recording",
}


def plan(item: Item, step: Make | None = None) -> tuple[Step, ...]:
    """The steps of `item`, sorted by phase; steps of one phase keep the order they are named in here.

    `step` gives the class of a step by name; by default the door `kiosk.steps`, where foreign steps stand too.
    """
    make: Make = step or (lambda name: plugins.load(plugins.STEPS, name))
    steps: list[Step] = []
    if item.ways:
        steps += [make("ways")(), make("consent")()] if len(item.ways) > 1 else [make("consent")()]
    proofs = {proof for way in item.ways for proof in way}
    steps += [make(name)() for proof, name in PROVING.items() if proof in proofs]
    if item.ways:
        # Before a face is looked at, after whatever says who it is.
        known = max((at for at, one in enumerate(steps) if one.name in SAYING_WHO), default=len(steps) - 1)
        steps.insert(known + 1, make("guardian")())
    questions = _asking(item, make)
    steps += [step for step in questions if step.name != "signature"]
    steps += [make("check")(operation=operation) for operation in item.checks]
    if item.hold:
        steps.append(make("hold")())
    if item.paid:
        steps.append(make("quote")())
    steps.append(make("review")())
    steps += [step for step in questions if step.name == "signature"]  # what was reviewed is what is signed
    if item.paid:
        steps.append(make("pay")())
    steps.append(make("submit")())
    if item.card_write:
        steps.append(make("write_card")())
    steps.append(make("deliver")(outputs=item.outputs))
    steps.append(make("rate")())
    return tuple(sorted(steps, key=lambda one: one.phase))


def _asking(item: Item, make: Make) -> list[Step]:
    """A form for each page of questions, a screen of its own for each thing a device takes, in the order of the pages."""
    steps: list[Step] = []
    for page in sorted({one.page for one in item.inputs}):
        there = [one for one in item.inputs if one.page == page]
        if any(not one.type.captured for one in there):
            steps.append(make("form")(page=page))
        steps += [make(CAPTURING[one.type])(input=one.name) for one in there if one.type.captured]
    return steps


def pinned(item: Item) -> str:
    """The plan as text, for `tests/journeys/plans/<id>.txt`: a changed way is a changed line in review."""
    lines = [f"{item.id}: {item.assurance.value}, {item.operation}"]
    lines += [f"way      {way_name(way)}" for way in item.ways]
    for step in plan(item):
        needs = ", ".join(role.name for role in step.needs)
        lines.append(f"{step.phase.name.lower():9}{step!r}" + (f"  needs {needs}" if needs else ""))
    return "\n".join(lines) + "\n"
