"""Where windows stand on a desktop: the kiosk at the left, the dev dock at its right, both whole on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect

from kiosk.screens.window import application

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
DOCK = (440, 1110)  # as high as all of it; it scrolls where the screen is lower
GAP = 12
USABLE = (0.98, 0.93)  # of the screen: the rest is for the frames that a desktop draws around windows


def places(*, portrait: bool, dock: bool) -> tuple[QRect, QRect]:
    """(kiosk, dock). The kiosk keeps the proportions of its panel; without a dock it has the room for itself."""
    screen = application().primaryScreen().availableGeometry()
    across, down = screen.width() * USABLE[0], screen.height() * USABLE[1]
    width, height = PORTRAIT if portrait else LANDSCAPE
    room = DOCK[0] + GAP if dock else 0
    scale = max(0.2, min(1.0, (across - room) / width, down / height))
    kiosk = QRect(screen.left(), screen.top(), round(width * scale), round(height * scale))
    kiosk.moveLeft(screen.left() + max(0, round((screen.width() - kiosk.width() - room) / 2)))
    beside = QRect(kiosk.right() + 1 + GAP, screen.top(), DOCK[0], round(min(down, DOCK[1])))
    return kiosk, beside
