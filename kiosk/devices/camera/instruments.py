"""Presentation attack instruments (ISO/IEC 30107) as the simulated camera sees them: a print, and a screen, held into the shop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from kiosk.devices.video import Picture

SHOWN = (slice(10, 450), slice(130, 510))  # rows and columns of a frame that are printed, or shown: the head
HELD = (110.0, 5.0, 530.0, 475.0)  # left, top, right, bottom of the held thing in a frame of 640 × 480
BEZEL = 26  # pixels of dark frame around a screen
HAND = 0.004  # how much a hand that holds still trembles, of the width
WAVE = 0.10  # and one that waves
PERIOD = 60  # frames, after which the hand is where it was: a film of so many has no leap in its loop
TILT = 0.10  # of the width, by which one side comes nearer when it is tilted


def printed(face: Picture, shop: Sequence[Picture], *, waved: bool) -> Iterator[Picture]:
    """A photo on paper: less contrast, duller colours, a white edge. `face`: a frame of somebody seen live."""
    dull = np.asarray(cv2.convertScaleAbs(face[SHOWN], alpha=0.82, beta=18), np.uint8)
    sheet = cv2.copyMakeBorder(dull, 10, 10, 10, 10, cv2.BORDER_CONSTANT, value=(225, 228, 230))
    yield from _held([np.asarray(sheet, np.uint8)] * PERIOD, shop, waved=waved)


def on_screen(film: Sequence[Picture], shop: Sequence[Picture]) -> Iterator[Picture]:
    """A tablet that plays `film`: bluish, its pixels seen as faint stripes, a dark frame around."""
    width = film[0][SHOWN].shape[1]
    stripes = (1.0 + 0.03 * np.sin(np.arange(width) * 2.1))[None, :, None] * np.array([1.06, 1.0, 0.95])[None, None, :]
    shown = (np.asarray(np.clip(one[SHOWN] * stripes, 0, 255), np.uint8) for one in film)
    edge = (BEZEL, BEZEL, BEZEL, BEZEL)
    framed = [np.asarray(cv2.copyMakeBorder(one, *edge, cv2.BORDER_CONSTANT, value=(18, 16, 16)), np.uint8) for one in shown]
    yield from _held(framed, shop, waved=False)


def _held(sheets: Sequence[Picture], shop: Sequence[Picture], *, waved: bool) -> Iterator[Picture]:
    """Into the hand, before the shop. Waved: from side to side, nearer and farther, and tilted, as somebody does to make a print live."""
    left, top, right, bottom = HELD
    amount = WAVE if waved else HAND
    for number, sheet in enumerate(sheets):
        t = 2 * np.pi * number / PERIOD
        x, y = amount * np.sin(t) * 640, amount * 0.4 * np.sin(2 * t + 1) * 480
        near = 1 + amount * 0.6 * np.sin(t + 2)
        turn, nod = (TILT * np.sin(2 * t) * 480, TILT * np.sin(t + 3) * 480) if waved else (0.0, 0.0)
        middle = np.array([(left + right) / 2, (top + bottom) / 2])
        half = np.array([(right - left) / 2, (bottom - top) / 2]) * near
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half + middle + (x, y)
        corners += np.array([(nod, turn), (-nod, -turn), (0, turn), (0, -turn)]) * 0.5
        height, width = sheet.shape[:2]
        flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        warp = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
        picture = shop[number % len(shop)].copy()
        cv2.warpPerspective(sheet, warp, (640, 480), dst=picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
        yield picture
