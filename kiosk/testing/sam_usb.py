"""Readers on a USB that is not there: a pyusb backend with true descriptors and bulk pipes, a simulated module behind each."""

from __future__ import annotations

import errno
import threading
import time
from array import array
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.codec import HEAD, FrameParser
from kiosk.devices.id_card_reader.simulated_sam import SimulatedSam

PACKET = 64  # bytes of a full-speed bulk packet
SPLIT = (0x02, 0x06, 0x81, 0x85)
PAIR = (0x01, 0x82)
THINKS = 0.02  # seconds that a module decrypts a card, at least
INTERRUPT, BULK = 0x03, 0x02


class UsbModule:
    """One reader on the bus. Its packets wait in the pipes until they are fetched, whoever fetches them.

    `breaks_after` counts bytes of replies until the plug comes out; `late` keeps the next reply back until the command after it.
    """

    def __init__(self, pipes: tuple[int, ...] = SPLIT, *, vendor: int = 0x0400, product: int = 0xC35A, address: int = 1) -> None:
        self.sam = SimulatedSam()
        self.pipes = pipes
        self.vendor, self.product, self.address = vendor, product, address
        self.plugged = True
        self.held = False
        self.refused = 0  # an errno with which opening is answered
        self.breaks_after: int | None = None
        self.noise = b""  # comes before the next reply
        self.late = self.silent = False
        self.kernel_driver = False
        self.fetched: dict[int, int] = {}  # pipe → bytes
        self.waiting = threading.Condition()
        self._packets: dict[int, list[bytes]] = {pipe: [] for pipe in pipes if pipe & 0x80}
        self._parser = FrameParser(codec.SHORTEST_REQUEST)
        self._kept = b""

    def unplug(self) -> None:
        with self.waiting:
            self.plugged = False
            for packets in self._packets.values():
                packets.clear()
            self.waiting.notify_all()

    def plug_in(self) -> None:
        self.plugged, self.breaks_after, self.held = True, None, False

    def receive(self, data: bytes) -> None:
        for body in self._parser.feed(data):
            reply = self.sam.answer(bytes(body))
            if body[0] == codec.READ.code[0]:
                time.sleep(THINKS)
            if self.silent:
                continue
            if self.late:
                self.late, self._kept = False, reply
                continue
            for one in (self._kept, self.noise + reply):
                self._queue(one)
            self._kept = self.noise = b""

    def fetch(self, pipe: int, room: int, seconds: float) -> bytes:
        """As a bulk transfer does: packets until the room is full or one is short. Raises USBError, USBTimeoutError."""
        packets, taken = self._packets[pipe], b""
        with self.waiting:
            if not self.waiting.wait_for(lambda: packets or not self.plugged, seconds):
                raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            if not self.plugged:
                raise usb.core.USBError("No such device", -4, errno.ENODEV)
            while packets and len(taken) < room:
                if len(taken) + len(packets[0]) > room:
                    raise usb.core.USBError("Overflow", -8, errno.EOVERFLOW)
                taken += packets.pop(0)
                if len(taken) % PACKET:
                    break
        if self.breaks_after is not None:
            if len(taken) > self.breaks_after:
                self.unplug()
                raise usb.core.USBError("No such device", -4, errno.ENODEV)
            self.breaks_after -= len(taken)
        self.fetched[pipe] = self.fetched.get(pipe, 0) + len(taken)
        return taken

    def _queue(self, reply: bytes) -> None:
        ins = [pipe for pipe in self.pipes if pipe & 0x80]
        parts = (reply[:HEAD], reply[HEAD:]) if len(ins) == 2 else (reply,)
        with self.waiting:
            for pipe, part in zip(ins, parts, strict=True):
                self._packets[pipe] += [part[place : place + PACKET] for place in range(0, len(part), PACKET)]
            self.waiting.notify_all()


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]  # pyusb publishes no types
    """What pyusb asks of libusb, answered by `modules`."""

    def __init__(self, *modules: UsbModule) -> None:
        self.modules = list(modules)

    def enumerate_devices(self) -> Any:
        return iter([module for module in self.modules if module.plugged])

    def get_device_descriptor(self, dev: UsbModule) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0110, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0, bMaxPacketSize0=8,
            idVendor=dev.vendor, idProduct=dev.product, bcdDevice=0x0100, iManufacturer=0, iProduct=0, iSerialNumber=0,
            bNumConfigurations=1, address=dev.address, bus=1, port_number=dev.address, port_numbers=(dev.address,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: UsbModule, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=18 + 7 * len(dev.pipes), bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0x80, bMaxPower=250, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: UsbModule, intf: int, alt: int, config: int) -> Any:
        if intf or alt or config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=len(dev.pipes), bInterfaceClass=255,
            bInterfaceSubClass=0, bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: UsbModule, ep: int, intf: int, alt: int, config: int) -> Any:
        if ep >= len(dev.pipes):
            raise IndexError
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=dev.pipes[ep], bmAttributes=BULK if len(dev.pipes) > 1 else INTERRUPT,
            wMaxPacketSize=PACKET, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: UsbModule) -> UsbModule:
        self._there(dev)
        if dev.refused:
            raise usb.core.USBError("refused", -3, dev.refused)
        return dev

    def close_device(self, dev_handle: UsbModule) -> None: ...

    def get_configuration(self, dev_handle: UsbModule) -> int:
        self._there(dev_handle)
        return 1

    def set_configuration(self, dev_handle: UsbModule, config_value: int) -> None: ...

    def claim_interface(self, dev_handle: UsbModule, intf: int) -> None:
        self._there(dev_handle)
        if dev_handle.held or dev_handle.kernel_driver:
            raise usb.core.USBError("Resource busy", -6, errno.EBUSY)
        dev_handle.held = True

    def release_interface(self, dev_handle: UsbModule, intf: int) -> None:
        dev_handle.held = False

    def is_kernel_driver_active(self, dev_handle: UsbModule, intf: int) -> bool:
        return dev_handle.kernel_driver

    def detach_kernel_driver(self, dev_handle: UsbModule, intf: int) -> None:
        dev_handle.kernel_driver = False

    def bulk_write(self, dev_handle: UsbModule, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._there(dev_handle)
        if ep not in dev_handle.pipes:
            raise usb.core.USBError("no such pipe", -5, errno.ENOENT)
        dev_handle.receive(data.tobytes())
        return len(data)

    def bulk_read(self, dev_handle: UsbModule, ep: int, intf: int, buff: Any, timeout: int) -> int:
        self._there(dev_handle)
        taken = dev_handle.fetch(ep, len(buff), timeout / 1000)
        buff[: len(taken)] = array("B", taken)
        return len(taken)

    @staticmethod
    def _there(module: UsbModule) -> None:
        if not module.plugged:
            raise usb.core.USBError("No such device", -4, errno.ENODEV)
