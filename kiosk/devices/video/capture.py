"""A camera behind V4L2 through OpenCV, and whatever else VideoCapture opens by name: always the newest frame."""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path

# V4L2 waits 10 s (three times over) for each frame of a camera that has died; OpenCV reads these two at its first frame.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_READ_ATTEMPTS", "1")

import cv2
import numpy as np

from kiosk.devices.video import Picture, Trouble
from kiosk.devices.video.watch import MENDABLE, Watch

MANUAL, AUTO = 1, 3  # V4L2_EXPOSURE_MANUAL, V4L2_EXPOSURE_APERTURE_PRIORITY (linux/v4l2-controls.h)
VIDIOC_REQBUFS = 0xC0145608  # _IOWR('V', 8, struct v4l2_requestbuffers), linux/videodev2.h
NO_BUFFERS = struct.pack("=IIIIB3x", 0, 1, 1, 0, 0)  # none of them, for VIDEO_CAPTURE, by MMAP: only asks whether one might


class Capture:
    """`device` is best a stable path (/dev/v4l/by-id/…: numbers move). The camera is asked for MJPG at width × height and fps; it may

    give something else, and what it gives is used. `exposure`: 0 = the camera's own, else V4L2's number (100 µs each on UVC cameras).
    All calls block, and come from one thread. `clock`: seconds that never jump.
    """

    def __init__(
        self,
        device: str,
        watch: Watch,
        *,
        width: int = 1280,
        height: int = 720,
        fps: int = 30,
        exposure: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.device = device
        self.watch = watch
        self.clock = clock
        self._width, self._height, self._fps, self._exposure = width, height, fps, exposure
        self._capture: cv2.VideoCapture | None = None

    @property
    def opened(self) -> bool:
        return self._capture is not None

    def open(self) -> None:
        """Raises Trouble: absent, busy."""
        self.close()
        if not self.there():
            raise Trouble("absent", f"{self.device} is not there")
        capture = self.connect()
        if not capture.isOpened():
            capture.release()
            raise self.why_not()
        self._capture = capture
        self.watch.forget()

    def close(self) -> None:
        """Never raises; may be called twice."""
        if self._capture is not None:
            self._capture.release()
        self._capture = None

    def next(self) -> Picture:
        """The newest frame, a fresh array; never the same bytes twice in a row, nor false colours.

        Raises Trouble; the camera is then closed, except where a person can mend it (MENDABLE).
        """
        while self._capture is not None:
            if not self.there():
                raise self._lost("absent", "the device went away")
            asked = self.clock()
            picture = self.read(self._capture)
            word = self.watch.came(picture, asked, self.clock()) if picture is not None else self.watch.none(asked, self.clock())
            if word in MENDABLE:
                raise Trouble(word, f"{word} frames")
            if word:
                raise self._lost(word, "no frame" if picture is None else f"{word} frames")
            if picture is not None and self.watch.trusted:
                return picture
        raise Trouble("absent", "not open")

    def facts(self) -> dict[str, str]:
        """What this camera is and how it is set, as it says itself. Empty while it is closed."""
        if (capture := self._capture) is None:
            return {}
        number = round(capture.get(cv2.CAP_PROP_FOURCC))
        exposure = f"{capture.get(cv2.CAP_PROP_EXPOSURE):.0f}" + (f", asked for {self._exposure}" if self._exposure else ", auto")
        return {
            "name": self.name(),
            "backend": capture.getBackendName(),
            "format": number.to_bytes(4, "little", signed=True).decode("ascii", "replace").strip("\0") if number else "unknown",
            "exposure": exposure,
        }

    # What a camera that is reached in another way replaces:

    def connect(self) -> cv2.VideoCapture:
        """A fresh capture, set up; not opened where it cannot be. May raise Trouble."""
        capture = cv2.VideoCapture(self.device, cv2.CAP_V4L2 if self.device.startswith("/dev/") else cv2.CAP_ANY)
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # before the size: 720p at 30 does not fit USB 2 raw
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._height)
        capture.set(cv2.CAP_PROP_FPS, self._fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # else frames are four old before anyone sees them
        capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, MANUAL if self._exposure else AUTO)
        if self._exposure:
            capture.set(cv2.CAP_PROP_EXPOSURE, self._exposure)  # what became of it is read back in `facts`
        return capture

    def there(self) -> bool:
        """Whether the device's node exists. OpenCV goes on saying True after some cameras were pulled out."""
        return not self.device.startswith("/") or Path(self.device).exists()

    def read(self, capture: cv2.VideoCapture) -> Picture | None:
        """The newest frame, or None for a camera that gave none."""
        done, picture = capture.read()
        return np.asarray(picture, np.uint8) if done and picture is not None and picture.ndim == 3 else None

    def name(self) -> str:
        """As the kernel calls it."""
        told = Path("/sys/class/video4linux") / Path(self.device).resolve().name / "name"
        return told.read_text("utf-8", "replace").strip() if told.is_file() else Path(self.device).name

    def why_not(self) -> Trouble:
        """OpenCV does not say why a camera did not open; the kernel does."""
        try:
            node = os.open(self.device, os.O_RDWR | os.O_NONBLOCK)
        except OSError as error:
            return _named(error)
        try:
            fcntl.ioctl(node, VIDIOC_REQBUFS, NO_BUFFERS)
        except OSError as error:
            return _named(error)
        finally:
            os.close(node)
        return Trouble("absent", "OpenCV cannot open it")

    def _lost(self, word: str, detail: str) -> Trouble:
        self.close()
        return Trouble(word, detail)


def _named(error: OSError) -> Trouble:
    if error.errno == errno.EBUSY:
        return Trouble("busy", "another program holds it")
    return Trouble("absent", f"it does not open: {errno.errorcode.get(error.errno or 0, 'unknown')}")
