"""The twelve keys on samples: what is walked through and heard, written, hidden, withheld, and forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import controls, rest, settled, tap, until
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.stage import Reading, Said, View
from kiosk.screens.reader.walk import chain, stops
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass, Ways

VIEWS = samples("zh_Hans")
FORM = views.FormView(
    title="请填写",
    fields=(views.Field(name="id", type="id_number", label="身份证号码"), views.Field(name="note", type="text", label="备注")),
    can_back=True,
)


class Ears:
    """A person at the keypad of `glass`, and what they hear: a sentence a key."""

    def __init__(self, glass: Glass) -> None:
        self.glass = glass
        self.said: list[tuple[Said, ...]] = []
        self.readings: list[Reading] = []
        self.steps: list[int] = []
        self.answers: list[tuple[str, str]] = []
        glass.reader.read.connect(self.hear)
        glass.reader.reads.connect(self.turned)
        glass.reader.louder.connect(self.louder)
        glass.replied.connect(self.replied)
        glass.requestActivate()
        until(glass.isActive)

    def hear(self, said: tuple[Said, ...]) -> None:
        self.said.append(said)

    def turned(self, reading: Reading) -> None:
        self.readings.append(reading)

    def louder(self, steps: int) -> None:
        self.steps.append(steps)

    def replied(self, number: int, kind: str, answer: str) -> None:
        self.answers.append((kind, answer))

    def show(self, view: View) -> None:
        self.glass.paint("")
        self.glass.paint(picture(view))
        self.glass.asking = 1
        settled(self.glass)

    def press(self, keys: str) -> str:
        """What is heard behind the last of `keys`."""
        for key in keys:
            QTest.keyClick(self.glass, key)
            rest(1)
        return self.last

    @property
    def last(self) -> str:
        return "，".join(i18n.say(one.text, self.glass.language) for one in self.said[-1]) if self.said else ""


@pytest.fixture
def ears(glass: Glass) -> Ears:
    return Ears(glass)


def test_the_first_key_begins_and_touches_nothing(ears: Ears) -> None:
    ears.show(VIEWS["AttractView"])
    assert not ears.glass.ways.reader
    ears.press("5")
    assert ears.readings == [Reading(on=True)]
    assert ears.glass.ways == Ways(reader=True, voice=True) and ears.answers == []
    assert ears.press("6") == "轻触屏幕，开始办理，按钮"
    ears.press("5")
    assert ears.answers == [("answer", "{}")]


def test_each_control_of_a_screen_is_walked_through_in_the_order_of_tab(ears: Ears) -> None:
    ears.show(VIEWS["HomeView"])
    ears.press("0")
    tabbed = [item.objectName() for item in chain(ears.glass) if item.objectName() in {s.item.objectName() for s in stops(ears.glass)}]
    walked = []
    ears.press("1")
    while (before := len(ears.said)) and (at := ears.glass.reader._at) is not None and at.item.objectName() not in walked[1:]:
        if at.item.objectName():
            walked.append(at.item.objectName())
        ears.press("8")
        assert len(ears.said) == before + 1, "one key, one sentence"
    assert [name for name in walked if name] == tabbed
    assert ears.press("8") == "这是最后一项。"
    ears.press("1")
    assert ears.press("4") == "这是第一项。"


def test_what_is_chosen_and_what_cannot_be_pressed_is_said(ears: Ears) -> None:
    ears.show(VIEWS["ReviewView"])
    ears.press("0")
    ears.glass.root.setProperty("asked", "access")
    assert ears.press("8") == "关爱模式，开关，没打开"
    assert ears.press("8") == "高对比度，开关，没打开"
    ears.press("5")
    until(lambda: ears.last == "已打开")
    assert ears.glass.ways.contrast
    ears.press("#")
    assert ears.glass.root.property("asked") == ""
    ears.press("#")
    assert ears.answers == [("back", "")]
    ears.show(VIEWS["SignatureView"])
    assert ears.press("8") == "我不方便手写，按钮"
    assert ears.press("8").endswith("按钮，现在不能按")


@pytest.mark.parametrize(
    ("view", "button", "answer"),
    [
        ("SignatureView", "我不方便手写，按钮", ("answer", '{"by":"keys"}')),
        ("DeclareView", "我确认，代替签名，按钮", ("answer", "{}")),
        ("DeclareView", "还是手写，按钮", ("back", "")),
        ("DeclareView-sure", "确定，提交，按钮", ("answer", "{}")),
        ("DeclareView-sure", "先不确认，按钮", ("back", "")),
    ],
)
def test_who_cannot_draw_signs_with_the_twelve_keys(ears: Ears, view: str, button: str, answer: tuple[str, str]) -> None:
    ears.show(VIEWS[view])
    ears.press("0")
    while ears.press("8") != button:
        assert ears.last != "这是最后一项。"
    ears.press("5")
    assert ears.answers == [answer]


def test_an_id_number_with_its_x_is_written_with_twelve_keys(ears: Ears) -> None:
    ears.show(FORM)
    ears.press("0")
    assert ears.press("8") == "身份证号码，填写栏，按五开始填，还没填"
    assert ears.press("5").startswith("请直接按数字")
    line = ears.glass.activeFocusItem()
    assert line is not None
    ears.press("35020319900101001")
    assert ears.said[-1][0].personal, "a digit is for one pair of ears"
    ears.press("*")
    assert line.property("text") == "35020319900101001X"
    assert ears.press("*") == "已填 17 个字"
    ears.press("*")
    assert line.property("text") == "3502031990010100", "it takes away, unless an X can be meant"
    assert ears.press("#") == "填好了。，3502031990010100"
    assert ears.glass.activeFocusItem() is not line
    assert ears.press("6") != "", "and goes on behind the line"


def test_letters_are_found_on_the_keys_of_the_glass(ears: Ears) -> None:
    ears.show(FORM)
    ears.press("088")
    ears.press("5")
    line = ears.glass.activeFocusItem()
    assert line is not None
    keyboard = ears.glass.root.findChild(QQuickItem, "keyboard")
    assert keyboard is not None
    keyboard.setProperty("layout", "latin")
    rest(20)
    assert ears.press("1") == "1"
    assert ears.press("6") == "2"
    ears.press("8")
    assert ears.last in "qwe", "the row below"
    ears.press("5")
    assert line.property("text") == ears.last != ""
    ears.press("*")
    assert line.property("text") == ""
    assert ears.press("#").startswith("填好了")


def test_who_types_into_a_line_is_no_keypad(ears: Ears) -> None:
    ears.show(FORM)
    tap(ears.glass, "nav:help")
    tap(ears.glass, "help:close")
    line = next(stop.item for stop in stops(ears.glass) if stop.kind == "line")
    line.forceActiveFocus()
    ears.press("35")
    assert line.property("text") == "35" and not ears.glass.ways.reader
    QTest.keyClick(ears.glass, Qt.Key.Key_Escape)
    assert ears.answers == [("back", "")], "Escape goes back, with the reader or without"


def test_of_a_private_screen_only_the_house_s_own_words_are_for_all(ears: Ears) -> None:
    ears.show(VIEWS["ReviewView"])
    ears.press("0")
    heard = {}
    for _ in range(12):
        text = ears.press("6")
        heard[text] = ears.said[-1][0].personal
    assert heard["身份证号码：350203********0012"] and heard["姓名：王*明"]
    assert not heard["请看一遍，有错请改，没错再提交。"] and not heard["返回修改，按钮"]


def test_the_screen_is_dark_until_it_is_wanted_again(ears: Ears) -> None:
    ears.show(VIEWS["ReviewView"])
    ears.press("0")
    ears.press("00")
    until(lambda: "access:blank" in controls(ears.glass))
    while not ears.press("8").startswith("遮黑屏幕"):
        pass
    ears.press("5")
    until(lambda: ears.last == "屏幕已遮黑，别人看不到。")
    rest(50)
    picture = ears.glass.grabWindow()
    assert picture.pixelColor(540, 300).name() == picture.pixelColor(100, 1700).name() == "#000000"
    tap(ears.glass, "access:blank")
    assert ears.glass.ways.blank, "who stands beside sees nothing by touching it"
    ears.press("5")
    assert not ears.glass.ways.blank and ears.last == "屏幕又看得到了。"


def test_the_keys_on_the_glass_do_the_same_and_say_so_first(ears: Ears) -> None:
    ears.show(VIEWS["ReviewView"])
    tap(ears.glass, "nav:access")
    tap(ears.glass, "access:reader")
    tap(ears.glass, "access:close")
    assert ears.glass.ways == Ways(reader=True, pad=True, voice=True)
    tap(ears.glass, "pad:9")
    assert (ears.last, ears.steps) == ("9，大声", [1])
    tap(ears.glass, "pad:6")
    assert ears.last == "请核对，确认后办理"


def test_after_the_visit_nothing_of_it_is_left(ears: Ears) -> None:
    ears.show(VIEWS["ReviewView"])
    ears.press("0")
    ears.glass.use(Ways(reader=True, pad=True, voice=True, blank=True, room=True, personal=True))
    ears.show(VIEWS["AttractView"])
    assert ears.glass.ways == Ways()
    assert ears.readings[-1] == Reading()
    assert ears.glass.reader._at is None


def test_who_has_no_headphones_says_so_with_one_key(make_glass: Callable[..., Glass]) -> None:
    ears = Ears(make_glass(headphones=True))
    ears.show(VIEWS["AttractView"])
    ears.press("6")
    assert ears.readings == [Reading(on=True)]
    ears.press("#")
    assert ears.readings[-1] == Reading(on=True, room=True)
    tap(ears.glass, "start")  # the second # would be the way back
    ears.show(VIEWS["HomeView"])
    ears.press("00")
    until(lambda: "access:room" in controls(ears.glass))


def test_the_button_more_is_a_button_and_the_strip_that_scrolls_is_none(ears: Ears) -> None:
    ears.show(next(view for name, view in VIEWS.items() if name.startswith("GoodbyeView") and getattr(view, "more", False)))
    assert "more" in [stop.item.objectName() for stop in stops(ears.glass)]
    ears.show(VIEWS["HomeView-many"])
    ears.glass.use(Ways(size=3))
    until(lambda: "more" in controls(ears.glass))
    assert "more" not in [stop.item.objectName() for stop in stops(ears.glass)]


def test_who_reads_minnan_and_hears_mandarin_is_told_in_words(make_glass: Callable[..., Glass]) -> None:
    for language, voice, told in (("nan", True, True), ("nan", False, False), ("zh_Hans", True, False)):
        ears = Ears(make_glass(language=language, ways=Ways(voice=voice)))
        ears.show(samples(language)["HomeView"])
        assert (i18n.table("nan")["voice.mandarin"] in [stop.name for stop in stops(ears.glass)]) is told


def test_headphones_plugged_in_begin_the_reading_and_pulled_out_take_the_leave_back(ears: Ears) -> None:
    ears.show(VIEWS["AttractView"])
    ears.glass.plug(True)
    assert ears.readings == [Reading(on=True)] and ears.glass.ways == Ways(reader=True, voice=True)
    ears.glass.use(Ways(reader=True, voice=True, personal=True))
    ears.glass.plug(False)
    assert ears.readings[-1] == Reading(on=True) and ears.glass.ways.reader, "who pulls them out may go on by the loudspeaker"
