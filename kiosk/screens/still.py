"""Is somebody still there, and does it go too fast? Both are asked after a while without a touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds: until the question on a screen with personal data, on any other, and for the answer (VVSG 2.0 7.2-O).

    `hesitation`: until care mode is offered, once a visit. `idle`: until what somebody chose on the attract screen is taken back.
    """

    private: float = 60
    usual: float = 120
    answer: float = 30
    hesitation: float = 20
    idle: float = 60

    def of(self, *, private: bool) -> float:
        """Seconds until the question on a screen that does not say so itself."""
        return self.private if private else self.usual


USUAL = Patience()
Clock = Callable[[QObject], QTimer]
"""Makes a timer; tests give one that they move on by hand."""


class Hesitation(QObject):
    """Lives on the glass's thread. `noticed` after so many seconds without a touch; once, until `forget` says that the visit is over."""

    noticed = Signal()

    def __init__(self, parent: QObject | None = None, clock: Clock = QTimer) -> None:
        super().__init__(parent)
        self._told = False
        self._quiet = clock(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._notice)

    def watch(self, quiet: float) -> None:
        """From now on."""
        if not self._told:
            self._quiet.start(round(1000 * quiet))

    def rest(self) -> None:
        self._quiet.stop()

    def touched(self) -> None:
        if self._quiet.isActive():
            self._quiet.start()

    def forget(self) -> None:
        """The next one has not been asked."""
        self._told = False
        self._quiet.stop()

    def _notice(self) -> None:
        self._told = True
        self.noticed.emit()


class Still(QObject):
    """Lives on the glass's thread. `asked(ms)`: show the question for so long; `settled`: take it away; `gone`: nobody answered."""

    asked = Signal(int)
    settled = Signal()
    gone = Signal()

    def __init__(self, patience: Patience, parent: QObject | None = None, clock: Clock = QTimer) -> None:
        super().__init__(parent)
        self.patience = patience
        self.pace = 1.0  # of the person: both times are so much longer
        self._milliseconds = 0  # that are watched for; 0: nobody is expected to touch
        self._held = False
        self._quiet = clock(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._ask)
        self._answer = clock(self)
        self._answer.setSingleShot(True)
        self._answer.timeout.connect(self._give_up)

    def watch(self, quiet: float) -> None:
        """From now on; it asks after so many seconds without a touch."""
        self._take_back()
        self._milliseconds = round(1000 * quiet * self.pace)
        if not self._held:
            self._quiet.start(self._milliseconds)

    def rest(self) -> None:
        """Nobody is expected to touch."""
        self._milliseconds = 0
        self._quiet.stop()
        self._take_back()

    def hold(self, held: bool) -> None:
        """Somebody is being called for help, and may be on the way to the counter: nobody is asked until that is over."""
        if held is self._held:
            return
        self._held = held
        if held:
            self._quiet.stop()
            self._take_back()
        elif self._milliseconds:
            self._quiet.start(self._milliseconds)

    def touched(self) -> None:
        if self._quiet.isActive():
            self._quiet.start()

    def here(self) -> None:
        """The question was answered: any number of times."""
        if self._answer.isActive():
            self._take_back()
            self._quiet.start()

    def _ask(self) -> None:
        milliseconds = round(1000 * self.patience.answer * self.pace)
        self._answer.start(milliseconds)
        self.asked.emit(milliseconds)

    def _take_back(self) -> None:
        if self._answer.isActive():
            self._answer.stop()
            self.settled.emit()

    def _give_up(self) -> None:
        self.settled.emit()
        self.gone.emit()
