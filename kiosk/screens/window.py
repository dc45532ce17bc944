"""The window with Main.qml in it: sizes, fonts, language, and nothing through which a citizen could leave the kiosk."""

from __future__ import annotations

import json
import os
import sys
import time
from functools import cache
from pathlib import Path

from fonticon_mdi7 import MDI7
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl, Signal, qSetMessagePattern
from PySide6.QtGui import QCloseEvent, QFont, QFontDatabase, QGuiApplication, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtQuick import QQuickView

import kiosk.screens.keyboard.chinese_input
import kiosk.screens.painted  # noqa: F401 — both register QML types
from kiosk import i18n

FOLDER = Path(__file__).resolve().parent
FAMILY = "Noto Sans CJK SC"


# A warning of Qt as a line of the log. Its words stay out (they may quote what is on the glass); the place is enough to find it.
# Written by Qt itself: a handler in Python needs the interpreter, and QML's loading thread once waited for it for ever while the
# glass's thread, holding it, waited for QML.
_LINE = '{"event": "screens.warning", "level": "warning", "where": "%{category}:%{file}:%{line}"}'
WARNING = "".join(f"%{{if-{kind}}}{_LINE}%{{endif}}" for kind in ("warning", "critical", "fatal"))


class BrokenScreen(Exception):
    """Main.qml did not load: a bug, with Qt's own words."""


def application(arguments: list[str] | None = None) -> QGuiApplication:
    """The one QGuiApplication, with our fonts; made at the first call. Qt's warnings go to the log from here on."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        app = running
    else:
        # One thread paints: Python items (camera, QR) are then never painted beside the interpreter.
        os.environ.setdefault("QSG_RENDER_LOOP", "basic")
        os.environ.setdefault("QML_NO_TOUCH_COMPRESSION", "1")  # a signature keeps every point of a quick stroke
        app = QGuiApplication(arguments if arguments is not None else sys.argv[:1])
        qSetMessagePattern(WARNING)
    _load_fonts()
    return app


@cache
def _load_fonts() -> None:
    QFontDatabase.addApplicationFont(MDI7.__font_file__)
    QGuiApplication.setFont(QFont(FAMILY))


@cache
def glyphs() -> str:
    """Names of the icon font → glyphs, as JSON."""
    found = {name.replace("_", "-"): glyph.split(".")[1] for name, glyph in vars(MDI7).items() if not name.startswith("__")}
    return json.dumps(found)


class Glass(QQuickView):
    """What the citizen sees. Sizes in pixels; `pixels_per_mm` of the panel as built in, None: as 27 inch, 1080 × 1920.

    `first_painted` comes once; `last_painted` is the monotonic time of the newest frame (for the watchdog). `fullscreen` takes the
    whole screen, hides the pointer and does not close. `settle` ms: how long a new view does not listen (double taps).
    """

    first_painted = Signal()
    touched = Signal()
    replied = Signal(int, str, str)
    still_here = Signal()
    gone = Signal()

    def __init__(
        self,
        *,
        width: int = 1080,
        height: int = 1920,
        fullscreen: bool = False,
        language: str = i18n.REFERENCE,
        care: bool = False,
        pixels_per_mm: float | None = None,
        station: str = "",
        hotline: str = "",
        settle: int = 250,
    ) -> None:
        application()
        super().__init__()
        self.last_painted = 0.0
        self._fullscreen = fullscreen
        self._language = ""
        engine = self.engine()
        engine.addImportPath(str(FOLDER.parent.parent))
        self.theme = _singleton(self, "Theme")
        self._words = _singleton(self, "W")
        _singleton(self, "Glyphs").setProperty("json", glyphs())
        self.theme.setProperty("width", width)
        self.theme.setProperty("height", height)
        self.theme.setProperty("care", care)
        if pixels_per_mm is not None:
            self.theme.setProperty("pixelsPerMm", pixels_per_mm)
        self.speak(language)
        self.setTitle(station or "e政务")
        self.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self.resize(width, height)
        self.setInitialProperties({"station": station, "hotline": hotline, "settle": settle, "languages": list(i18n.LANGUAGES)})
        self.setSource(QUrl.fromLocalFile(str(FOLDER / "Main.qml")))
        root = self.rootObject()
        if root is None:
            raise BrokenScreen("\n".join(error.toString() for error in self.errors()))
        self.root = root
        root.replied.connect(self.replied)  # type: ignore[attr-defined]
        root.stillHere.connect(self.still_here)  # type: ignore[attr-defined]
        root.gone.connect(self.gone)  # type: ignore[attr-defined]
        root.languageWanted.connect(self.speak)  # type: ignore[attr-defined]
        self.frameSwapped.connect(self._swapped)

    def start(self) -> None:
        """On the screen."""
        if self._fullscreen:
            self.setCursor(Qt.CursorShape.BlankCursor)
            # Without a window manager showFullScreen() does not resize (PLATFORM.md §6).
            self.setGeometry(self.screen().geometry())
            self.showFullScreen()
        else:
            self.show()

    def shut(self) -> None:
        """Takes the glass down, here and now: left to the collector, its parts go in any order, and Qt has crashed over that."""
        self.setSource(QUrl())
        self.close()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete.value)

    @property
    def language(self) -> str:
        """A plain word: the engine's thread reads it too."""
        return self._language

    def speak(self, language: str) -> None:
        """Every text on the glass in `language`, at once; nothing is loaded again."""
        self._language = language
        self._words.setProperty("json", json.dumps({**i18n.table(i18n.REFERENCE), **i18n.table(language)}))
        self._words.setProperty("language", language)

    def paint(self, picture: str) -> None:
        """`picture` as `stage.picture` writes it."""
        self.root.setProperty("picture", picture)

    def _get_asking(self) -> int:
        return int(self.root.property("asking"))

    def _set_asking(self, number: int) -> None:
        self.root.setProperty("asking", number)

    asking = property(_get_asking, _set_asking, doc="The number of the question that is open; 0: none.")

    def _get_still(self) -> int:
        return int(self.root.property("still"))

    def _set_still(self, milliseconds: int) -> None:
        self.root.setProperty("still", milliseconds)

    still = property(_get_still, _set_still, doc='How long "still there?" is shown, in ms; 0: it is not.')

    def _swapped(self) -> None:
        first = self.last_painted == 0.0
        self.last_painted = time.monotonic()
        if first:
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._fullscreen:
            event.ignore()
        else:
            super().closeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        super().mousePressEvent(event)

    def touchEvent(self, event: QTouchEvent) -> None:
        self.touched.emit()
        super().touchEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        super().keyPressEvent(event)


def _singleton(view: QQuickView, name: str) -> QObject:
    found = view.engine().singletonInstance("kiosk.screens.theme", name)
    if not isinstance(found, QObject):
        raise BrokenScreen(f"kiosk.screens.theme {name}")
    return found
