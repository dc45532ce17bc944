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
    image.fill(0)  # beside the oval nothing is painted, and what was in memory is anything
    painter = QPainter(image)
    preview.paint(painter)
    painter.end()
    return image


def middle(preview: CameraPreview) -> int:
    return painted(preview).pixelColor(round(preview.width()) // 2, HEIGHT // 2).red()


def held(preview: CameraPreview, buffer: FrameBuffer) -> dict[int, np.ndarray]:
    every = (buffer._frame, buffer._scaled, buffer._spare, buffer._ready, preview._shown)
    return {id(one): one for one in every if one is not None}


def test_however_many_frames_come_they_are_painted_from_the_same_memory(preview: CameraPreview, buffer: FrameBuffer) -> None:
    for grey in (1, 2, 3):
        buffer.put(frame(grey + 100))
        buffer.put(frame(grey))
        assert middle(preview) == grey
    before = held(preview, buffer)
    for grey in range(4, 50):
        buffer.put(frame(grey + 100))  # one that nobody looked at
        buffer.put(frame(grey))
        assert middle(preview) == grey
        assert held(preview, buffer).keys() <= before.keys()
    assert preview._shown is not None and preview._image.constBits().tobytes()[:8] == preview._shown.tobytes()[:8], "no copy of it"


def test_a_closed_camera_leaves_zeros_and_the_next_one_is_painted(preview: CameraPreview, buffer: FrameBuffer) -> None:
    for grey in (200, 201, 202):
        buffer.put(frame(grey))
        painted(preview)
    buffer.put(frame(203))
    every = held(preview, buffer)
    buffer.wipe()
    assert painted(preview).pixelColor(WIDTH // 2, HEIGHT // 2).name() == "#2a2f36"
    assert len(every) >= 4 and not any(one.any() for one in every.values())
    buffer.put(frame(90))
    assert middle(preview) == 90


def test_another_place_leaves_no_face_in_the_memory_of_the_one_before(preview: CameraPreview, buffer: FrameBuffer) -> None:
    for grey in (200, 201, 202):
        buffer.put(frame(grey))
        painted(preview)
    before = held(preview, buffer)
    preview.setWidth(WIDTH - 20)
    for grey in (210, 211, 212, 213):
        buffer.put(frame(grey))
        assert middle(preview) == grey
    gone = [one for key, one in before.items() if key not in held(preview, buffer)]
    assert len(gone) >= 3 and not any(one.any() for one in gone)


def test_another_camera_of_another_size_is_painted_too(preview: CameraPreview, buffer: FrameBuffer) -> None:
    buffer.put(frame(1))
    painted(preview)
    buffer.put(frame(2, height=96))
    assert middle(preview) == 2


@pytest.mark.parametrize("whole", [False, True])
def test_it_is_a_mirror_and_the_oval_shows_the_middle(preview: CameraPreview, buffer: FrameBuffer, whole: bool) -> None:
    preview._set_whole(whole)
    picture = frame(0)
    picture[:, :4] = (0, 0, 255)  # a red edge on the left, outside the oval's part
    picture[:, 30:32] = (0, 255, 0)  # green left of the middle
    picture[:, 32:34] = (255, 0, 0)  # blue right of it
    buffer.put(picture)
    image = painted(preview)
    left, right = (image.pixelColor(WIDTH // 2 + off, HEIGHT // 2) for off in (-2, 2))
    assert left.blue() > left.green() and right.green() > right.blue()
    reds = [x for x in range(WIDTH) if image.pixelColor(x, HEIGHT // 2).red() > 200 and image.pixelColor(x, HEIGHT // 2).blue() < 60]
    assert (min(reds) > WIDTH * 0.9) if whole else not reds


def test_what_was_an_oval_and_becomes_whole_shows_the_other_part_of_the_same_frame(preview: CameraPreview, buffer: FrameBuffer) -> None:
    picture = frame(7)
    picture[:, :4] = 255
    buffer.put(picture)
    assert painted(preview).pixelColor(WIDTH - 25, HEIGHT // 2).red() == 7
    preview._set_whole(True)
    assert painted(preview).pixelColor(WIDTH - 3, HEIGHT // 2).red() > 200
