"""FACES: is the person before the camera the person on the card? Contracts; engines are plug-ins."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kiosk.model.faults import Fault, Remedy
from kiosk.model.verdict import Liveness, Verdict

Picture = NDArray[np.uint8]
"""height × width × 3, BGR."""


class PhotoDecoder(ABC):
    """Turns the 1024-byte photo block of a card into a picture. Vendors' codecs are plug-ins; none is open."""

    @abstractmethod
    def decode(self, block: bytes) -> Picture:
        """126 × 102 × 3, BGR. Raises Fault("identity.photo_unreadable", OTHER_WAY)."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What is wrong with a frame, for the person to mend: "" = good, else a word of `face.hint.<word>`:
    none, many, edge, far, near, turned, blurred, dark, bright."""

    hint: str = ""
    picture: Picture | None = field(default=None, repr=False)  # the good frame, kept in memory for compare


class Verifier(ABC):
    """Compares the card's photo with live frames. All methods may block: the caller runs them off the glass's thread."""

    name: str
    calibrated: bool  # False = thresholds are a default nobody measured here: refused in production, said aloud in the demo

    @abstractmethod
    def prepare(self) -> None:
        """Load models. Called once, before the first citizen needs them."""

    @abstractmethod
    def look(self, frame: Picture) -> Look:
        """The gate before matching: exactly one face, whole, near, straight, sharp, lit."""

    @abstractmethod
    def compare(self, reference: Picture, frames: Sequence[Picture]) -> Verdict:
        """1:1, with frames that `look` found good. Raises Fault("identity.no_face_on_card", OTHER_WAY) where the reference

        shows no face, Fault("identity.face_changed", RETRY) where the frames do not all show one and the same person.
        """

    def forget(self) -> None:  # noqa: B027 - an engine that keeps nothing has nothing to wipe
        """The visit is over: wipe whatever was kept of a person. May be called at any time, also twice."""


def fit_for_service(verifier: Verifier, *, demo: bool) -> None:
    """Raises Fault("identity.uncalibrated", CLOSE): no citizen is judged by a threshold nobody measured here (FACE.md §2).

    Only a demo (`[station] demo = true`) may, and says so on the glass (`face.uncalibrated`).
    """
    if not verifier.calibrated and not demo:
        raise Fault("identity.uncalibrated", Remedy.CLOSE, verifier.name)


class LivenessCheck(ABC):
    """Is it a living person? The real ones arrive with the identity issue."""

    name: str

    @abstractmethod
    def check(self, frames: Sequence[Picture]) -> Liveness: ...
