"""From a frame to 128 numbers: our path against `face_recognition` as its manual uses it, and against the bare calls of the models."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import cv2
import numpy as np

from kiosk.identity import Look, Picture
from kiosk.identity.challenge import Attempt
from kiosk.identity.dlib_engine import CHIP_PADDING, SEARCH_HEIGHT, WHOLE, DlibVerifier
from kiosk.identity.moves import BLINK, TURN_LEFT
from kiosk.identity.network import SIDE
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.people import citizens

GOALS = {"goal_speedup_720p": 25, "goal_speedup_480p": 12, "goal_against_raw": 1.25, "goal_tracking_fps": 30}


class FaceBench:
    """a: our verifier, one frame of 1280 × 720. b: `face_recognition.face_encodings` on the same frame.

    In the same rounds: both on 640 × 480, the bare models on 1280 × 720, and a whole decision on three frames (gate, embedding, fusing,
    comparison with a card that was read before), and four frames of the check for a living person, followed from one to the next (gate
    and moves), against the bare detector and landmarks on one. The frames are of the twelve rendered people, in turn.
    """

    name = "face"
    labels = ("kiosk, 1280 × 720", "face_recognition, 1280 × 720")
    rounds = 30

    def setup(self) -> None:
        import face_recognition

        self._naive = face_recognition.face_encodings
        self._verifier = DlibVerifier()
        self._verifier.prepare()
        self._card = SimulatedPhotoDecoder().decode(citizens()["c01"].card.photo)
        self._verifier.describe_card(self._card)
        small = [_first(str(one.clip)) for one in citizens().values()]
        self._small = [(frame, np.ascontiguousarray(frame[:, :, ::-1])) for frame in small]
        self._large = [(frame, np.ascontiguousarray(frame[:, :, ::-1])) for frame in map(_widened, small)]
        self._sitting = [frame for frame, _ in self._large[:1]] * 3
        measured = ("ours_480", "naive_480", "raw_720", "ours_720", "naive_720", "decision", "liveness", "found_720")
        self._seconds: dict[str, list[float]] = {name: [] for name in measured}
        self._round = {"a": 0, "b": 0}
        self._trial, self._frames = Attempt((BLINK, TURN_LEFT), (math.inf, math.inf), 8.0), 0
        self._look = Look()
        for _ in range(20):  # until it knows the face at rest
            self._follow()
        for frame, rgb in (self._large[0], self._small[0]):  # what is loaded at the first use is loaded now
            self._verifier.describe_live(frame)
            self._naive(rgb)

    def a(self) -> float:
        (large, _), (small, _) = self._turn("a")
        self._timed("ours_480", lambda: self._verifier.describe_live(small))
        self._timed("raw_720", lambda: self._bare(large))
        self._timed("decision", self._decide)
        self._timed("liveness", self._follow_some, parts=WHOLE)
        self._timed("found_720", lambda: self._found(self._large[0][0]))
        return self._timed("ours_720", lambda: self._verifier.describe_live(large))

    def b(self) -> float:
        (_, large), (_, small) = self._turn("b")
        self._timed("naive_480", lambda: self._naive(small))
        return self._timed("naive_720", lambda: self._naive(large))

    def teardown(self) -> None:
        if hasattr(self, "_verifier"):
            self._verifier.forget()
        if hasattr(self, "_trial"):
            self._trial.forget()

    def facts(self) -> Mapping[str, float | int | str]:
        return {
            "speedup_720p": self._ratio("naive_720", "ours_720"),
            "speedup_480p": self._ratio("naive_480", "ours_480"),
            "against_raw": self._ratio("ours_720", "raw_720"),
            "frame_720_ms": round(statistics.median(self._seconds["ours_720"]) * 1000, 2),
            "frame_480_ms": round(statistics.median(self._seconds["ours_480"]) * 1000, 2),
            "liveness_frame_ms": round(statistics.median(self._seconds["liveness"]) * 1000, 2),
            "tracking_fps": round(1 / statistics.median(self._seconds["liveness"]), 1),
            "liveness_against_found": self._ratio("liveness", "found_720"),
            "decision_3_frames_ms": round(statistics.median(self._seconds["decision"]) * 1000, 2),
            **GOALS,
        }

    def _ratio(self, above: str, below: str) -> float:
        """The median of each round's own: what disturbs a whole round disturbs both."""
        return round(statistics.median(one / other for one, other in zip(self._seconds[above], self._seconds[below], strict=True)), 3)

    def _turn(self, side: str) -> tuple[tuple[Picture, Picture], tuple[Picture, Picture]]:
        turn = self._round[side] % len(self._large)
        self._round[side] += 1
        return self._large[turn], self._small[turn]

    def _timed(self, name: str, call: Callable[[], object], parts: int = 1) -> float:
        start = time.perf_counter()
        call()
        self._seconds[name].append((time.perf_counter() - start) / parts)
        return self._seconds[name][-1]

    def _decide(self) -> None:
        for frame in self._sitting:
            self._verifier.look(frame)
        self._verifier.compare(self._card, self._sitting)

    def _follow_some(self) -> None:
        for _ in range(WHOLE):
            self._follow()

    def _follow(self) -> None:
        """One frame more of somebody who looks ahead, with bytes of its own as a sensor's are."""
        frame = self._large[0][0]
        self._frames += 1
        frame[0, 0] = [self._frames >> shift & 255 for shift in (0, 8, 16)]
        self._look = self._verifier.follow(frame, self._look)
        self._trial.see(frame, self._look, self._frames / 30)

    def _found(self, frame: Picture) -> Any:
        """The bare detector and the five landmarks."""
        import dlib

        own: Any = self._verifier
        scale = SEARCH_HEIGHT / frame.shape[0]
        grey = cv2.resize(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        (found,) = own._detector(grey, 0)
        where = dlib.rectangle(*(round(side / scale) for side in (found.left(), found.top(), found.right(), found.bottom())))
        return own._landmarks(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), where)

    def _bare(self, frame: Picture) -> Any:
        """The models alone, one after the other, with nothing of ours around them but the sizes they are given."""
        import dlib

        own: Any = self._verifier
        scale = SEARCH_HEIGHT / frame.shape[0]
        grey = cv2.resize(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        (found,) = own._detector(grey, 0)
        where = dlib.rectangle(*(round(side / scale) for side in (found.left(), found.top(), found.right(), found.bottom())))
        rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        chip = dlib.get_face_chip(rgb, own._landmarks(rgb, where), size=SIDE, padding=CHIP_PADDING)
        blob = cv2.dnn.blobFromImage(chip, 1.0, (SIDE, SIDE))
        own._network._net.setInput(blob)
        return own._network._net.forward()


def _first(clip: str) -> Picture:
    done, frame = cv2.VideoCapture(clip).read()
    if not done:
        raise RuntimeError(f"{clip} has no picture")
    return np.asarray(frame, np.uint8)


def _widened(frame: Picture) -> Picture:
    """640 × 480 as a camera of 1280 × 720 at the same place would see it: larger, with more of the shop at both sides."""
    large = cv2.resize(frame, (960, 720), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.copyMakeBorder(large, 0, 0, 160, 160, cv2.BORDER_REPLICATE), np.uint8)


def bench() -> FaceBench:
    return FaceBench()
