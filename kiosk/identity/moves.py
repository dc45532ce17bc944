"""What a face does, against the same face at rest: turned, eyes closed, mouth open. From five landmarks and the pixels around them.

No 68 landmarks: that model was trained on non-commercial data (FACE.md §2). Everything is measured in the plane of eyes and nose, so
a flat picture that is moved, tilted or brought nearer stays at rest: an affine map takes it back to where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Landmarks, Picture

Patch = NDArray[np.float32]

BLINK, TURN_LEFT, TURN_RIGHT, OPEN_MOUTH = "blink", "turn_left", "turn_right", "open_mouth"
MOVES = (BLINK, TURN_LEFT, TURN_RIGHT, OPEN_MOUTH)

# The patch: middles of the eyes and base of the nose always stand here (x, y), 64 px from eye to eye.
LEFT_EYE, RIGHT_EYE, NOSE = (48.0, 30.0), (112.0, 30.0), (80.0, 75.0)
WIDTH, HEIGHT = 160, 142
EYES = (slice(23, 37), (slice(36, 60), slice(100, 124)))
MOUTH = (slice(81, 137), slice(62, 98))
CHEEKS = (slice(42, 75), slice(50, 110))  # moves with the head, but not with eyes and mouth
SKIN = (slice(59, 73), slice(40, 120))

# Set on the twelve rendered people, clean, noisy and small (docs/identity.md); none of them was held out.
TURNED = 0.11  # of the eyes' distance, by which the nose leaves its place between them: about 14°
STRAIGHT = 0.06
CLOSED = 0.75  # of the person's own median contrast across the eyes (FACE.md §4)
OPEN = 0.85
MOUTH_OPEN = 0.09  # change of the mouth's region, in units of the skin's light
MOUTH_AGAINST_CHEEKS = 1.75  # and so many times the change of the cheeks
MOUTH_SHUT = 0.06
FLOOR = 0.02  # change that noise alone makes


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One frame. `along`: the nose's place between the eyes, 0.5 = the middle, more = to the right of the picture (the person's own left).

    `eyes`: contrast across them, iris against white. `patch`: the face, made flat, in units of its skin's light.
    """

    along: float
    eyes: float
    patch: Patch = field(repr=False)


def measure(frame: Picture, landmarks: Landmarks) -> Seen:
    (a0, a1, b0, b1, nose) = np.asarray(landmarks, np.float32)
    right, left = (a0 + a1) / 2, (b0 + b1) / 2
    distance = float(np.linalg.norm(right - left)) or 1.0
    across = (right - left) / distance
    along = float((nose - left) @ across) / distance
    flat = cv2.getAffineTransform(np.array([left, right, nose], np.float32), np.array([LEFT_EYE, RIGHT_EYE, NOSE], np.float32))
    # Only the face's surroundings are turned to grey, and in one go with the warp: the rest of the frame does not matter.
    warped = cv2.warpAffine(frame, flat, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    grey = cv2.GaussianBlur(cv2.cvtColor(warped, cv2.COLOR_BGR2GRAY), (5, 5), 0).astype(np.float32)
    patch = grey / max(20.0, float(np.median(grey[SKIN])))
    slope = np.abs(cv2.Sobel(patch, cv2.CV_32F, 1, 0, ksize=3))
    eyes = float(np.mean([slope[EYES[0], columns].mean() for columns in EYES[1]]))
    warped.fill(0)
    return Seen(along=along, eyes=eyes, patch=np.asarray(patch, np.float32))


class AtRest:
    """One person looking ahead: medians over some frames, so that a blink among them does no harm."""

    def __init__(self, frames: Sequence[Seen]) -> None:
        self.along = float(np.median([one.along for one in frames]))
        self.eyes = float(np.median([one.eyes for one in frames])) or 1e-6
        self.patch: Patch = np.median([one.patch for one in frames], axis=0).astype(np.float32)

    def turned(self, seen: Seen) -> float:
        """By how much, in the eyes' distance; more than 0 = to the person's own left."""
        return seen.along - self.along

    def eyes_open(self, seen: Seen) -> float:
        """1.0 = as at rest."""
        return seen.eyes / self.eyes

    def mouth(self, seen: Seen) -> tuple[float, float]:
        """How much the mouth's region changed, and how many times as much as the cheeks."""
        change = np.abs(seen.patch - self.patch)
        mouth, cheeks = float(change[MOUTH].mean()), float(change[CHEEKS].mean())
        return mouth, mouth / (cheeks + FLOOR)

    def move(self, seen: Seen) -> str:
        """The one move that is seen in this frame; "" = none, or none that is clear."""
        turned = self.turned(seen)
        if abs(turned) >= TURNED:
            return TURN_LEFT if turned > 0 else TURN_RIGHT
        if abs(turned) >= STRAIGHT:
            return ""
        if self.eyes_open(seen) < CLOSED:
            return BLINK
        mouth, against = self.mouth(seen)
        return OPEN_MOUTH if mouth >= MOUTH_OPEN and against >= MOUTH_AGAINST_CHEEKS else ""

    def rests(self, seen: Seen) -> bool:
        """Whether the person looks ahead again, eyes open, mouth shut."""
        mouth, against = self.mouth(seen)
        shut = mouth < MOUTH_SHUT or against < MOUTH_AGAINST_CHEEKS / 1.5
        return abs(self.turned(seen)) < STRAIGHT and self.eyes_open(seen) >= OPEN and shut

    def forget(self) -> None:
        self.patch.fill(0)
