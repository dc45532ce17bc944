"""How a camera is set up, what it says of itself, and why it does not open: the kernel's part played here, OpenCV's by a recorder."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from kiosk.devices.camera.opencv import OpenCvCamera
from kiosk.devices.camera.simulated import CameraSimulator, SimulatedCamera
from kiosk.devices.video import Trouble
from kiosk.devices.video.capture import AUTO, MANUAL, Capture
from kiosk.devices.video.watch import Watch
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State


class Recorder:
    """Stands in for cv2.VideoCapture: what was set, in order; a camera that takes no exposure above 300."""

    made: list[Recorder]

    def __init__(self, device: str, backend: int) -> None:
        self.device, self.backend = device, backend
        self.set_: list[tuple[int, float]] = []
        Recorder.made.append(self)

    def set(self, what: int, value: float) -> bool:
        self.set_.append((what, value))
        return True

    def get(self, what: int) -> float:
        if what == cv2.CAP_PROP_EXPOSURE:
            return min(300.0, dict(self.set_).get(what, 157.0))
        return dict(self.set_).get(what, 0.0)

    def isOpened(self) -> bool:
        return True

    def getBackendName(self) -> str:
        return "V4L2"

    def read(self) -> tuple[bool, Any]:
        return True, np.random.default_rng().integers(0, 255, (72, 128, 3), np.uint8)

    def release(self) -> None:
        pass


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> type[Recorder]:
    Recorder.made = []
    monkeypatch.setattr(cv2, "VideoCapture", Recorder)
    return Recorder


def test_a_v4l2_camera_is_asked_in_the_order_that_works(recorder: type[Recorder], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Capture, "there", lambda self: True)
    Capture("/dev/v4l/by-id/usb-camera", Watch(), width=1920, height=1080, fps=25).open()
    (made,) = recorder.made
    assert (made.device, made.backend) == ("/dev/v4l/by-id/usb-camera", cv2.CAP_V4L2)
    assert [what for what, _ in made.set_] == [
        cv2.CAP_PROP_FOURCC, cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT, cv2.CAP_PROP_FPS,
        cv2.CAP_PROP_BUFFERSIZE, cv2.CAP_PROP_AUTO_EXPOSURE,
    ]  # fmt: skip
    assert [value for _, value in made.set_] == [cv2.VideoWriter.fourcc(*"MJPG"), 1920, 1080, 25, 1, AUTO]


async def test_exposure_is_set_by_hand_and_what_became_of_it_is_read_back(
    recorder: type[Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Capture, "there", lambda self: True)
    camera = OpenCvCamera(device="/dev/video9", exposure=500)
    report = await camera.check()
    assert report.health.state is State.READY
    assert recorder.made[0].set_[-2:] == [(cv2.CAP_PROP_AUTO_EXPOSURE, MANUAL), (cv2.CAP_PROP_EXPOSURE, 500)]
    assert report.facts["exposure"] == "300, asked for 500"
    assert (report.facts["format"], report.facts["size"], report.facts["backend"]) == ("MJPG", "128x72", "V4L2")
    assert float(report.facts["fps"]) > 0
    assert float(report.facts["focus"]) > 1000, "noise is sharp"
    camera.lane.close()


async def test_the_simulated_camera_tells_the_same_facts() -> None:
    camera = SimulatedCamera(citizen="c01")
    facts = (await camera.check()).facts
    camera.lane.close()
    assert (facts["name"], facts["format"], facts["size"]) == ("simulated", "MJPG", "640x480")
    assert 5 < float(facts["fps"]) < 20, "15 on the film; a busy machine gives less"


@pytest.mark.parametrize(
    ("error", "word", "detail"),
    [
        (errno.EBUSY, "busy", "another program holds it"),
        (errno.ENOTTY, "absent", "it does not open: ENOTTY"),
        (errno.ENODEV, "absent", "it does not open: ENODEV"),
    ],
)
def test_the_kernel_says_why_a_camera_does_not_open(
    error: int, word: str, detail: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = tmp_path / "video0"
    node.touch()

    def ioctl(*_: object) -> int:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(fcntl, "ioctl", ioctl)
    with pytest.raises(Trouble) as caught:
        Capture(str(node), Watch()).open()
    assert (caught.value.word, caught.value.detail) == (word, detail)


def test_a_node_without_permission_is_absent_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    node = tmp_path / "video0"
    node.touch()

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Trouble) as caught:
        Capture(str(node), Watch()).open()
    assert (caught.value.word, caught.value.detail) == ("absent", "it does not open: EACCES")


async def test_a_camera_that_another_program_holds_is_busy_until_it_lets_go(tmp_path: Path) -> None:
    hands = CameraSimulator(tmp_path / "camera", "c01")
    camera = SimulatedCamera(wire=str(tmp_path / "camera"))
    hands.occupy()
    with pytest.raises(Fault) as caught:
        await camera.open()
    assert (caught.value.code, caught.value.remedy) == ("camera.busy", Remedy.OTHER_WAY)
    assert (camera.health.state, camera.health.code) == (State.ABSENT, "camera.busy")
    hands.vacate()
    await camera.open()
    assert (await camera.frame()).any()
    await camera.close()
    camera.lane.close()
