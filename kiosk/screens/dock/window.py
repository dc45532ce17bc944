"""The windows beside the glass: the dev dock, and the panel of practice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtQuick import QQuickView

from kiosk import i18n
from kiosk.model.words import Word
from kiosk.screens.window import FAMILY, BrokenScreen, application, glyphs

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent.parent
DRAWN = (540, 960)  # the theme's sizes for a mouse on a desk: half of those on the glass


class Beside(QQuickView):
    """A window beside the glass, drawn by `screen` (a .qml of this folder) from `given`. `closed` when somebody closes it; `pulled`:
    role, lever, value."""

    closed = Signal()
    pulled = Signal(str, str, str)

    def __init__(self, place: QRect, language: str, title: str, screen: str, given: dict[str, Any]) -> None:
        application()
        super().__init__()
        self.engine().addImportPath(str(ROOT))
        words = json.dumps({**i18n.table(i18n.REFERENCE), **i18n.table(language)})
        self._tell_theme("Theme", {"width": DRAWN[0], "height": DRAWN[1], "family": FAMILY.format(i18n.forms(language))})
        self._tell_theme("Glyphs", {"json": glyphs()})
        self._tell_theme("W", {"json": words, "language": language})
        self.setTitle(i18n.say(Word(title), language))
        # A hand on the world is not a hand on the glass: what is being typed there goes on, until something is written here.
        self.setFlags(Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        self.setFramePosition(place.topLeft())
        self.resize(place.size())
        self.setInitialProperties(given)
        self.setSource(QUrl.fromLocalFile(str(FOLDER / screen)))
        self.root = self.rootObject()
        if self.root is None:
            raise BrokenScreen("\n".join(error.toString() for error in self.errors()))
        self.root.pulled.connect(self.pulled)  # type: ignore[attr-defined]
        self.root.typing.connect(self._typing)  # type: ignore[attr-defined]

    def _tell_theme(self, name: str, values: dict[str, Any]) -> None:
        singleton = self.engine().singletonInstance("kiosk.screens.theme", name)
        if not isinstance(singleton, QObject):
            raise BrokenScreen(f"kiosk.screens.theme {name}")
        for key, value in values.items():
            singleton.setProperty(key, value)

    def tell(self, what: str, how: Any) -> None:
        """`what`: a property of the screen, such as stands or papers. Telling the same again changes nothing on the glass."""
        self.root.setProperty(what, json.dumps(how, ensure_ascii=False))

    @Slot(bool)
    def _typing(self, on: bool) -> None:
        """The window takes the keyboard while one of its lines is being written in."""
        self.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not on)
        if on:
            self.requestActivate()

    def shut(self) -> None:
        """Takes the window down, here and now (see `Glass.shut`)."""
        self.setSource(QUrl())
        self.close()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete.value)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


class DockWindow(Beside):
    """`people`: id, name and portrait (a URL) of each invented citizen; `parts`: kiosk.world.panel of each."""

    def __init__(self, place: QRect, language: str, people: list[dict[str, str]], parts: list[dict[str, Any]]) -> None:
        super().__init__(place, language, "dock.title", "Dock.qml", {"people": json.dumps(people), "parts": json.dumps(parts)})


class PracticeWindow(Beside):
    """The trainer's panel. `wanted`: what the trainee wants (sign, choose, hint, end, again, all, another, certificate), and which."""

    wanted = Signal(str, str)

    def __init__(self, place: QRect, language: str) -> None:
        super().__init__(place, language, "practice.title", "Practice.qml", {})
        self.root.wanted.connect(self.wanted)  # type: ignore[attr-defined]
