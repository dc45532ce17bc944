"""What people wear and what light does, drawn onto a good picture: to measure whether the gate sees it. Never shown to anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Picture
from kiosk.identity.regions import EYES_APART, LEFT_EYE, Point

Eyes = tuple[Point, Point]
Drawing = Callable[[Picture, Eyes], Picture]

SIDE = 256  # of the canvas, in the units of a flat face (64 from eye to eye); it reaches below the chin
MASK = ((80, 86), (104, 94), (146, 104), (138, 160), (110, 188), (80, 194), (50, 188), (22, 160), (14, 104), (56, 94))
PLEATS = (112, 132, 152)
BLUE, WHITE, BLACK, PINK = (214, 180, 142), (235, 235, 235), (35, 32, 30), (190, 190, 230)  # BGR
TINTED, BROWN = (18, 16, 15), (30, 45, 60)


def mask(colour: tuple[int, int, int], pleats: float = 0.12) -> Drawing:
    """A medical mask; `pleats`: how much darker its folds are."""

    def draw(frame: Picture, eyes: Eyes) -> Picture:
        y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        shade = 1 - 0.25 * np.clip(np.abs(x - 80) / 80, 0, 1) ** 2
        for pleat in PLEATS:
            shade = shade - pleats * np.exp(-(((y - pleat) / 1.5) ** 2))
        cloth = np.array(colour, np.float32) * shade[..., None]
        cover = np.zeros((SIDE, SIDE), np.float32)
        cv2.fillPoly(cover, [np.array(MASK, np.int32)], [1.0])
        return _laid(frame, eyes, np.asarray(cloth, np.float32), np.asarray(cv2.GaussianBlur(cover, (0, 0), 1.0), np.float32))

    return draw


def sunglasses(colour: tuple[int, int, int], dense: float) -> Drawing:
    """`dense`: the share of light that the lenses keep back."""

    def draw(frame: Picture, eyes: Eyes) -> Picture:
        y, _ = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        lens = np.array(colour, np.float32) * (1 + 0.6 * np.clip((90 - y) / 60, 0, 1))[..., None]  # lighter above: the sky in them
        cover = np.zeros((SIDE, SIDE), np.float32)
        for middle in (48, 112):
            cv2.ellipse(cover, (middle, 68), (27, 20), 0, 0, 360, [dense], -1)
        for left, right, top in ((66, 94, 58), (0, 24, 56), (136, 160, 56)):
            cv2.rectangle(cover, (left, top), (right, top + 5), [dense], -1)
        return _laid(frame, eyes, np.asarray(lens, np.float32), np.asarray(cv2.GaussianBlur(cover, (0, 0), 0.8), np.float32))

    return draw


def shadow(light: float, *, right: bool) -> Drawing:
    """Half of the picture with so much of its light, as from one lamp at the side."""

    def draw(frame: Picture, eyes: Eyes) -> Picture:
        (ax, ay), (bx, by) = eyes
        away = (np.arange(frame.shape[1]) - (ax + bx) / 2) / (0.08 * float(np.hypot(bx - ax, by - ay)))
        dark = 1 / (1 + np.exp(np.clip(-away if right else away, -50, 50)))
        return np.asarray(frame * (1 - (1 - light) * dark)[None, :, None], np.uint8)

    return draw


def lit(factor: float) -> Drawing:
    return lambda frame, _eyes: np.asarray(np.clip(frame * np.float32(factor), 0, 255), np.uint8)


def out_of_focus(sigma: float) -> Drawing:
    """`sigma` in parts of the eyes' distance."""
    return lambda frame, eyes: np.asarray(cv2.GaussianBlur(frame, (0, 0), sigma * _apart(eyes)), np.uint8)


def farther(factor: float) -> Drawing:
    def draw(frame: Picture, _eyes: Eyes) -> Picture:
        height, width = frame.shape[:2]
        small = cv2.resize(frame, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        top, left = height - small.shape[0], (width - small.shape[1]) // 2
        right = width - small.shape[1] - left
        return np.asarray(cv2.copyMakeBorder(small, top, 0, left, right, cv2.BORDER_REPLICATE), np.uint8)

    return draw


def tilted(degrees: float) -> Drawing:
    """About the middle between the eyes."""

    def draw(frame: Picture, eyes: Eyes) -> Picture:
        (ax, ay), (bx, by) = eyes
        turn = cv2.getRotationMatrix2D(((ax + bx) / 2, (ay + by) / 2), degrees, 1)
        return np.asarray(cv2.warpAffine(frame, turn, frame.shape[1::-1], borderMode=cv2.BORDER_REPLICATE), np.uint8)

    return draw


DRAWINGS: Mapping[str, tuple[str, Drawing]] = {
    "mask, blue": ("mask", mask(BLUE)),
    "mask, white": ("mask", mask(WHITE)),
    "mask, black": ("mask", mask(BLACK)),
    "mask, pink, no pleats": ("mask", mask(PINK, 0.0)),
    "sunglasses, black": ("sunglasses", sunglasses(TINTED, 0.92)),
    "sunglasses, brown": ("sunglasses", sunglasses(BROWN, 0.8)),
    "half in shadow, 30 % light": ("uneven", shadow(0.3, right=True)),
    "half in shadow, 50 % light": ("uneven", shadow(0.5, right=False)),
    "an eighth of the light": ("dark", lit(0.125)),
    "out of focus": ("blurred", out_of_focus(0.06)),
    "tilted 22°": ("tilted", tilted(22)),
    "at less than half the size": ("far", farther(0.45)),
}
"""name → the reason that should be given, and the drawing."""


def _apart(eyes: Eyes) -> float:
    (ax, ay), (bx, by) = eyes
    return float(np.hypot(bx - ax, by - ay))


def _laid(frame: Picture, eyes: Eyes, paint: NDArray[np.float32], cover: NDArray[np.float32]) -> Picture:
    """`paint` on the face, where `cover` (0 to 1) says; both in the units of a flat face."""
    (ax, ay), (bx, by) = eyes
    across, down = (bx - ax) / EYES_APART, (by - ay) / EYES_APART
    x, y = ax - across * LEFT_EYE[0] + down * LEFT_EYE[1], ay - down * LEFT_EYE[0] - across * LEFT_EYE[1]
    there, size = np.array([[across, -down, x], [down, across, y]]), frame.shape[1::-1]
    share = cv2.warpAffine(cover, there, size)[..., None]
    return np.asarray(np.clip(frame * (1 - share) + cv2.warpAffine(paint, there, size) * share, 0, 255), np.uint8)
