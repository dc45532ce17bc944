"""One .qml for every View class of `kiosk/technician/glass/views.py`, same name."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """As that of `kiosk.screens.views`."""
    return Path(__file__).resolve().parent
