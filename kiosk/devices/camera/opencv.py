"""A camera through OpenCV: any UVC webcam behind V4L2, and whatever else VideoCapture opens by name."""

from __future__ import annotations

import os
import time
from pathlib import Path

# V4L2 waits 10 s (three times over) for each frame of a camera that has died; OpenCV reads these two at its first frame.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_READ_ATTEMPTS", "1")

import cv2
import numpy as np

from kiosk.devices.camera import Camera, Frame
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

FRAME_WITHIN = 2.0  # seconds; a camera that is slower than this is lost (DEVICES.md §5)
DARK = 8  # mean grey, 0–255: below is a covered lens or no light at all; a face in a dim shop is above 30
FROZEN_AFTER = 1.0  # seconds' worth of frames with the very same bytes: a sensor always has noise
DARK_AFTER = 2.0  # seconds' worth of black frames: a camera starts black until its exposure has settled


class OpenCvCamera(Camera):
    """`device` is best a stable path (/dev/v4l/by-id/…: numbers move). The camera is asked for MJPG at width × height
    and fps; it may give something else, and what it gives is used.
    """

    def __init__(self, *, name: str = "", device: str = "/dev/video0", width: int = 1280, height: int = 720, fps: int = 30) -> None:
        super().__init__(name=name)
        self._device = device
        self._width, self._height, self._fps = width, height, fps
        self._capture: cv2.VideoCapture | None = None
        self._last: Frame | None = None
        self._same = 0
        self._black = 0

    async def open(self) -> None:
        await self.lane.run(self._open)

    async def close(self) -> None:
        await self.lane.run(self._let_go)
        self.health = Health(state=State.DOWN)

    async def frame(self) -> Frame:
        return await self.lane.run(self._next)

    async def check(self) -> Report:
        """Opens the camera where it is closed, takes one picture, forgets it, and closes it again."""
        return await self.lane.run(self._check)

    # Everything below runs in the lane.

    def connect(self) -> cv2.VideoCapture:
        """A fresh capture, set up. Overridden by cameras that are reached in another way."""
        if not self.there():
            raise Fault("camera.absent", Remedy.OTHER_WAY, f"{self._device} is not there")
        capture = cv2.VideoCapture(self._device, cv2.CAP_V4L2 if self._device.startswith("/dev/") else cv2.CAP_ANY)
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # before the size: 720p at 30 does not fit USB 2 raw
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._height)
        capture.set(cv2.CAP_PROP_FPS, self._fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # else frames are four old before anyone sees them
        return capture

    def there(self) -> bool:
        """Whether the device's node exists. OpenCV goes on saying True after some cameras were pulled out."""
        return not self._device.startswith("/") or Path(self._device).exists()

    def read(self, capture: cv2.VideoCapture) -> Frame | None:
        """The newest frame, or None for a camera that gave none."""
        done, picture = capture.read()
        return np.asarray(picture, np.uint8) if done and picture is not None and picture.ndim == 3 else None

    def _open(self) -> None:
        self._let_go()
        try:
            capture = self.connect()
        except Fault as fault:
            self.health = Health(state=State.ABSENT, code=fault.code)
            raise
        if not capture.isOpened():
            capture.release()
            raise self._lost("camera.absent", "it does not open; another program may hold it")
        self._capture = capture
        self.health = Health(state=State.READY)

    def _next(self) -> Frame:
        if self._capture is None:
            raise Fault(self.health.code or "camera.absent", Remedy.OTHER_WAY, "not open")
        if not self.there():
            raise self._lost("camera.absent", "the device went away")
        asked = time.monotonic()
        picture = self.read(self._capture)
        if picture is None or time.monotonic() - asked > FRAME_WITHIN:
            raise self._lost("camera.absent", "no frame")
        self._judge(picture)
        self.preview.put(picture)
        return picture

    def _judge(self, picture: Frame) -> None:
        """Raises for a picture that has stood still, or stayed black, for too long. Never matched: never returned."""
        # Every eighth pixel of every eighth row: noise shows there as well, at a sixty-fourth of the work.
        sample = picture[::8, ::8].copy()
        self._same = self._same + 1 if self._last is not None and np.array_equal(sample, self._last) else 0
        self._black = self._black + 1 if sample.mean() < DARK else 0
        self._last = sample
        if self._black >= DARK_AFTER * self._fps:
            self._black = 0
            self.health = Health(state=State.USER_ERROR, code="camera.dark")
            raise Fault("camera.dark", Remedy.RETRY, "black frames")
        if self._same >= FROZEN_AFTER * self._fps and not self._black:  # a covered lens may well give zeros only
            raise self._lost("camera.frozen", f"{self._same} frames with the same bytes")
        if not self._black and self.health.state is not State.READY:
            self.health = Health(state=State.READY)

    def _lost(self, code: str, detail: str) -> Fault:
        self._let_go()
        self.health = Health(state=State.ABSENT if code == "camera.absent" else State.HARDWARE_ERROR, code=code)
        return Fault(code, Remedy.OTHER_WAY, detail)

    def _let_go(self) -> None:
        if self._capture is not None:
            self._capture.release()
        if self._last is not None:
            self._last.fill(0)
        self._capture = self._last = None
        self._same = self._black = 0
        self.preview.wipe()

    def _check(self) -> Report:
        was_open = self._capture is not None
        facts = {"device": self._device}
        try:
            if not was_open:
                self._open()
            picture = self._next()
            facts["size"] = f"{picture.shape[1]}x{picture.shape[0]}"
            if self._capture is not None:
                facts["backend"] = self._capture.getBackendName()
                facts["fps"] = f"{self._capture.get(cv2.CAP_PROP_FPS):.0f}"
            facts["mean_grey"] = f"{picture.mean():.0f}"
        except Fault as fault:
            facts["detail"] = fault.detail
        health = self.health
        if not was_open:
            self._let_go()
        return Report(health=health, facts=facts)
