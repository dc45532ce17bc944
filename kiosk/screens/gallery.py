"""Pictures of every screen without a visit: `python -m kiosk.screens.gallery DIR [--landscape] [--language en] [--care] [--only Name]`."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from kiosk.i18n import LANGUAGES
from kiosk.screens.scenes import HOTLINE, STATION, faults, nobody_in_the_picture, put, scenes
from kiosk.screens.window import Glass, Ways


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="pictures of every screen, from invented data")
    parser.add_argument("folder", type=Path)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--portrait", action="store_true")
    shape.add_argument("--landscape", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES, default="zh_Hans")
    for way in ("--care", "--contrast", "--low"):
        parser.add_argument(way, action="store_true")
    parser.add_argument("--size", type=int, choices=range(4), default=0, help="of the text")
    parser.add_argument("--only", default="", help="beginning of a name, such as FormView or fault.payment")
    chosen = parser.parse_args(arguments)
    width, height = (1920, 1080) if chosen.landscape else (1080, 1920)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    nobody_in_the_picture()
    ways = Ways(care=chosen.care, size=chosen.size, contrast=chosen.contrast, low=chosen.low)
    glass = Glass(width=width, height=height, language=chosen.language, ways=ways, station=STATION, hotline=HOTLINE, settle=0)
    glass.start()
    for name, scene in {**scenes(chosen.language), **faults(chosen.language)}.items():
        if not name.startswith(chosen.only) or (name.startswith("fault.") and not chosen.only):
            continue
        started = time.monotonic()
        put(glass, scene, 150)
        glass.grabWindow().save(str(chosen.folder / f"{name}.png"))
        print(f"{name} {time.monotonic() - started:.1f} s")  # noqa: T201 — it speaks to a person at a terminal
    glass.shut()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
