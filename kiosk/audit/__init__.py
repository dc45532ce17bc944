"""AUDIT: `kiosk audit` looks at every screen in every language, mode, text size and shape, and says what a citizen would stumble over."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.audit.looks import Look
    from kiosk.config import Display


PART = 300  # looks: about half a minute


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`kind`: target, outside, truncated, glyph, overlap, contrast, focus, name or voice."""

    scene: str
    look: str
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.scene} · {self.look} · {self.kind}: {self.what}"


def work(*, every: bool, only: str = "") -> list[tuple[str, Look]]:
    """What is looked at, in an order in which the glass is made anew as seldom as can be. `only`: beginning of a scene's name."""
    from kiosk import i18n
    from kiosk.audit.looks import covering, grid
    from kiosk.screens.scenes import faults, scenes

    looks = grid()
    names = [name for name in (*scenes(i18n.REFERENCE), *faults(i18n.REFERENCE)) if name.startswith(only)]
    found = [(name, look) for look in looks for name in names] if every else list(covering(names, looks))
    return sorted(found, key=lambda one: looks.index(one[1]))


def audit(todo: Sequence[tuple[str, Look]], display: Display, *, practice: bool = False) -> Iterator[Finding]:
    """What is found at one glass: all of `todo` is of one shape and one language. `practice`: below the band of practice."""
    from kiosk.audit.glass import Bench
    from kiosk.audit.looks import SHAPES

    first = todo[0][1]
    bench = Bench(SHAPES[first.shape], first.language, display, practice=practice)
    try:
        for name, look in todo:
            for kind, what in bench.look_at(name, look):
                yield Finding(scene=name, look=str(look), kind=kind, what=what)
    finally:
        bench.close()


def shared_out(todo: Sequence[tuple[str, Look]]) -> list[list[tuple[str, Look]]]:
    """Parts of one shape and language each, which several processes take in turn: short, to see it move; long against making a glass."""
    from itertools import groupby

    parts: list[list[tuple[str, Look]]] = []
    for _, group in groupby(todo, key=lambda one: (one[1].shape, one[1].language)):
        mine = list(group)
        parts += [mine[at : at + PART] for at in range(0, len(mine), PART)]
    return parts


def _part(todo: Sequence[tuple[str, Look]], display: Display, practice: bool) -> list[Finding]:
    """In a process of its own: Qt paints in one thread, and one Python interpreter fills one core."""
    return list(audit(todo, display, practice=practice))


def main(options: argparse.Namespace) -> int:
    """Returns the exit status: 1 where something was found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kiosk import config

    display = config.load(Path(options.config)).display
    todo = work(every=options.all, only=options.only)
    if not todo:
        print(f"kiosk audit: no screen's name begins with {options.only}", file=sys.stderr)
        return 2
    found: list[Finding] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    parts = shared_out(todo)
    with (
        Progress(*columns, console=Console(stderr=True)) as progress,  # on standard error: a pipe gets the findings alone
        # Never forked: a copy of a process that has painted with Qt does not paint.
        # A process a part: what a glass leaves in memory goes with it.
        ProcessPoolExecutor(max(1, min(options.jobs, len(parts))), mp_context=get_context("spawn"), max_tasks_per_child=1) as hands,
    ):
        task = progress.add_task("kiosk audit", total=len(todo))
        running = {hands.submit(_part, part, display, options.practice): part for part in parts}
        for done in as_completed(running):
            look = running[done][0][1]
            progress.update(task, advance=len(running[done]), description=f"{look.shape} {look.language}")
            for one in done.result():
                found.append(one)
                print(one, flush=True)
    scenes = len({name for name, _ in todo})
    print(f"kiosk audit: {scenes} screens, {len(todo)} looks, {len(found)} findings", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0
