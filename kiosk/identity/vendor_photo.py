"""The photo of a real card, through its vendor's closed library: in a process of its own, with a deadline, with nothing left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from kiosk.identity import PhotoDecoder, Picture
from kiosk.identity.vendor_call import BYTES, FAILED, HEIGHT, NO_PHOTO, UNAUTHORISED, UNUSABLE, WIDTH
from kiosk.model.faults import Fault, Remedy

BLOCK = 1024  # bytes
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, closed to others and removed: a face is never on a disk
CALL = Path(__file__).with_name("vendor_call.py")
_ELF_CLASS = {1: 32, 2: 64}


class VendorPhotoDecoder(PhotoDecoder):
    """`library`: path of the vendor's shared library. `function` and `style`: how it is called,

    `unpack`  int f(wlt, out, save): 1024 bytes → 102 × 126 × 3 bytes BGR;
    `bmp`     int f(path of a .wlt, `port`: 1 serial, 2 USB): writes the .bmp beside it.

    `success` is what it returns when all is well; `flip` for a library that begins with the lowest line. `seconds` is the deadline.
    Faults, all OTHER_WAY: `identity.photo_unreadable`, `.photo_decoder_stuck`, `.photo_decoder_crashed`, `.photo_decoder_unusable`.
    """

    def __init__(
        self,
        *,
        library: str,
        function: str = "unpack",
        style: Literal["unpack", "bmp"] = "unpack",
        port: int = 1,
        success: int = 1,
        flip: bool = False,
        seconds: float = 3.0,
    ) -> None:
        self._library = library
        self._arguments = [library, function, style, str(port), str(success)]
        self._flip = flip
        self._seconds = seconds

    def decode(self, block: bytes) -> Picture:
        if len(block) != BLOCK:
            raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY, f"{len(block)} bytes")
        self._fits()
        folder = Path(tempfile.mkdtemp(prefix="kiosk-photo-", dir=MEMORY if MEMORY.is_dir() else None))
        try:
            self._judge(self._called(block, folder))
            return self._picture(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _fits(self) -> None:
        """The commonest trouble is told in so many words: most vendors give out 32-bit libraries only."""
        try:
            with Path(self._library).open("rb") as file:
                head = file.read(5)
        except OSError as error:
            raise self._unusable(f"the library does not open: {type(error).__name__}") from None
        if head[:4] != b"\x7fELF":
            raise self._unusable("the library is no ELF file")
        here = 64 if sys.maxsize > 2**32 else 32
        if _ELF_CLASS.get(head[4]) != here:
            raise self._unusable(f"a library of {_ELF_CLASS.get(head[4], 0)} bits on a system of {here}")

    def _called(self, block: bytes, folder: Path) -> int:
        # Nothing personal in its arguments or surroundings; what the library prints is nobody's business.
        running = subprocess.Popen(  # noqa: S603 - our own file and the library that config.toml names
            [sys.executable, "-I", "-S", str(CALL), *self._arguments],
            cwd=folder,
            env={},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            running.communicate(block, self._seconds)
        except subprocess.TimeoutExpired:
            raise Fault("identity.photo_decoder_stuck", Remedy.OTHER_WAY, f"no picture within {self._seconds} s") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)  # and whatever the library started
            running.wait()
            if running.stdin is not None:
                with contextlib.suppress(BrokenPipeError):
                    running.stdin.close()
        return running.returncode

    def _judge(self, status: int) -> None:
        if status < 0:
            raise Fault("identity.photo_decoder_crashed", Remedy.OTHER_WAY, f"the library ended with signal {-status}")
        if status == UNUSABLE:
            raise self._unusable("the library does not load, or has no such function")
        if status == UNAUTHORISED:
            raise self._unusable("the library is not licensed for this reader")
        if status in (FAILED, NO_PHOTO):
            raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY, "the library makes no picture of it")
        if status:
            raise Fault("identity.photo_decoder_crashed", Remedy.OTHER_WAY, f"the library ended the process with {status}")

    def _picture(self, folder: Path) -> Picture:
        try:
            raw = (folder / "photo.bgr").read_bytes()
            picture = np.frombuffer(raw, np.uint8).reshape(HEIGHT, WIDTH, 3) if len(raw) == BYTES else None
        except FileNotFoundError:
            raw = (folder / "photo.bmp").read_bytes()
            found = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_COLOR) if raw else None
            picture = np.asarray(found, np.uint8) if found is not None else None
        if picture is None or picture.shape != (HEIGHT, WIDTH, 3):
            raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY, "not a picture of 102 x 126")
        return np.ascontiguousarray(picture[::-1] if self._flip else picture)

    @staticmethod
    def _unusable(why: str) -> Fault:
        return Fault("identity.photo_decoder_unusable", Remedy.OTHER_WAY, why)
