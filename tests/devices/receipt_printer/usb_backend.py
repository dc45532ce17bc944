"""A USB bus of air with one receipt printer on it, for pyusb: true descriptors, bulk transfers, a plug that comes out."""

from __future__ import annotations

import errno
import time
from array import array
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from kiosk.devices.receipt_printer.simulated_escpos import EscposPrinterCore

VID, PID = 0x0483, 0x5743
OUT, IN = 0x03, 0x81
SERIAL = "P7K2Q"


class PrinterOnUsb(usb.backend.IBackend):
    """`core` answers behind the endpoints. A composite device: a keyboard-like interface first, the printer second."""

    def __init__(self, core: EscposPrinterCore) -> None:
        self.core = core
        self.plugged = True
        self.configured = 1
        self.kernel_driver = True
        self.log: list[str] = []
        self.stuck = False
        self._answers = bytearray()

    def unplug(self) -> None:
        self.plugged = False
        self.core.power_off()

    def plug_in(self) -> None:
        self.plugged = True

    def _here(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("no such device", errno=errno.ENODEV)

    # ── Descriptors ──────────────────────────────────────────────────────────────────────────────────────────────────

    def enumerate_devices(self) -> list[str]:
        return ["hub", *(["printer"] if self.plugged else [])]

    def get_device_descriptor(self, dev: str) -> Any:
        printer = dev == "printer"
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0 if printer else 9, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VID if printer else 0x1D6B, idProduct=PID if printer else 2, bcdDevice=0x0100, iManufacturer=0,
            iProduct=0, iSerialNumber=1 if printer else 0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,),
            speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=50, bNumInterfaces=2 if dev == "printer" else 1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> Any:
        if alt or intf > (1 if dev == "printer" else 0):
            raise IndexError
        kind = 9 if dev == "hub" else 7 if intf == 1 else 3
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=intf, bAlternateSetting=0, bNumEndpoints=2 if kind == 7 else 0,
            bInterfaceClass=kind, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2, wMaxPacketSize=64, bInterval=0, bRefresh=0,
            bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def get_parent(self, dev: str) -> None:
        return None

    # ── Talk ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_device(self, dev: str) -> str:
        self._here()
        self.log.append("open")
        return dev

    def close_device(self, dev_handle: str) -> None:
        self.log.append("close")
        self.core.hang_up()
        self._answers.clear()

    def get_configuration(self, dev_handle: str) -> int:
        self._here()
        return self.configured

    def set_configuration(self, dev_handle: str, config_value: int) -> None:
        self.configured = config_value

    def claim_interface(self, dev_handle: str, intf: int) -> None:
        self._here()
        if self.kernel_driver:
            raise usb.core.USBError("busy", errno=errno.EBUSY)
        self.log.append(f"claim {intf}")

    def release_interface(self, dev_handle: str, intf: int) -> None:
        self.log.append(f"release {intf}")

    def is_kernel_driver_active(self, dev_handle: str, intf: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, dev_handle: str, intf: int) -> None:
        self.kernel_driver = False
        self.log.append(f"detach {intf}")

    def bulk_write(self, dev_handle: str, ep: int, intf: int, data: array[int], timeout: int) -> int:
        assert (ep, intf) == (OUT, 1)
        assert 0 < timeout < 60_000
        self._here()
        if self.stuck and len(data) > 3:
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        self._answers += self.core.take(data.tobytes())
        self._here()
        return len(data)

    def bulk_read(self, dev_handle: str, ep: int, intf: int, buff: array[int], timeout: int) -> int:
        assert (ep, intf) == (IN, 1)
        self._here()
        if not self._answers:
            time.sleep(timeout / 1000)
            raise usb.core.USBTimeoutError("timed out", errno=errno.ETIMEDOUT)
        count = min(len(buff), len(self._answers))
        buff[:count] = array("B", self._answers[:count])
        del self._answers[:count]
        return count

    def ctrl_transfer(
        self, dev_handle: str, bmRequestType: int, bRequest: int, wValue: int, wIndex: int, data: array[int], timeout: int
    ) -> int:
        """GET_DESCRIPTOR of strings only: languages, and the serial number."""
        assert bRequest == 6
        text = b"\x04\x03\x09\x04" if wValue & 0xFF == 0 else bytes((2 + 2 * len(SERIAL), 3)) + SERIAL.encode("utf-16-le")
        count = min(len(text), len(data))
        data[:count] = array("B", text[:count])
        return count
