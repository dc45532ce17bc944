"""A trainee before a scripted glass: holds what a case gives them, answers as the case's own right course says, or as a test wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk import app, config
from kiosk.flow import views
from kiosk.flow.day import day
from kiosk.flow.stage import Leave, View
from kiosk.practice.cases import Case
from kiosk.practice.evidence import Evidence, Watching
from kiosk.practice.play import orders, right_moves, surroundings
from kiosk.sandbox.process import Sandbox
from kiosk.testing.counter import QUICK, ROOT, counter, faces
from kiosk.testing.stage import ScriptedStage, natural
from kiosk.world import World
from kiosk.world.unfolding import Unfolding

OWN = config.load(ROOT / "config.toml")


class Glass(ScriptedStage):
    """`care`: who chose care mode is waited for longer."""

    def __init__(self, item: str, *, language: str, care: bool, voice: bool, **script: Any) -> None:
        super().__init__(item, language=language, **script)
        self.pace, self.voice = 1.5 if care else 1.0, voice


@contextmanager
def open_world(case: Case, sandbox: Sandbox, folder: Path) -> Iterator[tuple[World, config.Config]]:
    world, told = surroundings(case, OWN, sandbox, folder, folder / "papers")
    try:
        yield world, told
    finally:
        world.stop()


async def course(
    case: Case,
    sandbox: Sandbox,
    folder: Path,
    *,
    language: str = "zh_Hans",
    care: bool = False,
    voice: bool = False,
    lifts: bool = True,
    hands: bool = True,
    faces_are: tuple[bool, ...] = (True,),
    script: Mapping[str, Callable[[Any], Any]] | None = None,
    **timing: float,
) -> Evidence:
    """What really happened. `hands`: the trainee sees to the printer; `lifts`: takes the card in the end."""
    evidence, who = Evidence(), right_moves(case)
    with open_world(case, sandbox, folder) as (world, told):
        answers = {**_answers(case, sandbox, world, hands), **(script or {})}
        glass = Glass(case.item, language=language, care=care, voice=voice, **answers)
        glass.on_view = lambda view: _around(view, case, world, lifts)
        glass.mobile, glass.otp = who.mobile, lambda: sandbox.code(who.mobile)
        unfolding = Unfolding(world, orders(case.levers, world))
        async with counter(told, room=faces(*faces_are), timing=replace(QUICK, **timing)) as desk:
            await unfolding.begin()
            try:
                here = replace(desk, stage=Watching(glass, evidence), reached=unfolding.reached, trail=None, _owed=[], _to_hand_back=[])
                await day(app.shelves(told), here)
            finally:
                await unfolding.stop()
        evidence.close(told, world)
    return evidence


def _around(view: View, case: Case, world: World, lifts: bool) -> None:
    held = {hold.name: hold for hold in case.hold}

    def hold(name: str) -> None:
        one = held[name]
        world.pull(one.part, one.lever, one.value)

    match view:
        case views.ReadCardView(state="waiting"):
            hold("card")
        case views.TouchCardView(state="waiting"):
            hold("ecard")
        case views.CodeView(state="waiting"):
            hold("badge")
        case views.PayView(state="qr"):
            hold("pay")
        case views.GoodbyeView() if lifts:
            world.pull("id_card", "lift_card")


def _answers(case: Case, sandbox: Sandbox, world: World, hands: bool) -> dict[str, Any]:
    who, again = right_moves(case), []

    def form(view: views.FormView) -> Any:
        if who.leaves == "FormView":
            return Leave()
        known = {"name": who.name, "id_number": who.id_number, "otp": sandbox.code(who.mobile), "phone": who.mobile, **who.answers}
        known = {**{one.name: known[one.type] for one in view.fields if one.type in known}, **known}
        return {one.name: view.values.get(one.name) or known.get(one.name) or natural(one, "") for one in view.fields}

    def apology(view: views.ApologyView) -> Any:
        return {"remedy": who.remedy if who.remedy in view.remedies else "end"}

    def ways(view: views.WaysView) -> Any:
        first = case.course.moves.get("WaysView", ()) if not again else ()
        again.append(view)
        return {"way": first[0].removeprefix("tap way:") if first else who.way or view.ways[0].id}

    def deliver(view: views.DeliverView) -> Any:
        if not (view.again and hands):
            return {}
        world.pull("receipts", "put_paper")
        return {"again": "yes"}

    return {"FormView": form, "ApologyView": apology, "WaysView": ways, "DeliverView": deliver}


