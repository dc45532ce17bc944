"""Debian's upsd with its dummy-ups driver, on loopback, without root: a real world for the contract."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import time
from pathlib import Path

DRIVER, SERVER = Path("/lib/nut/dummy-ups"), Path("/lib/nut/upsd")  # /sbin/upsd is a script that wants /etc/nut
PATIENCE = 30.0  # seconds for the two to be up


def there() -> str:
    """Why it cannot be had here; "" = it can."""
    missing = [str(path) for path in (DRIVER, SERVER) if not path.exists()]
    return f"not installed: {', '.join(missing)} (.ci/test-packages: nut-server)" if missing else ""


class RealUps:
    """The mains and the battery are lines of a file that dummy-ups reads over and over (its mode "dummy-loop")."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mains, self._low = True, False
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (folder / "ups.conf").write_text("[dummy]\n  driver = dummy-ups\n  port = kiosk.seq\n  mode = dummy-loop\n  pollinterval = 1\n")
        (folder / "upsd.conf").write_text(f"LISTEN 127.0.0.1 {self.port}\n")
        (folder / "upsd.users").write_text("")
        for name in ("upsd.conf", "upsd.users", "ups.conf"):
            (folder / name).chmod(0o640)
        self._write()
        self._driver: subprocess.Popen[bytes] | None = None
        self._upsd: subprocess.Popen[bytes] | None = None

    def _environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return {**os.environ, "NUT_CONFPATH": folder, "NUT_STATEPATH": folder, "NUT_ALTPIDPATH": folder}

    def _write(self) -> None:
        status = " ".join(["OL" if self._mains else "OB", *(["LB"] if self._low else [])])
        lines = [f"ups.status: {status}", "battery.charge: 90", "battery.runtime: 600", "device.model: Dummy", "TIMER 1"]
        new = self._folder / "new.seq"
        new.write_text("\n".join(lines) + "\n")
        new.replace(self._folder / "kiosk.seq")

    def start_upsd(self) -> None:
        if self._driver is None:
            self._driver = self._run([str(DRIVER), "-a", "dummy"])
        self._upsd = self._run([str(SERVER)])
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                    line.sendall(b"GET VAR dummy ups.status\n")
                    if {b"OL", b"OB"} & set(line.recv(100).replace(b'"', b" ").split()):  # not yet WAIT
                        return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError("upsd did not come up")

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            # In the foreground, and as who we are: both would become the user "nut".
            command = [*command, "-D", "-u", getpass.getuser()]
            return subprocess.Popen(command, env=self._environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def stop_upsd(self) -> None:
        self._end(self._upsd)
        self._upsd = None

    def close(self) -> None:
        self._end(self._upsd)
        self._end(self._driver)

    @staticmethod
    def _end(process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def cut_mains(self) -> None:
        self._mains = False
        self._write()

    def restore_mains(self) -> None:
        self._mains = True
        self._write()

    def drain_battery(self) -> None:
        self._low = True
        self._write()

    def charge_battery(self) -> None:
        self._low = False
        self._write()
