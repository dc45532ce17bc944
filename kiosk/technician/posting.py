"""A technician's papers on a printer of this terminal: which one takes them, and the file it is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.devices.roles import DOCUMENTS, RECEIPTS
from kiosk.flow.elsewhere import nearest_station
from kiosk.flow.shelf import Shelves
from kiosk.i18n import REFERENCE
from kiosk.paper.slip import raster
from kiosk.technician.notice import Notice, as_page, as_slip, notice
from kiosk.technician.readiness import Readiness
from kiosk.technician.view import DeviceView

WIDTH = 576  # dots; a printer of narrower paper says so itself


def needed(readiness: Readiness) -> bool:
    """Whether anything is out that a notice could tell."""
    return bool(readiness.offer.missing) or not all(device.health.state.usable for device in readiness.devices)


def notice_of(readiness: Readiness, shelves: Shelves) -> Notice:
    return notice(readiness, shelves.departments, nearest_station(shelves.around, readiness.station.id, readiness.at))


def printer(devices: Sequence[DeviceView]) -> str:
    """The role of the printer for a notice: A4 where that works, else the roll; "" with neither."""
    usable = {device.role for device in devices if device.health.state.usable}
    return next((role for role in (DOCUMENTS.name, RECEIPTS.name) if role in usable), "")


def draw(told: Notice, role: str, readiness: Readiness, folder: Path) -> Path:
    """The file for that printer, in `folder`. Raises Fault("paper.font_missing", STAFF), OSError."""
    if role == DOCUMENTS.name:
        file = folder / "notice.pdf"
        file.write_bytes(as_page(told))
        return file
    file = folder / "notice.png"
    facts = next(device.facts for device in readiness.devices if device.role == role)
    Image.fromarray(~np.asarray(raster(as_slip(told), REFERENCE, int(facts.get("width", WIDTH))))).save(file)
    return file
