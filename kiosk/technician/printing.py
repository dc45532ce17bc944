"""A technician's paper that belongs to no visit: a PDF on the A4 printer, a picture of dots on the receipt printer."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.devices.device import Device
from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.receipt_printer import Raster, ReceiptPrinter


async def print_page(device: DocumentPrinter, pdf: bytes) -> None:
    """As nobody's paper; it does not come out in a visit that begins meanwhile. Raises the printer's Fault."""
    with device.door.aside() as binding:
        await device.print(pdf, job=_job(), binding=binding)
    await asyncio.to_thread(device.count, pdf)


async def print_dots(device: ReceiptPrinter, slip: Raster) -> None:
    """As `print_page`."""
    with device.door.aside() as binding:
        await device.print(slip, job=_job(), binding=binding)
    device.count(slip)


async def put_on_paper(device: Device, file: Path) -> None:
    """`file` is a PDF for an A4 printer, a PNG for a receipt printer. Raises the printer's Fault, ValueError, OSError."""
    if isinstance(device, DocumentPrinter):
        await print_page(device, await asyncio.to_thread(file.read_bytes))
    elif isinstance(device, ReceiptPrinter):
        await print_dots(device, await asyncio.to_thread(_dots, file))
    else:
        raise ValueError(f"{device.kind} prints nothing")


def _dots(file: Path) -> Raster:
    with Image.open(file, formats=("PNG",)) as picture:
        return ~np.asarray(picture.convert("1"))


def _job() -> str:
    return f"technician-{secrets.token_hex(6)}"
