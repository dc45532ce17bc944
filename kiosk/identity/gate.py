"""The gate before matching: which of the things a person can mend is wrong with a frame. Numbers only, no engine."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Picture
from kiosk.identity.regions import ABOVE_MASK, flat, uneven, worn

EYES_MIN = 60.0  # pixels between the eyes: below, the embedding loses detail (FACE.md §2)
EYES_MAX = 0.36  # of the frame's height: nearer, chin or forehead leave the picture as soon as one moves
NOSE_ASIDE = 0.12  # of the eyes' distance, from the middle between the eyes: 15° of yaw on the rendered people (0.0078 per degree)
NOSE_MOVED = 0.2  # …up to here it may be what is worn: the nose is guessed at under a mask
NOSE_DROP = (0.4, 1.3)  # of the eyes' distance; people differ from 0.6 to 1.0 when straight, so only gross pitch can be told
ROLL = 15.0  # degrees
SHARP = 25.0  # variance of the Laplacian of the face at 128 × 128, brought to mid grey; see tests/identity for what it lets through
DARK = 45.0  # mean grey of the face, 0–255
CLIPPED, BRIGHT = 250, 0.3  # of the pixels of a face's upper half at full scale: the light has eaten its features
UPPER = (slice(20, 100), slice(25, 135))  # of a flat face; below, it may be a white mask
DARK_FRAME = 25.0  # mean grey of a frame without a face: too dark to find one
BRIGHT_FRAME = 240.0
ASIDE = 0.26  # of the frame's height, from its middle: beyond, the face leaves the oval on the glass (which shows 0.4 to each side)
SKIN_CR, SKIN_CB = (133, 173), (77, 127)  # of YCrCb: where everybody's skin lies (Chai & Ngan 1999), whatever its lightness
GREYISH = 4.0  # Cr and Cb so near the middle of their range that the picture has no colours to judge by


@dataclass(frozen=True, kw_only=True)
class Face:
    """Where a face is, in pixels of the frame. `eyes` are their middles, left in the picture first; `nose` is its base."""

    left: int
    top: int
    right: int
    bottom: int
    eyes: tuple[tuple[float, float], tuple[float, float]]
    nose: tuple[float, float]


def empty_hint(frame: Picture) -> str:
    """Why a frame shows no face at all: none, dark or bright."""
    light = float(frame[::8, ::8].mean())
    return "dark" if light < DARK_FRAME else "bright" if light > BRIGHT_FRAME else "none"


def hint(frame: Picture, face: Face) -> str:
    """near, edge, far, tilted, turned, bright, uneven, sunglasses, mask, dark or blurred; "" = good. In the order of mending.

    What lies on the face comes before the dark: a black mask is no dark room; and before a slight turn: under a mask the nose is
    guessed at. It comes behind what hides it: a face turned away has no parts where they are looked for, and white has no colours.
    """
    height, width = frame.shape[:2]
    (ax, ay), (bx, by) = face.eyes
    eyes = float(np.hypot(bx - ax, by - ay))
    if eyes > EYES_MAX * height:
        return "near"
    outside = face.left < 0 or face.top < 0 or face.right >= width or face.bottom >= height
    if outside or abs((ax + bx) / 2 - width / 2) > ASIDE * height:
        return "edge"
    if eyes < EYES_MIN:
        return "far"
    pose, along = _pose(face, eyes)
    if pose and abs(along - 0.5) > NOSE_MOVED:
        return pose
    laid = flat(frame, face.eyes)
    grey = _grey(frame[face.top : face.bottom, face.left : face.right])
    if pose:
        wrong = worn(laid) or pose
    elif _blinded(laid):
        wrong = "bright"
    else:
        wrong = "uneven" if uneven(laid) else worn(laid) or ("dark" if float(grey.mean()) < DARK else "")
    laid.fill(0)
    return wrong or ("blurred" if _blurred(grey) else "")


def covered_hint(frame: Picture, face: Face) -> str:
    """Of what the detector hardly takes for a face: bright, uneven, sunglasses or mask, where that explains it; "" = it is no face.

    Fewer things look like half a face than like a face: what is to be the skin above a mask has to have skin's colour.
    """
    (ax, ay), (bx, by) = face.eyes
    eyes = float(np.hypot(bx - ax, by - ay))
    if not EYES_MIN <= eyes <= EYES_MAX * frame.shape[0] or abs(_pose(face, eyes)[1] - 0.5) > NOSE_MOVED:
        return ""
    laid = flat(frame, face.eyes)
    wrong = "bright" if _blinded(laid) else ""
    if not wrong and _skin(laid):
        wrong = "uneven" if uneven(laid) else worn(laid)
    laid.fill(0)
    return wrong


def _pose(face: Face, eyes: float) -> tuple[str, float]:
    """tilted, turned or "", and how far along the eyes' line the nose stands."""
    (ax, ay), (bx, by) = face.eyes
    # The nose in the coordinates of the eyes: along their line from the left one (0.5 = the middle), and down from it.
    ux, uy = (bx - ax) / eyes, (by - ay) / eyes
    nx, ny = face.nose[0] - ax, face.nose[1] - ay
    along, down = (nx * ux + ny * uy) / eyes, (ny * ux - nx * uy) / eyes
    if abs(float(np.degrees(np.arctan2(by - ay, bx - ax)))) > ROLL:
        return "tilted", along
    return ("turned" if abs(along - 0.5) > NOSE_ASIDE or not NOSE_DROP[0] < down < NOSE_DROP[1] else ""), along


def _blurred(grey: NDArray[np.uint8]) -> bool:
    return float(cv2.Laplacian(grey, cv2.CV_64F).var()) * (128 / float(grey.mean())) ** 2 < SHARP


def _blinded(laid: Picture) -> bool:
    return float((cv2.cvtColor(laid[UPPER], cv2.COLOR_BGR2GRAY) >= CLIPPED).mean()) > BRIGHT


def _skin(laid: Picture) -> bool:
    ycc = cv2.cvtColor(laid, cv2.COLOR_BGR2YCrCb)
    _, cr, cb = np.median(np.vstack([ycc[part].reshape(-1, 3) for part in ABOVE_MASK]), axis=0)
    colourless = abs(cr - 128) < GREYISH and abs(cb - 128) < GREYISH
    return bool(colourless or (SKIN_CR[0] <= cr <= SKIN_CR[1] and SKIN_CB[0] <= cb <= SKIN_CB[1]))


def _grey(part: Picture) -> NDArray[np.uint8]:
    small = cv2.resize(part, (128, 128), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
