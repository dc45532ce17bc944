"""The simulated hardware of a demo: started here, reached by wire from the serving processes, moved by its levers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kiosk.config import Config
from kiosk.devices.camera.simulated import CameraSimulator
from kiosk.devices.code_scanner.simulated import CodeScannerSimulator
from kiosk.devices.contactless_reader.simulated import ContactlessSimulator
from kiosk.devices.document_camera.simulated import DocumentCameraSimulator
from kiosk.devices.document_printer.spool import SpoolSimulator
from kiosk.devices.id_card_reader.simulated import SamSimulator
from kiosk.devices.receipt_printer.simulated import EscposPrinterSimulator
from kiosk.devices.roles import CODES, CONTACTLESS, DOCUMENTS, FACE_CAMERA, ID_CARD, PAGES, RECEIPTS
from kiosk.levers import levers

GIVEN = object()  # stands for what the lever was given

# lever → what is so afterwards. The dock's hand is the only one, so what it did is how things stand.
AFTER: Mapping[str, tuple[str, Any]] = {
    "put_card": ("card", GIVEN),
    "put_forged_card": ("card", "forged"),
    "lift_card": ("card", ""),
    "show": ("face", GIVEN),
    "show_code": ("code", GIVEN),
    "take_code_away": ("code", ""),
    "lay_page": ("page", GIVEN),
    "take_away": ("page", ""),
    "cover_lens": ("face", "covered"),
    "unplug": ("unplugged", True),
    "plug_in": ("unplugged", False),
    "take_paper_out": ("paper_out", True),
    "put_paper": ("paper_out", False),
    "open_cover": ("cover_open", True),
    "close_cover": ("cover_open", False),
    "jam": ("jammed", True),
    "clear_jam": ("jammed", False),
}

BEFORE: Mapping[str, Mapping[str, Any]] = {
    ID_CARD.name: {"card": "", "unplugged": False},
    FACE_CAMERA.name: {"face": "", "unplugged": False},
    RECEIPTS.name: {"paper_out": False, "cover_open": False},
    DOCUMENTS.name: {"paper_out": False, "jammed": False},
    CODES.name: {"code": "", "unplugged": False},
    CONTACTLESS.name: {"card": "", "unplugged": False},
    PAGES.name: {"page": "", "unplugged": False},
}


class Hardware:
    """Simulators for the roles that config.toml calls simulated; other roles are left alone.

    `wires`: place in the configuration → what a serving process is told instead. `stands`: role → how things stand there.
    """

    def __init__(self, settings: Config, folder: Path, papers: Path) -> None:
        self.receipts, self.documents = papers / "receipts", papers / "documents"
        self.wires: dict[str, str] = {}
        self.stands: dict[str, dict[str, Any]] = {}
        self._simulators: dict[str, object] = {}
        self._stops: list[Callable[[], None]] = []
        folder.mkdir(parents=True, exist_ok=True)
        for role in BEFORE:
            if settings.devices.get(role, {}).get("driver") == "simulated":
                self.wires |= self._start(role, folder)
                self.stands[role] = dict(BEFORE[role])

    def pull(self, role: str, lever: str, value: str = "") -> None:
        """Raises KeyError for a lever that this device has not."""
        what, so = AFTER[lever]
        levers(self._simulators[role])[lever](*([value] if so is GIVEN else []))
        self.stands[role][what] = value if so is GIVEN else so

    def stop(self) -> None:
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _start(self, role: str, folder: Path) -> dict[str, str]:
        match role:
            case ID_CARD.name:
                reader = SamSimulator(wire=str(folder / role))
                self._stops.append(reader.stop)
                self._simulators[role] = reader
                return {f"devices.{role}.wire": reader.start()}
            case FACE_CAMERA.name:
                self._simulators[role] = CameraSimulator(folder / role)
                return {f"devices.{role}.wire": str(folder / role)}
            case RECEIPTS.name:
                printer = EscposPrinterSimulator(self.receipts)
                self._stops.append(printer.stop)
                self._simulators[role] = printer
                host, port = printer.start()
                return {f"devices.{role}.wire": f"{host}:{port}"}
            case CODES.name:
                scanner = CodeScannerSimulator(wire=str(folder / role))
                self._stops.append(scanner.stop)
                self._simulators[role] = scanner
                return {f"devices.{role}.wire": scanner.start()}
            case CONTACTLESS.name:
                plate = ContactlessSimulator()
                self._stops.append(plate.stop)
                self._simulators[role] = plate
                return {f"devices.{role}.wire": plate.start()}
            case PAGES.name:
                self._simulators[role] = DocumentCameraSimulator(folder / role)
                return {f"devices.{role}.wire": str(folder / role)}
            case _:
                self._simulators[role] = SpoolSimulator(self.documents)
                return {f"devices.{role}.out": str(self.documents)}
