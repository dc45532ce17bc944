"""An ESC/POS receipt printer on USB without a driver of the system in between, through pyusb."""

from __future__ import annotations

import errno
import math
import time
from contextlib import suppress
from typing import Any, Literal

from kiosk.devices.receipt_printer.conversation import Wire
from kiosk.devices.receipt_printer.escpos import EscposPrinter

_PRINTER = 7  # interface class
_CHUNK = 16384  # bytes a transfer: what is still to be sent is known when the time is over
_INWARD = 0x80  # direction bit of an endpoint's address
_BULK = 2


class EscposUsb(EscposPrinter):
    """The first device with an interface of class 7 and two bulk endpoints. Where there are several: `vid`, `pid`, `serial`.

    `out` and `inward` are endpoint addresses, for printers whose descriptor lies. Numbers in config.toml may be written 0x04b8.
    """

    line = "usb"

    def __init__(
        self,
        *,
        name: str = "",
        vid: int = 0,
        pid: int = 0,
        serial: str = "",
        out: int = 0,
        inward: int = 0,
        width: int = 576,
        fence: bool = True,
        mode: Literal["raster", "text"] = "raster",
    ) -> None:
        super().__init__(name=name, width=width, fence=fence, mode=mode)
        self._wanted = {key: value for key, value in (("idVendor", vid), ("idProduct", pid), ("serial_number", serial)) if value}
        self._endpoints = out, inward
        self._found = "not found"
        self.backend: Any = None  # libusb, unless a test brings its own

    @property
    def address(self) -> str:
        return self._found

    def _connect(self) -> Wire:
        # Imported here: only kiosks with such a printer need libusb.
        import usb.core

        try:
            device = usb.core.find(backend=self.backend, custom_match=_has_printer, **self._wanted)
        except usb.core.NoBackendError:
            raise OSError("libusb is not installed") from None
        if device is None:
            raise OSError(errno.ENODEV, "no such printer")
        self._found = f"{device.idVendor:04x}:{device.idProduct:04x}"
        return _Endpoints(device, *self._endpoints)


def _has_printer(device: Any) -> bool:
    return any(interface.bInterfaceClass == _PRINTER for configuration in device for interface in configuration)


class _Endpoints(Wire):
    def __init__(self, device: Any, out: int, inward: int) -> None:
        import usb.core

        self._device = device
        self._timeout = usb.core.USBTimeoutError
        try:
            interface = next(one for one in self._configuration() if one.bInterfaceClass == _PRINTER)
            with suppress(NotImplementedError):
                if device.is_kernel_driver_active(interface.bInterfaceNumber):
                    device.detach_kernel_driver(interface.bInterfaceNumber)
            bulk = [one for one in interface if one.bmAttributes & 3 == _BULK]
            self._out = next(one for one in bulk if not one.bEndpointAddress & _INWARD and out in (0, one.bEndpointAddress))
            self._in = next(one for one in bulk if one.bEndpointAddress & _INWARD and inward in (0, one.bEndpointAddress))
        except StopIteration:
            self.close()
            raise OSError("the device has no such printer endpoints") from None
        except OSError:
            self.close()
            raise

    def _configuration(self) -> Any:
        import usb.core

        try:
            return self._device.get_active_configuration()
        except usb.core.USBError:
            self._device.set_configuration()  # nobody configured it yet
            return self._device.get_active_configuration()

    def send(self, data: bytes, within: float) -> None:
        end = time.monotonic() + within
        while data:
            try:
                sent = self._out.write(data[:_CHUNK], _milliseconds(end))
            except self._timeout:
                raise TimeoutError from None
            data = data[sent:]

    def receive(self, within: float) -> bytes:
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize, _milliseconds(time.monotonic() + within)))
        except self._timeout:
            return b""

    def close(self) -> None:
        import usb.util

        with suppress(OSError):
            usb.util.dispose_resources(self._device)


def _milliseconds(end: float) -> int:
    return max(1, math.ceil((end - time.monotonic()) * 1000))  # 0 would be "for ever"
