"""Contrast, from the picture itself: the colour of the words against what most of their ground looks like (WCAG 2.2, 1.4.3, 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem

from kiosk.audit.walk import Piece
from kiosk.screens.window import Ways

SIGN = 3.0  # an icon beside words


def least(ways: Ways) -> float:
    return 10.0 if ways.contrast else 7.0 if ways.care else 4.5


def luminance(red: float, green: float, blue: float) -> float:
    """Relative luminance; red, green, blue from 0 to 255."""
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red / 255, green / 255, blue / 255)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    high, low = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pixels(picture: QImage) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """(height, width, 3), red first."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).copy()  # the picture goes with its owner


def weak(found: Sequence[Piece], picture: QImage, ways: Ways) -> Iterator[str]:
    """Words that do not stand out from their ground."""
    seen = pixels(picture)
    for one in found:
        if one.kind not in ("text", "icon") or one.seen.height() < 8 or one.seen.width() < 8:
            continue
        color = one.item.property("color")
        if not isinstance(color, QColor) or color.alpha() == 0:
            continue
        ground = _ground(seen, one.seen, beside=color if one.kind == "icon" else None)
        if ground is None:
            continue
        share = color.alphaF() * _opacity(one.item)
        own = (color.red(), color.green(), color.blue())
        red, green, blue = (share * over + (1 - share) * under for over, under in zip(own, ground, strict=True))
        needed = SIGN if one.kind == "icon" else least(ways)
        if (measured := contrast((red, green, blue), ground)) < needed - 0.05:
            yield f"contrast: “{one.name[:24]}” has {measured:.1f}, less than {needed:g}"


def _ground(seen: np.ndarray[Any, np.dtype[np.uint8]], place: QRectF, beside: QColor | None) -> tuple[float, float, float] | None:
    """The colour that most of `place` has; `beside`: the colour of an icon, which may be most of its place itself."""
    left, top = max(0, int(place.left()) - 2), max(0, int(place.top()))
    part = seen[top : int(place.bottom()), left : int(place.right()) + 2].reshape(-1, 3)
    if not len(part):
        return None
    keys = (part[:, 0].astype(np.uint32) << 16) | (part[:, 1].astype(np.uint32) << 8) | part[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    if beside is not None and len(values) > 1:
        counts[values == beside.rgb() & 0xFFFFFF] = 0
    most = int(values[counts.argmax()])
    return float(most >> 16), float(most >> 8 & 255), float(most & 255)


def _opacity(item: QQuickItem) -> float:
    above: QQuickItem | None = item.parentItem()
    return item.opacity() * (_opacity(above) if above is not None else 1.0)
