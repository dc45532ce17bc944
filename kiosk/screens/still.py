"""Is somebody still there? After a while without a touch the glass asks; nobody answers: the visit ends."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds: until the question on a screen with personal data, on any other, and for the answer (VVSG 2.0 7.2-O)."""

    private: float = 60
    usual: float = 120
    answer: float = 30


USUAL = Patience()


class Still(QObject):
    """Lives on the glass's thread. `asked(ms)`: show the question for so long; `settled`: take it away; `gone`: nobody answered."""

    asked = Signal(int)
    settled = Signal()
    gone = Signal()

    def __init__(self, patience: Patience, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patience = patience
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._ask)
        self._answer = QTimer(self)
        self._answer.setSingleShot(True)
        self._answer.timeout.connect(self._give_up)

    def watch(self, *, private: bool) -> None:
        """From now on, for a screen of this kind."""
        self._take_back()
        self._quiet.start(round(1000 * (self._patience.private if private else self._patience.usual)))

    def rest(self) -> None:
        """Nobody is expected to touch."""
        self._quiet.stop()
        self._take_back()

    def touched(self) -> None:
        if self._quiet.isActive():
            self._quiet.start()

    def here(self) -> None:
        """The question was answered: any number of times."""
        if self._answer.isActive():
            self._take_back()
            self._quiet.start()

    def _ask(self) -> None:
        milliseconds = round(1000 * self._patience.answer)
        self._answer.start(milliseconds)
        self.asked.emit(milliseconds)

    def _take_back(self) -> None:
        if self._answer.isActive():
            self._answer.stop()
            self.settled.emit()

    def _give_up(self) -> None:
        self.settled.emit()
        self.gone.emit()
