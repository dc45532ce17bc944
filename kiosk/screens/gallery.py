"""Pictures of every screen without a visit: `python -m kiosk.screens.gallery DIR [--landscape] [--language en] [--care] [--only Name]`."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtQuick import QQuickItem

from kiosk.devices.camera import FrameBuffer
from kiosk.screens.painted import CameraPreview
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass

STATION = "e政务便民服务站"
SHEETS = {"help": "ItemView", "end": "ReviewView", "still": "FormView"}  # what stands above a view → above which
TYPING = {"HomeView": "search:input", "FormView-errors": "input:name"}  # with the keyboard up for this line


def rest(milliseconds: int) -> None:
    """Lets the glass paint and its animations move on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def grey_frame() -> FrameBuffer:
    """A picture for the preview that is nobody: light at the top, dark at the foot."""
    buffer = FrameBuffer()
    column = np.linspace(210, 90, 480, dtype=np.uint8)[:, None, None]
    buffer.put(np.broadcast_to(column, (480, 640, 3)).copy())
    return buffer


def focus(item: QQuickItem, name: str) -> None:
    """Puts the focus on the line of that name. Only what is seen is looked at: a delegate is no QObject child of its list."""
    if item.objectName() == name:
        item.forceActiveFocus()
    for child in item.childItems():
        focus(child, name)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="pictures of every screen, from invented data")
    parser.add_argument("folder", type=Path)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--portrait", action="store_true")
    shape.add_argument("--landscape", action="store_true")
    parser.add_argument("--language", default="zh_Hans")
    parser.add_argument("--care", action="store_true")
    parser.add_argument("--only", default="", help="beginning of a name, such as FormView")
    chosen = parser.parse_args(arguments)
    width, height = (1920, 1080) if chosen.landscape else (1080, 1920)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    CameraPreview.buffer = grey_frame()
    glass = Glass(width=width, height=height, language=chosen.language, care=chosen.care, station=STATION, hotline="0592-12345", settle=0)
    glass.start()
    views = samples(chosen.language)
    pictures = {name: (view, "") for name, view in views.items()}
    pictures |= {f"{view}-{sheet}": (views[view], sheet) for sheet, view in SHEETS.items()}
    pictures |= {f"{view}-typing": (views[view], line) for view, line in TYPING.items()}
    for name, (view, sheet) in pictures.items():
        if not name.startswith(chosen.only):
            continue
        started = time.monotonic()
        glass.paint("")
        glass.paint(picture(view))
        glass.root.setProperty("asked", sheet if sheet in ("help", "end") else "")
        glass.still = 30_000 if sheet == "still" else 0
        rest(60)
        if sheet in TYPING.values():
            glass.requestActivate()
            focus(glass.root, sheet)
        rest(150)
        glass.grabWindow().save(str(chosen.folder / f"{name}.png"))
        print(f"{name} {time.monotonic() - started:.1f} s")  # noqa: T201 — it speaks to a person at a terminal
    glass.shut()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
