"""The simulated camera line: a film through OpenCV's own VideoCapture, and the hands that change it.

What the camera sees is a symbolic link, as a device node is a name: the hands re-point it, from any process, and the
driver notices. Unplugged = the link is gone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import cv2
import numpy as np

from kiosk.devices.simulator import Simulator
from kiosk.devices.video import Picture, Trouble
from kiosk.devices.video.capture import Capture
from kiosk.devices.video.watch import Watch
from kiosk.levers import lever

QUALITY = 92  # of JPEG


class Film(Capture):
    """The film behind `link`, a loop, on the real clock and at the film's own pace; frames that nobody fetched in time are lost.

    `clock` and `rest` are those of another time, for who plays many films.
    """

    def __init__(
        self, link: Path, watch: Watch, *, clock: Callable[[], float] = time.monotonic, rest: Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__(str(link), watch, clock=clock)
        self._rest = rest
        self._link = link
        self._shown: tuple[int, int, int] = (0, 0, 0)
        self._pace = 1.0
        self._started = 0.0
        self._taken = 0

    def connect(self) -> cv2.VideoCapture:
        if _held(self._link).exists():
            raise Trouble("busy", "another program holds it")
        capture = cv2.VideoCapture()
        try:
            self._load(capture)
        except OSError:
            raise Trouble("absent", "unplugged") from None
        return capture

    def there(self) -> bool:
        return self._link.exists()

    def name(self) -> str:
        return "simulated"

    def read(self, capture: cv2.VideoCapture) -> Picture | None:
        try:
            if self._identity() != self._shown:
                self._load(capture)
        except OSError:
            return None
        late = int((self.clock() - self._started) * self._pace) - self._taken
        for _ in range(min(late, round(self._pace))):
            self._grab(capture)
        self._taken += max(late, 0) + 1
        self._rest(max(0.0, self._started + self._taken / self._pace - self.clock()))
        if not self._grab(capture):
            return None
        done, picture = capture.retrieve()
        return np.asarray(picture, np.uint8) if done else None

    def _load(self, capture: cv2.VideoCapture) -> None:
        self._shown = self._identity()
        capture.open(os.fspath(self._link), cv2.CAP_OPENCV_MJPEG)
        self._pace = capture.get(cv2.CAP_PROP_FPS) or 1.0
        self._started, self._taken = self.clock(), 0

    def _grab(self, capture: cv2.VideoCapture) -> bool:
        if capture.grab():
            return True
        capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
        return capture.grab()

    def _identity(self) -> tuple[int, int, int]:
        film = self._link.stat()
        return film.st_dev, film.st_ino, film.st_mtime_ns


class Plug(Simulator):
    """The hand on the plug of a Film, and what it shows. `link` is the driver's `wire`.

    Keeps nothing but the link itself, so several processes may hold one plug of the same link.
    """

    def __init__(self, link: Path) -> None:
        self.link = link
        self._drawer = link.with_name(link.name + ".unplugged")  # what it shows while the plug is out

    def told(self) -> Mapping[str, str]:
        return {"wire": str(self.link)}

    def stands(self) -> Mapping[str, str]:
        return {"plug": "" if self.link.is_symlink() else "out", "held": "elsewhere" if _held(self.link).exists() else ""}

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        """Pull the camera's plug."""
        if self.link.is_symlink():
            self.link.replace(self._drawer)

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        """Put the plug back: the camera shows what is before it by now."""
        if self._drawer.is_symlink():
            self._drawer.replace(self.link)

    @lever(fact="held", to="elsewhere")
    def occupy(self) -> None:
        """Another program takes the camera the next time it is free."""
        _held(self.link).touch()

    @lever(fact="held", to="")
    def vacate(self) -> None:
        """The other program lets go."""
        _held(self.link).unlink(missing_ok=True)

    @property
    def shown(self) -> Path:
        """The film that is shown, or would be."""
        return (self._drawer if self._drawer.is_symlink() else self.link).resolve()

    @property
    def laid(self) -> bool:
        """Whether there is a film yet."""
        return self.link.is_symlink() or self._drawer.is_symlink()

    def named(self, name: str) -> Path:
        """Where `film` puts the film of this name."""
        return self.link.parent.resolve() / f"{self.link.name}.{name}.avi"

    def point(self, film: Path) -> None:
        here = self._drawer if self._drawer.is_symlink() else self.link
        draft = here.with_name(here.name + ".draft")
        draft.unlink(missing_ok=True)
        draft.symlink_to(film.resolve())
        draft.replace(here)  # at once: a reader sees the old or the new one

    def film(self, name: str, pictures: Iterable[Picture], fps: float) -> None:
        """Shows a new film of `pictures`, all of one size."""
        path = self.named(name)
        draft = path.with_name(f"{path.stem}.draft.avi")
        writer = cv2.VideoWriter()
        for picture in pictures:
            if not writer.isOpened():
                size = picture.shape[1], picture.shape[0]
                writer.open(str(draft), cv2.CAP_OPENCV_MJPEG, cv2.VideoWriter.fourcc(*"MJPG"), fps, size)
                writer.set(cv2.VIDEOWRITER_PROP_QUALITY, QUALITY)
            writer.write(picture)
        writer.release()
        draft.replace(path)
        self.point(path)


def frames_of(film: Path) -> list[Picture]:
    """All pictures of a film."""
    capture = cv2.VideoCapture(str(film), cv2.CAP_OPENCV_MJPEG)
    found: list[Picture] = []
    while True:
        done, picture = capture.read()
        if not done:
            capture.release()
            return found
        found.append(np.asarray(picture, np.uint8))


def _held(link: Path) -> Path:
    return link.with_name(link.name + ".held")
