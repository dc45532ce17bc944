"""The preview: one array and one QImage over it, however many frames come; nothing of a face once the camera is closed."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.devices.camera import FrameBuffer
from kiosk.screens.painted import CameraPreview


@pytest.fixture
def preview(monkeypatch: pytest.MonkeyPatch) -> CameraPreview:
    monkeypatch.setattr(CameraPreview, "buffer", FrameBuffer())
    return CameraPreview()


def frame(grey: int, height: int = 48) -> np.ndarray:
    return np.full((height, 64, 3), grey, np.uint8)


def test_every_frame_is_painted_from_the_same_memory(preview: CameraPreview) -> None:
    assert CameraPreview.buffer is not None
    CameraPreview.buffer.put(frame(1))
    preview._look()
    array, image = preview._frame, preview._image
    for grey in range(2, 50):
        CameraPreview.buffer.put(frame(grey))
        preview._look()
        assert preview._frame is array and preview._image is image
        assert image.pixelColor(3, 3).red() == grey
    assert array is not None
    assert image.constBits().tobytes()[:8] == array.tobytes()[:8], "the picture is the array, not a copy"


def test_a_closed_camera_leaves_zeros_and_its_memory_serves_the_next_one(preview: CameraPreview) -> None:
    assert CameraPreview.buffer is not None
    CameraPreview.buffer.put(frame(200))
    preview._look()
    array = preview._frame
    CameraPreview.buffer.wipe()
    preview._look()
    assert array is not None and not array.any() and preview._empty
    CameraPreview.buffer.put(frame(90))
    preview._look()
    assert preview._frame is array and array.all() and not preview._empty


def test_another_camera_of_another_size_gets_memory_of_its_own(preview: CameraPreview) -> None:
    assert CameraPreview.buffer is not None
    CameraPreview.buffer.put(frame(1))
    preview._look()
    CameraPreview.buffer.put(frame(2, height=96))
    preview._look()
    assert (preview._image.width(), preview._image.height()) == (64, 96)
    assert preview._image.pixelColor(3, 90).red() == 2
