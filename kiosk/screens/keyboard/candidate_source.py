"""CandidateSource: whatever has candidates for the row above the keys, as QML sees it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "kiosk.screens.keyboard.engine"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CandidateSource(QObject):
    """`changed`: the list is another one now. `committed(text)` is finished text. Used on the glass's thread alone."""

    changed = Signal()
    committed = Signal(str)

    def found(self, start: int, count: int) -> Sequence[str]:
        raise NotImplementedError  # a subclass gives it; abstractmethod wants a metaclass that Qt's objects cannot have

    @Slot(int, int, result="QStringList")
    def candidates(self, start: int, count: int) -> list[str]:
        """From number `start` on. A candidate that our font cannot draw is an empty text: nobody can choose what is a box."""
        font = QFontMetrics(QGuiApplication.font())
        return [text if all(font.inFontUcs4(ord(character)) for character in text) else "" for text in self.found(start, count)]
