"""The scripted citizen: looks at every screen, takes its picture, and does what the script says, at a person's pace."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk import i18n
from kiosk.flow.stage import View
from kiosk.model.words import Word
from kiosk.tour.hands import Hands, NotThere
from kiosk.tour.script import Dial, Draw, Gesture, Press, Pull, Script, Tap, Type
from kiosk.tour.technician import ThroughTheDoor
from kiosk.tour.watched import mark

GLANCE, LOOK, BETWEEN = 90, 400, 130  # ms: a first picture, for screens that pass quickly; the first gesture; between two
PATIENCE = 40  # how often a control is looked for before the citizen gives up


class Looking(Enum):
    GLANCE = 1
    LOOK = 2
    DONE = 3


class Citizen(QObject):
    """`pull(lever, value)` is the citizen's hand on the world: card, phone; it says what is read there.
    `snap(path)` takes a picture, `taken()` is called behind it;

    `lost` is called with a sentence when there is no way on.
    """

    def __init__(
        self,
        script: Script | ThroughTheDoor,
        hands: Hands,
        pull: Callable[[str, str], str],
        snap: Callable[[Path], None],
        taken: Callable[[], None],
        lost: Callable[[str], None],
        *,
        pictures: Path | None,
        language: str,
        say: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._script, self._hands, self._pull, self._lost = script, hands, pull, lost
        self._snap, self._taken = snap, taken
        self._pictures, self._language, self._say = pictures, language, say
        self._seen: tuple[object, ...] = ()
        self._view: View | None = None
        self._asked = False
        self._to_do: list[Gesture] = []
        self._failed = 0
        self.screens = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._looking = Looking.DONE

    def rest(self) -> None:
        """The visit is over, whatever was still to be done."""
        self._timer.stop()

    @Slot(object, bool)
    def see(self, view: View, asked: bool) -> None:
        """Every view the engine paints comes here; the same one again changes nothing but whether it asks."""
        new, waited = mark(view), not self._asked
        self._asked = asked or (self._asked and new == self._seen)
        self._view = view
        if new == self._seen:
            if asked and waited and self._looking is Looking.DONE:  # the question came after the look at what it is about
                self._looking = Looking.LOOK
                self._timer.start(LOOK - GLANCE)
            return
        self._seen = new
        self._asked = asked
        self.screens += 1
        self._to_do = []
        self._failed = 0
        self._looking = Looking.GLANCE
        self._timer.start(GLANCE)

    def _next(self) -> None:
        view = self._view
        if view is None:
            return
        if self._looking is Looking.GLANCE:
            self._announce(view)
            self._looking = Looking.LOOK
            self._timer.start(LOOK - GLANCE)
            return
        if self._looking is Looking.LOOK:
            self._look(view)
            return
        if self._to_do:
            self._do(self._to_do[0])

    def _announce(self, view: View) -> None:
        name = type(view).__name__
        self._say(f"  {self.screens:2}  {name.removesuffix('View'):11}{_state(view):11}{self._title(view)}")
        self._picture(view)
        self._taken()

    def _picture(self, view: View) -> None:
        state = _state(view)
        if self._pictures is not None:
            self._snap(self._pictures / f"{self.screens:02}-{type(view).__name__}{'-' + state if state else ''}.png")

    def _look(self, view: View) -> None:
        self._looking = Looking.DONE
        self._picture(view)
        if not self._asked:
            return
        gestures = self._script.gestures(view)
        if gestures is None:
            self._lost(f"the script knows nothing to do on {type(view).__name__}")
            return
        self._to_do = list(gestures)
        if self._to_do:
            self._timer.start(BETWEEN)

    def _do(self, gesture: Gesture) -> None:
        try:
            done = self._gesture(gesture)
        except NotThere as missing:
            self._lost(str(missing))
            return
        if not self._to_do or self._to_do[0] is not gesture:
            return  # the touch has already brought another screen
        if done:
            self._to_do.pop(0)
            self._failed = 0
        else:
            self._failed += 1
        if self._to_do:
            self._timer.start(BETWEEN)

    def _gesture(self, gesture: Gesture) -> bool:
        """One small movement; False = the gesture goes on (the screen has to scroll first)."""
        match gesture:
            case Pull():
                self._pull(gesture.lever, gesture.value)
                return True
            case Dial():
                self._to_do[1:1] = [Press(self._pull(gesture.lever, gesture.value))]
                return True
            case Press():
                self._to_do[1:1] = [Tap(f"key:{key}") for key in gesture.keys]
                return True
            case Draw():
                return self._draw(gesture.name)
            case Type():
                self._to_do[1:1] = [*self._to_pinyin(), *(Tap(f"key:{key}") for key in gesture.keys), Tap(f"candidate={gesture.text}")]
                return True
            case Tap():
                return self._tap(gesture.name)

    def _to_pinyin(self) -> tuple[Tap, ...]:
        """What turns the keyboard to Chinese where it came up with Latin letters: on an English glass."""
        keyboard = self._hands.find("keyboard")
        return (Tap("key:lang"),) if keyboard is not None and keyboard.property("layout") == "latin" else ()

    def _draw(self, name: str) -> bool:
        target = self._hands.find(name)
        if target is None:
            self._missed(name)
            return False
        self._hands.draw(target)
        return True

    def _missed(self, name: str) -> None:
        if self._failed > PATIENCE:
            raise NotThere(f"there is no {name} to touch on {type(self._view).__name__}")

    def _tap(self, name: str) -> bool:
        control, text = name.partition("=")[::2]
        if text:
            target = next((one for one in self._hands.starting_with(control + ":") if one.property("label") == text), None)
            on = "key:page-next"
        else:
            target, on = self._hands.find(name), f"minus:{name.split(':')[1]}" if name.startswith("year:") else "more"
        if target is not None and self._hands.within(target):
            self._hands.tap(target)
            return True
        self._missed(name)
        further = self._hands.find(on) if on != "more" or self._hands.scrolls else None
        if further is not None and self._failed % 3 == 2:
            self._hands.tap(further)
        return False

    def _title(self, view: View) -> str:
        title = getattr(view, "title", "")
        return i18n.say(title, self._language) if isinstance(title, Word | str) else ""


def _state(view: View) -> str:
    return str(getattr(view, "state", "") or ("done" if getattr(view, "done", False) else ""))
