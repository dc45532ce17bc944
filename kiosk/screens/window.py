"""The window with Main.qml in it: sizes, fonts, language, and nothing through which a citizen could leave the kiosk."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from fonticon_mdi7 import MDI7
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl, Signal, qSetMessagePattern
from PySide6.QtGui import QCloseEvent, QFont, QFontDatabase, QGuiApplication, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtQuick import QQuickItem, QQuickView

import kiosk.screens.keyboard.chinese_input
import kiosk.screens.keyboard.hand_input  # noqa: F401 — both register QML types
from kiosk import i18n
from kiosk.config import Display
from kiosk.screens.keyboard.typing import Typing
from kiosk.screens.painted import CameraPreview
from kiosk.screens.pressing import Pressing
from kiosk.screens.reader import Reader

FOLDER = Path(__file__).resolve().parent
FAMILY = "Noto Sans CJK {}"  # the same characters, drawn as they are read: i18n.forms


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
    QGuiApplication.setFont(QFont(FAMILY.format(i18n.forms(i18n.REFERENCE))))


@cache
def glyphs() -> str:
    """Names of the icon font → glyphs, as JSON."""
    found = {name.replace("_", "-"): glyph.split(".")[1] for name, glyph in vars(MDI7).items() if not name.startswith("__")}
    return json.dumps(found)


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How somebody wants to use the glass. `size` of the type: 0 standard … 3 largest; care mode has 2 at least."""

    care: bool = False
    size: int = 0
    contrast: bool = False
    low: bool = False
    voice: bool = False
    reader: bool = False  # the screen reader (kiosk.screens.reader)
    pad: bool = False  # its twelve keys on the glass
    blank: bool = False  # nothing to be seen
    room: bool = False  # heard from the loudspeaker, although there are headphones
    personal: bool = False  # what is personal is read although others may hear it
    hand: bool = False  # Chinese is written with a finger, not in pinyin


AS_EVERYBODY = Ways()
AS_BUILT = Display()


class Glass(QQuickView):
    """What the citizen sees. Sizes in pixels; `display`: the panel as built in; `ways`: as it is when nobody has chosen anything.

    `first_painted` comes once; `last_painted` is the monotonic time of the newest frame (for the watchdog). `fullscreen` takes the
    whole screen, hides the pointer and does not close. `headphones`: there is a socket for them. `practice`: a red band says on every
    screen that nothing here is real. `settle` ms: how long a new view does not listen (double taps).
    """

    first_painted = Signal()
    touched = Signal()
    replied = Signal(int, str, str)
    offered = Signal(bool)  # the answer to the offer of care mode
    voiced = Signal(bool)  # reading aloud was switched on or off
    asked = Signal(str)  # which of the small questions is open: access, help, end; "" when it is gone
    helped = Signal(str)  # what was pressed in the sheet "help": call, cancel, came, seen
    still_here = Signal()
    helps = Signal(str)  # what a volunteer does, as JSON
    gone = Signal()

    def __init__(
        self,
        *,
        width: int = 1080,
        height: int = 1920,
        fullscreen: bool = False,
        language: str = i18n.REFERENCE,
        ways: Ways = AS_EVERYBODY,
        display: Display = AS_BUILT,
        station: str = "",
        hotline: str = "",
        headphones: bool = False,
        practice: bool = False,
        settle: int = 250,
    ) -> None:
        application()
        super().__init__()
        self.last_painted = 0.0
        self._fullscreen = fullscreen
        self._language = ""
        self.usual = ways
        self.pressing = Pressing(self)
        self._home = language
        self.pace = 1.0
        self.calm = False
        engine = self.engine()
        engine.addImportPath(str(FOLDER.parent.parent))
        self.theme = _singleton(self, "Theme")
        self._words = _singleton(self, "W")
        _singleton(self, "Glyphs").setProperty("json", glyphs())
        self.theme.setProperty("width", width)
        self.theme.setProperty("height", height)
        self.theme.setProperty("diagonal", display.diagonal * 25.4)
        self.theme.setProperty("reach", display.out_of_reach(portrait=height >= width))
        self.theme.setProperty("headphones", headphones)
        self.theme.setProperty("motion", display.motion)
        self.theme.careChanged.connect(self._paced)  # type: ignore[attr-defined]
        self.theme.contrastChanged.connect(self._paced)  # type: ignore[attr-defined]
        self.theme.voiceChanged.connect(self._voiced)  # type: ignore[attr-defined]
        self.forget()
        self.setTitle(station or "e政务")
        self.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self.resize(width, height)
        given = {"station": station, "hotline": hotline, "practice": practice, "settle": settle, "languages": list(i18n.LANGUAGES)}
        self.setInitialProperties(given)
        self.setSource(QUrl.fromLocalFile(str(FOLDER / "Main.qml")))
        root = self.rootObject()
        if root is None:
            raise BrokenScreen("\n".join(error.toString() for error in self.errors()))
        self.root = root
        root.replied.connect(self.replied)  # type: ignore[attr-defined]
        root.stillHere.connect(self.still_here)  # type: ignore[attr-defined]
        root.helps.connect(self.helps)  # type: ignore[attr-defined]
        root.gone.connect(self.gone)  # type: ignore[attr-defined]
        root.offered.connect(self.offered)  # type: ignore[attr-defined]
        root.languageWanted.connect(self.speak)  # type: ignore[attr-defined]
        root.usualWanted.connect(self.forget)  # type: ignore[attr-defined]
        root.askedChanged.connect(self._asked)  # type: ignore[attr-defined]
        root.helped.connect(self.helped)  # type: ignore[attr-defined]
        self.reader = Reader(self)
        self._typing = Typing(self)
        root.keyed.connect(self.reader.press)  # type: ignore[attr-defined]
        root.felt.connect(self.reader.feel)  # type: ignore[attr-defined]
        root.louder.connect(self.reader.turn_up)  # type: ignore[attr-defined]
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
        self.root.forceActiveFocus()  # a line that is being typed into does not die with the focus
        self.setSource(QUrl())
        self.close()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete.value)

    @property
    def language(self) -> str:
        """A plain word: the engine's thread reads it too."""
        return self._language

    @property
    def ways(self) -> Ways:
        return Ways(**{name: self.theme.property(name) for name in asdict(self.usual)})

    def use(self, ways: Ways) -> None:
        """From now on like this, until the visit ends."""
        for name, value in asdict(ways).items():
            self.theme.setProperty(name, value)

    def forget(self) -> None:
        """As nobody has chosen anything: what one needed is nothing that the next one may see."""
        self.use(self.usual)
        self.speak(self._home)

    def _paced(self) -> None:
        # Plain values: the engine's thread reads them, too.
        self.pace = float(self.theme.property("pace"))
        self.calm = bool(self.theme.property("care") or self.theme.property("contrast"))

    def _voiced(self) -> None:
        self.voiced.emit(bool(self.theme.property("voice")))

    def _asked(self) -> None:
        self.asked.emit(str(self.root.property("asked")))

    def speak(self, language: str) -> None:
        """Every text on the glass in `language`, at once; nothing is loaded again."""
        self._language = language
        self._words.setProperty("json", json.dumps({**i18n.table(i18n.REFERENCE), **i18n.table(language)}))
        self._words.setProperty("language", language)
        self.theme.setProperty("family", FAMILY.format(i18n.forms(language)))

    def paint(self, picture: str) -> None:
        """`picture` as `stage.picture` writes it."""
        self.root.setProperty("picture", picture)

    def show_call(self, call: str) -> None:
        """How the call for help stands: `kiosk.flow.stage.HelpCall` as JSON."""
        self.root.setProperty("call", call)

    def point(self, item: QQuickItem | None) -> None:
        """A frame around `item`; None: no more."""
        self.root.setProperty("pointed", item)

    def plug(self, now: bool) -> None:
        """Headphones: in, and all is read into them; out, and what is personal is for nobody else."""
        ways = {"room": False, "voice": True, "reader": True} if now else {"personal": False}
        for name, value in ways.items():
            self.theme.setProperty(name, value)

    def attend(self, aside: str) -> None:
        """Before the citizen's picture, which is not to be seen meanwhile: `aside` as `stage.aside` writes it; "": nobody stands there."""
        CameraPreview.withheld = aside != ""
        self.root.setProperty("aside", aside)

    def _get_asking(self) -> int:
        return int(self.root.property("asking"))

    def _set_asking(self, number: int) -> None:
        self.root.setProperty("asking", number)

    asking = property(_get_asking, _set_asking, doc="The number of the question that is open; 0: none.")

    def _get_still(self) -> int:
        return int(self.root.property("still"))

    def _set_still(self, milliseconds: int) -> None:
        self.root.setProperty("still", milliseconds)

    def offer_care(self) -> None:
        """Shows the offer of care mode above the bottom bar, until it is answered or another view comes."""
        self.root.setProperty("offering", True)

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
        self._felt(self.pressing.pointed(event))
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self.pressing.pointed(event)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressing.pointed(event)
        super().mouseReleaseEvent(event)

    def touchEvent(self, event: QTouchEvent) -> None:
        self._felt(self.pressing.touched(event))
        super().touchEvent(event)

    def _felt(self, by_somebody: bool) -> None:
        if by_somebody:
            self.touched.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        if self.reader.hears(event) or self._typing.hears(event, self.reader.line):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.reader.back()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._typing.released(event, self.reader.line)
        super().keyReleaseEvent(event)


def _singleton(view: QQuickView, name: str) -> QObject:
    found = view.engine().singletonInstance("kiosk.screens.theme", name)
    if not isinstance(found, QObject):
        raise BrokenScreen(f"kiosk.screens.theme {name}")
    return found
