"""For tests behind a real PC/SC: a pcscd of the test's own with virtual readers, and a plate whose card is carried to one of them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.devices.contactless_reader.pcsc import pyscard
from kiosk.devices.contactless_reader.simulated import ContactlessSimulator

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
PATIENCE = 20.0  # s for pcscd to notice what was done; it looks every 0.4


def missing() -> str:
    """Why it cannot run here, or ""."""
    if shutil.which("pcscd") is None or not DRIVER.exists():
        return "needs Debian's pcscd and vsmartcard-vpcd"
    if subprocess.run([*_APART, "true"], capture_output=True, check=False).returncode:
        return "needs a mount namespace of its own for pcscd (root, or unprivileged user namespaces)"
    return ""


# The PC/SC library looks for its socket once in a process, so every pcscd of this process has the same one.
_FOLDER = Path(tempfile.gettempdir()) / f"kiosk-pcscd-{os.getpid()}"
# pcscd puts its socket into /run and can be told no other place: it gets a /run of its own, which is a folder to all others.
_APART = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


class Pcscd:
    """Its virtual readers have two slots each: `Plate` is `Plate 00 00` and `Plate 00 01`. `ports`: where a card is put into the first."""

    def __init__(self) -> None:
        self._folder = _FOLDER
        self._socket = _FOLDER / "run" / "pcscd" / "pcscd.comm"
        os.environ["PCSCLITE_CSOCK_NAME"] = str(self._socket)
        self._process: subprocess.Popen[bytes] | None = None
        self.ports: dict[str, int] = {}

    def start(self, *readers: str) -> None:
        """Returns when pcscd knows all of them; a port that somebody else took meanwhile is given up for another one."""
        while True:
            self._begin(readers)
            if self._known() == 2 * len(readers):
                return
            self.stop()

    def _begin(self, readers: tuple[str, ...]) -> None:
        (self._folder / "run").mkdir(parents=True, exist_ok=True)
        conf = self._folder / "reader.conf"
        self.ports = {name: _two_free_ports() for name in readers}
        conf.write_text("".join(self._entry(name, port) for name, port in self.ports.items()))
        inside = f'mount --bind "{self._folder / "run"}" /run && exec pcscd --foreground --config "{conf}"'
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([*_APART, "sh", "-c", inside], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        until(self._answers)

    def _entry(self, name: str, port: int) -> str:
        """vpcd keeps its slots in variables of the library: two readers of one library would be one card. Each has a copy of it."""
        library = self._folder / f"{name}.so"
        shutil.copy(DRIVER, library)
        return f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{port:#x}\nLIBPATH {library}\nCHANNELID {port:#x}\n'

    def _known(self) -> int:
        """How many readers it has found."""
        scard = pyscard()
        _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        found = scard.SCardListReaders(context, [])
        scard.SCardReleaseContext(context)
        return len(found[1]) if found[0] == 0 else 0

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None
            shutil.rmtree(self._folder)

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, (self._folder / "log").read_text()
        with socket.socket(socket.AF_UNIX) as line:
            return line.connect_ex(str(self._socket)) == 0


class Carrier:
    """Carries what lies on the simulated plate to the virtual reader `name`: the levers of the simulator then work on real PC/SC."""

    def __init__(self, daemon: Pcscd, name: str) -> None:
        self.plate = ContactlessSimulator()
        self.plate.start()
        self._daemon, self._name = daemon, name
        self._carrying: list[threading.Thread] = []
        self._ends: tuple[socket.socket, ...] = ()

    def put(self, card: str, state: Callable[[], int]) -> None:
        """Returns when pcscd knows the card. `state`: of the reader, by PC/SC."""
        self.lift(state)
        self.plate.put_card(card)
        host, _, port = self.plate.wire.rpartition(":")
        here = ("127.0.0.1", self._daemon.ports[self._name])
        self._ends = ends = socket.create_connection((host, int(port))), socket.create_connection(here)
        self._carrying = [threading.Thread(target=_pump, args=way, daemon=True) for way in (ends, ends[::-1])]
        for way in self._carrying:
            way.start()
        until(lambda: bool(state() & 0x20))

    def lift(self, state: Callable[[], int]) -> None:
        self.plate.lift_card()
        self._join()
        until(lambda: not state() & 0x20)

    def stop(self) -> None:
        self.plate.stop()
        self._join()

    def _join(self) -> None:
        """Ends what one end alone keeps open, too: a pump waits for bytes without a limit of its own."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for way in self._carrying:
            way.join(PATIENCE)
            assert not way.is_alive(), "a line to a virtual reader does not end"
        for end in self._ends:
            end.close()
        self._carrying, self._ends = [], ()


def until(so: Callable[[], bool]) -> None:
    """Returns when it is so; nothing else tells."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "pcscd did not notice"
        time.sleep(0.02)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(4096):
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _two_free_ports() -> int:
    """A port whose next one is free too: vpcd takes a port for each of its two slots."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            if port < 65535 and second.connect_ex(("127.0.0.1", port + 1)):
                return port


def reader_state(scard: Any, name: str) -> int:
    """PC/SC's bits of the reader whose name begins with `name`, through a line of its own."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    try:
        status, states = scard.SCardGetStatusChange(context, 0, [(f"{name} 00 00", scard.SCARD_STATE_UNAWARE)])
        assert status == 0, hex(status & 0xFFFFFFFF)
        return int(states[0][1])
    finally:
        scard.SCardReleaseContext(context)
