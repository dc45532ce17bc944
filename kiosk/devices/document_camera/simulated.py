"""The simulated document camera: pictures of invented papers through OpenCV's own VideoCapture, and the hands on the desk.

What the camera sees is a folder of frames behind a symbolic link, as a device node is a name: the hands re-point it, from any
process, and the driver notices. Unplugged = the link is gone.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from kiosk.devices.document_camera import Picture
from kiosk.devices.document_camera.opencv import OpenCvDocumentCamera
from kiosk.devices.document_camera.papers import PAPERS, Scene, photograph
from kiosk.levers import lever

FRAMES = 3  # of one scene, each with its own noise
FPS = 8


class DocumentCameraSimulator:
    """The desk and the hand on its plug. `link` is the driver's `wire`; it is made where it is missing, with a bare desk.

    The scene is known to who laid it there: one simulator moves things, however many cameras look.
    """

    def __init__(self, link: Path, paper: str = "") -> None:
        self.link = link
        self._drawer = link.with_name(link.name + ".unplugged")  # what it shows while the plug is out
        self._scene = Scene()
        self._number = 0
        self._show(Scene(paper=paper))

    @lever
    def lay_page(self, which: str) -> None:
        """Lay a paper on the desk, in place of any other: lease, proof, diploma. Well: flat, dry, in the middle."""
        if which not in PAPERS:
            raise KeyError(which)
        self._show(Scene(paper=which))

    @lever
    def take_away(self) -> None:
        self._show(Scene())

    @lever
    def tilt(self, on: bool = True) -> None:
        """One edge of the paper stands up."""
        self._show(replace(self._scene, tilt=on))

    @lever
    def glare(self, on: bool = True) -> None:
        """The shop's lamp is mirrored in the paper."""
        self._show(replace(self._scene, glare=on))

    @lever
    def blur(self, on: bool = True) -> None:
        self._show(replace(self._scene, blur=on))

    @lever
    def push_aside(self) -> None:
        """A part of the paper lies outside the picture."""
        self._show(replace(self._scene, shift=560))

    @lever
    def freeze(self) -> None:
        """The firmware hangs: the same picture for ever."""
        self._show(self._scene, frozen=True)

    @lever
    def unplug(self) -> None:
        if self.link.is_symlink():
            self.link.replace(self._drawer)

    @lever
    def plug_in(self) -> None:
        if self._drawer.is_symlink():
            self._drawer.replace(self.link)

    def _show(self, scene: Scene, frozen: bool = False) -> None:
        self._scene = scene
        self._number += 1
        folder = Path(tempfile.mkdtemp(prefix=f"{self.link.name}-{self._number}-", dir=self.link.parent))
        for frame in range(FRAMES):
            cv2.imwrite(str(folder / f"{frame}.jpg"), photograph(scene, 0 if frozen else frame), [cv2.IMWRITE_JPEG_QUALITY, 92])
        here = self._drawer if self._drawer.is_symlink() else self.link
        before = here.resolve() if here.is_symlink() else None
        draft = here.with_name(here.name + ".draft")
        draft.unlink(missing_ok=True)
        draft.symlink_to(folder.resolve())
        draft.replace(here)  # at once: a reader sees the old or the new one
        if before is not None:
            shutil.rmtree(before, ignore_errors=True)


class SimulatedDocumentCamera(OpenCvDocumentCamera):
    """1600 × 1200 at 8 fps on the real clock. `wire` is the link of a DocumentCameraSimulator held elsewhere (the dev dock);

    without it the driver has a simulator of its own, `simulator`, with `paper` on its desk ("" = none).
    """

    def __init__(self, *, name: str = "", wire: str = "", paper: str = "") -> None:
        link = Path(wire) if wire else Path(tempfile.mkdtemp(prefix="kiosk-desk-")) / "desk"
        super().__init__(name=name, device=str(link), fps=FPS)
        self.simulator: DocumentCameraSimulator | None = None
        if not wire:
            weakref.finalize(self, shutil.rmtree, link.parent, True)
            self.simulator = DocumentCameraSimulator(link, paper)
        self._link = link
        self._seen = Path()
        self._due = 0.0

    def connect(self) -> cv2.VideoCapture:
        self._seen = self._link.resolve()
        return cv2.VideoCapture(str(self._seen / "%d.jpg"), cv2.CAP_IMAGES)

    def there(self) -> bool:
        return self._link.exists()

    def read(self, capture: cv2.VideoCapture) -> Picture | None:
        """Paced like a sensor. The film is a loop, and begins anew whenever the desk has changed."""
        time.sleep(max(0.0, self._due - time.monotonic()))
        self._due = time.monotonic() + 1 / FPS
        for _ in range(3):  # a desk that changes right now is gone the first time
            if self._link.resolve() != self._seen:
                self._seen = self._link.resolve()
                capture.open(str(self._seen / "%d.jpg"), cv2.CAP_IMAGES)
            done, picture = capture.read()
            if not done:
                capture.open(str(self._seen / "%d.jpg"), cv2.CAP_IMAGES)
                done, picture = capture.read()
            if done:
                return np.asarray(picture, np.uint8)
        return None
