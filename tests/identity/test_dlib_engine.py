"""The dlib verifier on the twelve rendered people: function, not accuracy (they are figures of a game)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.identity import Picture, Verifier, fit_for_service
from kiosk.identity.dlib_engine import LIBRARY_TOLERANCE, DlibVerifier
from kiosk.identity.network import made_at_setup
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.model.faults import Fault, Remedy
from kiosk.people import FOLDER, citizens
from kiosk.testing.identity import VerifierContract

IDS = sorted(citizens())


@cache
def engine() -> DlibVerifier:
    verifier = DlibVerifier()
    verifier.prepare()
    return verifier


@cache
def frames(id: str) -> tuple[Picture, ...]:
    """The whole clip; `nobody` for the empty shop."""
    capture = cv2.VideoCapture(str(citizens()[id].clip if id in citizens() else FOLDER / f"{id}.avi"))
    found: list[Picture] = []
    while True:
        done, picture = capture.read()
        if not done:
            return tuple(found)
        found.append(np.asarray(picture, np.uint8))


def card(id: str) -> Picture:
    return SimulatedPhotoDecoder().decode(citizens()[id].card.photo)


@cache
def distances() -> np.ndarray:
    """12 cards × 12 live people (the mean of two frames), each embedded once."""
    verifier = engine()
    cards = [verifier._card(card(id)).copy() for id in IDS]
    turned = (False, True)  # as compare does it
    live = [np.mean([verifier._live(*one) for one in zip(frames(id)[:2], turned, strict=True)], axis=0) for id in IDS]
    return np.array([[np.linalg.norm(one - other) for other in live] for one in cards])


class TestDlibVerifier(VerifierContract):
    def make(self) -> Verifier:
        return engine()

    def card(self) -> Picture:
        return card("c05")

    def live(self) -> Sequence[Picture]:
        return frames("c05")[:3]

    def stranger(self) -> Sequence[Picture]:
        return frames("c11")[:3]

    def nobody(self) -> Picture:
        return frames("nobody")[0]


def test_all_twelve_are_recognised_by_their_cards() -> None:
    genuine = np.diag(distances())
    assert genuine.max() <= 0.34
    for id in IDS:
        verdict = engine().compare(card(id), frames(id)[:2])
        assert verdict.same_person, id
        assert verdict.score == pytest.approx(genuine[IDS.index(id)])


def test_all_132_wrong_pairs_are_refused() -> None:
    strangers = distances()[~np.eye(12, dtype=bool)]
    assert len(strangers) == 132
    assert strangers.min() > 0.40
    nearest = np.where(np.eye(12, dtype=bool), 9.0, distances())
    for row, column in enumerate(nearest.argmin(axis=1)):  # the likest stranger of each card, through the front door
        assert not engine().compare(card(IDS[row]), frames(IDS[column])[:2]).same_person


def test_the_librarys_own_tolerance_would_let_strangers_in() -> None:
    strangers = distances()[~np.eye(12, dtype=bool)]
    assert (strangers < LIBRARY_TOLERANCE).mean() > 0.3
    for tolerance in (LIBRARY_TOLERANCE, 0.7, 0.0, -1.0):
        with pytest.raises(ValueError, match="threshold"):
            DlibVerifier(threshold=tolerance)


def test_descriptors_and_detections_are_those_of_the_face_recognition_package() -> None:
    """In a process of its own: the package loads at import what the kiosk does not want in its memory."""
    program = """
import json, sys, warnings
warnings.simplefilter("ignore")
import cv2, dlib, numpy, face_recognition
from kiosk.identity.dlib_engine import CHIP_PADDING, DlibVerifier, _rgb
verifier = DlibVerifier()
verifier.prepare()
worst, overlap = 0.0, 1.0
for clip in sys.argv[1:]:
    frame = cv2.VideoCapture(clip).read()[1]
    rgb = _rgb(frame)
    (ours,) = verifier._search(frame)
    ((top, right, bottom, left),) = face_recognition.face_locations(rgb)
    theirs = dlib.rectangle(left, top, right, bottom)
    overlap = min(overlap, ours.intersect(theirs).area() / (ours + theirs).area())
    (described,) = face_recognition.face_encodings(rgb, known_face_locations=[(top, right, bottom, left)], model="small")
    chip = dlib.get_face_chip(rgb, verifier._landmarks(rgb, theirs), size=150, padding=CHIP_PADDING)
    worst = max(worst, float(numpy.abs(described - verifier._network.describe(chip)).max()))
print(json.dumps([worst, overlap]))
"""
    clips = [str(citizens()[id].clip) for id in IDS]
    done = subprocess.run([sys.executable, "-c", program, *clips], capture_output=True, text=True, check=True)
    worst, overlap = json.loads(done.stdout)
    assert worst < 1e-4
    assert overlap > 0.6


def test_the_package_itself_can_be_chosen_and_judges_alike() -> None:
    """Its own search, its own embedding, our threshold: in a process of its own, see above."""
    program = """
import json, sys, warnings
warnings.simplefilter("ignore")
import cv2
from kiosk.identity.dlib_engine import FaceRecognitionVerifier
from kiosk.identity.network import made_at_setup
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.people import citizens
verifier = FaceRecognitionVerifier()
card = SimulatedPhotoDecoder().decode(citizens()["c01"].card.photo)
said = [verifier.look(cv2.VideoCapture(str(citizens()["c01"].clip)).read()[1]).hint]
for id in ("c01", "c07"):
    verdict = verifier.compare(card, [cv2.VideoCapture(str(citizens()[id].clip)).read()[1]])
    said += [verdict.same_person, verdict.verifier, verdict.calibrated]
print(json.dumps(said))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["", True, "face_recognition", False, False, "face_recognition", False]


@pytest.mark.parametrize("how", ["no file", "no digest", "other bytes", "other weights"])
def test_a_network_that_is_not_what_set_up_made_judges_nobody(how: str, tmp_path: Path) -> None:
    network, digest = tmp_path / "face_network.onnx", tmp_path / "face_network.sha256"
    made = made_at_setup()
    if how != "no file":
        network.write_bytes(made.read_bytes() + (b"\0" if how == "other bytes" else b""))
    if how != "no digest":
        line = made.with_suffix(".sha256").read_text("ascii")
        digest.write_text("0" * 64 + line[64:] if how == "other weights" else line)
    with pytest.raises(Fault) as caught:
        DlibVerifier(network=str(network)).prepare()
    expected = "identity.network_missing" if how.startswith("no") else "identity.network_changed"
    assert (caught.value.code, caught.value.remedy) == (expected, Remedy.OTHER_WAY)


def test_nothing_of_a_face_is_kept_after_forgetting() -> None:
    verifier = DlibVerifier()
    verifier.prepare()
    verifier.compare(card("c01"), frames("c01")[:2])
    assert verifier._network._chip.any()
    kept = verifier._reference
    assert kept is not None
    verifier.forget()
    assert not verifier._network._chip.any()
    assert not kept[1].any()
    assert verifier._reference is None


def test_importing_the_engine_loads_no_model() -> None:
    program = (
        "import sys, kiosk.identity.dlib_engine as e; e.DlibVerifier(); print('dlib' in sys.modules, 'face_recognition' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_two_people_before_the_camera() -> None:
    one, other = frames("c01")[0], frames("c06")[0]
    both = np.hstack([one[:, 160:480], other[:, 160:480]])
    assert engine().look(both).hint == "many"
    with pytest.raises(Fault) as caught:
        engine().compare(card("c01"), [both])
    assert (caught.value.code, caught.value.remedy) == ("identity.face_changed", Remedy.RETRY)


def test_somebody_who_steps_in_between_two_frames_is_noticed() -> None:
    with pytest.raises(Fault) as caught:
        engine().compare(card("c01"), [*frames("c01")[:2], frames("c07")[0]])
    assert caught.value.code == "identity.face_changed"


def test_a_frame_the_person_has_left_is_not_compared() -> None:
    with pytest.raises(Fault) as caught:
        engine().compare(card("c01"), [frames("c01")[0], frames("nobody")[0]])
    assert caught.value.code == "identity.face_changed"


def smaller(frame: Picture, factor: float) -> Picture:
    """The person farther away, in the lower middle."""
    small = cv2.resize(frame, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    height, width = frame.shape[:2]
    top, left = height - small.shape[0], (width - small.shape[1]) // 2
    right = width - small.shape[1] - left
    return np.asarray(cv2.copyMakeBorder(small, top, 0, left, right, cv2.BORDER_REPLICATE), np.uint8)


def moved(frame: Picture, turn: float = 0.0, aside: float = 0.0) -> Picture:
    height, width = frame.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    matrix[0, 2] += aside
    return np.asarray(cv2.warpAffine(frame, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def lit(frame: Picture, factor: float) -> Picture:
    return np.clip(frame.astype(np.float64) * factor, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("id", IDS)
def test_the_gate_says_what_to_mend(id: str) -> None:
    good = frames(id)[0]
    seen = {
        "": good,
        "far": smaller(good, 0.45),
        "near": np.asarray(cv2.resize(good, None, fx=2.4, fy=2.4)[250:730, 430:1070], np.uint8),
        "edge": moved(good, aside=-260),
        "tilted": moved(good, turn=22),
        "blurred": np.asarray(cv2.GaussianBlur(good, (0, 0), 4), np.uint8),
        "dark": lit(good, 0.15),
    }
    assert {word: engine().look(frame).hint for word, frame in seen.items()} == {word: word for word in seen}
    assert engine().look(lit(good, 4)).hint in ("bright", "none")


@pytest.mark.parametrize("id", IDS)
def test_who_looks_aside_is_asked_to_look_ahead(id: str) -> None:
    clip = frames(id)
    # In the re-encoded clip: 0 to 12 look ahead, 22 to 25 are turned 25° one way, 45 to 47 the other (clip.csv of ../shared/faces).
    assert {engine().look(clip[number]).hint for number in (0, 3, 12)} == {""}
    assert {engine().look(clip[number]).hint for number in (22, 23, 45, 46)} == {"turned"}


def test_black_and_white_frames_are_a_matter_of_light() -> None:
    frame = frames("nobody")[0]
    assert engine().look(np.zeros_like(frame)).hint == "dark"
    assert engine().look(np.full_like(frame, 255)).hint == "bright"


def test_a_wide_frame_is_searched_as_well() -> None:
    wide = np.asarray(cv2.copyMakeBorder(cv2.resize(frames("c01")[0], (960, 720)), 0, 0, 160, 160, cv2.BORDER_REPLICATE), np.uint8)
    assert wide.shape == (720, 1280, 3)
    assert engine().look(wide).hint == ""
    assert engine().compare(card("c01"), [wide]).same_person


def test_the_cards_face_is_kept_for_the_visit_only() -> None:
    verifier = engine()
    verifier.compare(card("c01"), frames("c01")[:1])
    assert verifier._reference is not None
    kept = verifier._reference[1]
    assert kept.any()
    verifier.forget()
    assert not kept.any()
    assert verifier._reference is None


def test_nothing_to_compare_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nothing"):
        engine().compare(card("c01"), [])


def test_an_uncalibrated_verifier_serves_nobody_but_a_demo() -> None:
    assert fit_for_service(engine(), demo=True)
    assert not fit_for_service(engine(), demo=False)
