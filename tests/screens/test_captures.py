"""The screens on which a device takes something: what is pressed, what is drawn, and what the preview shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hands import controls, rest, settled, tap, until
from PySide6.QtCore import Q_ARG, QMetaObject, QPoint, QPointF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk import i18n
from kiosk.devices.camera import FrameBuffer
from kiosk.flow import signature
from kiosk.flow.stage import View
from kiosk.flow.steps.scan import framed
from kiosk.flow.views import ScanView, TouchCardView
from kiosk.screens.painted import CameraPreview
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass

VIEWS = samples("zh_Hans")
FINGER = QTest.createTouchDevice()


@pytest.fixture
def buffer() -> Iterator[FrameBuffer]:
    CameraPreview.buffer = FrameBuffer()
    yield CameraPreview.buffer
    CameraPreview.buffer = None


def show(glass: Glass, view: View) -> list[str]:
    heard: list[str] = []

    def hear(_number: int, kind: str, answer: str) -> None:
        heard.append(answer or kind)

    glass.replied.connect(hear)
    glass.asking = 1
    glass.paint(picture(view))
    settled(glass)
    return heard


@pytest.mark.parametrize(
    ("view", "button", "answer"),
    [
        ("CodeView", "other", {"other": "yes"}),
        ("CodeView-again", "other", {"other": "yes"}),
        ("PhotoView-review", "keep", {"photo": "keep"}),
        ("PhotoView-review", "again", {"photo": "again"}),
        ("RecordView", "start", {"record": "start"}),
        ("RecordView", "type", {"record": "type"}),
        ("RecordView-recording", "stop", {"record": "stop"}),
        ("RecordView-recorded", "listen", {"record": "listen"}),
        ("RecordView-recorded", "again", {"record": "again"}),
        ("RecordView-recorded", "delete", {"record": "delete"}),
        ("RecordView-recorded", "keep", {"record": "keep"}),
        ("RecordView-playing", "stop", {"record": "stop"}),
        ("RecordView-gone", "instead", {"record": "type"}),
        ("ScanView", "take", {"scan": "take"}),
        ("ScanView-review", "again", {"scan": "again"}),
        ("ScanView-review", "next", {"scan": "next"}),
        ("ScanView-review", "done", {"scan": "done"}),
    ],
)
def test_every_button_says_what_its_view_promises(glass: Glass, view: str, button: str, answer: dict[str, str]) -> None:
    heard = show(glass, VIEWS[view])
    tap(glass, button)
    assert [json.loads(one) for one in heard] == [answer]


@pytest.mark.parametrize(
    ("view", "absent"),
    [
        ("CodeView-checking", {"other"}),
        ("PhotoView", {"keep", "again"}),
        ("RecordView", {"stop", "keep", "again", "delete", "listen"}),
        ("RecordView-recording", {"start", "type", "keep", "again", "delete", "listen"}),
        ("RecordView-playing", {"start", "keep", "again", "delete", "listen"}),
        ("RecordView-gone", {"start", "type", "keep", "again"}),
        ("ScanView", {"again", "next", "done"}),
        ("ScanView-review", {"take"}),
        ("ScanView-review-last", {"next", "take"}),
        ("TouchCardView-writing", {"nav:back", "nav:end"}),
    ],
)
def test_what_cannot_be_done_just_now_is_not_offered(glass: Glass, view: str, absent: set[str]) -> None:
    show(glass, VIEWS[view])
    assert not absent & set(controls(glass))


def test_back_and_end_are_there_while_a_card_is_waited_for(glass: Glass) -> None:
    show(glass, VIEWS["TouchCardView"])
    assert {"nav:back", "nav:end"} <= set(controls(glass))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("view", ["CodeView", "PhotoView", "ScanView", "SignatureView", "TouchCardView"])
def test_help_says_what_to_do_here(make_glass: Callable[..., Glass], view: str, language: str) -> None:
    glass = make_glass(language=language)
    show(glass, samples(language)[view])
    tap(glass, "nav:help")
    until(lambda: "help:close" in controls(glass))
    texts = [str(item.property("text")) for item in walk(glass.root) if item.isVisible() and item.property("text")]
    assert i18n.table(language)[f"help.{view}"] in texts


# --- pages


def at(glass: Glass, item: QQuickItem, x: float, y: float) -> tuple[int, int, int]:
    colour = glass.grabWindow().pixelColor(item.mapToScene(QPointF(item.width() * x, item.height() * y)).toPoint())
    return colour.red(), colour.green(), colour.blue()


@pytest.mark.parametrize("shape", [(1080, 1920), (1920, 1080)])
def test_the_desk_is_shown_whole_and_not_as_in_a_mirror(
    make_glass: Callable[..., Glass], buffer: FrameBuffer, shape: tuple[int, int]
) -> None:
    """Each corner of the camera's picture stands in the corner where it lies: print can be read."""
    glass = make_glass(width=shape[0], height=shape[1])
    desk = np.zeros((600, 800, 3), np.uint8)
    desk[:300, :400], desk[:300, 400:] = (0, 0, 250), (0, 250, 0)  # BGR: red, green
    desk[300:, :400], desk[300:, 400:] = (250, 0, 0), (250, 250, 250)
    buffer.put(framed(desk))
    show(glass, VIEWS["ScanView"])
    place = glass.root.findChild(QQuickItem, "desk")
    assert place is not None
    until(lambda: at(glass, place, 0.1, 0.1)[0] > 200)
    assert at(glass, place, 0.03, 0.03) == (250, 0, 0)
    assert at(glass, place, 0.97, 0.03) == (0, 250, 0)
    assert at(glass, place, 0.03, 0.97) == (0, 0, 250)
    assert at(glass, place, 0.97, 0.97) == (250, 250, 250)
    outside = place.mapToScene(QPointF(-6, place.height() / 2)).toPoint()
    assert glass.grabWindow().pixelColor(outside).name() == "#f7f4ee", "the round rest is cut off"


def test_a_hint_gives_way_to_the_good_word(glass: Glass, buffer: FrameBuffer) -> None:
    view = VIEWS["ScanView"]
    assert isinstance(view, ScanView)
    show(glass, view)
    glass.paint(picture(replace(view, hint="")))
    rest(10)
    texts = [str(item.property("text")) for item in walk(glass.root) if item.isVisible() and item.property("text")]
    assert any("可以拍摄" in text for text in texts)
    assert not any("反光" in text for text in texts)


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from walk(child)


# --- a signature


def sheet(glass: Glass) -> QQuickItem:
    found = glass.root.findChild(QQuickItem, "sheet")
    assert found is not None
    return found


def draw(glass: Glass, *points: tuple[float, float]) -> None:
    """One stroke, through these points of the sheet (0 … 1)."""
    paper = sheet(glass)

    def where(point: tuple[float, float]) -> QPoint:
        return paper.mapToScene(QPointF(point[0] * paper.width(), point[1] * paper.height())).toPoint()

    QTest.touchEvent(glass, FINGER).press(0, where(points[0]), glass).commit()
    for point in points[1:]:
        QTest.touchEvent(glass, FINGER).move(0, where(point), glass).commit()
        rest(20)  # Qt keeps one move a frame
    QTest.touchEvent(glass, FINGER).release(0, where(points[-1]), glass).commit()
    rest(20)


@pytest.mark.parametrize("shape", [(1080, 1920), (1920, 1080)])
def test_a_finger_signs(make_glass: Callable[..., Glass], shape: tuple[int, int]) -> None:
    glass = make_glass(width=shape[0], height=shape[1])
    heard = show(glass, VIEWS["SignatureView"])
    assert not {"done", "clear"} & set(controls(glass)), "nothing to send or to wipe yet"
    draw(glass, (0.2, 0.2), (0.5, 0.6), (0.8, 0.2))
    draw(glass, (0.3, 0.9), (0.7, 0.9))
    assert at(glass, sheet(glass), 0.5, 0.6) < (120, 120, 120), "ink where the finger was"
    assert at(glass, sheet(glass), 0.5, 0.3) == (255, 255, 255)
    tap(glass, "done")
    (answer,) = [json.loads(one) for one in heard]
    drawn = signature.strokes(answer["strokes"])
    assert len(drawn) == 2
    assert signature.is_written(drawn)
    for stroke, ends in zip(drawn, [((200, 200), (800, 200)), ((300, 900), (700, 900))], strict=True):
        assert np.abs(np.array(stroke[0]) - ends[0]).max() <= 5
        assert np.abs(np.array(stroke[-1]) - ends[1]).max() <= 5


def test_it_is_twice_as_wide_as_high_as_the_picture_that_is_made_of_it(glass: Glass) -> None:
    show(glass, VIEWS["SignatureView"])
    assert sheet(glass).width() / sheet(glass).height() == pytest.approx(signature.SIZE[0] / signature.SIZE[1], abs=0.01)


def test_wiping_gives_a_white_sheet(glass: Glass) -> None:
    heard = show(glass, VIEWS["SignatureView"])
    draw(glass, (0.2, 0.2), (0.8, 0.8))
    tap(glass, "clear")
    rest(20)
    assert at(glass, sheet(glass), 0.5, 0.5)[0] > 60, "no ink; the sheet says where to sign again"
    assert "done" not in controls(glass)
    draw(glass, (0.4, 0.4), (0.6, 0.4))
    tap(glass, "done")
    (answer,) = [json.loads(one) for one in heard]
    assert len(signature.strokes(answer["strokes"])) == 1


def test_a_refusal_keeps_what_is_drawn(glass: Glass) -> None:
    show(glass, VIEWS["SignatureView"])
    draw(glass, (0.2, 0.5), (0.8, 0.5))
    glass.paint(picture(VIEWS["SignatureView-again"]))
    rest(30)
    assert at(glass, sheet(glass), 0.5, 0.5) < (120, 120, 120)


def test_a_finger_that_slides_off_the_sheet_stays_on_it(glass: Glass) -> None:
    heard = show(glass, VIEWS["SignatureView"])
    draw(glass, (0.5, 0.5), (1.2, 0.5), (1.2, -0.5))
    tap(glass, "done")
    points = [point for stroke in signature.strokes(json.loads(heard[0])["strokes"]) for point in stroke]
    assert all(0 <= x <= 1000 and 0 <= y <= 1000 for x, y in points)


def test_drawing_without_end_stays_within_what_the_department_takes(glass: Glass) -> None:
    heard = show(glass, VIEWS["SignatureView"])
    draw(glass, (0.1, 0.1), (0.2, 0.1))
    line = 1
    for step in range(4_200):
        there = (Q_ARG("double", step % 2 * 400.0), Q_ARG("double", 10.0 + step % 40))
        if step % 100 == 0:
            assert QMetaObject.invokeMethod(sheet(glass), "begin", *there)
            line = 1 + step // 100
        else:
            assert QMetaObject.invokeMethod(sheet(glass), "go", Q_ARG("int", line), *there)
    tap(glass, "done")
    drawn = signature.strokes(json.loads(heard[0])["strokes"])
    assert 1_000 < sum(len(stroke) for stroke in drawn) <= 4_000


# --- a card


def test_the_seconds_run_on_when_the_same_card_is_refused_again(glass: Glass) -> None:
    view = VIEWS["TouchCardView-again"]
    assert isinstance(view, TouchCardView)
    show(glass, view)
    left = lambda: [str(i.property("text")) for i in walk(glass.root) if i.isVisible() and "秒" in str(i.property("text"))]  # noqa: E731
    begun = left()
    until(lambda: left() != begun)
    glass.paint(picture(replace(view, message="请换一张卡")))
    rest(10)
    assert left() != begun
