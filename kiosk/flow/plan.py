"""One pure function from a declared item to the steps of its visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk import plugins
from kiosk.flow.step import Step
from kiosk.model.item import Assurance, Item

Make = Callable[[str], Any]


def plan(item: Item, step: Make | None = None) -> tuple[Step, ...]:
    """The steps of `item`, sorted by phase; steps of one phase keep the order they are named in here.

    `step` gives the class of a step by name; by default the door `kiosk.steps`, where foreign steps stand too.
    """
    make: Make = step or (lambda name: plugins.load(plugins.STEPS, name))
    steps: list[Step] = []
    if item.assurance is not Assurance.NONE:
        steps.append(make("consent")(face=item.assurance.face))
    if item.assurance.card:
        steps.append(make("read_card")())
    if item.assurance.face:
        steps.append(make("verify_face")())
    if item.assurance is Assurance.FACE_OTP:
        steps.append(make("second_factor")())
    steps += [make("form")(page=page) for page in sorted({one.page for one in item.inputs})]
    if item.paid:
        steps.append(make("quote")())
    steps.append(make("review")())
    if item.paid:
        steps.append(make("pay")())
    steps.append(make("submit")())
    steps.append(make("deliver")(documents=tuple(one.document for one in item.outputs)))
    steps.append(make("rate")())
    return tuple(sorted(steps, key=lambda one: one.phase))


def pinned(item: Item) -> str:
    """The plan as text, for `tests/journeys/plans/<id>.txt`: a changed way is a changed line in review."""
    lines = [f"{item.id}: {item.assurance.value}, {item.operation}"]
    for step in plan(item):
        needs = ", ".join(role.name for role in step.needs)
        lines.append(f"{step.phase.name.lower():9}{step!r}" + (f"  needs {needs}" if needs else ""))
    return "\n".join(lines) + "\n"
