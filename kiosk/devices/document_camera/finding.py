"""Finds a page in a picture of a desk, straightens it, and says what would make it hard to read. Numbers only, no device."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.document_camera import LARGEST_PAGE, Picture

Corners = NDArray[np.float32]
"""Four points, clockwise from the top left, in pixels of the picture."""

SEARCH_HEIGHT = 480  # pixels; finer edges than this are print, not paper
SMALLEST = 0.12  # of the picture: less is a ticket or a reflection, no page
CONTRAST = 40.0  # grey levels between paper and desk: below, brightness does not tell them apart
MARGIN = 0.01  # of the picture's height: a corner nearer to the border may be cut off
TILTED = 1.18  # how much longer one of two opposite edges may be
DARK = 70.0  # mean grey of the page's paper (its brighter half), 0–255
GLARE_AT, GLARE = 253, 0.012  # at full scale in all three colours; the share of the page that may be so
SHARP = 130.0  # variance of the Laplacian in the most detailed parts of the page at SHARP_HEIGHT
SHARP_HEIGHT = 1000
LONGEST_SIDE = 2480  # pixels: an A4 page at 210 dpi
QUALITIES = (88, 80, 70, 60, 45)
SHOWN_HEIGHT = 600  # of pictures for the glass


def find(picture: Picture) -> Corners | None:
    """The largest four-cornered bright thing on the desk; None where there is none."""
    scale = SEARCH_HEIGHT / picture.shape[0]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0), np.uint8)
    best: Corners | None = None
    most = SMALLEST * grey.shape[0] * grey.shape[1]
    for mask in _masks(grey):
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            corners = _four(np.asarray(outline, np.int32))
            if corners is not None and cv2.contourArea(corners) > most:
                best, most = corners, cv2.contourArea(corners)
        if best is not None:
            return np.asarray(best / scale, np.float32)
    return None


def _masks(grey: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Paper is brighter than a desk; where the desk is bright as well, its edges are what shows."""
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edges = np.asarray(cv2.dilate(cv2.Canny(grey, 15, 45), np.ones((5, 5), np.uint8)), np.uint8)
    paper, desk = grey[bright > 0], grey[bright == 0]
    if not paper.size or not desk.size or float(paper.mean()) - float(desk.mean()) < CONTRAST:
        return [edges]
    closing = np.ones((9, 9), np.uint8)  # letters do not make holes in the paper's border
    return [np.asarray(cv2.morphologyEx(bright, cv2.MORPH_CLOSE, closing), np.uint8), edges]


def _four(outline: NDArray[np.int32]) -> Corners | None:
    """The outline as four corners, if that is what it nearly is."""
    hull = cv2.convexHull(outline)
    for tolerance in (0.02, 0.03, 0.05):
        rough = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
        if len(rough) == 4:
            corners = _in_order(rough.reshape(4, 2).astype(np.float32))
            whole = cv2.contourArea(corners)
            return corners if whole and abs(cv2.contourArea(hull) / whole - 1) < 0.1 else None  # a plate is round
    return None


def _in_order(points: Corners) -> Corners:
    middle = points.mean(axis=0)
    around = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]  # clockwise, as y grows downwards
    first = int(np.argmin(around.sum(axis=1)))
    return np.asarray(np.roll(around, -first, axis=0), np.float32)


def edges(corners: Corners) -> tuple[float, float, float, float]:
    """Lengths: top, right, bottom, left."""
    top, right, bottom, left = (float(np.linalg.norm(corners[(at + 1) % 4] - corners[at])) for at in range(4))
    return top, right, bottom, left


def straighten(picture: Picture, corners: Corners, longest: int = LONGEST_SIDE) -> Picture:
    """The page alone, its corners at the corners, at the size at which the camera saw it (`longest` pixels at most)."""
    top, right, bottom, left = edges(corners)
    width, height = max(top, bottom), max(left, right)
    scale = min(1.0, longest / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    target = np.array([[0, 0], [size[0], 0], size, [0, size[1]]], np.float32)
    turned = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, target), size, flags=cv2.INTER_LINEAR)
    return np.asarray(turned, np.uint8)


def hint(picture: Picture, corners: Corners | None) -> str:
    """none, edge, tilted, dark, glare or blurred; "" = good. In the order in which a person would mend it."""
    if corners is None:
        return "none"
    height, width = picture.shape[:2]
    near = MARGIN * height
    if corners.min() < near or corners[:, 0].max() > width - near or corners[:, 1].max() > height - near:
        return "edge"
    top, right, bottom, left = edges(corners)
    if max(top, bottom) > TILTED * min(top, bottom) or max(left, right) > TILTED * min(left, right):
        return "tilted"
    page = straighten(picture, corners, SHARP_HEIGHT)
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    if float(grey[grey >= np.median(grey)].mean()) < DARK:
        return "dark"
    if float((page.min(axis=2) >= GLARE_AT).mean()) > GLARE:
        return "glare"
    return "blurred" if sharpness(grey) < SHARP else ""


def sharpness(grey: NDArray[np.uint8]) -> float:
    """Of the most detailed tenth of the page: the white of a short letter says nothing about focus."""
    scale = SHARP_HEIGHT / max(grey.shape)
    even = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    rim = round(0.03 * SHARP_HEIGHT)  # the page's own edge is always sharp
    lines = cv2.Laplacian(even, cv2.CV_64F)[rim:-rim, rim:-rim]
    step = 50
    tiles = [lines[y : y + step, x : x + step].var() for y in range(0, lines.shape[0], step) for x in range(0, lines.shape[1], step)]
    return float(np.percentile(tiles, 90)) if tiles else 0.0


def as_jpeg(page: Picture) -> bytes:
    """LARGEST_PAGE at most: a page full of noise loses quality before it loses size."""
    encoded = b""
    for quality in QUALITIES:
        done, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if not done:
            raise ValueError("not a picture")
        encoded = data.tobytes()
        if len(encoded) <= LARGEST_PAGE:
            return encoded
    return as_jpeg(np.asarray(cv2.resize(page, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), np.uint8))


def shown(picture: Picture) -> Picture:
    """Small enough for the glass to paint many times a second; a copy in any case."""
    scale = min(1.0, SHOWN_HEIGHT / picture.shape[0])
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8).copy()


def outlined(picture: Picture, corners: Corners | None, good: bool) -> Picture:
    """`picture` for the glass, with the edges of the page that was found: green where it may be taken, amber where not."""
    small = shown(picture)
    if corners is not None:
        line = np.round(corners * (small.shape[0] / picture.shape[0])).astype(np.int32)
        colour = (90, 160, 40) if good else (30, 170, 242)
        cv2.polylines(small, [line.reshape(-1, 1, 2)], True, colour, 4, cv2.LINE_AA)
    return small
