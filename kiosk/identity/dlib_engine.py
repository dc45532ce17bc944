"""The verifiers on dlib's network: how a face is found and described, quickly (the default) or as `face_recognition` does it."""

from __future__ import annotations

import hashlib
import threading
from abc import abstractmethod
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from kiosk.identity import Look, Picture, Verifier
from kiosk.identity.calibration import Calibration, read
from kiosk.identity.gate import Face, covered_hint, empty_hint, hint
from kiosk.identity.network import SIDE, WEIGHTS, Embedding, FaceNetwork
from kiosk.model.faults import Fault, Remedy
from kiosk.model.verdict import Verdict

SEARCH_HEIGHT = 240  # pixels: a 640 × 480 frame is searched at half its size, one of 1280 × 720 at a third
DOUBT = -0.9  # of the detector's score, whose own limit is 0: with a black mask on, faces came out between -0.6 and 0.1
LIBRARY_TOLERANCE = 0.6
THRESHOLD = 0.355
CHIP_PADDING = 0.25
AROUND = 0.4  # of a face's width, to each side of where it was: nobody moves further in a thirtieth of a second
WHOLE = 4  # every so many frames all of one is searched, for whoever steps beside: at 30 a second after 0.13 s at most
COARSE = 68  # pixels across, of the smallest face that the detector finds without a finer look
MOVING = 0.40  # from a person at rest to one turned 14° or with an open mouth: rendered people stay below 0.29, others above 0.40


class DlibFaces(Verifier):
    """What both verifiers share: the gate, the fusing of frames, the comparison.

    Without a `calibration` the score is the Euclidean distance of two embeddings and `threshold` its limit. The library's own 0.6
    lets two of three East-Asian strangers pass (FACE.md §1), so nothing from 0.6 up is taken. There 0.366 was where one stranger
    in a thousand passed among 40 East-Asian adults, without mirror images; with them distances are 3 % smaller (docs/identity.md), hence
    0.355. The price is that about a quarter of genuine card photos of 1 kB are refused, which leads to another lawful way.

    `calibration` is a file of `kiosk identity calibrate`: then the score is 1 - cosine around the population's means, and the
    limit is what was measured on it.
    """

    def __init__(self, *, threshold: float = THRESHOLD, calibration: str = "") -> None:
        if not 0.0 < threshold < LIBRARY_TOLERANCE:
            raise ValueError(f"a threshold of {threshold} is not between 0 and {LIBRARY_TOLERANCE}")
        self._threshold = threshold
        self._calibration: Calibration | None = None
        if calibration:
            self._calibration = read(Path(calibration), verifier=self.name, network=WEIGHTS)
        self.calibrated = self._calibration is not None
        self._lock = threading.Lock()  # dlib's objects are not for two threads at a time
        self._reference: tuple[bytes, Embedding] | None = None  # the card's, by the digest of its picture
        self._landmarks: Any = None

    @property
    def limit(self) -> float:
        """The largest score that counts as the same person."""
        return self._calibration.threshold if self._calibration is not None else self._threshold

    def prepare(self) -> None:
        with self._lock:
            self._load()

    def look(self, frame: Picture) -> Look:
        with self._lock:
            self._load()
            return self._looked(frame, self._search(frame))

    def _looked(self, frame: Picture, found: list[Any], since: int = 0) -> Look:
        if len(found) != 1:
            return Look(hint="many" if found else self._doubted(frame) or empty_hint(frame))
        points = self._points(frame, found[0])
        face = _face(found[0], points)
        wrong = hint(frame, face)
        place = (face.left, face.top, face.right, face.bottom)
        landmarks = tuple((float(point.x), float(point.y)) for point in points.parts())
        return Look(hint=wrong, picture=None if wrong else frame, face=place, landmarks=landmarks, since=since)

    def expect(self, reference: Picture) -> None:
        with self._lock:
            self._load()
            self._card(reference)

    def compare(self, reference: Picture, frames: Sequence[Picture]) -> Verdict:
        """The mean of the frames' embeddings against the card's."""
        with self._lock:
            self._load()
            card = self._card(reference)
            # Every second frame as its mirror image: a face and its mirror together are steadier than either (docs/identity.md).
            live = [self._live(frame, bool(number % 2)) for number, frame in enumerate(frames)]
        if not live:
            raise ValueError("nothing to compare with")
        try:
            if not _alike(live):
                raise Fault("identity.face_changed", Remedy.RETRY, "the frames differ from each other")
            return self.judge(card, np.mean(live, axis=0))
        finally:
            for one in live:
                one.fill(0)

    def one_person(self, frames: Sequence[Picture], witnesses: Sequence[Picture]) -> bool | None:
        with self._lock:
            self._load()
            live: list[Embedding] = []
            try:
                live.extend(self._live(frame) for frame in (*frames, *witnesses))
            except Fault:
                return False
            ahead, moving = live[: len(frames)], live[len(frames) :]
            rest = np.mean(ahead, axis=0)
            same = _alike(ahead) and all(float(np.linalg.norm(rest - one)) <= MOVING for one in moving)
            for one in (rest, *live):
                one.fill(0)
            return same

    def judge(self, card: Embedding, live: Embedding) -> Verdict:
        """Of two embeddings: the one place where a score meets its limit."""
        score = self._calibration.distance(card, live) if self._calibration else float(np.linalg.norm(card - live))
        return Verdict(same_person=score <= self.limit, score=score, threshold=self.limit, verifier=self.name, calibrated=self.calibrated)

    def describe_card(self, reference: Picture) -> Embedding:
        """A copy, for the tools that measure. Raises Fault("identity.no_face_on_card", OTHER_WAY)."""
        with self._lock:
            self._load()
            return self._card(reference).copy()

    def describe_live(self, frame: Picture, *, mirrored: bool = False) -> Embedding:
        """Of the one face in a frame. Raises Fault("identity.face_changed", RETRY) where there is not one."""
        with self._lock:
            self._load()
            return self._live(frame, mirrored)

    def eyes(self, frame: Picture) -> tuple[tuple[float, float], tuple[float, float]]:
        """Of the one face in a frame, for the tools that measure. Raises Fault("identity.face_changed", RETRY)."""
        with self._lock:
            self._load()
            where = self._only(frame)
            return _face(where, self._points(frame, where)).eyes

    def forget(self) -> None:
        with self._lock:
            if self._reference is not None:
                self._reference[1].fill(0)
            self._reference = None
            self._wipe()

    def _live(self, frame: Picture, mirrored: bool = False) -> Embedding:
        return self._embed(frame, self._only(frame), mirrored=mirrored)

    def _only(self, frame: Picture) -> Any:
        found = self._search(frame)
        if len(found) != 1:
            raise Fault("identity.face_changed", Remedy.RETRY, f"{len(found)} faces in a frame")
        return found[0]

    def _card(self, reference: Picture) -> Embedding:
        digest = hashlib.sha256(reference.tobytes()).digest()
        if self._reference is None or self._reference[0] != digest:
            found = self._search_card(reference)
            if not found:
                raise Fault("identity.no_face_on_card", Remedy.OTHER_WAY)
            face = max(found, key=lambda one: one.area())
            both = [self._embed(reference, face, mirrored=mirrored) for mirrored in (False, True)]
            self._reference = (digest, np.mean(both, axis=0))
        return self._reference[1]

    def _doubted(self, frame: Picture) -> str:
        """Why nobody is found, where it is something on a face; "" = nobody is there."""
        where = self._search_doubtful(frame)
        return covered_hint(frame, _face(where, self._points(frame, where))) if where is not None else ""

    def _search_doubtful(self, frame: Picture) -> Any | None:
        """The likest to a face of what is none by the detector's own measure; None where nothing comes near, or it cannot tell."""
        return None

    def _points(self, picture: Picture, where: Any) -> Any:
        return self._landmarks(_rgb(picture), where)

    @abstractmethod
    def _load(self) -> None: ...

    @abstractmethod
    def _search(self, frame: Picture) -> list[Any]:
        """All faces as dlib rectangles, in pixels of `frame`."""

    @abstractmethod
    def _search_card(self, reference: Picture) -> list[Any]: ...

    @abstractmethod
    def _embed(self, picture: Picture, where: Any, *, mirrored: bool) -> Embedding: ...

    @abstractmethod
    def _wipe(self) -> None: ...


class DlibVerifier(DlibFaces):
    """The default. The same detector, landmarks and weights as `face_recognition`, without its slow paths: the face is sought in a
    reduced grey frame, and the network runs in OpenCV. That package is not imported: its import loads a 68-landmark model trained on
    non-commercial data, and a second detector, that nothing here needs (FACE.md §2).
    """

    name = "dlib"

    def __init__(self, *, threshold: float = THRESHOLD, calibration: str = "", network: str = "") -> None:
        super().__init__(threshold=threshold, calibration=calibration)
        self._network = FaceNetwork(Path(network) if network else None)
        self._detector: Any = None

    def _load(self) -> None:
        if self._detector is not None:
            return
        import dlib  # here, not above: nobody pays for the models before the first frame is painted
        import face_recognition_models as models

        self._network.load()
        self._landmarks = dlib.shape_predictor(models.pose_predictor_five_point_model_location())
        self._chip = dlib.get_face_chip
        self._detector = dlib.get_frontal_face_detector()

    def _search(self, frame: Picture) -> list[Any]:
        """A second, finer look only where the quick one sees nobody: it finds people too far away, to be told to come nearer."""
        grey, scale = _searched(frame)
        found = self._detector(grey, 0) or self._detector(grey, 1)
        return [_scaled(one, 1 / scale) for one in found]

    def follow(self, frame: Picture, before: Look) -> Look:
        """Around the face before, where there was just one; all of the frame every `WHOLE` times, and wherever that finds none."""
        if before.face is None or before.since + 1 >= WHOLE:
            return self.look(frame)
        with self._lock:
            self._load()
            around = self._search_around(frame, before.face)
            if len(around) == 1:
                return self._looked(frame, around, before.since + 1)
            return self._looked(frame, self._search(frame))

    def _search_around(self, frame: Picture, face: tuple[int, int, int, int]) -> list[Any]:
        grey, scale = _searched(frame)
        left, top, right, bottom = (round(side * scale) for side in face)
        aside = round((right - left) * AROUND)
        x, y = max(0, left - aside), max(0, top - aside)
        around = np.ascontiguousarray(grey[y : bottom + aside, x : right + aside])
        found = self._detector(around, 0 if right - left >= COARSE else 1)
        return [_scaled(_moved(one, x, y), 1 / scale) for one in found]

    def _search_doubtful(self, frame: Picture) -> Any | None:
        grey, scale = _searched(frame)
        found, scores, _ = self._detector.run(grey, 0, DOUBT)
        return _scaled(found[int(np.argmax(scores))], 1 / scale) if found else None

    def _search_card(self, reference: Picture) -> list[Any]:
        # 27 px between the eyes are below what the detector sees: it needs the picture at twice its size.
        return list(self._detector(_rgb(reference), 1))

    def _embed(self, picture: Picture, where: Any, *, mirrored: bool) -> Embedding:
        rgb = _rgb(picture)
        chip = self._chip(rgb, self._landmarks(rgb, where), size=SIDE, padding=CHIP_PADDING)
        try:
            return self._network.describe(chip, mirrored=mirrored)
        finally:
            chip.fill(0)

    def _wipe(self) -> None:
        self._network.wipe()


class FaceRecognitionVerifier(DlibFaces):
    """The `face_recognition` package itself, for whoever wants to compare with it (`verifier = "face_recognition"`). Some thirty times
    slower, and its import loads a model trained on non-commercial data: the owner decides. Its tolerance of 0.6 is not taken.
    """

    name = "face_recognition"

    def __init__(self, *, threshold: float = THRESHOLD, calibration: str = "") -> None:
        super().__init__(threshold=threshold, calibration=calibration)
        self._library: Any = None

    def _load(self) -> None:
        if self._library is not None:
            return
        import dlib
        import face_recognition
        import face_recognition_models as models

        self._rectangle = dlib.rectangle
        self._landmarks = dlib.shape_predictor(models.pose_predictor_five_point_model_location())
        self._library = face_recognition

    def _search(self, frame: Picture) -> list[Any]:
        found = self._library.face_locations(_rgb(frame), number_of_times_to_upsample=1)
        return [self._rectangle(left, top, right, bottom) for top, right, bottom, left in found]

    def _search_card(self, reference: Picture) -> list[Any]:
        return self._search(reference)

    def _embed(self, picture: Picture, where: Any, *, mirrored: bool) -> Embedding:
        left, right = (picture.shape[1] - where.right(), picture.shape[1] - where.left()) if mirrored else (where.left(), where.right())
        place = [(where.top(), right, where.bottom(), left)]
        rgb = _rgb(picture[:, ::-1] if mirrored else picture)
        (described,) = self._library.face_encodings(rgb, known_face_locations=place, model="small")
        return np.asarray(described, np.float64)

    def _wipe(self) -> None:
        """The library keeps nothing it could be asked to give up."""


def _searched(frame: Picture) -> tuple[Picture, float]:
    scale = min(1.0, SEARCH_HEIGHT / frame.shape[0])
    grey = cv2.resize(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8), scale


def _alike(live: Sequence[Embedding]) -> bool:
    """Whether every two are of one person, all looking ahead."""
    return all(float(np.linalg.norm(one - other)) <= THRESHOLD for one, other in combinations(live, 2))


def _rgb(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_BGR2RGB), np.uint8)


def _scaled(where: Any, factor: float) -> Any:
    left, top, right, bottom = (round(side * factor) for side in (where.left(), where.top(), where.right(), where.bottom()))
    return type(where)(left, top, right, bottom)


def _moved(where: Any, x: int, y: int) -> Any:
    return type(where)(where.left() + x, where.top() + y, where.right() + x, where.bottom() + y)


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
