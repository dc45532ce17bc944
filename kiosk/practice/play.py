"""`kiosk practice --play`: a case plays itself with the right moves on the real screens. So it is known that each can be won."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.config import Config
from kiosk.flow.stage import View
from kiosk.practice.cases import Case
from kiosk.practice.evidence import Evidence, Watching
from kiosk.practice.mark import Mark, mark
from kiosk.practice.settings import settings
from kiosk.sandbox.process import Sandbox
from kiosk.tour.people import script
from kiosk.tour.script import Gesture, Press, Pull, Script, Tap, Type
from kiosk.world import World, order
from kiosk.world.order import Order
from kiosk.world.sandbox import parts


@dataclass(frozen=True)
class Moves(Script):
    """A citizen who does as the case says on some views, the first time, and the natural thing everywhere else."""

    moves: Mapping[str, tuple[Gesture, ...]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def gestures(self, view: View) -> tuple[Gesture, ...] | None:
        name = type(view).__name__
        if name in self.moves and name not in self.made:
            self.made.add(name)
            return self.moves[name]
        return super().gestures(view)


def right_moves(case: Case) -> Moves:
    usual, course = script(case.item, case.citizen, way=case.course.way), case.course
    return Moves(
        item=case.item,
        citizen=case.citizen,
        way=course.way,
        care=course.care,
        name=usual.name,
        id_number=usual.id_number,
        card=course.card,
        answers={**usual.answers, **course.answers},
        codes=usual.codes,
        leaves=course.leaves,
        remedy=course.remedy,
        moves={view: tuple(gesture(move) for move in moves) for view, moves in course.moves.items()},
    )


def gesture(written: str) -> Gesture:
    """A move as a case writes it. ValueError for anything else."""
    match written.split(" "):
        case ["tap", name]:
            return Tap(name)
        case ["press", keys]:
            return Press(keys)
        case ["type", words, keys]:
            return Type(words, keys)
        case ["pull", lever]:
            name, _, value = lever.partition("=")
            return Pull(name, value)
        case _:
            raise ValueError(f'no move "{written}"')


def orders(written: Iterable[str], world: World) -> list[Order]:
    """What is to happen in the world during a case. Raises WrongLever."""
    kinds = {role: type(part) for role, part in world.parts.items()}
    return [order.read(text, kinds, order.steps(text)) for text in written]


def surroundings(case: Case, own: Config, sandbox: Sandbox, folder: Path, papers: Path) -> tuple[World, Config]:
    """The world of one case as its citizen finds it, and the terminal that stands in it. `world.stop()` is the caller's."""
    state = folder / "state"
    world = World(settings(own, sandbox.url, state), folder / "wires", papers, parts(sandbox))
    world.pull("face_camera", "show", case.citizen)
    return world, settings(own, sandbox.url, state, world.wires)


def played(case: Case, own: Config, options: argparse.Namespace, sandbox: Sandbox, folder: Path, acting: Script | None = None) -> Mark:
    """`acting`: another course than the right one."""
    from kiosk.tour.visit import Tour

    sandbox.reset()
    evidence = Evidence()
    pictures: Path | None = options.pictures
    name = f"{case.number:02}-{case.id}"
    world, told = surroundings(case, own, sandbox, folder / name, (pictures / name if pictures else folder / name / "papers").resolve())
    try:
        tour = Tour(
            name,
            told,
            options,
            sandbox,
            world,
            orders(case.levers, world),
            acting=acting or right_moves(case),
            through=lambda stage: Watching(stage, evidence),
        )
        outcome = tour.run()
        evidence.close(told, world)
    finally:
        world.stop()
    found = mark(case, evidence)
    ended = f"{outcome.word} {outcome.detail}".rstrip()
    missed = [check.name for check, met in zip(case.check, found.met, strict=True) if not met]
    print(", ".join([f"{name}: {ended}", f"{found.score} of {found.of}", *(["missed: " + " ".join(missed)] if missed else [])]), flush=True)
    return found


def play(chosen: Sequence[Case], own: Config, options: argparse.Namespace, sandbox: Sandbox, folder: Path) -> int:
    """Returns 0 only if every one was passed with all its points."""
    # Before Qt is imported, as for a tour.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from kiosk.screens.signals import Signals
    from kiosk.screens.sweeper import Sweeper
    from kiosk.screens.window import application

    application()
    signals, sweeper = Signals(), Sweeper()
    won = 0
    try:
        for case in chosen:
            found = played(case, own, options, sandbox, folder)
            won += found.passed and found.score == found.of
            if signals.caught:
                break
    finally:
        sweeper.close()
        signals.close()
    print(f"{won} of {len(chosen)} won", flush=True)
    return 0 if won == len(chosen) else 1

