"""The door between the glass's thread and the engine's: frozen Views one way, answers the other, nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal

from kiosk import plugins
from kiosk.flow.mask import masked
from kiosk.flow.stage import Back, HelpCall, Leave, Listener, Reading, Said, View
from kiosk.model.words import Word
from kiosk.screens.painted import CameraPreview
from kiosk.screens.pointing import Pointing
from kiosk.screens.still import USUAL, Clock, Hesitation, Patience, Still
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


def aside(view: View, behind: View) -> str:
    """What the glass is told to paint before a volunteer: `view`, and of what the citizen sees `behind` it only what is nobody's."""
    seen = {"name": type(behind).__name__, "source": source(type(behind).__name__), "view": masked(behind)}
    return json.dumps({**json.loads(picture(view)), "seen": seen}, ensure_ascii=False)


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

    The glass must outlive the engine.
    """

    # picture, the view, seconds until it asks (0: never), number of the question (0: none), a citizen may hesitate here
    _painted = Signal(str, object, float, int, bool)
    _attended = Signal(object)
    _pointed = Signal()
    _plugged = Signal(bool)
    _dropped = Signal(int)
    _call_shown = Signal(str, bool)  # the call for help as JSON, whether it runs

    def __init__(self, glass: Glass, patience: Patience = USUAL, clock: Clock = QTimer) -> None:
        super().__init__()
        self._glass = glass
        self._number = 0  # of the newest question; only the engine's thread writes it
        self._open: Question | None = None  # only the engine's thread writes it
        self._shown = ("", 0.0)  # the view that is watched, and for how long without a touch
        self._shown_name = ""
        self._view = View()  # that is shown now
        self._attending: View | None = None  # what a volunteer sees before it
        self._pointing = Pointing(glass)
        self._voice = bool(glass.theme.property("voice"))
        self._listener: tuple[asyncio.AbstractEventLoop, Listener] | None = None
        self._still = Still(patience, self, clock)
        self._hesitation = Hesitation(self, clock)
        self._idle = clock(self)  # of the attract screen
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(glass.forget)
        queued = Qt.ConnectionType.QueuedConnection
        self._painted.connect(self._paint, queued)
        self._dropped.connect(self._drop, queued)
        self._call_shown.connect(self._show_call, queued)
        self._attended.connect(self._attend, queued)
        self._pointed.connect(self._pointing.begin, queued)
        self._plugged.connect(glass.plug, queued)
        glass.helps.connect(self._deed)
        glass.replied.connect(self._replied)
        glass.still_here.connect(self._still.here)
        glass.gone.connect(self._end)
        glass.touched.connect(self._touched)
        glass.pressing.stuck.connect(self._stuck)
        glass.voiced.connect(self._voiced)
        glass.asked.connect(self._asked)
        glass.helped.connect(self._help)
        glass.reader.reads.connect(self._reads)
        glass.reader.read.connect(self._read)
        glass.reader.again.connect(self._turned)
        glass.reader.louder.connect(self._louder)
        glass.root.languageWanted.connect(self._turned)  # type: ignore[attr-defined]
        self._hesitation.noticed.connect(self._offer)
        self._still.asked.connect(self._ask_still)
        self._still.settled.connect(self._settle_still)
        self._still.gone.connect(self._walked_away)

    # The engine's thread ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        return self._glass.language

    @property
    def pace(self) -> float:
        return self._glass.pace

    @property
    def calm(self) -> bool:
        return self._glass.calm

    @property
    def voice(self) -> bool:
        return self._voice

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
        quiet = (view.quiet or self._still.patience.of(private=view.private)) if view.watched else 0.0
        self._painted.emit(picture(view), view, quiet, number, view.watched and not view.quiet)

    def attend(self, view: View | None) -> None:
        self._attended.emit(view)

    def point(self) -> None:
        self._pointed.emit()

    def plugged(self, now: bool) -> None:
        self._plugged.emit(now)

    def interrupt(self, wish: Exception) -> bool:
        question = self._open
        if question is None or question.answer.done():
            return False
        question.settle(wish)
        return True

    def show_call(self, call: HelpCall) -> None:
        self._call_shown.emit(json.dumps(plain(call), ensure_ascii=False), call.running)

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        """Whose frames the face screen shows; None for nobody's. From any thread."""
        CameraPreview.buffer = buffer

    def attach_listener(self, listener: Listener | None) -> None:
        self._listener = None if listener is None else (asyncio.get_running_loop(), listener)

    # The glass's thread ─────────────────────────────────────────────────────────────────────────────────────────────

    def _paint(self, picture: str, view: View, quiet: float, number: int, working: bool) -> None:
        self._view, name = view, type(view).__name__
        self._glass.paint(picture)
        if self._attending is not None:
            self._attend(self._attending)
        if number:
            self._glass.asking = number
        self._still.pace = self._glass.pace
        if name != self._shown_name:
            self._turn(name, working)
        if not quiet:
            self._still.rest()
        elif (name, quiet) != self._shown:
            self._still.watch(quiet)
        self._shown = (name, quiet)

    def _show_call(self, call: str, running: bool) -> None:
        self._glass.show_call(call)
        self._still.hold(running)

    def _attend(self, view: View | None) -> None:
        self._attending = view
        self._glass.attend("" if view is None else aside(view, self._view))

    def _deed(self, deed: str) -> None:
        self._hear(lambda listener: listener.deed(json.loads(deed)))

    def _turn(self, name: str, working: bool) -> None:
        """Another screen: who looks at the attract screen is somebody new."""
        self._shown_name = name
        self._idle.stop()
        if name == "AttractView":
            self._pointing.end()
            self._hesitation.forget()
            self._idle.start(round(1000 * self._still.patience.idle))
        elif working:
            self._hesitation.watch(self._still.patience.hesitation)
        else:
            self._hesitation.rest()

    def _touched(self) -> None:
        self._pointing.end()
        self._still.touched()
        self._hesitation.touched()
        if self._shown_name == "AttractView":
            self._idle.start()
        self._hear(lambda listener: listener.touched())

    def _offer(self) -> None:
        if self._glass.asking and not self._glass.still and not self._glass.ways.care:
            self._glass.offer_care()

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
        self._hear(lambda listener: listener.alert())

    def _voiced(self, voice: bool) -> None:
        self._voice = voice
        self._turned()

    def _turned(self) -> None:
        self._hear(lambda listener: listener.turned())

    def _asked(self, sheet: str) -> None:
        self._hear(lambda listener: listener.asked(sheet))

    def _help(self, wish: str) -> None:
        self._hear(lambda listener: listener.help(wish))

    def _stuck(self, pressed: bool) -> None:
        self._hear(lambda listener: listener.stuck(pressed))

    def _reads(self, reading: Reading) -> None:
        self._hear(lambda listener: listener.reads(reading))

    def _read(self, said: tuple[Said, ...]) -> None:
        self._hear(lambda listener: listener.read(said))

    def _louder(self, steps: int) -> None:
        self._hear(lambda listener: listener.louder(steps))

    def _hear(self, what: Callable[[Listener], None]) -> None:
        if self._listener is not None:
            loop, listener = self._listener
            with suppress(RuntimeError):  # the engine ended meanwhile
                loop.call_soon_threadsafe(what, listener)

    def _settle_still(self) -> None:
        self._glass.still = 0
