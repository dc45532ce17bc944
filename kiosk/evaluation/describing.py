"""Pictures into embeddings, each once, with a reason for every picture that gave none; nothing of it is kept on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import cv2
import numpy as np

from kiosk.evaluation.pictures import Pair, Shot
from kiosk.identity import Picture
from kiosk.identity.dlib_engine import DlibFaces
from kiosk.identity.network import Embedding
from kiosk.model.faults import Fault

SMALL = 240  # lines: a smaller still is enlarged, with its edges drawn out, before a face is sought in it


@dataclass(kw_only=True)
class Described:
    """`failed`: why pictures could not be acquired, and how many: no_face, many, unreadable, or a word of the gate."""

    embeddings: dict[Shot, Embedding] = field(default_factory=dict, repr=False)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def failure_to_acquire(self) -> tuple[int, int]:
        """How many of how many pictures."""
        lost = sum(self.failed.values())
        return lost, lost + len(self.embeddings)


def shots(found: Iterable[Pair]) -> list[Shot]:
    """Every picture of these pairs once, in order."""
    return list(dict.fromkeys(shot for pair in found for shot in (pair.reference, pair.live)))


def describe(verifier: DlibFaces, wanted: list[Shot], *, gate: bool, tick: Callable[[], None] = lambda: None) -> Described:
    """With `gate`, a live picture must pass what a frame at the terminal must pass (size, pose, light, sharpness)."""
    found = Described()
    for shot in wanted:
        picture = cv2.imread(str(shot.path), cv2.IMREAD_COLOR)
        if picture is None:
            found.failed["unreadable"] += 1
        else:
            _one(verifier, shot, np.asarray(picture, np.uint8), found, gate=gate)
        tick()
    return found


def _one(verifier: DlibFaces, shot: Shot, picture: Picture, found: Described, *, gate: bool) -> None:
    if shot.card:
        try:
            found.embeddings[shot] = verifier.describe_card(picture)
        except Fault:
            found.failed["no_face"] += 1
        return
    frame = as_frame(picture)
    if gate and (wrong := verifier.look(frame).hint):
        found.failed[{"none": "no_face"}.get(wrong, wrong)] += 1
        return
    try:
        # A still is all there is of this sitting: both its halves of a face are used (docs/identity.md).
        found.embeddings[shot] = np.mean([verifier.describe_live(frame), verifier.describe_live(frame, mirrored=True)], axis=0)
    except Fault as fault:
        found.failed["no_face" if fault.detail.startswith("0 ") else "many"] += 1


def as_frame(picture: Picture) -> Picture:
    height = picture.shape[0]
    if height >= SMALL:
        return picture
    edge = height // 4
    wide = cv2.copyMakeBorder(picture, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
    factor = 2 * SMALL / height
    return np.asarray(cv2.resize(wide, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)
