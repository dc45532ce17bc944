"""The writing field by real touch events: what fingers write stands in the line, and nothing of it stays."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hands import rest, settled, until
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from strokes import strokes
from touching import Paper, Show

from kiosk import i18n, log
from kiosk.flow import views
from kiosk.flow.views import Field, FormView
from kiosk.model.faults import Fault, Remedy
from kiosk.model.words import Word
from kiosk.screens.keyboard.hand_input import HandInput
from kiosk.screens.keyboard.handwriting import Handwriting, Stroke
from kiosk.screens.samples import samples
from kiosk.screens.stage import aside, picture

NAME = Field(name="name", type="text", label="姓名", pattern="han_name", max=20)
REASON = Field(name="reason", type="text", label="用途", required=False)
PHONE = Field(name="mobile", type="phone", label="手机号码")


def place(paper: Paper, point: list[float]) -> QPoint:
    """Of a point from 0 to 1 in the square in the middle of the field."""
    left, top, right, bottom = paper.box("keyboard:field")
    side = min(right - left, bottom - top) * 0.9
    return QPoint(round((left + right) / 2 + (point[0] - 0.5) * side), round((top + bottom) / 2 + (point[1] - 0.5) * side))


def draw(paper: Paper, stroke: list[list[float]], finger: int = 0) -> None:
    QTest.touchEvent(paper.glass, paper.device).press(finger, place(paper, stroke[0]), paper.glass).commit()
    for point in stroke[1:]:
        QTest.touchEvent(paper.glass, paper.device).move(finger, place(paper, point), paper.glass).commit()
    QTest.touchEvent(paper.glass, paper.device).release(finger, place(paper, stroke[-1]), paper.glass).commit()
    was_read(paper)


def was_read(paper: Paper) -> None:
    """Returns when the list is that of what stands there."""
    rest(1)
    until(lambda: not reads(paper))


def reads(paper: Paper) -> bool:
    return bool(paper.find("keyboard:field").property("reading"))


def write(paper: Paper, character: str) -> None:
    for stroke in strokes(character):
        draw(paper, stroke)


def written(paper: Paper) -> int:
    value = paper.find("keyboard:field").property("strokes")
    return len(value.toVariant() if hasattr(value, "toVariant") else value)


def candidates(paper: Paper) -> list[str]:
    found = [item for item in paper.all() if item.objectName().startswith("candidate:")]
    return [str(item.property("label")) for item in sorted(found, key=lambda item: item.x())]


@pytest.fixture
def page(show: Show) -> Paper:
    paper = show([NAME, REASON])
    paper.touch("input:name")
    paper.touch("key:hand")
    return paper


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("care", [False, True])
def test_a_name_is_written_with_a_finger(show: Show, width: int, height: int, care: bool) -> None:
    paper = show([NAME], width=width, height=height, care=care)
    paper.touch("input:name")
    paper.touch("key:hand")
    left, top, right, bottom = paper.box("keyboard:field")
    millimetre = float(paper.glass.theme.property("pixelsPerMm"))  # type: ignore[arg-type]
    assert min(bottom - top, right - left) >= 60 * millimetre
    for character in "王大明":
        write(paper, character)
        assert written(paper) == len(strokes(character))
        paper.touch(paper.candidate(character))
        assert (written(paper), candidates(paper)) == (0, [])
    assert paper.text("input:name") == "王大明"
    paper.touch("key:done")
    assert paper.sent() == {"name": "王大明"}


def test_candidates_come_with_each_stroke_and_the_first_is_taken_by_one_key(page: Paper) -> None:
    draw(page, strokes("大")[0])
    assert candidates(page)[0] == "一"
    assert not page.shows("key:1")
    draw(page, strokes("大")[1])
    two = candidates(page)
    draw(page, strokes("大")[2])
    assert candidates(page)[0] == "大" != two[0]
    page.touch("key:done")
    assert page.text("input:name") == "大"
    assert page.shows("key:1")


class Slow(Handwriting):
    """Reads when it is let."""

    def __init__(self, *, full_forms: bool = False) -> None:
        super().__init__(full_forms=full_forms)
        self.lets, self.read_so_far = threading.Semaphore(0), 0

    def read(self, strokes: Sequence[Stroke], aspect: float = 1.0, stop: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        assert self.lets.acquire(timeout=60), "nobody let it read"
        self.read_so_far += 1
        return super().read(strokes, aspect, lambda: False)  # the one who does not listen


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    reader = Slow()
    monkeypatch.setattr(HandInput, "make", lambda *, full_forms: reader)
    yield reader
    reader.lets.release(20)  # whatever the test left


def touched(paper: Paper, stroke: list[list[float]]) -> None:
    """A stroke, and nobody waits until it was read."""
    for step, point in (("press", stroke[0]), *(("move", one) for one in stroke[1:]), ("release", stroke[-1])):
        event = QTest.touchEvent(paper.glass, paper.device)
        getattr(event, step)(0, place(paper, point), paper.glass)
        event.commit()
    rest(1)


def test_the_glass_goes_on_while_strokes_are_read_and_an_old_answer_is_for_nobody(slow: Slow, page: Paper) -> None:
    across, left, _ = strokes("大")
    touched(page, across)
    touched(page, left)
    assert (written(page), candidates(page)) == (2, []), "both lines are drawn, and nothing is read yet"
    slow.lets.release()
    until(lambda: slow.read_so_far == 1)
    rest(50)
    assert candidates(page) == [] and reads(page), "one line is not what stands there"
    slow.lets.release()
    was_read(page)
    assert candidates(page)[: len(found := Handwriting().read([across, left])[:3])] == list(found)


def test_what_was_wiped_meanwhile_is_not_offered(slow: Slow, page: Paper) -> None:
    touched(page, strokes("大")[0])
    page.touch("key:clear")
    assert not reads(page)
    slow.lets.release()
    until(lambda: slow.read_so_far == 1)
    rest(50)
    assert (written(page), candidates(page)) == (0, [])


def test_a_stroke_is_taken_back_and_everything_is_wiped(page: Paper) -> None:
    assert not page.find("key:undo").isEnabled()
    write(page, "大")
    page.touch("key:undo")
    page.touch("key:undo")
    was_read(page)
    assert (written(page), candidates(page)[0]) == (1, "一")
    page.touch("key:clear")
    assert (written(page), candidates(page)) == (0, [])
    write(page, "大")
    page.touch(page.candidate("大"))
    page.touch("key:clear")  # with nothing written it empties the line, as with pinyin
    assert page.text("input:name") == ""


def test_two_fingers_draw_two_strokes(page: Paper) -> None:
    across, down = strokes("十")

    def both(step: str, points: tuple[list[float], list[float]]) -> None:
        event = QTest.touchEvent(page.glass, page.device)
        for finger, point in enumerate(points):
            getattr(event, step)(finger, place(page, point), page.glass)
        event.commit()

    both("press", (across[0], down[0]))
    both("move", (across[1], down[1]))
    assert candidates(page) == [], "both are still down"
    both("release", (across[1], down[1]))
    was_read(page)
    assert written(page) == 2
    assert candidates(page)[0] == "十"


def test_a_rare_one_is_looked_for_in_the_spread_which_covers_the_field(page: Paper) -> None:
    write(page, "大")
    page.touch("key:spread")
    assert not page.shows("keyboard:field")
    assert len(candidates(page)) > 20
    page.touch(page.candidate("大"))
    assert page.shows("keyboard:field")
    assert page.text("input:name") == "大"


def test_digits_signs_and_the_way_back_to_pinyin(show: Show) -> None:
    paper = show([REASON])
    paper.touch("input:reason")
    paper.touch("key:hand")
    paper.press("7·")
    paper.touch("key:symbols")
    paper.press("，")
    assert paper.find("key:letters").property("label") == i18n.table("zh_Hans")["keyboard.hand"]
    paper.touch("key:letters")
    write(paper, "大")
    paper.touch("key:spell")  # what stands first is taken
    paper.press("hao")
    paper.touch("key:space")
    assert paper.text("input:reason") == "7·，大好"


def test_the_next_line_is_written_with_a_finger_too_and_what_was_half_written_goes(page: Paper) -> None:
    write(page, "大")
    page.touch("input:reason")
    assert (page.text("input:name"), page.text("input:reason")) == ("", "")
    assert page.shows("keyboard:field")
    assert written(page) == 0


def test_after_the_visit_it_is_pinyin_again_and_the_strokes_are_gone(page: Paper) -> None:
    write(page, "大")
    page.glass.paint(picture(samples("zh_Hans")["AttractView"]))
    rest(10)
    page.glass.forget()
    assert not page.shows("keyboard")
    assert not page.glass.ways.hand
    page.glass.paint(picture(FormView(title="办理", fields=(NAME,))))
    settled(page.glass)
    page.touch("input:name")
    assert page.shows("key:q")
    page.touch("key:hand")
    assert (written(page), candidates(page)) == (0, [])


def test_a_volunteer_sees_neither_field_nor_strokes_and_they_are_gone(page: Paper) -> None:
    write(page, "大")
    helper = views.VolunteerView(who="lin", say=Word("volunteer.say.other"), minnan="…")
    page.glass.attend(aside(helper, FormView(title="办理", fields=(NAME, REASON))))
    rest(10)
    assert not page.shows("keyboard:field")
    assert candidates(page) == []
    page.glass.attend("")
    settled(page.glass)
    page.touch("input:name")
    assert written(page) == 0


def test_nothing_that_was_written_is_in_the_log(page: Paper) -> None:
    heard = io.StringIO()
    log.configure(heard)
    write(page, "大")
    page.touch(page.candidate("大"))
    log.configure()
    assert heard.getvalue() == ""


def test_without_zinnia_nobody_is_offered_to_write_and_the_log_says_so_once(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*, full_forms: bool) -> Handwriting:
        raise Fault("keyboard.no_handwriting", Remedy.OTHER_WAY, "libzinnia0 is not installed")

    monkeypatch.setattr(HandInput, "make", none)
    paper = show([NAME, REASON])
    paper.glass.use(replace(paper.glass.ways, hand=True))
    heard = io.StringIO()
    log.configure(heard)
    paper.touch("input:name")
    paper.touch("input:reason")
    log.configure()
    lines = [json.loads(line) for line in heard.getvalue().splitlines()]
    assert [(line["event"], line["role"], line["code"]) for line in lines] == [("device.fault", "keyboard", "keyboard.no_handwriting")]
    assert not paper.shows("key:hand")
    assert not paper.shows("keyboard:field")
    paper.press("wo")
    paper.touch("key:space")
    assert paper.text("input:reason") == "我"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_field_says_that_keys_have_pinyin(show: Show, language: str) -> None:
    paper = show([NAME], language=language)
    words = {**i18n.table(i18n.REFERENCE), **i18n.table(language)}
    paper.touch("input:name")
    assert paper.find("key:hand").property("name") == words["keyboard.hand.name"]
    paper.touch("key:hand")
    face = paper.named("keyboard:finger")
    assert face == words["keyboard.field.name"]
    assert words["keyboard.spell"] in face
    assert paper.find("key:spell").property("name") == words["keyboard.spell"]


def test_who_reads_traditional_characters_gets_both(show: Show) -> None:
    paper = show([NAME], language="zh_Hant")
    paper.touch("input:name")
    paper.touch("key:hand")
    write(paper, "门")
    paper.touch(paper.candidate("門"))
    assert paper.text("input:name") == "門"
