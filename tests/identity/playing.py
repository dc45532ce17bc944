"""A citizen before a camera in time that nobody waits for: the clip's frames, what the verifier finds in them, and a person's latency."""

from __future__ import annotations

from functools import cache

import numpy as np

from kiosk.devices.camera.before import AHEAD, FPS, LATENCY, MOVES
from kiosk.devices.video.film import frames_of
from kiosk.identity import Cue, Look, Picture
from kiosk.identity.dlib_engine import DlibVerifier
from kiosk.people import citizens


@cache
def engine() -> DlibVerifier:
    verifier = DlibVerifier()
    verifier.prepare()
    return verifier


@cache
def clip(who: str) -> list[tuple[Picture, Look]]:
    return [(frame, engine().look(frame)) for frame in frames_of(citizens()[who].clip)]


class Person:
    """Called with the cue and the time, gives the next frame. `does`: what is made of a request; None = what was asked."""

    def __init__(self, who: str = "c01", *, latency: float = LATENCY, does: str | None = None, moves: bool = True) -> None:
        self.clip, self.latency, self.does, self.moves = clip(who), latency, does, moves
        self.asked, self.since, self.count = "", 0.0, 0
        self.began, self.move = -9.0, range(0)

    def __call__(self, cue: Cue, at: float) -> tuple[Picture, Look]:
        if cue.ask != self.asked:
            self.asked, self.since = cue.ask, at
        made = int((at - self.began) * FPS)
        asked = self.does or self.asked
        if made < len(self.move):
            index = self.move[made]
        elif self.moves and self.asked in MOVES and self.began < self.since and at >= self.since + self.latency:
            self.began, self.move = at, MOVES[asked]
            index = self.move[0]
        else:
            index = AHEAD[int(at * FPS) % len(AHEAD)]
        return self.fresh(*self.clip[index])

    def fresh(self, frame: Picture, look: Look) -> tuple[Picture, Look]:
        """No two frames of a sensor are the same bytes."""
        self.count += 1
        frame = frame.copy()
        frame[0, :4] = np.array([self.count >> shift & 255 for shift in (0, 8, 16, 24)], np.uint8)[:, None]
        return frame, look
