"""The gate before matching: which of the things a person can mend is wrong with a frame. Numbers only, no engine."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Picture

EYES_MIN = 60.0  # pixels between the eyes: below, the embedding loses detail (FACE.md §2)
EYES_MAX = 0.36  # of the frame's height: nearer, chin or forehead leave the picture as soon as one moves
NOSE_ASIDE = 0.12  # of the eyes' distance, from the middle between the eyes: 15° of yaw on the rendered people (0.0078 per degree)
NOSE_DROP = (0.4, 1.3)  # of the eyes' distance; people differ from 0.6 to 1.0 when straight, so only gross pitch can be told
ROLL = 15.0  # degrees
SHARP = 25.0  # variance of the Laplacian of the face at 128 × 128, brought to mid grey; see tests/identity for what it lets through
DARK = 45.0  # mean grey of the face, 0–255
CLIPPED, BRIGHT = 250, 0.3  # of the face's pixels at full scale: the light has eaten its features
DARK_FRAME = 25.0  # mean grey of a frame without a face: too dark to find one
BRIGHT_FRAME = 240.0


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
    """near, edge, far, turned, dark, bright or blurred; "" = good. In the order in which a person would mend it."""
    height, width = frame.shape[:2]
    (ax, ay), (bx, by) = face.eyes
    eyes = float(np.hypot(bx - ax, by - ay))
    if eyes > EYES_MAX * height:
        return "near"
    if face.left < 0 or face.top < 0 or face.right >= width or face.bottom >= height:
        return "edge"
    if eyes < EYES_MIN:
        return "far"
    # The nose in the coordinates of the eyes: along their line from the left one (0.5 = the middle), and down from it.
    ux, uy = (bx - ax) / eyes, (by - ay) / eyes
    nx, ny = face.nose[0] - ax, face.nose[1] - ay
    along, down = (nx * ux + ny * uy) / eyes, (ny * ux - nx * uy) / eyes
    roll = abs(float(np.degrees(np.arctan2(by - ay, bx - ax))))
    if abs(along - 0.5) > NOSE_ASIDE or roll > ROLL or not NOSE_DROP[0] < down < NOSE_DROP[1]:
        return "turned"
    grey = _grey(frame[face.top : face.bottom, face.left : face.right])
    light = float(grey.mean())
    if light < DARK:
        return "dark"
    if float((grey >= CLIPPED).mean()) > BRIGHT:
        return "bright"
    if float(cv2.Laplacian(grey, cv2.CV_64F).var()) * (128 / light) ** 2 < SHARP:
        return "blurred"
    return ""


def _grey(part: Picture) -> NDArray[np.uint8]:
    small = cv2.resize(part, (128, 128), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
