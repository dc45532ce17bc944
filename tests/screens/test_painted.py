"""What Python paints: a code a telephone can read, and the camera's picture as in a mirror."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import zxingcpp
from hands import rest, settled, until
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem

from kiosk.devices.camera import FrameBuffer
from kiosk.screens.painted import CameraPreview
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass

VIEWS = samples("zh_Hans")


@pytest.fixture
def buffer() -> Iterator[FrameBuffer]:
    CameraPreview.buffer = FrameBuffer()
    yield CameraPreview.buffer
    CameraPreview.buffer = None


def half_red() -> np.ndarray:
    """Red on the camera's left, blue on its right (BGR)."""
    frame = np.zeros((480, 640, 3), np.uint8)
    frame[:, :320, 2] = 250
    frame[:, 320:, 0] = 250
    return frame


def sides(glass: Glass) -> tuple[QColor, QColor]:
    preview = glass.root.findChild(QQuickItem, "preview")
    assert preview is not None
    shot = glass.grabWindow()
    middle = preview.mapToScene(QPointF(preview.width() / 2, preview.height() / 2))
    quarter = preview.width() / 4
    return shot.pixelColor(int(middle.x() - quarter), int(middle.y())), shot.pixelColor(int(middle.x() + quarter), int(middle.y()))


def test_a_telephone_reads_the_code(glass: Glass) -> None:
    glass.paint(picture(VIEWS["PayView-qr"]))
    settled(glass)
    shot = glass.grabWindow().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(shot.constBits(), np.uint8).reshape(shot.height(), shot.bytesPerLine())[:, : shot.width()]
    found = zxingcpp.read_barcodes(np.ascontiguousarray(rows))
    assert [one.text for one in found] == ["weixin://wxpay/bizpayurl?pr=invented0001"]


def test_the_preview_is_a_mirror_and_follows_the_newest_frame(glass: Glass, buffer: FrameBuffer) -> None:
    buffer.put(half_red())
    glass.paint(picture(VIEWS["FaceView"]))
    settled(glass)
    until(lambda: sides(glass)[1].red() > 200)
    left, right = sides(glass)
    assert left.blue() > 200, "what stands on the camera's left is seen on the right"
    assert right.red() > 200
    buffer.put(np.full((480, 640, 3), 120, np.uint8))
    until(lambda: sides(glass)[0].red() == 120)


def test_no_face_stays_when_the_camera_closes(glass: Glass, buffer: FrameBuffer) -> None:
    buffer.put(half_red())
    glass.paint(picture(VIEWS["FaceView"]))
    settled(glass)
    until(lambda: sides(glass)[1].red() > 200)
    buffer.wipe()
    until(lambda: sides(glass)[1].red() < 80 and sides(glass)[0].blue() < 80)


def test_a_preview_out_of_sight_rests(glass: Glass, buffer: FrameBuffer) -> None:
    buffer.put(half_red())
    preview = CameraPreview(glass.root)
    preview.setVisible(False)
    seen = preview._seen
    buffer.put(half_red())
    rest(150)
    assert preview._seen == seen
    preview.setVisible(True)
    until(lambda: preview._seen == buffer.count)
    preview.setParentItem(None)
    preview.deleteLater()
