"""ChineseInput: the input method as QML sees it. Opened at the first letter; without librime the keyboard stays Latin."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtQml import QmlElement

from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.screens.keyboard.input_method import Composition, InputMethod
from kiosk.screens.keyboard.pinyin import Pinyin

QML_IMPORT_NAME = "kiosk.screens.keyboard.engine"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ChineseInput(QObject):
    """Used on the glass's thread alone. `committed(text)` is finished text; `text` is what is being composed."""

    changed = Signal()
    committed = Signal(str)
    traditionalChanged = Signal()
    availableChanged = Signal()

    make: ClassVar[Callable[..., InputMethod]] = Pinyin  # takes `traditional`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._method: InputMethod | None = None
        self._available = True
        self._traditional = False
        self._text = ""

    @Slot()
    def open(self) -> None:
        """Loads the engine if it is not there yet; `available` tells whether there is one."""
        if self._method is not None or not self._available:
            return
        try:
            self._method = type(self).make(traditional=self._traditional)
        except Fault as fault:
            log.error("device.fault", role="keyboard", code=fault.code, detail=fault.detail)
            self._available = False
            self.availableChanged.emit()

    @Slot(str)
    def feed(self, letter: str) -> None:
        self.open()
        if self._method is not None:
            self._take(self._method.feed(letter))

    @Slot()
    def backspace(self) -> None:
        if self._method is not None:
            self._take(self._method.backspace())

    @Slot()
    def clear(self) -> None:
        if self._method is not None:
            self._take(self._method.clear())

    @Slot(int)
    def choose(self, index: int) -> None:
        """Takes a candidate; a number beyond the list (a touch that came late) does nothing."""
        if self._method is not None and self._method.candidates(index, 1):
            self._take(self._method.choose(index))

    @Slot(int, int, result="QStringList")
    def candidates(self, start: int, count: int) -> list[str]:
        """From number `start` on. A candidate that our font cannot draw is an empty text: nobody can choose what is a box."""
        if self._method is None:
            return []
        font = QFontMetrics(QGuiApplication.font())
        return [
            text if all(font.inFontUcs4(ord(character)) for character in text) else "" for text in self._method.candidates(start, count)
        ]

    def _take(self, composition: Composition) -> None:
        self._text = composition.text
        self.changed.emit()
        if composition.committed:
            self.committed.emit(composition.committed)

    def _get_text(self) -> str:
        return self._text

    def _get_available(self) -> bool:
        return self._available

    def _get_traditional(self) -> bool:
        return self._traditional

    def _set_traditional(self, traditional: bool) -> None:
        if traditional == self._traditional:
            return
        self._traditional = traditional
        if self._method is not None:
            self._method.close()
            self._method = None
            self._take(Composition())
        self.traditionalChanged.emit()

    text = Property(str, _get_text, notify=changed)
    available = Property(bool, _get_available, notify=availableChanged)
    traditional = Property(bool, _get_traditional, _set_traditional, notify=traditionalChanged)
