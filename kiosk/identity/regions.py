"""Parts of a face and what lies on them: half of it in shadow, dark glasses, a mask. From the eyes' places and the pixels around them.

The face is laid flat, eye to eye always at the same places, and its parts are compared with each other: with its own skin, never with
an idea of what skin looks like. No 68 landmarks: that model was trained on non-commercial data (FACE.md §2).

How each threshold was found, and how often it errs: docs/identity.md, "The gate" (`kiosk identity gate`).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Picture

Part = tuple[slice, slice]
Point = tuple[float, float]

# The flat face: 64 px from eye to eye, their middles at these places (x, y).
WIDTH, HEIGHT = 160, 192
LEFT_EYE, EYES_APART = (48.0, 64.0), 64.0


def _part(top: int, bottom: int, left: int, right: int) -> Part:
    return slice(top, bottom), slice(left, right)


LENSES = (_part(56, 80, 36, 60), _part(56, 80, 100, 124))  # where glasses would be, frames left out
EYES = (_part(54, 74, 32, 64), _part(54, 74, 96, 128))  # corner to corner, and a little more
CHEEKS = (_part(84, 112, 30, 56), _part(84, 112, 104, 130))
ABOVE_MASK = (_part(52, 80, 70, 90), _part(76, 88, 34, 60), _part(76, 88, 100, 126))  # bridge of the nose, under the eyes
MOUTH = _part(118, 165, 52, 108)  # from the upper lip to the chin
HALVES = (_part(50, 160, 34, 76), _part(50, 160, 84, 126))

UNEVEN = 0.66  # darker half to lighter half
LENS_DARK = 0.62  # the lighter quarter of each lens to the cheeks: an eye has white and lids, a dark lens has nothing light
LENS_PLAIN = 0.08  # contrast across the eyes, in units of the cheeks' light: nothing is seen through a dark lens
MASK_COLOUR = 8.0  # a, b of CIE Lab (8-bit) between mouth and upper face: all of a face has one skin
MASK_LIGHT = (0.42, 1.12)  # lightness of the mouth's region to the upper face's: a beard is darker, nobody's chin lighter than the nose
MASK_PLAIN = 0.065  # edges from top to bottom around the mouth, in units of its light: lips and chin make some, cloth none
LEAST_LIGHT = 12.0  # below, ratios are noise


def flat(frame: Picture, eyes: tuple[Point, Point]) -> Picture:
    """The face of `frame`, 192 × 160 × 3. `eyes`: their middles in pixels, the one at the left of the picture first."""
    (ax, ay), (bx, by) = eyes
    across, down = (bx - ax) / EYES_APART, (by - ay) / EYES_APART
    # From the flat face into the frame, so that small and large faces are sampled alike.
    there = np.array(
        [
            [across, -down, ax - across * LEFT_EYE[0] + down * LEFT_EYE[1]],
            [down, across, ay - down * LEFT_EYE[0] - across * LEFT_EYE[1]],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(frame, there, (WIDTH, HEIGHT), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def worn(face: Picture) -> str:
    """What covers a flat face: sunglasses or mask, "" = neither."""
    lab = np.asarray(cv2.cvtColor(face, cv2.COLOR_BGR2LAB), np.float32)
    if _dark_glasses(face, lab):
        return "sunglasses"
    return "mask" if _masked(face, lab) else ""


def uneven(face: Picture) -> bool:
    """Whether half of a flat face lies in the shadow."""
    grey = np.asarray(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), np.float32)
    one, other = (float(grey[half].mean()) for half in HALVES)
    return max(one, other) >= LEAST_LIGHT and min(one, other) < UNEVEN * max(one, other)


def contrast(grey: NDArray[np.float32], part: Part, *, down: bool) -> float:
    """Mean slope of the light across a part (`down`: from top to bottom)."""
    return float(np.abs(cv2.Sobel(grey, cv2.CV_32F, 0 if down else 1, 1 if down else 0))[part].mean())


def _dark_glasses(face: Picture, lab: NDArray[np.float32]) -> bool:
    skin = _median(lab, CHEEKS)[0]
    if skin < LEAST_LIGHT:
        return False
    grey = np.asarray(cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), (3, 3), 0), np.float32)
    lightest = max(float(np.percentile(lab[lens][..., 0], 75)) for lens in LENSES)
    plain = max(contrast(grey, eye, down=False) for eye in EYES) / max(skin, LEAST_LIGHT)
    return bool(lightest < LENS_DARK * skin and plain < LENS_PLAIN)


def _masked(face: Picture, lab: NDArray[np.float32]) -> bool:
    upper, lower = _median(lab, ABOVE_MASK), _median(lab, (MOUTH,))
    if upper[0] < LEAST_LIGHT:
        return False
    if float(np.hypot(*(lower[1:] - upper[1:]))) > MASK_COLOUR or not MASK_LIGHT[0] < lower[0] / upper[0] < MASK_LIGHT[1]:
        return True
    grey = np.asarray(cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY), (5, 5), 0), np.float32)
    return contrast(grey, MOUTH, down=True) / max(float(np.median(grey[MOUTH])), LEAST_LIGHT) < MASK_PLAIN


def _median(lab: NDArray[np.float32], parts: tuple[Part, ...]) -> NDArray[np.float32]:
    """L, a, b of the parts together."""
    return np.asarray(np.median(np.vstack([lab[part].reshape(-1, 3) for part in parts]), axis=0), np.float32)
