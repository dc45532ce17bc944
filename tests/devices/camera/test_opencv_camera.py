"""The OpenCV camera. Where there is no hardware, a film file stands in for it: the same VideoCapture, the same loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices.camera import Camera
from kiosk.devices.camera.opencv import OpenCvCamera
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.people import citizens
from kiosk.testing.camera import CameraContract, frames_until_fault

CLIP = str(citizens()["c01"].clip)


class TestOpenCvCamera(CameraContract):
    def make(self, folder: Path) -> Camera:
        return OpenCvCamera(device=CLIP)


async def test_a_read_that_fails_is_a_lost_camera() -> None:
    camera = OpenCvCamera(device=CLIP)
    await camera.open()
    fault = await frames_until_fault(camera)  # the film has an end
    assert (fault.code, fault.detail) == ("camera.absent", "no frame")
    assert camera.health.state is State.ABSENT
    assert camera.preview.copy_to(None) is None


async def test_a_node_that_went_away_is_a_lost_camera_even_if_opencv_still_reads(tmp_path: Path) -> None:
    node = tmp_path / "video0"
    node.symlink_to(CLIP)
    camera = OpenCvCamera(device=str(node))
    await camera.open()
    await camera.frame()
    node.unlink()
    with pytest.raises(Fault) as caught:
        await camera.frame()
    assert (caught.value.code, caught.value.detail) == ("camera.absent", "the device went away")


@pytest.mark.parametrize("device", ["/dev/video-that-is-not-there", "/dev/null"])
async def test_no_camera_there_is_a_fault_not_a_crash(device: str) -> None:
    camera = OpenCvCamera(device=device)
    with pytest.raises(Fault) as caught:
        await camera.open()
    assert caught.value.code == "camera.absent"
    report = await camera.check()
    assert report.health.state is State.ABSENT
    assert report.health.code == "camera.absent"
    await camera.close()
