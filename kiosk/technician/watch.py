"""Keeps the record of a serving process: each change of a device's health, what was used up, every call to a department."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import apsw

from kiosk.devices.device import Device
from kiosk.log import log
from kiosk.model.health import Health, State
from kiosk.technician.record import Record
from kiosk.technician.supplies import use


class Watch:
    """The observer of `devices`. Writes in a thread of its own: neither a device nor a citizen waits for the disk."""

    def __init__(self, devices: Mapping[str, Device], open_record: Callable[[], Record]) -> None:
        self._devices = devices
        self._open = open_record
        self._record: Record | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="technician")
        for device in devices.values():
            device.observer = self

    def changed(self, role: str, health: Health) -> None:
        if health.state is not State.DOWN or health.code:  # a device that is merely closed tells nothing
            self._thread.submit(self._write, lambda record: record.health(role, health))

    def used(self, role: str, supply: str, amount: float) -> None:
        self._thread.submit(self._write, lambda record: use(record, role, supply, amount))

    def called(self, system: str, answered: bool) -> None:
        """Of every call to a department; `kiosk.flow.desk.Desk.called`."""
        self._thread.submit(self._write, lambda record: record.called(system, answered=answered))

    def close(self) -> None:
        """Everything that was told is on disk afterwards. May be called twice."""
        for device in self._devices.values():
            device.observer = None
        self._thread.shutdown(wait=True)
        if self._record is not None:
            self._record.close()
            self._record = None

    def _write(self, write: Callable[[Record], None]) -> None:
        try:
            if self._record is None:
                self._record = self._open()
            write(self._record)
        except (apsw.Error, OSError) as error:
            log.warning("technician.record_lost", reason=type(error).__name__)
