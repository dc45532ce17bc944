"""`kiosk identity evaluate` and `calibrate` on the twelve rendered people: function, not accuracy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.__main__ import main
from kiosk.identity import fit_for_service
from kiosk.identity.calibration import Unusable, read
from kiosk.identity.dlib_engine import DlibVerifier
from kiosk.identity.network import WEIGHTS
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.people import citizens

Kiosk = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kiosk(capfd: pytest.CaptureFixture[str]) -> Kiosk:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["identity", *arguments])
        said = capfd.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder a person: the card's photo, and frames of the clip. The thirteenth picture of c01 shows nobody."""
    folder = tmp_path_factory.mktemp("people")
    for one in citizens().values():
        place = folder / one.id
        place.mkdir()
        cv2.imwrite(str(place / "card.png"), SimulatedPhotoDecoder().decode(one.card.photo))
        capture = cv2.VideoCapture(str(one.clip))
        for number in range(3):
            cv2.imwrite(str(place / f"live_{number}.png"), capture.read()[1])
    cv2.imwrite(str(folder / "c01" / "live_empty.png"), np.full((480, 640, 3), 127, np.uint8))
    return folder


def test_a_folder_is_measured_with_what_could_not_be_acquired(people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    plot, roc = tmp_path / "curves.png", tmp_path / "roc.png"
    status, out, _ = kiosk("evaluate", str(people), "--plot", str(plot), "--roc", str(roc))
    assert status == 0
    assert "failure to acquire 1 (no_face 1)" in out.replace("\n", " ")
    line = json.loads(out.splitlines()[-1])
    assert (line["pairs"], line["failed"]) == (12 * 37, {"no_face": 1})
    judged, centred = line["ways"].values()
    assert (judged["genuine"], judged["impostor"], judged["people"]) == (36, 12 * 36 - 36, 12)
    assert judged["eer"]["value"] == centred["eer"]["value"] == 0.0
    assert judged["at_threshold"]["fmr"]["value"] == 0.0 < judged["at_threshold"]["fmr"]["high"]
    for picture in map(cv2.imread, (str(plot), str(roc))):
        assert picture is not None and picture.std() > 10


def test_a_list_of_pairs_is_measured_too(people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    listed = tmp_path / "pairs.csv"
    lines = [f"{people}/c0{n}/card.png,{people}/c0{m}/live_0.png,{int(n == m)}" for n in (1, 2, 3) for m in (1, 2, 3)]
    listed.write_text("reference,live,same\n" + "\n".join(lines), "utf-8")
    status, out, _ = kiosk("evaluate", str(listed))
    assert status == 0
    (way,) = json.loads(out.splitlines()[-1])["ways"].values()
    assert (way["genuine"], way["impostor"], way["people"]) == (3, 6, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n", "must name the columns"),
        ("reference,live,same\nx.png,y.png,maybe\n", "line 2: two pictures and 1 or 0"),
        ("reference,live,same\nx.png,y.png,1\n", "line 2:"),
        ("reference,live,same\n", "pairs of the same person and of different people"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_with_its_line(text: str, said: str, kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text(text, "utf-8")
    status, _, err = kiosk("evaluate", str(tmp_path / "pairs.csv"))
    assert (status, said in err) == (3, True)


def test_nobody_is_measured_without_people(kiosk: Kiosk, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        assert kiosk("evaluate", str(place))[0] == 3


def test_a_calibration_makes_a_verifier_fit_for_service(people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    status, out, _ = kiosk("calibrate", str(people), "--population", "十二位渲染的市民", "--into", str(file))
    assert status == 1, "twelve people cannot show one stranger in a thousand"
    assert "Too few pairs" in out and 'options = { calibration = "' in out
    verifier = DlibVerifier(calibration=str(file))
    assert verifier.calibrated
    assert fit_for_service(verifier, demo=False)
    card = SimulatedPhotoDecoder().decode(citizens()["c05"].card.photo)
    for id, same in (("c05", True), ("c11", False)):
        capture = cv2.VideoCapture(str(citizens()[id].clip))
        frames = [np.asarray(capture.read()[1], np.uint8) for _ in range(2)]
        verdict = verifier.compare(card, frames)
        assert (verdict.same_person, verdict.calibrated, verdict.threshold) == (same, True, verifier.limit)


def test_no_face_and_no_person_is_in_a_calibration(people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    kiosk("calibrate", str(people), "--population", "demo", "--into", str(file))
    told = json.loads(file.read_text("utf-8"))
    assert {name for name, value in told.items() if isinstance(value, list)} == {
        "card_mean", "live_mean", "genuine_histogram", "impostor_histogram"
    }  # fmt: skip
    verifier = DlibVerifier()
    for id in ("c01", "c12"):
        own = verifier.describe_card(SimulatedPhotoDecoder().decode(citizens()[id].card.photo))
        assert np.abs(own - np.array(told["card_mean"])).max() > 0.05
    assert sum(told["genuine_histogram"]) == told["genuine"] == 36


def test_too_few_people_are_refused(people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    few = tmp_path / "few"
    for id in ("c01", "c02", "c03"):
        shutil.copytree(people / id, few / id)
    status, _, err = kiosk("calibrate", str(few), "--population", "three", "--into", str(tmp_path / "x.json"))
    assert (status, "at least 10 are needed" in err) == (3, True)
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"network": "0" * 64}, "another network"),
        ({"verifier": "vendor"}, "another network"),
        ({"people": 9}, "9 people"),
        ({"threshold": 0.0}, "a threshold of 0.0"),
        ({"threshold": "wide open"}, "is no calibration"),
        ({"live_mean": [0.0] * 127}, "128 numbers"),
        ({"live_mean": [float("nan")] * 128}, "128 numbers"),
        ({"genuine_histogram": [0] * 100}, "histogram"),
    ],
)
def test_another_file_is_no_calibration(change: dict[str, object], said: str, people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    file = tmp_path / "calibration.json"
    kiosk("calibrate", str(people), "--population", "demo", "--into", str(file))
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **change}), "utf-8")
    with pytest.raises(Unusable, match=said):
        read(file, verifier="dlib", network=WEIGHTS)


def test_the_gate_is_measured_on_pictures_as_they_are_and_drawn_on(people: Path, kiosk: Kiosk, tmp_path: Path) -> None:
    for id in ("c01", "c02"):
        shutil.copytree(people / id, tmp_path / id)
    status, out, _ = kiosk("gate", str(tmp_path))
    assert status == 0
    line = json.loads(out.splitlines()[-1])
    assert (line["people"], line["pictures"], line["given"]) == (2, 7, {"": 6, "none": 1})
    assert {told["of"] for told in line["drawn"].values()} == {6}
    assert line["drawn"]["sunglasses, black"] == {
        "due": "sunglasses",
        "missed": 0,
        "of": 6,
        "share": line["drawn"]["sunglasses, black"]["share"],
        "given": {"sunglasses": 6},
    }
    assert 0 < line["drawn"]["mask, blue"]["share"]["high"] < 1
    assert kiosk("gate", str(people / "c01"))[0] == 3  # no folder a person
