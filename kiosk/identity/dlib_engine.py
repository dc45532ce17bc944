"""The default verifier: dlib's network with the weights of the face_recognition packages, at a threshold of our own."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Look, Picture, Verifier
from kiosk.identity.gate import Face, empty_hint, hint
from kiosk.model.faults import Fault, Remedy
from kiosk.model.verdict import Verdict

Embedding = NDArray[np.float64]
"""128 numbers. Personal: kept for one visit at most, never written anywhere."""

SEARCH_HEIGHT = 240  # pixels; a 640 × 480 frame is searched at 320 × 240: 6 ms instead of 25
LIBRARY_TOLERANCE = 0.6


class DlibVerifier(Verifier):
    """What `face_recognition.face_encodings` computes, number for number, without importing that package: its import loads
    a 68-landmark model trained on non-commercial data, and a second detector, that nothing here needs (FACE.md §2).

    `threshold` is a Euclidean distance. The library's own 0.6 lets two of three East-Asian strangers pass (FACE.md §1), so
    nothing from 0.6 up is taken. The default 0.366 is where one stranger in a thousand passed among 40 East-Asian adults;
    the price is that about a quarter of genuine card photos of 1 kB are refused there, which leads to another lawful way.
    On the twelve rendered people genuine pairs stay below 0.34 and strangers above 0.42. Measured elsewhere, not here:
    `calibrated` is False.
    """

    name = "dlib"
    calibrated = False

    def __init__(self, *, threshold: float = 0.366) -> None:
        if not 0.0 < threshold < LIBRARY_TOLERANCE:
            raise ValueError(f"a threshold of {threshold} is not between 0 and {LIBRARY_TOLERANCE}")
        self._threshold = threshold
        self._lock = threading.Lock()  # dlib's objects are not for two threads at a time
        self._detector: Any = None
        self._landmarks: Any = None
        self._network: Any = None
        self._reference: tuple[bytes, Embedding] | None = None  # the card's, by the digest of its picture

    def prepare(self) -> None:
        """0.4 s from a warm disk."""
        with self._lock:
            self._load()

    def look(self, frame: Picture) -> Look:
        with self._lock:
            self._load()
            found = self._search(frame)
            if len(found) != 1:
                return Look(hint="many" if found else empty_hint(frame))
            wrong = hint(frame, _face(found[0], self._landmarks(_rgb(frame), found[0])))
        return Look(hint=wrong) if wrong else Look(picture=frame)

    def compare(self, reference: Picture, frames: Sequence[Picture]) -> Verdict:
        """The mean of the frames' embeddings against the card's. About 80 ms a picture."""
        with self._lock:
            self._load()
            card = self._card(reference)
            live = [self._live(frame) for frame in frames]
        if not live:
            raise ValueError("nothing to compare with")
        if any(np.linalg.norm(one - other) > self._threshold for one, other in combinations(live, 2)):
            raise Fault("identity.face_changed", Remedy.RETRY, "the frames differ from each other")
        mean = np.mean(live, axis=0)
        distance = float(np.linalg.norm(card - mean))
        return Verdict(
            same_person=distance <= self._threshold,
            score=distance,
            threshold=self._threshold,
            verifier=self.name,
            calibrated=self.calibrated,
        )

    def forget(self) -> None:
        with self._lock:
            if self._reference is not None:
                self._reference[1].fill(0)
            self._reference = None

    def _load(self) -> None:
        if self._network is not None:
            return
        import dlib  # here, not above: nobody pays for the models before the first frame is painted
        import face_recognition_models as models

        self._detector = dlib.get_frontal_face_detector()
        self._landmarks = dlib.shape_predictor(models.pose_predictor_five_point_model_location())
        self._network = dlib.face_recognition_model_v1(models.face_recognition_model_location())

    def _search(self, frame: Picture) -> list[Any]:
        """All faces as dlib rectangles in pixels of `frame`. A second, finer look only where the quick one sees nobody:
        it finds people too far away, so that they can be told to come nearer."""
        scale = min(1.0, SEARCH_HEIGHT / frame.shape[0])
        grey = cv2.cvtColor(cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
        found = self._detector(grey, 0) or self._detector(grey, 1)
        return [_scaled(one, 1 / scale) for one in found]

    def _live(self, frame: Picture) -> Embedding:
        found = self._search(frame)
        if len(found) != 1:
            raise Fault("identity.face_changed", Remedy.RETRY, f"{len(found)} faces in a frame")
        return self._embed(frame, found[0])

    def _card(self, reference: Picture) -> Embedding:
        digest = hashlib.sha256(reference.tobytes()).digest()
        if self._reference is None or self._reference[0] != digest:
            # 27 px between the eyes are below what the detector sees: it needs the picture at twice its size.
            found = list(self._detector(_rgb(reference), 1))
            if not found:
                raise Fault("identity.no_face_on_card", Remedy.OTHER_WAY)
            self._reference = (digest, self._embed(reference, max(found, key=lambda one: one.area())))
        return self._reference[1]

    def _embed(self, picture: Picture, where: Any) -> Embedding:
        rgb = _rgb(picture)
        return np.array(self._network.compute_face_descriptor(rgb, self._landmarks(rgb, where)), np.float64)


def _rgb(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, :, ::-1])


def _scaled(where: Any, factor: float) -> Any:
    left, top, right, bottom = (round(side * factor) for side in (where.left(), where.top(), where.right(), where.bottom()))
    return type(where)(left, top, right, bottom)


def _face(where: Any, landmarks: Any) -> Face:
    """dlib's five points: the two corners of one eye, of the other, and the base of the nose; right in the picture first."""
    points = [(float(point.x), float(point.y)) for point in landmarks.parts()]
    right, left = ((a[0] + b[0], a[1] + b[1]) for a, b in (points[0:2], points[2:4]))
    return Face(
        left=where.left(),
        top=where.top(),
        right=where.right(),
        bottom=where.bottom(),
        eyes=((left[0] / 2, left[1] / 2), (right[0] / 2, right[1] / 2)),
        nose=points[4],
    )
