"""Pictures of people, of papers, of what they wrote: none is on a volunteer's side. Whichever it is, no pixel there differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hands import rest, until
from PySide6.QtQml import QJSValue
from PySide6.QtQuick import QQuickItem
from serving import walk
from test_masked_picture import CITIZENS, HELPER, named, stands

from kiosk.audit.colours import pixels
from kiosk.config import Display
from kiosk.devices.camera import FrameBuffer
from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.model.words import Word
from kiosk.screens.painted import CameraPreview, QrCode
from kiosk.screens.stage import aside, picture
from kiosk.screens.window import Glass

SHAPES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
FILMED = (views.FaceView, views.PhotoView, views.ScanView, views.OfficerView)
CODED = {"qr"}  # fields with what a QR code holds
PICTURED = {  # one of each kind; a guide's code tells of the item, before there is a visit
    f"{type(view).__name__} {getattr(view, 'state', '') == 'review'}": view
    for view in CITIZENS.values()
    if isinstance(view, FILMED) or (getattr(view, "qr", "") and view.trail) or isinstance(view, views.SignatureView)
}
FORM = views.FormView(title=Word("form.title"), fields=(views.Field(name="name", type="text", label=Word("fields.search.name")),))


def camera(person: int) -> FrameBuffer:
    """A picture as loud as can be, another one for each person."""
    buffer = FrameBuffer()
    blocks = np.random.default_rng(person).integers(0, 256, (24, 32, 3), np.uint8)
    buffer.put(np.kron(blocks, np.ones((20, 20, 1), np.uint8)))
    return buffer


def of(view: View, person: int) -> View:
    """`view` with another person's codes, and with no clock that runs meanwhile."""
    changed: dict[str, Any] = {}
    for one in fields(view):
        if one.name in CODED and getattr(view, one.name):
            changed[one.name] = f"https://example.invalid/{person}/{'x' * 40}"
        elif one.name == "seconds_left":
            changed[one.name] = 0
    return replace(view, **changed)


def hand(glass: Glass, person: int) -> None:
    """What a finger has written, on a sheet or into a line."""
    sheet, line = named(glass.root, "sheet"), named(glass.root, "input:name")
    if sheet is not None:
        sheet.setProperty("strokes", [[[100, 100 * person], [900, 900 - 100 * person]]])
    if line is not None:
        line.setProperty("text", "陈建国" if person == 1 else "林小明")


def items(glass: Glass) -> Iterator[QQuickItem]:
    return (item for item in walk(glass.root) if item.isVisible())


def still(glass: Glass) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """What stands there once it moves no more: a preview looks twenty times a second, a page is laid out in turns."""
    last, same = pixels(glass.grabWindow()), 0
    while same < 3:
        rest(60)
        now = pixels(glass.grabWindow())
        same = same + 1 if (now == last).all() else 0
        last = now
    return last


def strokes(item: QQuickItem) -> bool:
    drawn = item.property("strokes")
    return bool(drawn.toVariant() if isinstance(drawn, QJSValue) else drawn)


def held(glass: Glass) -> list[str]:
    """What there is of pictures on the glass just now."""
    found = []
    for item in items(glass):
        if isinstance(item, CameraPreview) and not item._image.isNull():
            found.append("a frame of a camera")
        elif isinstance(item, QrCode) and item.property("text"):
            found.append("a QR code")
        elif strokes(item):
            found.append("what a finger wrote")
        elif item.property("source") and (item.inherits("QQuickImageBase") or item.inherits("QQuickImage")):
            found.append(str(item.property("source")))
    return found


@pytest.fixture(autouse=True)
def nobody() -> Iterator[None]:
    yield
    CameraPreview.buffer, CameraPreview.withheld = None, False


@pytest.mark.parametrize("shape", SHAPES)
def test_whoever_it_is_a_volunteer_sees_the_same(make_glass: Callable[..., Glass], shape: str) -> None:
    width, height = SHAPES[shape]
    glass = make_glass(width=width, height=height, display=Display(motion=False))
    told: set[str] = set()
    for name, view in {**PICTURED, "FormView": FORM}.items():
        citizens, volunteers = [], []
        for person in (1, 2):
            CameraPreview.buffer = camera(person)
            mine = of(view, person)
            glass.attend("")
            glass.paint("")
            glass.paint(picture(mine))
            stands(glass, "stand")
            hand(glass, person)
            citizens.append(still(glass))
            told |= set(held(glass))
            glass.attend(aside(HELPER, mine))
            stands(glass, "masked")
            until(lambda: glass.root.findChild(QQuickItem, "masked").property("item") is not None)
            volunteers.append(still(glass))
            assert held(glass) == [], name
        different = int((citizens[0] != citizens[1]).any(axis=2).sum())
        assert different > 500, f"{name}: it could not be told by this picture"
        assert int((volunteers[0] != volunteers[1]).sum()) == 0, name
    assert told == {"a frame of a camera", "a QR code", "what a finger wrote"}
    glass.attend("")


def test_no_screen_of_a_citizen_has_a_picture_of_another_kind(glass: Glass) -> None:
    """Card photos, portraits in files, previews of papers: whoever brings one here must think of the mask."""
    glass.attend("")
    kinds = set()
    for view in CITIZENS.values():
        glass.paint(picture(view))
        stands(glass, "stand")
        kinds |= {item.metaObject().className() for item in items(glass) if item.property("source") and not item.inherits("QQuickLoader")}
    assert kinds == set()


def test_the_picture_that_was_taken_beside_a_volunteer_is_the_one_that_is_shown(glass: Glass) -> None:
    """The masked screen has a preview as well: it takes no frame away from the citizen's own."""
    view = CITIZENS["PhotoView"]
    buffer = CameraPreview.buffer = FrameBuffer()
    buffer.put(np.full((480, 640, 3), (200, 0, 0), np.uint8))
    glass.paint(picture(view))
    stands(glass, "stand")

    def preview() -> tuple[int, int, int]:
        shown = named(glass.root, "preview")
        assert shown is not None
        color = glass.grabWindow().pixelColor(shown.mapToScene(shown.boundingRect().center()).toPoint())
        return color.red(), color.green(), color.blue()

    until(lambda: preview()[:2] in ((200, 0), (0, 0)) and preview() != (0, 0, 0))
    before = preview()
    glass.attend(aside(HELPER, view))
    stands(glass, "masked")
    buffer.put(np.full((480, 640, 3), (0, 200, 0), np.uint8))  # the portrait is taken
    rest(200)
    glass.attend("")
    until(lambda: preview() == (0, 200, 0))
    assert before != (0, 200, 0)
