"""How often the gate's reasons are given wrongly on pictures as they are, and missed on the same pictures with something drawn on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from kiosk.evaluation.describing import as_frame
from kiosk.evaluation.drawn import DRAWINGS
from kiosk.evaluation.pictures import Shot
from kiosk.identity import Picture
from kiosk.identity.dlib_engine import DlibFaces


@dataclass
class Gated:
    """`given`: reason → on how many of the `pictures` as they are ("" = good). `drawn`: drawing → the reasons given, "" = passed."""

    pictures: int = 0
    people: set[str] = field(default_factory=set)
    given: Counter[str] = field(default_factory=Counter)
    drawn: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in DRAWINGS})

    def missed(self, name: str) -> tuple[int, int]:
        """How many of how many drawn pictures passed the gate, or were sent away with another reason that does not help."""
        wanted, said = DRAWINGS[name][0], self.drawn[name]
        return sum(said.values()) - said[wanted], sum(said.values())


def gate(verifier: DlibFaces, shots: Sequence[Shot], *, tick: Callable[[], None] = lambda: None) -> Gated:
    """Live pictures only: a card's photo passes another gate. Drawn on are those that pass as they are, so that each has one fault."""
    found = Gated()
    for shot in shots:
        picture = cv2.imread(str(shot.path), cv2.IMREAD_COLOR)
        if picture is not None:
            _one(verifier, as_frame(np.asarray(picture, np.uint8)), found)
            found.people.add(shot.person)
        tick()
    return found


def _one(verifier: DlibFaces, frame: Picture, found: Gated) -> None:
    found.pictures += 1
    said = verifier.look(frame).hint
    found.given[said] += 1
    if said not in ("", "blurred"):
        return
    eyes, grey = verifier.eyes(frame), bool((frame.max(axis=2) == frame.min(axis=2)).all())
    for name, (_, draw) in DRAWINGS.items():
        changed = draw(frame, eyes)
        if grey:  # else any colour on it would give itself away
            changed = np.asarray(cv2.cvtColor(cv2.cvtColor(changed, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
        found.drawn[name][verifier.look(changed).hint] += 1
