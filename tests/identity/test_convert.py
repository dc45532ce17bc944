"""The converter takes dlib's network and nothing else, and makes the same file every time."""

from __future__ import annotations

from pathlib import Path

import face_recognition_models as models
import pytest

from kiosk.__main__ import main
from kiosk.identity.convert import NotThatNetwork, convert, read, to_onnx
from kiosk.identity.network import WEIGHTS

DAT = Path(models.face_recognition_model_location())


def test_twice_is_the_same_file_and_the_second_time_is_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = tmp_path / "deep" / "network.onnx"
    made_from, made = convert(DAT, network)
    assert made_from == WEIGHTS
    again = tmp_path / "again.onnx"
    assert convert(DAT, again) == (made_from, made)
    assert network.read_bytes() == again.read_bytes()
    monkeypatch.setattr("kiosk.identity.convert.to_onnx", lambda _network: pytest.fail("made again"))
    assert convert(DAT, network) == (made_from, made)


@pytest.mark.parametrize("how", ["empty", "another model", "cut off", "sizes of nonsense"])
def test_what_is_not_that_network_is_refused(how: str) -> None:
    whole = DAT.read_bytes()
    given = {
        "empty": b"",
        "another model": Path(models.pose_predictor_five_point_model_location()).read_bytes(),
        "cut off": whole[: len(whole) // 2],
        "sizes of nonsense": whole.replace(b"\x01\x05con_4\x01\x02", b"\x01\x05con_4\x01\x03", 1),
    }[how]
    with pytest.raises(NotThatNetwork):
        to_onnx(read(given))


def test_set_up_says_what_is_wrong_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.dat"
    other.write_bytes(b"no network")
    monkeypatch.setattr(models, "face_recognition_model_location", lambda: str(other))
    assert main(["identity", "convert", "--into", str(tmp_path / "network.onnx")]) == 3
    assert "could not be converted" in capsys.readouterr().err
    assert not (tmp_path / "network.onnx").exists()
