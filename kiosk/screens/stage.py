"""The door between the glass's thread and the engine's: frozen Views one way, answers the other, nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal

from kiosk import plugins
from kiosk.flow.stage import Back, Leave, View
from kiosk.model.words import Word
from kiosk.screens.painted import CameraPreview
from kiosk.screens.still import USUAL, Patience, Still
from kiosk.screens.window import Glass

if TYPE_CHECKING:  # a camera brings NumPy; the glass is painted before that is loaded
    from kiosk.devices.camera import FrameBuffer

Answer = Mapping[str, Any]


class MissingScreen(Exception):
    """No folder of `kiosk.screens` holds a .qml for this view: a bug of whoever shows it."""


def plain(value: Any) -> Any:
    """A View and all in it as what JSON knows: maps, lists, strings, numbers; a Word is {key, args}."""
    if isinstance(value, Word):
        return {"key": value.key, "args": plain(value.args)}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


@cache
def source(name: str) -> str:
    """Where the .qml of the view `name` is, as a URL: in the folders offered to `kiosk.screens`, the built-in one first."""
    offers = sorted(plugins.offered(plugins.SCREENS), key=lambda offer: (offer != "kiosk", offer))
    for offer in offers:
        path: Path = plugins.load(plugins.SCREENS, offer)() / f"{name}.qml"
        if path.exists():
            return QUrl.fromLocalFile(str(path)).toString()
    raise MissingScreen(name)


def picture(view: View) -> str:
    """What the glass is told to paint."""
    name = type(view).__name__
    return json.dumps({"name": name, "source": source(name), "view": plain(view)}, ensure_ascii=False)


@dataclass(frozen=True, eq=False)
class Question:
    """One open ask: who waits for it, and where."""

    number: int
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Answer]

    def settle(self, outcome: Answer | Exception) -> None:
        """On the engine's thread. A question that was given up or answered meanwhile stays as it is."""
        if self.answer.done():
            return
        if isinstance(outcome, Exception):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)


class QtStage(QObject):
    """`kiosk.flow.stage.Stage` on real glass. Made on the glass's thread; `show`, `ask`, `language` are the engine's.

    `attention` is emitted when the "still there?" question appears: hang a sound on it. The glass must outlive the engine.
    """

    attention = Signal()
    _painted = Signal(str, str, bool, bool, int)  # picture, name of the view, watched, private, number of the question (0: none)
    _dropped = Signal(int)

    def __init__(self, glass: Glass, patience: Patience = USUAL) -> None:
        super().__init__()
        self._glass = glass
        self._number = 0  # of the newest question; only the engine's thread writes it
        self._open: Question | None = None  # only the engine's thread writes it
        self._shown = ""
        self._still = Still(patience, self)
        queued = Qt.ConnectionType.QueuedConnection
        self._painted.connect(self._paint, queued)
        self._dropped.connect(self._drop, queued)
        glass.replied.connect(self._replied)
        glass.still_here.connect(self._still.here)
        glass.gone.connect(self._end)
        glass.touched.connect(self._still.touched)
        self._still.asked.connect(self._ask_still)
        self._still.settled.connect(self._settle_still)
        self._still.gone.connect(self._walked_away)

    # The engine's thread ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        return self._glass.language

    def show(self, view: View) -> None:
        self._send(view, 0)

    async def ask(self, view: View) -> Answer:
        loop = asyncio.get_running_loop()
        self._number += 1
        question = Question(self._number, loop, loop.create_future())
        self._open = question
        self._send(view, question.number)
        try:
            return await question.answer
        finally:
            if self._open is question:
                self._open = None
            self._dropped.emit(question.number)

    def _send(self, view: View, number: int) -> None:
        self._painted.emit(picture(view), type(view).__name__, view.watched, view.private, number)

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        """Whose frames the face screen shows; None for nobody's. From any thread."""
        CameraPreview.buffer = buffer

    # The glass's thread ─────────────────────────────────────────────────────────────────────────────────────────────

    def _paint(self, picture: str, name: str, watched: bool, private: bool, number: int) -> None:
        self._glass.paint(picture)
        if number:
            self._glass.asking = number
        if not watched:
            self._still.rest()
        elif name != self._shown:
            self._still.watch(private=private)
        self._shown = name if watched else ""

    def _drop(self, number: int) -> None:
        if self._glass.asking == number:
            self._glass.asking = 0

    def _replied(self, number: int, kind: str, answer: str) -> None:
        outcome: Answer | Exception
        match kind:
            case "answer":
                outcome = json.loads(answer)
            case "back":
                outcome = Back()
            case _:
                outcome = Leave()
        self._tell(number, outcome)

    def _tell(self, number: int, outcome: Answer | Exception) -> None:
        question = self._open
        if question is None or question.number != number:
            return  # an answer to a question that is over
        self._glass.asking = 0
        try:
            question.loop.call_soon_threadsafe(question.settle, outcome)
        except RuntimeError:
            return  # the engine ended between the touch and now; nobody is left to tell

    def shut(self) -> None:
        """Nobody is asked for any more: a visit that broke off may have left a question open."""
        self._still.rest()

    def _end(self) -> None:
        self._still.rest()
        self._tell(self._glass.asking, Leave())

    def _walked_away(self) -> None:
        self._tell(self._glass.asking, Leave(walked_away=True))

    def _ask_still(self, milliseconds: int) -> None:
        if self._glass.asking == 0:
            self._still.here()  # the machine is busy with this screen: nobody was asked anything
            return
        self._glass.still = milliseconds
        self.attention.emit()

    def _settle_still(self) -> None:
        self._glass.still = 0
