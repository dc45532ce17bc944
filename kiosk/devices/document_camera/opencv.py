"""A document camera through OpenCV: any UVC camera above a desk, and whatever else VideoCapture opens by name."""

from __future__ import annotations

import os
import time
from pathlib import Path

# V4L2 waits 10 s (three times over) for each frame of a camera that has died; OpenCV reads these two at its first frame.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_READ_ATTEMPTS", "1")

import cv2
import numpy as np

from kiosk.devices.document_camera import DocumentCamera, Page, Picture, Sight, finding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

FRAME_WITHIN = 2.0  # seconds; a camera that is slower than this is lost (DEVICES.md §5)
FROZEN_AFTER = 20  # frames with the very same bytes: a sensor always has noise, paper or not
STILLS = 3  # of which the best is taken


class OpenCvDocumentCamera(DocumentCamera):
    """`device` is best a stable path (/dev/v4l/by-id/…: numbers move). Asked for MJPG at width × height; what it gives is used."""

    def __init__(self, *, name: str = "", device: str = "/dev/video1", width: int = 2592, height: int = 1944, fps: int = 10) -> None:
        super().__init__(name=name)
        self._device = device
        self._width, self._height, self._fps = width, height, fps
        self._capture: cv2.VideoCapture | None = None
        self._last: Picture | None = None
        self._same = 0

    async def open(self) -> None:
        await self.lane.run(self._open)

    async def close(self) -> None:
        await self.lane.run(self._let_go)
        self.health = Health(state=State.DOWN)

    async def look(self) -> Sight:
        return await self.lane.run(self._look)

    async def page(self) -> Page:
        return await self.lane.run(self._page)

    async def check(self) -> Report:
        """Opens the camera where it is closed, takes one picture, forgets it, and closes it again."""
        return await self.lane.run(self._check)

    # Everything below runs in the lane.

    def connect(self) -> cv2.VideoCapture:
        """A fresh capture, set up. Overridden by cameras that are reached in another way."""
        capture = cv2.VideoCapture(self._device, cv2.CAP_V4L2 if self._device.startswith("/dev/") else cv2.CAP_ANY)
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # before the size: pages at full size do not fit USB 2 raw
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._height)
        capture.set(cv2.CAP_PROP_FPS, self._fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # else frames are four old before anyone sees them
        return capture

    def there(self) -> bool:
        """Whether the device's node exists. OpenCV goes on saying True after some cameras were pulled out."""
        return not self._device.startswith("/") or Path(self._device).exists()

    def read(self, capture: cv2.VideoCapture) -> Picture | None:
        """The newest frame, or None for a camera that gave none."""
        done, picture = capture.read()
        return np.asarray(picture, np.uint8) if done and picture is not None and picture.ndim == 3 else None

    def _look(self) -> Sight:
        frame = self._next()
        corners = finding.find(frame)
        hint = finding.hint(frame, corners)
        return Sight(hint=hint, picture=finding.outlined(frame, corners, not hint))

    def _page(self) -> Page:
        best: tuple[bool, float, str, Picture] | None = None
        for _ in range(STILLS):
            frame = self._next()
            corners = finding.find(frame)
            hint = finding.hint(frame, corners)
            if corners is None or hint == "edge":
                continue
            page = finding.straighten(frame, corners)
            sharp = finding.sharpness(np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8))
            if best is None or (not hint, sharp) > best[:2]:
                best = (not hint, sharp, hint, page)
        if best is None:
            return Page(hint=hint, jpeg=b"", picture=finding.shown(frame))
        return Page(hint=best[2], jpeg=finding.as_jpeg(best[3]), picture=finding.shown(best[3]))

    def _open(self) -> None:
        self._let_go()
        if not self.there():
            raise self._lost("document_camera.absent", f"{self._device} is not there")
        capture = self.connect()
        if not capture.isOpened():
            capture.release()
            raise self._lost("document_camera.absent", "it does not open; another program may hold it")
        self._capture = capture
        self.health = Health(state=State.READY)

    def _next(self) -> Picture:
        if self._capture is None:
            raise Fault(self.health.code or "document_camera.absent", Remedy.STAFF, "not open")
        if not self.there():
            raise self._lost("document_camera.absent", "the device went away")
        asked = time.monotonic()
        frame = self.read(self._capture)
        if frame is None or time.monotonic() - asked > FRAME_WITHIN:
            raise self._lost("document_camera.absent", "no frame")
        sample = frame[::8, ::8].copy()
        # A covered lens may well give zeros only.
        self._same = self._same + 1 if self._last is not None and sample.any() and np.array_equal(sample, self._last) else 0
        self._last = sample
        if self._same >= FROZEN_AFTER:
            raise self._lost("document_camera.frozen", f"{self._same} frames with the same bytes")
        return frame

    def _lost(self, code: str, detail: str) -> Fault:
        self._let_go()
        self.health = Health(state=State.ABSENT if code == "document_camera.absent" else State.HARDWARE_ERROR, code=code)
        return Fault(code, Remedy.STAFF, detail)

    def _let_go(self) -> None:
        if self._capture is not None:
            self._capture.release()
        if self._last is not None:
            self._last.fill(0)
        self._capture = self._last = None
        self._same = 0

    def _check(self) -> Report:
        was_open = self._capture is not None
        facts = {"device": self._device}
        try:
            if not was_open:
                self._open()
            frame = self._next()
            facts["size"] = f"{frame.shape[1]}x{frame.shape[0]}"
            facts["mean_grey"] = f"{frame.mean():.0f}"
        except Fault as fault:
            facts["detail"] = fault.detail
        health = self.health
        if not was_open:
            self._let_go()
        return Report(health=health, facts=facts)
