"""A role is what a device does for us here; config.toml says which make fills it: `[devices.<role name>]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.devices.camera import Camera
from kiosk.devices.code_scanner import CodeScanner
from kiosk.devices.contactless_reader import ContactlessReader
from kiosk.devices.device import Device
from kiosk.devices.document_camera import DocumentCamera
from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.microphone import Microphone
from kiosk.devices.power import Power
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.devices.speaker import Speaker

D = TypeVar("D", bound=Device)


@dataclass(frozen=True)
class Role(Generic[D]):
    name: str
    kind: type[D]


ID_CARD = Role("id_card", IdCardReader)
FACE_CAMERA = Role("face_camera", Camera)
RECEIPTS = Role("receipts", ReceiptPrinter)
DOCUMENTS = Role("documents", DocumentPrinter)
CODES = Role("codes", CodeScanner)
CONTACTLESS = Role("contactless", ContactlessReader)
PAGES = Role("pages", DocumentCamera)
SOUND = Role("sound", Speaker)
HEADPHONES = Role("headphones", Speaker)
MICROPHONE = Role("microphone", Microphone)
POWER = Role("power", Power)

ROLES: dict[str, Role[Device]] = {
    role.name: role  # type: ignore[misc]
    for role in (ID_CARD, FACE_CAMERA, RECEIPTS, DOCUMENTS, CODES, CONTACTLESS, PAGES, SOUND, HEADPHONES, MICROPHONE, POWER)
}
