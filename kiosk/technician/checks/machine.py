"""The machine beneath: disk, memory, warmth, and whether its clock is kept by NTP."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kiosk.model.words import Word
from kiosk.technician.readiness import Check, Level

DISK_LOW, DISK_OUT = 0.15, 0.02  # of the disk that is free (RELIABILITY W18)
MEMORY_LOW, MEMORY_OUT = 0.15, 0.04
WARM, HOT = 75.0, 90.0  # °C
_UNSYNCHRONISED, _ERROR = 0x40, 5  # adjtimex(2): STA_UNSYNC, TIME_ERROR


def disk(state: Path) -> Check:
    """Room, and whether a file can really be written and synced there: a disk that went read-only says nothing else."""
    try:
        with tempfile.NamedTemporaryFile(dir=state, prefix=".check-") as file:
            file.write(b"?" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        return Check(id="disk", level=Level.FAIL, told=Word("check.disk.unwritable", why=why), remedy=Word("check.disk.remedy"))
    usage = shutil.disk_usage(state)
    free = usage.free / usage.total
    level = Level.FAIL if free < DISK_OUT else Level.WARN if free < DISK_LOW else Level.OK
    told = Word("check.disk.free", percent=f"{free * 100:.0f}", gigabytes=f"{usage.free / 1e9:.1f}")
    return Check(id="disk", level=level, told=told, remedy=Word("check.disk.remedy"))


def memory(meminfo: Path = Path("/proc/meminfo")) -> Check:
    found = dict(line.split(":", 1) for line in meminfo.read_text().splitlines() if ":" in line)
    total, free = (int(found[name].split()[0]) for name in ("MemTotal", "MemAvailable"))
    share = free / total
    level = Level.FAIL if share < MEMORY_OUT else Level.WARN if share < MEMORY_LOW else Level.OK
    told = Word("check.memory.free", percent=f"{share * 100:.0f}", megabytes=f"{free / 1024:.0f}")
    return Check(id="memory", level=level, told=told, remedy=Word("check.memory.remedy"))


def temperature(sensors: Path = Path("/sys/class/thermal")) -> Iterator[Check]:
    """The warmest sensor; nothing where there is none."""
    found = []
    for sensor in sensors.glob("thermal_zone*/temp"):
        try:
            found.append(int(sensor.read_text()) / 1000)
        except (OSError, ValueError):
            continue  # a sensor that is asleep
    if found:
        level = Level.FAIL if max(found) >= HOT else Level.WARN if max(found) >= WARM else Level.OK
        told = Word("check.temperature", degrees=f"{max(found):.0f}")
        yield Check(id="temperature", level=level, told=told, remedy=Word("check.temperature.remedy"))


def ntp() -> Check:
    """What the kernel knows about its own clock."""
    kernel = ctypes.create_string_buffer(256)  # struct timex is 208 bytes; modes = 0 only asks; status is the sixth long, see adjtimex(2)
    state = ctypes.CDLL(None, use_errno=True).adjtimex(kernel)
    if state < 0:
        return Check(id="ntp", level=Level.UNKNOWN, told=Word("check.unreadable", why=os.strerror(ctypes.get_errno())))
    status = ctypes.c_int.from_buffer(kernel, 5 * ctypes.sizeof(ctypes.c_long)).value
    if state == _ERROR or status & _UNSYNCHRONISED:
        return Check(id="ntp", level=Level.WARN, told=Word("check.ntp.free"), remedy=Word("check.ntp.remedy"))
    return Check(id="ntp", level=Level.OK, told=Word("check.ntp.kept"))
