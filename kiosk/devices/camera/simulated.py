"""The simulated camera: an AVI of an invented citizen through OpenCV's own VideoCapture, and the hands that change it.

What the camera sees is a symbolic link, as a device node is a name: the hands re-point it, from any process, and the
driver notices. Unplugged = the link is gone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import weakref
from pathlib import Path

import cv2
import numpy as np

from kiosk import people
from kiosk.devices.camera import Frame
from kiosk.devices.camera.opencv import OpenCvCamera
from kiosk.levers import lever
from kiosk.model.faults import Fault, Remedy

NOBODY = people.FOLDER / "nobody.avi"
FPS = 15
SIZE = (640, 480)


class CameraSimulator:
    """The person before the camera and the hand on its plug. `link` is the driver's `wire`; it is made where it is missing.

    Keeps nothing but the link itself, so several processes may hold one simulator of the same link.
    """

    def __init__(self, link: Path, citizen: str = "") -> None:
        self.link = link
        self._drawer = link.with_name(link.name + ".unplugged")  # what it shows while the plug is out
        if not link.is_symlink() and not self._drawer.is_symlink():
            self.show(citizen)

    @lever
    def show(self, citizen: str) -> None:
        """`citizen` (c01 … c12) stands before the camera, "" = nobody. Takes a hand off the lens, too."""
        self._point(people.citizens()[citizen].clip if citizen else NOBODY)

    @lever
    def unplug(self) -> None:
        if self.link.is_symlink():
            self.link.replace(self._drawer)

    @lever
    def plug_in(self) -> None:
        if self._drawer.is_symlink():
            self._drawer.replace(self.link)

    @lever
    def freeze(self) -> None:
        """The firmware hangs: the same picture for ever."""
        capture = cv2.VideoCapture(str(self._here()), cv2.CAP_OPENCV_MJPEG)
        done, picture = capture.read()
        capture.release()
        if done:
            self._film("frozen", np.asarray(picture, np.uint8))

    @lever
    def cover_lens(self) -> None:
        self._film("covered", np.zeros((SIZE[1], SIZE[0], 3), np.uint8))

    def _here(self) -> Path:
        return self.link if self.link.is_symlink() else self._drawer

    def _film(self, name: str, picture: Frame) -> None:
        """Points to a new film of one still picture."""
        path = self.link.with_name(f"{self.link.name}.{name}.avi")
        draft = path.with_name(f"{path.stem}.draft.avi")
        writer = cv2.VideoWriter(str(draft), cv2.CAP_OPENCV_MJPEG, cv2.VideoWriter.fourcc(*"MJPG"), FPS, SIZE)
        for _ in range(FPS):
            writer.write(picture)
        writer.release()
        draft.replace(path)
        self._point(path)

    def _point(self, target: Path) -> None:
        here = self._drawer if self._drawer.is_symlink() else self.link
        draft = here.with_name(here.name + ".draft")
        draft.unlink(missing_ok=True)
        draft.symlink_to(target.resolve())
        draft.replace(here)  # at once: a reader sees the old or the new one


class SimulatedCamera(OpenCvCamera):
    """640 × 480 at 15 fps on the real clock. `wire` is the link of a CameraSimulator held elsewhere (the dev dock);

    without it the driver has a simulator of its own, `simulator`, with `citizen` standing there ("" = nobody).
    """

    def __init__(self, *, name: str = "", wire: str = "", citizen: str = "") -> None:
        link = Path(wire) if wire else Path(tempfile.mkdtemp(prefix="kiosk-camera-")) / "camera"
        super().__init__(name=name, device=str(link), width=SIZE[0], height=SIZE[1], fps=FPS)
        self.simulator: CameraSimulator | None = None
        if not wire:
            weakref.finalize(self, shutil.rmtree, link.parent, True)
            self.simulator = CameraSimulator(link, citizen)
        self._link = link
        self._film: tuple[int, int, int] = (0, 0, 0)
        self._started = 0.0
        self._taken = 0

    def connect(self) -> cv2.VideoCapture:
        try:
            self._film = self._identity()
        except OSError:
            raise Fault("camera.absent", Remedy.OTHER_WAY, "unplugged") from None
        self._started, self._taken = time.monotonic(), 0
        return cv2.VideoCapture(os.fspath(self._link), cv2.CAP_OPENCV_MJPEG)

    def there(self) -> bool:
        return self._link.exists()

    def read(self, capture: cv2.VideoCapture) -> Frame | None:
        """Paced like a sensor: waits for the next frame's time; frames that nobody fetched in time are lost."""
        try:
            if self._identity() != self._film:
                self._film = self._identity()
                capture.open(os.fspath(self._link), cv2.CAP_OPENCV_MJPEG)
        except OSError:
            return None
        late = int((time.monotonic() - self._started) * FPS) - self._taken
        for _ in range(min(late, FPS)):
            self._grab(capture)
        self._taken += max(late, 0) + 1
        time.sleep(max(0.0, self._started + self._taken / FPS - time.monotonic()))
        if not self._grab(capture):
            return None
        done, picture = capture.retrieve()
        return np.asarray(picture, np.uint8) if done else None

    def _grab(self, capture: cv2.VideoCapture) -> bool:
        if capture.grab():
            return True
        capture.set(cv2.CAP_PROP_POS_FRAMES, 0)  # the film is a loop
        return capture.grab()

    def _identity(self) -> tuple[int, int, int]:
        film = self._link.stat()
        return film.st_dev, film.st_ino, film.st_mtime_ns
