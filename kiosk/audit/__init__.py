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


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`kind`: target, outside, truncated, overlap, contrast, focus, name or voice."""

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


def audit(todo: Sequence[tuple[str, Look]], display: Display, *, practice: bool = False) -> Iterator[tuple[str, Look, list[Finding]]]:
    """Each scene in its look, and what was found there. `practice`: below the band of practice."""
    from itertools import groupby

    from kiosk.audit.glass import Bench
    from kiosk.audit.looks import SHAPES

    for (shape, language), group in groupby(todo, key=lambda one: (one[1].shape, one[1].language)):
        bench = Bench(SHAPES[shape], language, display, practice=practice)
        try:
            for name, look in group:
                yield name, look, [Finding(scene=name, look=str(look), kind=kind, what=what) for kind, what in bench.look_at(name, look)]
        finally:
            bench.close()


def main(options: argparse.Namespace) -> int:
    """Returns the exit status: 1 where something was found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kiosk import config

    display = config.load(Path(options.config)).display
    todo = work(every=options.all, only=options.only)
    found: list[Finding] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:  # on standard error: a pipe gets the findings alone
        task = progress.add_task("kiosk audit", total=len(todo))
        for _name, look, new in audit(todo, display, practice=options.practice):
            found += new
            progress.update(task, advance=1, description=f"{look.shape} {look.language} {look.mode}")
            for one in new:
                print(one, flush=True)
    scenes = len({name for name, _ in todo})
    print(f"kiosk audit: {scenes} screens, {len(todo)} looks, {len(found)} findings", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0
