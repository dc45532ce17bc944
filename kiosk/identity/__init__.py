"""FACES: is the person before the camera the person on the card? Contracts; engines are plug-ins."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from kiosk.model.verdict import Pad, Verdict

Picture = NDArray[np.uint8]
"""height × width × 3, BGR."""

Landmarks = tuple[tuple[float, float], ...]
"""Five points (x, y) in pixels: the corners of the eye at the right of the picture, those of the other, the base of the nose."""


class PhotoDecoder(ABC):
    """Turns the 1024-byte photo block of a card into a picture. Vendors' codecs are plug-ins; none is open."""

    able: ClassVar[bool] = True  # False = it opens no photo at all: then nobody is asked before the camera with a card

    @abstractmethod
    def decode(self, block: bytes) -> Picture:
        """126 × 102 × 3, BGR. Raises Fault("identity.photo_unreadable", OTHER_WAY)."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What is wrong with a frame, for the person to mend: "" = good, else a word of `face.hint.<word>`:
    none, many, edge, far, near, tilted, turned, sunglasses, mask, dark, bright, uneven, blurred."""

    hint: str = ""
    picture: Picture | None = field(default=None, repr=False)  # the good frame, kept in memory for compare
    face: tuple[int, int, int, int] | None = None  # left, top, right, bottom in pixels, where the engine found just one
    landmarks: Landmarks | None = field(default=None, repr=False)  # of that face; an engine without them leaves `pad.challenge` blind
    since: int = 0  # frames since all of one was searched, and not only the surroundings of the face before


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

    def follow(self, frame: Picture, before: Look) -> Look:
        """As `look`; `before` is what was found in the frame before this one, by the same camera, and where to seek first.

        Somebody who steps beside the person may be found some frames late, never more than a fifth of a second.
        """
        return self.look(frame)

    def expect(self, reference: Picture) -> None:  # noqa: B027 - an engine that describes nothing ahead just compares later
        """The card's photo, while its holder still puts the card away: what can be done of `compare` ahead is done and kept.

        Raises Fault("identity.no_face_on_card", OTHER_WAY).
        """

    @abstractmethod
    def compare(self, reference: Picture, frames: Sequence[Picture]) -> Verdict:
        """1:1, with frames that `look` found good. Raises Fault("identity.no_face_on_card", OTHER_WAY) where the reference

        shows no face, Fault("identity.face_changed", RETRY) where the frames do not all show one and the same person.
        """

    def one_person(self, frames: Sequence[Picture], witnesses: Sequence[Picture]) -> bool | None:
        """Whether the witnesses (turned, mouth open) show the person of the good `frames`. None: this engine cannot tell."""
        return None

    def forget(self) -> None:  # noqa: B027 - an engine that keeps nothing has nothing to wipe
        """The visit is over: wipe whatever was kept of a person. May be called at any time, also twice."""


def fit_for_service(verifier: Verifier, *, demo: bool) -> bool:
    """Whether citizens may be judged by it: not by a threshold nobody measured here (FACE.md §2).

    Only a demo (`[station] demo = true`) may, and says so on the glass (`face.uncalibrated`).
    """
    return verifier.calibrated or demo


@dataclass(frozen=True, kw_only=True)
class Cue:
    """What the person before the camera is asked for just now, and what becomes of the frame that was seen.

    `ask`: a word of `face.ask.<word>`: "" = only to look, `ahead`, `tints`, or one of the moves. `keep`: "match" = of those to be compared,
    "witness" = of somebody who does what was asked: to be the same person as in the others; "" = of no further use.
    """

    ask: str = ""
    tint: str = ""  # what the glass shows around the picture meanwhile, a colour of `kiosk.identity.flash.TINTS`; "" = nothing
    progress: float = 0.0  # 0..1
    keep: str = ""
    begun: bool = False  # something was asked for: from here on it counts as one of the attempts of a visit
    over: bool = False  # `verdict` stands


class Trial(ABC):
    """One attempt of one person. May block; called from one thread, frame after frame."""

    @abstractmethod
    def see(self, frame: Picture, look: Look, at: float) -> Cue:
        """`look`: what the verifier found in the frame. `at`: seconds of a clock that never jumps, when the frame came."""

    @abstractmethod
    def verdict(self) -> Pad:
        """NOT_CHECKED until it is over."""

    @abstractmethod
    def forget(self) -> None:
        """Wipe what was kept of a face. May be called at any time, also twice."""


class PadCheck(ABC):
    """Presentation attack detection (ISO/IEC 30107): is it a living person, or a picture of one? An infrared or depth camera

    comes in here too: its `Trial` looks through a sensor of its own while it is shown the frames of the face camera.
    """

    name: str

    @abstractmethod
    def begin(self, *, gentle: bool = False) -> Trial:
        """A new attempt; what is drawn by chance is drawn anew. `gentle`: nothing on the glass changes its colour (care mode)."""
