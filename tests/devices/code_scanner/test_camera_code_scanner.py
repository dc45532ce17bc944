"""A camera that reads codes keeps the contract of every scanner: real pictures of codes through OpenCV's door."""

from __future__ import annotations

import pytest

from kiosk.devices.code_scanner import LONGEST
from kiosk.devices.code_scanner.camera import CameraCodeScanner, read
from kiosk.devices.code_scanner.simulated_camera import CodeCameraSimulator, SimulatedCameraCodeScanner
from kiosk.devices.video.film import frames_of
from kiosk.model.faults import Fault, Remedy
from kiosk.testing.code_scanner import CodeScannerContract


class CameraHands:
    def __init__(self, scanner: SimulatedCameraCodeScanner) -> None:
        assert scanner.simulator is not None
        self.simulator = scanner.simulator
        self.show = self.simulator.show_code
        self.show_bytes = self.simulator.show_bytes
        self.flood = self.simulator.flood
        self.take_away = self.simulator.take_code_away
        self.unplug = self.simulator.unplug
        self.plug_in = self.simulator.plug_in


class TestCameraCodeScanner(CodeScannerContract):
    @pytest.fixture
    def scanner(self) -> SimulatedCameraCodeScanner:
        return SimulatedCameraCodeScanner()

    @pytest.fixture
    def hands(self, scanner: SimulatedCameraCodeScanner) -> CameraHands:
        return CameraHands(scanner)


@pytest.fixture
def desk(tmp_path):
    return CodeCameraSimulator(tmp_path / "codes")


@pytest.mark.parametrize("text", ["CTID1:c01", "x" * LONGEST, "https://example.invalid/?a=b"])
def test_one_code_in_a_picture_is_read(desk: CodeCameraSimulator, text: str) -> None:
    desk.show_code(text)
    assert [read(frame) for frame in frames_of(desk.shown)] == [text] * 4
    assert desk.stands()["code"] == text


@pytest.mark.parametrize("data", [b"", b"a" * 2400, b"x" * (LONGEST + 1), b"nul\x00", "身份".encode(), b" blank"])
def test_none_or_several_or_what_no_code_may_say_is_nothing(desk: CodeCameraSimulator, data: bytes) -> None:
    desk.show_bytes(data)
    assert {read(frame) for frame in frames_of(desk.shown)} == {""}


async def test_a_camera_that_is_not_there_is_an_absent_scanner() -> None:
    scanner = CameraCodeScanner(device="/dev/no-such-camera")
    with pytest.raises(Fault) as caught:
        await scanner.open()
    assert (caught.value.code, caught.value.remedy) == ("code_scanner.absent", Remedy.OTHER_WAY)
    assert "is not there" in caught.value.detail
    await scanner.close()
    scanner.lane.close()
