"""What a volunteer sees holds nothing of the citizen's: canaries stand in every place of data, and every text that is rendered is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from hands import controls, rest, tap, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.flow import views
from kiosk.flow.mask import CLOSED, DOTS, KEYED, OPEN, masked, public
from kiosk.flow.stage import Trail, View
from kiosk.model.words import Word
from kiosk.screens.painted import CameraPreview
from kiosk.screens.samples import samples
from kiosk.screens.stage import QtStage, aside, picture
from kiosk.screens.window import Glass

CANARY, NUMBER = "陈建国", 90417
HELPER = views.VolunteerView(who="lin", say=Word("volunteer.say.other"), minnan="…", trail=Trail(title=Word("pay.title"), step=1, of=2))
SHAPE = frozenset({"tint"})  # a name that QML looks up: nothing paints with a canary for it
CITIZENS = {name: view for name, view in samples("zh_Hans").items() if type(view).for_citizens}


def planted(value: Any, opened: bool = False) -> Any:
    """The same shape with a canary wherever something of somebody's could stand."""
    if isinstance(value, Word):
        return Word(value.key, **dict.fromkeys(value.args, CANARY))
    if is_dataclass(value) and not isinstance(value, type):
        mine = OPEN.get(type(value), frozenset()) | OPEN[View] | SHAPE
        kept = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{name: planted(held, name in mine) for name, held in kept.items()})
    if isinstance(value, Mapping):
        return {key: planted(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(planted(one, opened) for one in value)
    if opened or value is None or isinstance(value, bool):
        return value
    return CANARY + value if isinstance(value, str) else type(value)(NUMBER)


def rendered(glass: Glass) -> str:
    """Every text that is to be seen, what a QR item holds, and what a screen reader is told."""
    todo, found = [glass.root], []
    while todo:
        item = todo.pop()
        if item.isVisible():
            found += [str(item.property(name)) for name in ("text", "displayText", "placeholder") if item.property(name)]
            todo += item.childItems()
    return "\n".join([*found, *told(QAccessible.queryAccessibleInterface(glass))])


def named(item: QQuickItem, name: str) -> QQuickItem | None:
    """A delegate is no QObject child of its list: only the tree of items leads to it."""
    if item.objectName() == name:
        return item
    return next(filter(None, (named(child, name) for child in item.childItems())), None)


def told(face: QAccessibleInterface) -> Iterator[str]:
    if face.state().invisible:
        return
    yield from (face.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description))
    for place in range(face.childCount()):
        child = face.child(place)
        if child is not None:
            yield from told(child)


def stands(glass: Glass, name: str) -> None:
    until(lambda: bool(glass.root.findChild(QQuickItem, name).property("item")))
    rest(2)  # what is laid out later is


def test_no_canary_is_on_the_glass_beside_a_volunteer(glass: Glass) -> None:
    QAccessible.setActive(True)
    sang = 0
    for name, view in CITIZENS.items():
        whole = planted(view)
        glass.attend("")
        glass.paint(picture(whole))
        stands(glass, "stand")
        sang += CANARY in rendered(glass)
        glass.attend(aside(HELPER, whole))
        stands(glass, "masked")
        seen = rendered(glass)
        assert CANARY not in seen and str(NUMBER) not in seen, name
    assert sang >= len(CITIZENS) * 2 // 3  # the canaries do stand where people see them


def test_what_was_typed_is_hidden_and_comes_back(glass: Glass) -> None:
    form = views.FormView(title=Word("form.title"), fields=(views.Field(name="name", type="text", label=Word("fields.search.name")),))
    glass.paint(picture(form))
    stands(glass, "stand")
    line = named(glass.root, "input:name")
    assert line is not None
    line.setProperty("text", CANARY)
    assert CANARY in rendered(glass)
    glass.attend(aside(HELPER, form))
    stands(glass, "masked")
    assert CANARY not in rendered(glass)
    glass.paint(picture(replace(form, errors={"name": Word("check.required")})))  # the step goes on behind it
    glass.attend("")
    assert CANARY in rendered(glass) and line.property("text") == CANARY


def test_nobody_declares_for_a_citizen_beside_a_volunteer(glass: Glass) -> None:
    answers: list[str] = []
    glass.replied.connect(lambda number, kind, answer: answers.append(kind))
    view = CITIZENS["DeclareView-sure"]
    glass.paint(picture(view))
    glass.asking = 1
    stands(glass, "stand")
    until(lambda: "sure" in controls(glass))
    glass.attend(aside(HELPER, view))
    stands(glass, "masked")
    pressable = [name for name in controls(glass) if name in ("sure", "go")]
    for name in pressable:
        tap(glass, name)
    QTest.keyClick(glass, Qt.Key.Key_Return)
    rest(5)
    assert answers == []
    glass.attend("")
    rest(5)
    tap(glass, "sure")
    until(lambda: answers == ["answer"])  # once nobody stands beside


def test_no_picture_is_painted_beside_a_volunteer(glass: Glass) -> None:
    view = CITIZENS["FaceView"]
    glass.paint(picture(view))
    glass.attend(aside(HELPER, view))
    assert CameraPreview.withheld
    glass.attend("")
    assert not CameraPreview.withheld


@dataclass(frozen=True, kw_only=True)
class Thing:
    word: str
    many: int = NUMBER


@dataclass(frozen=True, kw_only=True)
class ForeignView(View):
    """A screen of somebody else's, with fields that nobody here has thought of."""

    state: str
    told: Word | str
    sentence: Word
    things: tuple[Thing, ...]
    facts: tuple[tuple[Word | str, Word | str], ...]
    found: Mapping[str, str]
    sum: float
    married: bool


def test_a_field_that_nobody_thought_of_is_masked() -> None:
    view = ForeignView(
        state=CANARY,
        told=CANARY,
        sentence=Word("pay.order_no", order_no=CANARY),
        things=(Thing(word=CANARY), Thing(word=CANARY + "二")),
        facts=(("姓名", CANARY), (Word("pay.title"), Word("pay.confirming"))),
        found={CANARY: CANARY},
        sum=12.5,
        married=True,
        can_back=True,
    )
    told = masked(view)
    assert CANARY not in str(told) and str(NUMBER) not in str(told)
    assert told["can_back"] is True and told["state"] == "" and told["told"] == DOTS
    assert told["sentence"] == {"key": "pay.order_no", "args": {"order_no": DOTS}}
    assert told["things"] == [{"word": "", "many": 0}]  # nor how many there are
    assert told["facts"] == [[DOTS, DOTS], [{"key": "pay.title", "args": {}}, DOTS]]
    assert (told["found"], told["sum"], told["married"]) == ({}, 0, False)


def test_a_word_in_a_field_of_the_list_must_look_like_one_of_ours() -> None:
    assert masked(views.PayView(state=CANARY, amount="12.00 元", title=Word("pay.title"), method="350203199003070011"))["state"] == ""
    assert masked(Word(CANARY)) == DOTS  # no key of ours
    assert not public(Word("pay.order_no", order_no="XM0001")) and not public(CANARY) and public(Word("pay.title"))


def test_the_lists_name_fields_that_exist() -> None:
    named = [(kind, name) for kind, names in OPEN.items() for name in names] + [*KEYED, *CLOSED]
    assert [f"{kind.__name__}.{name}" for kind, name in named if name not in {one.name for one in fields(kind)}] == []


def test_the_next_thing_to_press_is_pointed_at_until_somebody_touches(glass: Glass) -> None:
    stage = QtStage(glass)
    form = views.FormView(title=Word("form.title"), fields=(views.Field(name="name", type="text", label=Word("fields.search.name")),))
    stage.show(form)
    until(lambda: named(glass.root, "input:name") is not None)
    for text, wanted in (("", "input:name"), (CANARY, "next")):
        named(glass.root, "input:name").setProperty("text", text)
        stage.point()
        until(lambda: glass.root.property("pointed") is not None)
        assert glass.root.property("pointed").objectName() == wanted
        glass.touched.emit()
        assert glass.root.property("pointed") is None
