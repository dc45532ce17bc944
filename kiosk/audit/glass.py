"""The glass that is audited: one scene after the other is put on it, and every rule looks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible

from kiosk import i18n
from kiosk.audit import colours, hands_off, rules
from kiosk.audit.looks import Look
from kiosk.audit.walk import pieces
from kiosk.config import Display
from kiosk.flow.spoken import spoken
from kiosk.flow.stage import View
from kiosk.screens.scenes import HOTLINE, STATION, clear, faults, nobody_in_the_picture, put, rest, scenes
from kiosk.screens.window import Glass

RULES = (rules.targets, rules.outside, rules.codes, rules.truncated, rules.glyphs, rules.overlap)


class Bench:
    """Holds one glass of one shape and language, and turns it into every look."""

    def __init__(self, shape: tuple[int, int], language: str, display: Display, *, practice: bool = False) -> None:
        QAccessible.setActive(True)
        nobody_in_the_picture()
        width, height = shape
        self.glass = Glass(
            width=width,
            height=height,
            language=language,
            display=display,
            station=STATION,
            hotline=HOTLINE,
            practice=practice,
            settle=0,
        )
        self.glass.start()
        self.scenes = scenes(language) | faults(language)

    def look_at(self, name: str, look: Look) -> Iterator[tuple[str, str]]:
        """(kind, what is wrong) of the scene `name`."""
        scene = self.scenes[name]
        clear(self.glass)  # what was there does not live to see another look
        rest(1)
        self.glass.usual = look.ways
        self.glass.forget()
        put(self.glass, scene)
        yield from unspoken(scene.view, look.language)
        yield from judge(self.glass, marks=look.mode in ("normal", "contrast") and not scene.typing)

    def close(self) -> None:
        self.glass.shut()


def unspoken(view: View, language: str) -> Iterator[tuple[str, str]]:
    """What of `view` nobody could hear."""
    said = [i18n.say(text, language) for text in spoken(view)]
    if type(view).for_citizens and not any(text.strip() for text in said):
        yield "voice", f"{type(view).__name__} says nothing aloud"
    yield from (("voice", f"{text} has no words to be said") for text in said if "⟦" in text)


def judge(glass: Glass, *, marks: bool = True) -> Iterator[tuple[str, str]]:
    """(kind, what is wrong) of what is on `glass`. `marks`: gives every control the focus, too, which changes the glass."""
    found, to = pieces(glass), rules.Measures.of(glass)
    told = [sentence for rule in RULES for sentence in rule(found, to)]
    told += colours.weak(found, glass.grabWindow(), glass.ways)
    told += hands_off.called(found)
    told += hands_off.reached(glass, found)
    told += hands_off.said(glass)
    if marks:
        told += hands_off.marked(glass, found)
    for sentence in told:
        kind, _, what = sentence.partition(": ")
        yield kind, what
