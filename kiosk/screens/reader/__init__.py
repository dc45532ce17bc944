"""READER: the glass for who cannot see it. Twelve keys walk through everything on it, and each thing is said.

Begun by the first of the twelve keys (wherever nobody is typing), or in the sheet "看不清？听不见？"; ended with the visit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem

from kiosk.flow.stage import Reading, Said
from kiosk.model.words import Word
from kiosk.screens.reader import keys
from kiosk.screens.reader.sentences import content, said, states
from kiosk.screens.reader.walk import Stop, stops
from kiosk.screens.reader.writing import Writing

if TYPE_CHECKING:
    from kiosk.screens.window import Glass

# What # stands for, whichever is there.
CLOSING = ("access:close", "help:close", "help:on", "end:no", "still:yes", "volunteer:go", "nav:back")
FINISHING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)  # of a line, on a full keyboard


class Reader(QObject):
    """Lives in the glass's thread, as everything that looks at its items; what it says is said by the engine."""

    read = Signal(object)  # tuple[Said, ...], in place of whatever is heard
    reads = Signal(object)  # Reading
    again = Signal()  # the whole screen, as it was said when it came
    louder = Signal(int)  # steps

    def __init__(self, glass: Glass) -> None:
        super().__init__(glass)
        self._glass = glass
        self._at: Stop | None = None
        self._writing: Writing | None = None
        self._asked_where = False  # 0 was the key before this one
        self._plugging = False  # whether there are headphones was asked, and not answered yet
        self._news = 0  # counts what was said
        for changed in (glass.theme.readerChanged, glass.theme.roomChanged, glass.theme.personalChanged):  # type: ignore[attr-defined]
            changed.connect(self._reads)
        glass.theme.blankChanged.connect(self._blanked)  # type: ignore[attr-defined]
        glass.root.shownChanged.connect(self.rest)  # type: ignore[attr-defined]
        glass.root.attendedChanged.connect(self.rest)  # type: ignore[attr-defined]

    @property
    def on(self) -> bool:
        return bool(self._glass.theme.property("reader"))

    @property
    def at(self) -> QQuickItem | None:
        """What was read last, if it is still there: a key of the glass while a line is filled; None before the first thing."""
        if self._writing is not None:
            return self._writing.at
        return self._at.item if self._at is not None and shiboken6.isValid(self._at.item) else None

    def hears(self, event: QKeyEvent) -> bool:
        """Whether `event` was for the reader. Digits that are typed into a line by who sees it are not."""
        if not self.on:
            if keys.of(event) == "" or self.line is not None:
                return False
            if not event.isAutoRepeat():
                self._glass.theme.setProperty("voice", True)
                self._glass.theme.setProperty("reader", True)
                self._plugging = bool(self._glass.theme.property("headphones"))
            return True
        writing = self.line is not None
        key = "#" if writing and event.key() in FINISHING else keys.of(event) if writing else keys.walking(event)
        if key and not event.isAutoRepeat():
            self.press(key)
        return key != ""

    def press(self, key: str) -> None:
        """One of `keys.KEYS`, from the keypad or from the one on the glass."""
        where, self._asked_where = self._asked_where, key == "0"
        plugging, self._plugging = self._plugging, False
        if plugging and key == "#":
            self._glass.theme.setProperty("room", True)
            return
        line = self.line
        if line is not None:
            self._write(line, key)
            return
        self._writing = None
        match key:
            case "7" | "9":
                self.turn_up(1 if key == "9" else -1)
            case "1" | "2" | "3" | "4" | "6" | "8":
                self._move(key)
            case "5":
                self._act()
            case "*":
                self._repeat()
            case "#":
                self.back()
            case "0" if where:
                self._glass.root.setProperty("asked", "access")
            case "0":
                self._where()

    def feel(self, key: str) -> None:
        """A finger rests on a key of the glass: what it does."""
        self._say(Said(text=key if key in keys.DIGITS else Word(f"reader.sign.{'star' if key == '*' else 'hash'}")), _does(key))

    def back(self) -> None:
        """Closes what stands above the view, or goes to the view before; for the Escape key, too."""
        found = {stop.item.objectName(): stop for stop in stops(self._glass) if stop.enabled}
        close = next((found[name] for name in CLOSING if name in found), None)
        if close is not None:
            QMetaObject.invokeMethod(close.item, "tapped")
        elif self.on:
            self._say(Said(text=Word("reader.no_back")))

    def turn_up(self, steps: int) -> None:
        self._news += 1  # a tone says how loud it is now
        self.louder.emit(steps)

    def rest(self) -> None:
        """Another screen: before its first thing."""
        self._at = self._writing = None

    # What is where ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def line(self) -> QQuickItem | None:
        """The line that is filled just now."""
        focused = self._glass.activeFocusItem()
        return focused if focused is not None and focused.property("keyboard") is not None else None

    def _stops(self) -> list[Stop]:
        return [stop for stop in stops(self._glass) if stop.kind != "key"]

    def _place(self, found: list[Stop]) -> int:
        """-1: before the first. What was painted anew is known by its name."""
        at = self._at
        if at is None:
            return -1
        if shiboken6.isValid(at.item):
            for place, stop in enumerate(found):
                if stop.item is at.item:
                    return place
        return next((place for place, stop in enumerate(found) if (stop.kind, stop.name) == (at.kind, at.name)), -1)

    @staticmethod
    def _first_below(above: QQuickItem | None, found: list[Stop]) -> int:
        """0 where nothing is."""
        for place, stop in enumerate(found):
            item: QQuickItem | None = stop.item
            while item is not None and item is not above:
                item = item.parentItem()
            if item is not None:
                return place
        return 0

    def _move(self, key: str) -> None:
        found = self._stops()
        if not found:
            return
        place = self._place(found)
        if place < 0 and self._at is not None:
            # What was pressed has made way for something else, and what held both has the focus: on from there.
            place = self._first_below(self._glass.activeFocusItem(), found) - (1 if key in "68" else 0)
        match key:
            case "1":
                place = 0
            case "3":
                place = len(found) - 1
            case "4" | "6":
                place += 1 if key == "6" else -1
            case "2" | "8":
                step = 1 if key == "8" else -1
                place += step
                while 0 <= place < len(found) and found[place].kind == "text":
                    place += step
        if not 0 <= place < len(found):
            self._say(Said(text=Word("reader.end" if place > 0 else "reader.begin")))
            return
        self._at = found[place]
        self._show(found[place])
        self._say(*self._sentence(found[place]))

    def _show(self, stop: Stop) -> None:
        """What is read has the focus, so that who stands beside sees it; but not a line, which would open its keyboard."""
        if stop.kind == "control":
            stop.item.forceActiveFocus()
        else:
            self._glass.root.forceActiveFocus()

    def _sentence(self, stop: Stop) -> tuple[Said, ...]:
        view = self._glass.root.property("view").toVariant()
        return said(stop, language=self._glass.language, private=bool(view.get("private")))

    # What is done ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _act(self) -> None:
        found = self._stops()
        place = self._place(found)
        if place < 0:
            self._move("6")
            return
        stop = found[place]
        if stop.kind == "line":
            stop.item.forceActiveFocus()
            self._writing = Writing(self._glass, stop.item)
            self._say(Said(text=Word("reader.write.straight" if self._writing.straight else "reader.write.keys")), content(stop.value))
        elif stop.kind == "control" and stop.enabled:
            news = self._news
            QMetaObject.invokeMethod(stop.item, "tapped")
            QTimer.singleShot(0, self, lambda: self._done(stop, news))
        else:
            self._say(*self._sentence(stop))

    def _done(self, stop: Stop, news: int) -> None:
        """How it stands now, unless something else was said of it: another screen is said when it is painted."""
        if self._news != news or not self.on:
            return
        found = self._stops()
        place = self._place(found)
        if place >= 0 and found[place].checked is not None:
            self._say(*states(found[place]))
        elif self._at is stop:
            self._say(Said(text=Word("reader.pressed")))

    def _repeat(self) -> None:
        found = self._stops()
        place = self._place(found)
        if place < 0:
            self.again.emit()
        else:
            self._say(*self._sentence(found[place]))

    def _where(self) -> None:
        found = self._stops()
        place = self._place(found)
        here = self._sentence(found[place]) if place >= 0 else ()
        count = Said(text=Word("reader.where", place=place + 1, of=len(found)))
        title = next((self._sentence(stop) for stop in found if stop.kind == "text"), ())
        self._say(*title, count, *here, Said(text=Word("reader.keys")))

    def _write(self, line: QQuickItem, key: str) -> None:
        if self._writing is None or self._writing.line is not line:
            self._writing = Writing(self._glass, line)
        writing = self._writing
        if key == "#":
            text = writing.text
            self._glass.root.forceActiveFocus()
            self._say(Said(text=Word("reader.written")), content(text))
        elif writing.straight:
            self._echo(writing.write(key), writing)
        elif key in "79":
            self.turn_up(1 if key == "9" else -1)
        elif key == "*":
            writing.erase()
            self._echo("", writing)
        elif key == "0":
            self._say(content(writing.text), Said(text=Word("reader.write.keys")))
        elif key == "5":
            taken = writing.take()
            if taken is not None:
                self._echo(taken.name, writing)
        else:
            stop = writing.move(key)
            if stop is not None:
                self._say(Said(text=stop.name))

    def _echo(self, new: str, writing: Writing) -> None:
        count = Word("reader.line.filled", count=len(writing.text))
        self._say(Said(text=new, personal=True, instead=count) if new else Said(text=count))

    # What is said ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _say(self, *what: Said) -> None:
        self._news += 1
        self.read.emit(what)

    def _reads(self) -> None:
        theme = self._glass.theme
        self._news += 1
        self._asked_where = self._plugging = False
        if not self.on:
            self.rest()
        self.reads.emit(
            Reading(on=self.on, room=bool(theme.property("room")), personal=bool(theme.property("personal"))),
        )

    def _blanked(self) -> None:
        if self.on:
            self._say(Said(text=Word("reader.blank.on" if self._glass.theme.property("blank") else "reader.blank.off")))


def _does(key: str) -> Said:
    return Said(text=Word(f"reader.key.{'star' if key == '*' else 'hash' if key == '#' else key}"))
