"""`kiosk tour --gallery DIR`: one page with a picture of every screen in every language and mode, and of every fault in every language."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # brings Qt, which is told its platform first
    from kiosk.audit.looks import Look

SIDE = 360  # px: the shorter side of a picture on the page


def main(options: argparse.Namespace) -> int:
    """Writes DIR/index.html and its pictures; progress on standard error. Returns the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    from PySide6.QtCore import Qt
    from rich.console import Console
    from rich.progress import track

    from kiosk import config, i18n
    from kiosk.audit.glass import Bench
    from kiosk.audit.looks import MODES, SHAPES, Look
    from kiosk.screens.scenes import put, rest

    shape = "portrait" if options.portrait else "landscape"
    width, height = SHAPES[shape]
    wide = SIDE * width // min(width, height)
    folder: Path = options.gallery
    folder.mkdir(parents=True, exist_ok=True)
    looks = [Look(language=language, mode=mode, size=0, shape=shape) for language in i18n.LANGUAGES for mode in MODES]
    rows: dict[str, list[tuple[str, Look]]] = {}
    for language in i18n.LANGUAGES:
        bench = Bench((width, height), language, config.load(options.config).display)
        names = [name for name in bench.scenes if name.startswith(options.only)]
        mine = [(look, name) for look in looks if look.language == language for name in names]
        todo = [(look, name) for look, name in mine if look.mode == "normal" or not name.startswith("fault.")]
        try:
            for look, name in track(todo, description=f"gallery {language}", console=Console(stderr=True)):
                bench.glass.paint("")
                rest(1)
                bench.glass.usual = look.ways
                bench.glass.forget()
                put(bench.glass, bench.scenes[name])
                file = f"{name}-{language}-{look.mode}.png"
                picture = bench.glass.grabWindow()
                picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation).save(str(folder / file))
                rows.setdefault(name, []).append((file, look))
        finally:
            bench.close()
    (folder / "index.html").write_text(page(rows, (wide, wide * height // width)), "utf-8")
    print(f"kiosk tour: {len(rows)} screens, {sum(map(len, rows.values()))} pictures, {folder / 'index.html'}")
    return 0


def page(rows: dict[str, list[tuple[str, Look]]], size: tuple[int, int]) -> str:
    """The page: a row a screen, its name before its pictures, each with its look below it. `size` of a picture, known before it is loaded:
    so what is far below is not loaded at all until somebody gets there."""
    return "\n".join(
        [
            '<!doctype html><meta charset="utf-8"><title>kiosk: every screen</title>',
            "<style>body{font:16px sans-serif;background:#fff;color:#111}figure{display:inline-block;margin:4px}",
            "img{display:block;outline:1px solid #999}</style>",
            f"<p>{len(rows)} screens, {sum(map(len, rows.values()))} pictures</p>",
            *(f"<h2>{escape(name)}</h2>\n{''.join(_figures(name, shown, size))}" for name, shown in rows.items()),
        ]
    )


def _figures(name: str, shown: Iterable[tuple[str, Look]], size: tuple[int, int]) -> Iterable[str]:
    wide, high = size
    for file, look in shown:
        told = f"{look.language} · {look.mode} · {look.shape}"
        yield f'<figure><img loading="lazy" width="{wide}" height="{high}" src="{escape(file)}" alt="{escape(f"{name} {told}")}">'
        yield f"<figcaption>{escape(told)}</figcaption></figure>"
