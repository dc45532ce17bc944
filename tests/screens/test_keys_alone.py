"""Every view and every kind of field by twelve keys alone and by a full keyboard alone: the answer is the one that a finger gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hands import controls, settled, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.flow.stage import View
from kiosk.flow.views import DepartmentView, HomeView, VolunteerView
from kiosk.model.item import InputType
from kiosk.screens.samples import samples
from kiosk.screens.stage import aside, picture
from kiosk.screens.window import FOLDER, Glass
from kiosk.technician.glass.views import TechnicianView
from kiosk.tour.citizen import Citizen
from kiosk.tour.keys import BY
from kiosk.tour.script import Gesture, Press, Script, Tap

pytestmark = pytest.mark.timeout(600)
VIEWS = samples("zh_Hans")
ALONE = ("keypad", "keyboard")
PATIENT = 60_000
PLATE = Tap("input:plate_no")
MONTHS = (("side", ":from"), ("minus", ""), ("month", ":3"), ("month", ":5"))
# Where the script of a tour has nothing to do, or less than there is. Behind a "-" that no sample has: the same sample once more.
ALSO: dict[str, tuple[Gesture, ...]] = {
    "AskView": (Tap("item:public-messages"),),
    "AttractView-ways": (Tap("lang:en"), Tap("nav:access"), Tap("access:care"), Tap("access:close"), Tap("start")),
    "CodeView": (Tap("nav:back"),),
    "FaceView": (Tap("other"),),
    "FormView-errors": (Tap("input:id"), Tap("key:backspace"), Press("2"), Tap("key:done"), Tap("next")),
    "FormView-month": (*(Tap(f"{one}:period{place}") for one, place in MONTHS), Tap("next")),
    "FormView-plate": (PLATE, Tap("key:clear"), Tap("key:京"), Press("A1234"), Tap("key:挂"), Tap("key:done"), Tap("next")),
    "GuideView": (Tap("begin"),),
    "GuideView-print": (Tap("print"),),
    "HomeView-search": (Tap("search:input"), Press("123"), Tap("key:done"), Tap("search:clear"), Tap("shelf:ask")),
    "OfficerView": (Tap("other"),),
    "PayView": (Tap("method:alipay"),),
    "PayView-qr": (Tap("nav:back"),),
    "RateView-reasons": (Tap("reason:wait"), Tap("reason:unclear"), Tap("reason:wait"), Tap("send")),
    "RateView-order": (Tap("done"),),
    "ReadCardView": (Tap("nav:back"),),
    "RecordView-recording": (Tap("stop"),),
    "RecordView-playing": (Tap("stop"),),
    "RecordView-recorded": (Tap("listen"),),
    "RecordView-gone": (Tap("instead"),),
    "ReviewView-mend": (Tap("mend"),),
    "SignatureView": (Tap("by_keys"),),
    "TouchCardView": (Tap("nav:back"),),
}
BESIDE: dict[str, tuple[Gesture, ...]] = {
    "VolunteerDoorView": (
        *(Tap("input:volunteer_id"), Press("a1"), Tap("key:done")),
        *(Tap("input:pin"), Press("123456"), Tap("key:done")),
        *(Tap("input:one_time_code"), Press("654321"), Tap("key:done"), Tap("enter")),
    ),
    "VolunteerView": (Tap("minnan"), Tap("listen"), Tap("point"), Tap("again"), Tap("volunteer:back"), Tap("volunteer:go")),
}
WITHOUT = {"WorkingView": "the machine works; there is no control on it"}
BASES = {"FormattedField"}  # of other fields
TAKEN = {
    InputType.PHOTO: "PhotoView",
    InputType.SCAN: "ScanView",
    InputType.SIGNATURE: "SignatureView",
    InputType.NFC_CARD: "TouchCardView",
    InputType.RECORDING: "RecordView",
}


def of(name: str) -> View:
    view = VIEWS[name] if name in VIEWS else VIEWS[name.partition("-")[0]]
    return replace(view, back=True, again=True) if isinstance(view, VolunteerView) else view


@dataclass(frozen=True)
class Told(Script):
    """A script that does on the one view what it is told, or what is natural."""

    told: tuple[Gesture, ...] = ()

    def gestures(self, view: View) -> tuple[Gesture, ...] | None:
        return self.told or super().gestures(view)


def script(name: str) -> Told:
    view = of(name)
    items = view.items if isinstance(view, HomeView | DepartmentView) else ()
    told = ALSO.get(name) or BESIDE.get(name, ())
    return Told(item=items[0].id if items else "", signs=False, codes={"": "1"}, told=told)


def gestures(name: str) -> tuple[Gesture, ...]:
    if name == "DepartmentView-empty":
        return ()
    return script(name).gestures(of(name)) or ()


def driven() -> list[str]:
    """Names of views that are answered by pressing something."""
    names = [name for name, view in VIEWS.items() if not isinstance(view, TechnicianView) and name not in BESIDE]
    return [name for name in {**dict.fromkeys(names), **ALSO} if any(isinstance(one, Tap) for one in gestures(name))]


class Person(Citizen):
    """Who stands at `glass`; what came of it."""

    def __init__(self, glass: Glass, by: str, acting: Script) -> None:
        self.glass = glass
        self.answers: list[tuple[str, object]] = []
        self.deeds: list[object] = []
        self.gave_up = ""
        glass.replied.connect(self.replied)
        glass.helps.connect(self.helped)
        self.hands = BY[by](glass)
        super().__init__(
            acting,
            self.hands,
            lambda lever, value: "123456",
            lambda path: None,
            lambda: None,
            self.lose,
            pictures=None,
            language=glass.language,
            say=lambda line: None,
        )
        glass.requestActivate()
        until(glass.isActive)

    def lose(self, why: str) -> None:
        self.gave_up = why

    def replied(self, number: int, kind: str, answer: str) -> None:
        self.answers.append((kind, json.loads(answer) if answer else ""))

    def helped(self, deed: str) -> None:
        self.deeds.append(json.loads(deed))

    def answer(self, view: View) -> tuple[object, ...]:
        """What `view` is answered, and how the glass is used then."""
        self.glass.paint(picture(view))
        self.glass.asking = 1
        settled(self.glass)
        self.see(view, True)
        until(lambda: bool(self.answers or self.gave_up), PATIENT)
        assert self.gave_up == ""
        return self.answers[0], self.glass.language, self.glass.ways.care

    def beside(self, view: View) -> list[object]:
        """What a volunteer does on `view`."""
        self.glass.paint(picture(VIEWS["ReviewView"]))
        self.glass.attend(aside(view, VIEWS["ReviewView"]))
        until(lambda: "volunteer:go" in controls(self.glass))
        self.see(view, True)
        until(lambda: bool(self.gave_up) or (not self._to_do and bool(self.deeds)), PATIENT)
        assert self.gave_up == ""
        return self.deeds


@pytest.mark.parametrize("name", driven())
def test_keys_give_the_answer_that_a_finger_gives(make_glass: Callable[..., Glass], name: str) -> None:
    given = {by: Person(make_glass(), by, script(name)).answer(of(name)) for by in ("finger", *ALONE)}
    assert given["keypad"] == given["finger"]
    assert given["keyboard"] == given["finger"]


@pytest.mark.parametrize("name", BESIDE)
def test_a_volunteer_helps_with_keys_as_with_a_finger(make_glass: Callable[..., Glass], name: str) -> None:
    given = {by: Person(make_glass(), by, script(name)).beside(of(name)) for by in ("finger", *ALONE)}
    assert given["finger"] != []
    assert given["keypad"] == given["keyboard"] == given["finger"]


@pytest.mark.parametrize(("by", "key"), [("keypad", "#"), ("keyboard", Qt.Key.Key_Escape)])
def test_the_key_that_goes_back_gives_the_glass_back_to_the_citizen(make_glass: Callable[..., Glass], by: str, key: str | Qt.Key) -> None:
    glass = make_glass()
    person = Person(glass, by, script("VolunteerView"))
    glass.paint(picture(VIEWS["ReviewView"]))
    glass.asking = 1
    glass.attend(aside(VIEWS["VolunteerView"], VIEWS["ReviewView"]))
    until(lambda: "volunteer:go" in controls(glass))
    if by == "keypad":
        QTest.keyClick(glass, "0")
    QTest.keyClick(glass, key)
    assert (person.deeds, person.answers) == ([{"do": "go"}], [])


@pytest.mark.parametrize("by", ALONE)
def test_behind_a_province_the_next_key_comes_to_what_stands_in_its_place(make_glass: Callable[..., Glass], by: str) -> None:
    glass = make_glass()
    person = Person(glass, by, script("FormView-region"))
    glass.paint(picture(of("FormView-region")))
    glass.asking = 1
    settled(glass)
    province = next(name for name in controls(glass) if name.startswith("option:region:33"))
    person.hands.tap(controls(glass)[province])
    until(lambda: "change:region" in controls(glass))
    QTest.keyClick(glass, "8" if by == "keypad" else Qt.Key.Key_Tab)
    there = glass.reader.at if by == "keypad" else glass.activeFocusItem()
    assert there is not None
    assert there.objectName() == "change:region"


def test_a_sign_is_called_by_its_name(make_glass: Callable[..., Glass]) -> None:
    glass = make_glass()
    person = Person(glass, "keypad", script("FormView-thread"))
    glass.paint(picture(of("FormView-thread")))
    glass.asking = 1
    settled(glass)
    line = person.hands.find("input:message")
    assert line is not None
    person.hands.tap(line)
    dot = person.hands.find("key:·")
    assert dot is not None
    assert dot.property("name") == "间隔号"


def test_no_view_is_left_out() -> None:
    there = {path.stem for path in (FOLDER / "views").glob("*View.qml")}
    walked = {name.partition("-")[0] for name in (*driven(), *BESIDE)}
    assert there - walked == set(WITHOUT), "a view without keys: see ALSO"


def test_no_kind_of_field_is_left_out() -> None:
    walked = {field.type for name in driven() for field in getattr(of(name), "fields", ())}
    taken = {kind for kind, view in TAKEN.items() if any(name.startswith(view) for name in driven())}
    assert {kind for kind in InputType if kind.value not in walked} == taken == {kind for kind in InputType if kind.captured}
    drawn = {"".join(part.capitalize() for part in kind.split("_")) + "Field" for kind in walked}
    assert {path.stem for path in (FOLDER / "fields").glob("*Field.qml")} - drawn == BASES
