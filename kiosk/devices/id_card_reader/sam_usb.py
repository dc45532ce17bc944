"""A certified reader on USB in its own protocol ("SAM native"), through pyusb and libusb."""

from __future__ import annotations

import contextlib
import errno
import re
from array import array
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import usb.core
import usb.util

from kiosk.devices.id_card_reader.codec import HEAD, PREAMBLE
from kiosk.devices.id_card_reader.sam import Line, SamReader
from kiosk.model.faults import Fault, Remedy

KNOWN = ("0400:c35a", "0483:5652", "072f:90d5")  # vendor:product as seen in public code; other makes have their own
SPLIT = {0x02, 0x06, 0x81, 0x85}  # four bulk pipes: 7 bytes (preamble, LEN) in the first of each direction, the rest in the second
FAST = 1_000_000  # bits a second: on USB only the module's thinking takes time
SLICE = 0.1  # seconds: a bulk transfer cannot be called off from another thread, so it is asked for in slices
DRAIN = 5  # ms
TRANSFER = 1000  # ms
_ID = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})")


class UsbLine(Line):
    """One reader, claimed. The flavour is read off its descriptor: SPLIT, or one pair of bulk pipes for whole frames.

    Raises OSError (usb.core.USBError is one), ValueError for a device without either.
    """

    def __init__(self, device: Any) -> None:
        self.speed = FAST
        self._device = device
        self._left = 0  # bytes of the frame at hand that are still to come
        self._clean = False  # whether the pipes are surely empty
        try:
            self._interface = self._claimed()
            outs, ins = self._pipes()
        except BaseException:
            usb.util.dispose_resources(device)
            raise
        self.split = {pipe.bEndpointAddress for pipe in (*outs, *ins)} >= SPLIT
        if self.split:
            self._outs = [pipe for address in (0x02, 0x06) for pipe in outs if pipe.bEndpointAddress == address]
            self._ins = [pipe for address in (0x81, 0x85) for pipe in ins if pipe.bEndpointAddress == address]
        else:
            self._outs, self._ins = outs[:1], ins[:1]

    def drop(self) -> None:
        # Only an exchange that did not end with a whole frame can have left something; emptying the pipes takes time.
        for pipe in () if self._clean else self._ins:
            while self._take(pipe, pipe.wMaxPacketSize * 32, DRAIN):
                pass
        self._left, self._clean = 0, True

    def write(self, frame: bytes) -> None:
        self._clean = False
        parts = (frame[:HEAD], frame[HEAD:]) if self.split else (frame,)
        for pipe, part in zip(self._outs, parts, strict=True):
            pipe.write(part, TRANSFER)

    def read(self, count: int, within: float) -> bytes:
        pipe = self._ins[1] if self.split and self._left else self._ins[0]
        packet = pipe.wMaxPacketSize
        # Whole packets: a device that sends more than was asked for breaks the transfer.
        taken = self._take(pipe, -(-count // packet) * packet, max(1, round(min(within, SLICE) * 1000)))
        if self._left:
            self._left = max(0, self._left - len(taken))
            self._clean = not self._left
        elif taken[: len(PREAMBLE)] == PREAMBLE and len(taken) >= HEAD:
            self._left = max(0, HEAD + (taken[5] << 8 | taken[6]) - len(taken))
            self._clean = not self._left
        return taken

    @staticmethod
    def _take(pipe: Any, size: int, milliseconds: int) -> bytes:
        buffer = array("B", bytes(size))
        try:
            count = pipe.read(buffer, milliseconds)
        except usb.core.USBTimeoutError:
            return b""
        taken = buffer[:count].tobytes()
        buffer[:] = array("B", bytes(size))
        return taken

    def cancel(self) -> None:
        """A slice of a read ends by itself."""

    def close(self) -> None:
        with contextlib.suppress(usb.core.USBError):
            self.drop()
        with contextlib.suppress(usb.core.USBError):
            usb.util.dispose_resources(self._device)

    def _claimed(self) -> Any:
        try:
            configuration = self._device.get_active_configuration()
        except usb.core.USBError as error:
            if error.errno in (errno.ENODEV, errno.EACCES):
                raise
            self._device.set_configuration()
            configuration = self._device.get_active_configuration()
        interface = configuration[(0, 0)]
        number = interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
        usb.util.claim_interface(self._device, number)  # two processes on one reader would eat each other's answers
        return interface

    def _pipes(self) -> tuple[list[Any], list[Any]]:
        bulk = [pipe for pipe in self._interface if usb.util.endpoint_type(pipe.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK]
        outs = [pipe for pipe in bulk if usb.util.endpoint_direction(pipe.bEndpointAddress) == usb.util.ENDPOINT_OUT]
        ins = [pipe for pipe in bulk if usb.util.endpoint_direction(pipe.bEndpointAddress) == usb.util.ENDPOINT_IN]
        if not outs or not ins:
            raise ValueError("no pair of bulk endpoints")
        return outs, ins


class SamUsb(SamReader):
    """`devices` are the vendor:product numbers to look for, in hexadecimal; `sam_number` picks one of several readers.

    Raises ValueError for a number of another shape.
    """

    backend: Any = None  # of pyusb; None = libusb. A test puts its own here

    def __init__(
        self, *, name: str = "", devices: tuple[str, ...] = KNOWN, sam_number: str = "", prints: bool = False
    ) -> None:
        super().__init__(name=name, sam_number=sam_number, prints=prints)
        wrong = [one for one in devices if not _ID.fullmatch(one.lower())]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: write vendor:product as four and four hexadecimal digits, 0400:c35a")
        self.devices = tuple(one.lower() for one in devices)

    async def plugged(self) -> bool:
        def there() -> bool:
            try:
                return bool(self._there())
            except (Fault, OSError):
                return False

        return await self.lane.run(there)

    def _there(self) -> list[Any]:
        try:
            found = usb.core.find(find_all=True, backend=self.backend, custom_match=self._meant)
            return sorted(found, key=lambda one: (one.bus or 0, one.address or 0))
        except usb.core.NoBackendError:
            raise Fault("id_card_reader.absent", Remedy.STAFF, "libusb is not installed (libusb-1.0-0)") from None

    def _meant(self, device: Any) -> bool:
        return f"{device.idVendor:04x}:{device.idProduct:04x}" in self.devices

    def _ways(self) -> Iterable[Callable[[], Line]]:
        try:
            there = self._there()
        except OSError as error:
            raise Fault("id_card_reader.absent", Remedy.STAFF, f"USB cannot be asked: {type(error).__name__}") from None
        if not there:
            raise Fault("id_card_reader.absent", Remedy.STAFF, f"no USB device {', '.join(self.devices)}")
        for device in there:
            yield partial(_line, device)

    def _facts(self) -> dict[str, str]:
        if not isinstance(self._line, UsbLine):
            return {"usb": ""}
        return {"usb": "split" if self._line.split else "whole"}


def _line(device: Any) -> Line:
    try:
        return UsbLine(device)
    except usb.core.USBError as error:
        if error.errno == errno.EACCES:
            raise Fault("id_card_reader.absent", Remedy.STAFF, "no permission: the udev rule is missing") from None
        if error.errno == errno.EBUSY:
            raise Fault("id_card_reader.absent", Remedy.STAFF, "another program holds it") from None
        raise
