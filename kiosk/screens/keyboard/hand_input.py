"""HandInput: handwriting as QML sees it. Without zinnia or its model nobody is offered to write with a finger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.screens.keyboard.candidate_source import CandidateSource
from kiosk.screens.keyboard.handwriting import Handwriting

QML_IMPORT_NAME = "kiosk.screens.keyboard.engine"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HandInput(CandidateSource):
    """What was written lately as candidates. The strokes stay in QML; here is only what they may mean, until the next ones."""

    fullFormsChanged = Signal()
    availableChanged = Signal()

    make: ClassVar[Callable[..., Handwriting]] = Handwriting  # takes `full_forms`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: Handwriting | None = None
        self._available = True
        self._full_forms = False
        self._found: tuple[str, ...] = ()

    @Slot()
    def open(self) -> None:
        """Opens the model if that was not done yet; `available` tells whether there is one."""
        if self._reader is not None or not self._available:
            return
        try:
            self._reader = type(self).make(full_forms=self._full_forms)
        except Fault as fault:
            log.error("device.fault", role="keyboard", code=fault.code, detail=fault.detail)
            self._available = False
            self.availableChanged.emit()

    @Slot("QVariantList", float)
    def read(self, strokes: list[list[list[float]]], aspect: float) -> None:
        """All strokes of the character so far; `aspect` of the field they stand in. None: nothing is written."""
        self.open()
        self._found = self._reader.read(strokes, aspect) if self._reader is not None else ()
        self.changed.emit()

    @Slot(int)
    def choose(self, index: int) -> None:
        """A number beyond the list (a touch that came late) does nothing."""
        if 0 <= index < len(self._found):
            self.committed.emit(self._found[index])

    def found(self, start: int, count: int) -> Sequence[str]:
        return self._found[start : start + count]

    def _get_available(self) -> bool:
        return self._available

    def _get_full_forms(self) -> bool:
        return self._full_forms

    def _set_full_forms(self, full_forms: bool) -> None:
        if full_forms != self._full_forms:
            self._full_forms = full_forms
            self._reader = None
            self.fullFormsChanged.emit()

    available = Property(bool, _get_available, notify=availableChanged)
    fullForms = Property(bool, _get_full_forms, _set_full_forms, notify=fullFormsChanged)
