"""The camera: always the newest frame, in memory only."""

from __future__ import annotations

import threading
from abc import abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.device import Device

Frame = NDArray[np.uint8]
"""height × width × 3, BGR."""


class FrameBuffer:
    """One preallocated picture between the camera's thread and the glass's. Wiped when the camera closes, and kept for the next one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frame: Frame | None = None
        self._empty = True
        self.count = 0  # grows with every frame: a painter repaints when it has changed

    def put(self, frame: Frame) -> None:
        with self._lock:
            if self._frame is None or self._frame.shape != frame.shape:
                self._frame = np.empty(frame.shape, np.uint8)
            np.copyto(self._frame, frame)
            self._empty = False
            self.count += 1

    def copy_to(self, target: Frame | None) -> Frame | None:
        """The newest frame, written into `target` where it fits; None while there is none."""
        with self._lock:
            if self._frame is None or self._empty:
                return None
            if target is None or target.shape != self._frame.shape:
                target = np.empty_like(self._frame)
            np.copyto(target, self._frame)
            return target

    def wipe(self) -> None:
        with self._lock:
            if self._frame is not None:
                self._frame.fill(0)
            self._empty = True
            self.count += 1


class Camera(Device):
    """Faults: `camera.absent` `camera.busy` `camera.frozen` `camera.slow` `camera.wrong_colours` OTHER_WAY; `camera.black`

    `camera.overexposed` RETRY. Each is noticed two seconds after it began, at the latest.
    """

    kind: ClassVar[str] = "camera"

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self.preview = FrameBuffer()

    @abstractmethod
    async def frame(self) -> Frame:
        """The next frame (a fresh array, owned by the caller); also put into `preview`.

        Never the same bytes as the frame before: a frozen picture is no evidence of anybody.
        """
