"""HandInput: handwriting as QML sees it, read in a thread of its own. Without zinnia or its model nobody is offered to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import ClassVar

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.screens.keyboard.candidate_source import CandidateSource
from kiosk.screens.keyboard.handwriting import Handwriting

QML_IMPORT_NAME = "kiosk.screens.keyboard.engine"
QML_IMPORT_MAJOR_VERSION = 1


_READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="handwriting")  # one for the model, which takes one question at a time


class _Post(QObject):
    """Brings an answer to the glass's thread. Python's own: QML may have let go of who asked."""

    answered = Signal(object, object)


@QmlElement
class HandInput(CandidateSource):
    """What was written lately as candidates. The strokes stay in QML; here is only what they may mean, until the next ones.

    While they are read (`reading`) the list is that of the strokes before. An answer about strokes that are not there any more, or
    not all, is for nobody.
    """

    fullFormsChanged = Signal()
    availableChanged = Signal()
    readingChanged = Signal()

    make: ClassVar[Callable[..., Handwriting]] = Handwriting  # takes `full_forms`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: Handwriting | None = None
        self._available = True
        self._full_forms = False
        self._found: tuple[str, ...] = ()
        self._asked: Event | None = None  # the newest question, until it is answered; set: nobody wants to know any more
        self._post = _Post()
        self._post.answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)

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
        self._forget()
        if self._reader is None or not strokes:
            self._show(())
            return
        self._asked, post = Event(), self._post
        asked = self._asked
        work = _READER.submit(self._reader.read, strokes, aspect, asked.is_set)
        work.add_done_callback(lambda done: post.answered.emit(asked, done))
        self.readingChanged.emit()

    @Slot(object, object)
    def _answer(self, asked: Event, done: Future[tuple[str, ...]]) -> None:
        if asked is self._asked:
            self._forget()
            self._show(done.result())

    def _forget(self) -> None:
        if self._asked is not None:
            self._asked.set()
            self._asked = None
            self.readingChanged.emit()

    def _show(self, found: tuple[str, ...]) -> None:
        self._found = found
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

    def _get_reading(self) -> bool:
        return self._asked is not None

    def _get_full_forms(self) -> bool:
        return self._full_forms

    def _set_full_forms(self, full_forms: bool) -> None:
        if full_forms != self._full_forms:
            self._full_forms = full_forms
            self._reader = None
            self._forget()
            self.fullFormsChanged.emit()

    available = Property(bool, _get_available, notify=availableChanged)
    reading = Property(bool, _get_reading, notify=readingChanged)
    fullForms = Property(bool, _get_full_forms, _set_full_forms, notify=fullFormsChanged)
