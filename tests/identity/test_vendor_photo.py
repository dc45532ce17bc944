"""A vendor's library in its own process: what it gives, and what it may do wrong without anybody else noticing."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from kiosk.i18n import LANGUAGES, table
from kiosk.identity import PhotoDecoder, vendor_photo
from kiosk.identity.vendor_photo import VendorPhotoDecoder
from kiosk.model.faults import Fault, Remedy
from kiosk.testing.identity import PhotoDecoderContract

GCC = shutil.which("gcc")
pytestmark = pytest.mark.skipif(GCC is None, reason="no gcc: the stand-in for a vendor's library is compiled here")
BLOCK = b"WLf\0\x7e\0" + bytes(index * 37 % 251 for index in range(1018))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = tmp_path_factory.mktemp("vendor") / "libvendor.so"
    assert GCC is not None
    subprocess.run([GCC, "-shared", "-fPIC", "-O1", "-o", made, Path(__file__).with_name("vendor.c")], check=True)
    return str(made)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for /dev/shm, so that a test sees what is left in it."""
    monkeypatch.setattr(vendor_photo, "MEMORY", tmp_path)
    return tmp_path


def fault_of(decoder: PhotoDecoder, block: bytes = BLOCK) -> str:
    with pytest.raises(Fault) as caught:
        decoder.decode(block)
    assert caught.value.remedy is Remedy.OTHER_WAY
    for language in LANGUAGES:
        assert {f"fault.{caught.value.code}", f"fault.{caught.value.code}.next"} <= set(table(language))
    return caught.value.code.removeprefix("identity.photo_")


class TestVendorPhotoDecoder(PhotoDecoderContract):
    library = ""
    damaged = 10

    @pytest.fixture(autouse=True)
    def _compiled(self, library: str) -> None:
        type(self).library = library

    def make(self) -> PhotoDecoder:
        return VendorPhotoDecoder(library=self.library, seconds=30.0)

    def block(self) -> bytes:
        return BLOCK


def test_both_ways_of_being_called_give_the_same_picture(library: str, memory: Path) -> None:
    unpacked = VendorPhotoDecoder(library=library).decode(BLOCK)
    assert unpacked[0, 0].tolist() == list(BLOCK[:3])
    assert np.array_equal(VendorPhotoDecoder(library=library, function="GetBmp", style="bmp").decode(BLOCK), unpacked)
    assert np.array_equal(VendorPhotoDecoder(library=library, flip=True).decode(BLOCK), unpacked[::-1])
    assert list(memory.iterdir()) == []


@pytest.mark.parametrize(
    ("function", "style", "told"),
    [
        ("nothing", "unpack", "unreadable"),
        ("crashes", "unpack", "decoder_crashed"),
        ("ends", "unpack", "decoder_crashed"),
        ("unlicensed", "unpack", "decoder_unusable"),
        ("no_such_function", "unpack", "decoder_unusable"),
        ("small", "bmp", "unreadable"),
        ("forgets", "bmp", "unreadable"),
        ("not_here", "bmp", "decoder_unusable"),
    ],
)
def test_what_goes_wrong_has_a_name_and_leaves_nothing(library: str, memory: Path, function: str, style: str, told: str) -> None:
    assert fault_of(VendorPhotoDecoder(library=library, function=function, style=style, seconds=30.0)) == told  # type: ignore[arg-type]
    assert list(memory.iterdir()) == []


@pytest.mark.parametrize("function", ["hangs", "forks"])
def test_one_that_hangs_is_ended_at_its_deadline_with_all_it_started(library: str, memory: Path, function: str) -> None:
    assert fault_of(VendorPhotoDecoder(library=library, function=function, seconds=0.5)) == "decoder_stuck"
    assert list(memory.iterdir()) == []
    end = time.monotonic() + 60
    while [line for line in _command_lines() if library in line]:  # killed is not yet gone, where the machine is busy
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_it_prints_and_writes_is_gone_with_it(library: str, memory: Path, capfd: pytest.CaptureFixture[str]) -> None:
    VendorPhotoDecoder(library=library, function="untidy").decode(BLOCK)
    assert list(memory.iterdir()) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("head", "told"),
    [(b"\x7fELF\x01" + bytes(60), "32 bits"), (b"MZ", "no ELF"), (None, "does not open"), (b"\x7fELF\x02", "does not load")],
)
def test_a_library_that_cannot_work_here_says_why(tmp_path: Path, head: bytes | None, told: str) -> None:
    path = tmp_path / "libwlt.so"
    if head is not None:
        path.write_bytes(head)
    with pytest.raises(Fault, match=told) as caught:
        VendorPhotoDecoder(library=str(path)).decode(BLOCK)
    assert caught.value.code == "identity.photo_decoder_unusable"


def _command_lines() -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(process.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return found
