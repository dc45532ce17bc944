"""ChineseInput: the input method as QML sees it. Opened at the first letter; without librime the keyboard stays Latin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.screens.keyboard.candidate_source import CandidateSource
from kiosk.screens.keyboard.input_method import Composition, InputMethod
from kiosk.screens.keyboard.pinyin import Pinyin

QML_IMPORT_NAME = "kiosk.screens.keyboard.engine"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ChineseInput(CandidateSource):
    """`text` is what is being composed."""

    textChanged = Signal()  # of its own: PySide 6.11 crashes over a property that notifies through a signal of its base
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

    def found(self, start: int, count: int) -> Sequence[str]:
        return self._method.candidates(start, count) if self._method is not None else ()

    def _take(self, composition: Composition) -> None:
        self._text = composition.text
        self.textChanged.emit()
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

    text = Property(str, _get_text, notify=textChanged)
    available = Property(bool, _get_available, notify=availableChanged)
    traditional = Property(bool, _get_traditional, _set_traditional, notify=traditionalChanged)
