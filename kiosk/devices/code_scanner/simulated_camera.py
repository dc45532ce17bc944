"""The simulated camera for codes: pictures of real QR codes through OpenCV's own VideoCapture, and what is held before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Self

import numpy as np
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from kiosk.devices.code_scanner import CodeScanner
from kiosk.devices.code_scanner.camera import CameraCodeScanner, watch
from kiosk.devices.code_scanner.simulated import BADGE, BILL, DOOR_PLATE, NET_CERT
from kiosk.devices.own_folder import own_folder
from kiosk.devices.simulator import Spot
from kiosk.devices.video import Picture
from kiosk.devices.video.film import Film, Plug
from kiosk.levers import CitizenId, Such, lever

SIZE = (1280, 720)
FPS = 15
FRAMES = 4  # of one scene, each with its own noise
FLOOD = 30  # codes
MOST = 1200  # bytes in one code; more are several codes, side by side
QUIET = 4  # modules of white around a code, ISO/IEC 18004
SHOP = 90  # grey behind the telephone


class CodeCameraSimulator(Plug):
    """What is held before the camera, and the hand on its plug. `link` is made where it is missing, with nothing held there."""

    kind = CodeScanner.kind

    def __init__(self, link: Path) -> None:
        super().__init__(link)
        self._held = ""
        if not self.laid:
            self.take_code_away()

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        return cls(spot.wire)

    def stands(self) -> Mapping[str, str]:
        holder = self._held.removeprefix(NET_CERT) if self._held.startswith(NET_CERT) else ""
        return {"code": self._held, "holder": holder, **super().stands()}

    @lever(fact="code")
    def show_code(self, text: Annotated[str, Such(BADGE, BILL, DOOR_PLATE)]) -> None:
        """Hold a QR code of `text` before the camera, in place of whatever is held there."""
        self.show_bytes(text.encode())
        self._held = text

    @lever(fact="code", to="")
    def take_code_away(self) -> None:
        """Nothing is held there any more."""
        self._show([()] * FRAMES)
        self._held = ""

    @lever(fact="holder")
    def show_net_certificate(self, citizen: CitizenId) -> None:
        """The 网证 on the phone of an invented citizen."""
        self.show_code(NET_CERT + citizen)

    @lever
    def flood(self) -> None:
        """A film of codes: another one in every picture."""
        self._show([(b"FLOOD-%06d" % number,) for number in range(FLOOD)])

    def show_bytes(self, data: bytes) -> None:
        """A code of just these bytes."""
        pieces = [data[at : at + MOST] for at in range(0, len(data), MOST)][:3]
        self._show([pieces] * FRAMES)

    def _show(self, scenes: Sequence[Sequence[bytes]]) -> None:
        self.film("codes", self._photographed(scenes), FPS)

    @staticmethod
    def _photographed(scenes: Sequence[Sequence[bytes]]) -> Iterator[Picture]:
        grain = np.random.default_rng(7)
        for scene in scenes:
            picture = np.full((SIZE[1], SIZE[0]), SHOP, np.int16)
            for at, data in enumerate(scene):
                code = drawn(data, min(SIZE[1] - 40, SIZE[0] // len(scene) - 20))
                top, left = (SIZE[1] - len(code)) // 2, SIZE[0] // len(scene) * at + 10
                picture[top : top + len(code), left : left + len(code)] = code
            picture += grain.integers(-3, 4, picture.shape, np.int16)
            yield np.repeat(np.clip(picture, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


class SimulatedCameraCodeScanner(CameraCodeScanner):
    """The driver for a real camera before a film. `wire` is the link of a CodeCameraSimulator held elsewhere (the dev dock);

    without it the driver has a simulator of its own, `simulator`.
    """

    def __init__(self, *, name: str = "", wire: str = "") -> None:
        link = Path(wire) if wire else own_folder(self, "codes") / "codes"
        super().__init__(name=name)
        self.capture = Film(link, watch())
        self.simulator: CodeCameraSimulator | None = None
        if not wire:
            self.simulator = CodeCameraSimulator(link)


def drawn(data: bytes, side: int) -> Picture:
    """A square QR code of `data`, `side` pixels at most, dark 25 on light 225."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_L, border=QUIET)  # type: ignore[type-arg]
    code.add_data(data, optimize=0)
    code.make(fit=True)
    modules = np.array(code.get_matrix(), bool)
    scale = max(1, side // len(modules))
    return np.asarray(np.kron(np.where(modules, 25, 225), np.ones((scale, scale), int)), np.uint8)
