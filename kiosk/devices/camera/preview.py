"""What stands between the camera's thread and the glass's: one frame, and the same as it is painted."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
"""height × width × 3, BGR."""


@dataclass(frozen=True)
class Place:
    """Where on the glass a picture stands. `whole`: all of it; else what has the place's proportions, from its middle."""

    width: int
    height: int
    whole: bool = False

    def cut(self, frame: Frame) -> Frame:
        height, width = frame.shape[:2]
        wanted = self.width / self.height
        if self.whole:
            return frame
        if width / height > wanted:
            side = round(height * wanted)
            left = (width - side) // 2
            return frame[:, left : left + side]
        side = round(width / wanted)
        top = (height - side) // 2
        return frame[top : top + side]


class FrameBuffer:
    """The newest picture between the camera's thread and the glass's. Wiped when the camera closes, its memory kept for the next one.

    Cutting, mirroring and scaling are done by who puts the frame: the glass's thread has touches to answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()  # held for moments only
        self._work = threading.Lock()  # one frame is brought to its place at a time
        self._frame: Frame | None = None
        self._scaled: Frame | None = None
        self._spare: Frame | None = None
        self._ready: Frame | None = None
        self._place: Place | None = None
        self._empty = True
        self.count = 0  # grows with every frame: a painter repaints when it has changed

    def put(self, frame: Frame) -> None:
        with self._work:
            with self._lock:
                if self._frame is None or self._frame.shape != frame.shape:
                    self._frame = np.empty(frame.shape, np.uint8)
                np.copyto(self._frame, frame)
                self._empty = False
            self._bring()
            with self._lock:
                self.count += 1

    def stand(self, place: Place) -> None:
        """The painter's place from now on, for the frame that is here as well."""
        with self._work:
            if place != self._place:
                self._place = place
                self._bring()

    def swap(self, before: Frame | None) -> Frame | None:
        """The newest picture for its place, (height, width, 4) uint8: blue, green, red, 255, mirrored; None while there is no newer one.

        `before`, which the painter had, is taken back in exchange.
        """
        with self._lock:
            ready, self._ready = self._ready, None
            if ready is not None and before is not None:
                self._keep(before)
            return ready

    def copy_to(self, target: Frame | None) -> Frame | None:
        """The newest frame, written into `target` where it fits; None while there is none."""
        with self._lock:
            if self._frame is None or self._empty:
                return None
            if target is None or target.shape != self._frame.shape:
                target = np.empty_like(self._frame)
            np.copyto(target, self._frame)
            return target

    @property
    def empty(self) -> bool:
        return self._empty

    def wipe(self) -> None:
        with self._work, self._lock:
            for held in (self._frame, self._scaled, self._spare, self._ready):
                if held is not None:
                    held.fill(0)
            if self._ready is not None:
                self._keep(self._ready)
                self._ready = None
            self._empty = True
            self.count += 1

    def _bring(self) -> None:
        """No copy of a face is left to the allocator: what is replaced is wiped."""
        place = self._place
        if place is None or self._frame is None or self._empty:
            return
        shape = (place.height, place.width)
        with self._lock:
            target, self._spare = self._spare, None
            if target is None:  # nobody has looked at the one before
                target, self._ready = self._ready, None
        if self._scaled is None or self._scaled.shape[:2] != shape:
            _forget(self._scaled)
            self._scaled = np.empty((*shape, 3), np.uint8)
        if target is None or target.shape[:2] != shape:
            _forget(target)
            target = np.empty((*shape, 4), np.uint8)
        cv2.resize(place.cut(self._frame), (place.width, place.height), dst=self._scaled)
        cv2.cvtColor(self._scaled, cv2.COLOR_BGR2BGRA, dst=target)
        cv2.flip(target, 1, dst=target)  # as in a mirror: people move the right way
        with self._lock:
            late, self._ready = self._ready, target
            if late is not None:
                self._keep(late)

    def _keep(self, held: Frame) -> None:
        """For the next frame; one is enough."""
        if self._spare is None:
            self._spare = held
        elif held is not self._spare:
            _forget(held)


def _forget(held: Frame | None) -> None:
    if held is not None:
        held.fill(0)
