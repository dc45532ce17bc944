"""The preview: one memory however many frames come, cut and mirrored into its place; nothing of a face once the camera is closed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from kiosk.devices.camera import FrameBuffer
from kiosk.screens.painted import CameraPreview
from kiosk.screens.window import application

WIDTH, HEIGHT = 120, 150


@pytest.fixture
def buffer(monkeypatch: pytest.MonkeyPatch) -> FrameBuffer:
    buffer = FrameBuffer()
    monkeypatch.setattr(CameraPreview, "buffer", buffer)
    return buffer


@pytest.fixture
def preview(buffer: FrameBuffer) -> CameraPreview:
    application()
    preview = CameraPreview()
    preview.setWidth(WIDTH)
    preview.setHeight(HEIGHT)
    return preview


def frame(grey: int, height: int = 48) -> np.ndarray:
    return np.full((height, 64, 3), grey, np.uint8)


def painted(preview: CameraPreview) -> QImage:
    preview._look()
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    preview.paint(painter)
    painter.end()
    return image


def test_every_frame_is_painted_from_the_same_memory(preview: CameraPreview, buffer: FrameBuffer) -> None:
    buffer.put(frame(1))
    painted(preview)
    held = (preview._frame, preview._scaled, preview._shown, preview._image)
    for grey in range(2, 50):
        buffer.put(frame(grey))
        assert painted(preview).pixelColor(WIDTH // 2, HEIGHT // 2).red() == grey
        now = (preview._frame, preview._scaled, preview._shown, preview._image)
        assert all(one is before for one, before in zip(now, held, strict=True))


def test_a_closed_camera_leaves_zeros_and_its_memory_serves_the_next_one(preview: CameraPreview, buffer: FrameBuffer) -> None:
    buffer.put(frame(200))
    painted(preview)
    held = (preview._frame, preview._scaled, preview._shown)
    buffer.wipe()
    assert painted(preview).pixelColor(WIDTH // 2, HEIGHT // 2).name() == "#2a2f36"
    assert all(one is not None and not one.any() for one in held)
    buffer.put(frame(90))
    assert painted(preview).pixelColor(WIDTH // 2, HEIGHT // 2).red() == 90
    assert preview._frame is held[0] and preview._shown is held[2]


def test_another_place_leaves_no_face_in_the_memory_of_the_one_before(preview: CameraPreview, buffer: FrameBuffer) -> None:
    buffer.put(frame(200))
    painted(preview)
    before = (preview._scaled, preview._shown)
    preview.setWidth(WIDTH - 20)
    painted(preview)
    assert all(one is not None and not one.any() for one in before)


def test_another_camera_of_another_size_is_painted_too(preview: CameraPreview, buffer: FrameBuffer) -> None:
    buffer.put(frame(1))
    painted(preview)
    buffer.put(frame(2, height=96))
    assert painted(preview).pixelColor(WIDTH // 2, HEIGHT // 2).red() == 2


@pytest.mark.parametrize("whole", [False, True])
def test_it_is_a_mirror_and_the_oval_shows_the_middle(preview: CameraPreview, buffer: FrameBuffer, whole: bool) -> None:
    preview._set_whole(whole)
    picture = frame(0)
    picture[:, :4] = (0, 0, 255)  # a red edge on the left, outside the oval's part
    picture[:, 30:32] = (0, 255, 0)  # green left of the middle
    picture[:, 32:34] = (255, 0, 0)  # blue right of it
    buffer.put(picture)
    image = painted(preview)
    middle = [image.pixelColor(WIDTH // 2 + off, HEIGHT // 2) for off in (-2, 2)]
    assert middle[0].blue() > middle[0].green() and middle[1].green() > middle[1].blue()
    reds = [x for x in range(WIDTH) if image.pixelColor(x, HEIGHT // 2).red() > 200 and image.pixelColor(x, HEIGHT // 2).blue() < 60]
    assert (min(reds) > WIDTH * 0.9) if whole else not reds
