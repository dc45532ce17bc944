"""The simulated UPS: an upsd on loopback (RFC 9271) with one UPS behind it, and the real driver in front."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Mapping
from typing import Self

from kiosk.devices.power import Power
from kiosk.devices.power.nut import PASSED, RUNNING, TEST, NutPower
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import lever

UPS = "ups"
USER, PASSWORD = "kiosk", "simulated"
FAILED = "Done and error"
STEPS = 2  # how often a test that runs is asked after before it ends


class PowerSimulator(Simulator):
    """`start()` gives `host:port`; it stays the same while upsd is away and back."""

    kind = Power.kind
    icon = "power-plug-battery"

    def __init__(self, *, wire: str = "127.0.0.1:0") -> None:
        self.wire = wire
        self._mains, self._low, self._worn = True, False, False
        self._testing = 0
        self._result = "No test initiated"
        self._server: socketserver.ThreadingTCPServer | None = None
        self._serving: threading.Thread | None = None
        self._lines: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.asked: list[str] = []  # every line that came, for tests

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls()
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": self.wire}

    def stands(self) -> Mapping[str, str]:
        return {
            "mains": "" if self._mains else "off",
            "battery": "low" if self._low else "",
            "age": "worn" if self._worn else "",
            "upsd": "" if self._server is not None else "gone",
        }

    def start(self) -> str:
        self.start_upsd()
        return self.wire

    def stop(self) -> None:
        """May be called twice."""
        self.stop_upsd()

    @lever(fact="mains", to="off")
    def cut_mains(self) -> None:
        self._mains = False

    @lever(fact="mains", to="")
    def restore_mains(self) -> None:
        self._mains = True

    @lever(fact="battery", to="low")
    def drain_battery(self) -> None:
        self._low = True

    @lever(fact="battery", to="")
    def charge_battery(self) -> None:
        self._low = False

    @lever(fact="age", to="worn")
    def wear_battery(self) -> None:
        """It asks to be replaced, and does not pass its test."""
        self._worn = True

    @lever(fact="age", to="")
    def replace_battery(self) -> None:
        self._worn = False

    @lever(fact="upsd", to="gone")
    def stop_upsd(self) -> None:
        if self._server is None or self._serving is None:
            return
        server, self._server = self._server, None
        server.shutdown()
        with self._lock:
            for line in self._lines:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        self._serving.join()
        self._serving = None
        server.server_close()

    @lever(fact="upsd", to="")
    def start_upsd(self) -> None:
        if self._server is not None:
            return
        simulator = self

        class Line(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with simulator._lock:
                    simulator._lines.add(self.connection)
                try:
                    simulator._talk(self)
                except OSError:
                    pass
                finally:
                    with simulator._lock:
                        simulator._lines.discard(self.connection)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        host, _, port = self.wire.rpartition(":")
        self._server = Server((host, int(port)), Line)
        self.wire = f"{host}:{self._server.server_address[1]}"
        self._serving = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="power-simulator", daemon=True)
        self._serving.start()

    def variables(self) -> dict[str, str]:
        flags = ["OL" if self._mains else "OB", *(["LB"] if self._low else []), *(["RB"] if self._worn else [])]
        charge = 9 if self._low else 100 if self._mains else 80
        return {
            "battery.charge": str(charge),
            "battery.runtime": str(charge * 12),
            "device.mfr": "EGOV",
            "device.model": "Simulated UPS 600",
            "device.serial": "SIM-UPS-0001",
            "driver.version": "2.8.0",
            "input.voltage": "231.0" if self._mains else "0.0",
            "ups.load": "21",
            "ups.status": " ".join(flags),
            "ups.test.result": self._tested(),
        }

    def _tested(self) -> str:
        if self._testing:
            self._testing -= 1
            if not self._testing:
                self._result = FAILED if self._worn or self._low else PASSED
        return RUNNING if self._testing else self._result

    def _talk(self, line: socketserver.StreamRequestHandler) -> None:
        known = {"USERNAME": "", "PASSWORD": ""}
        while raw := line.rfile.readline(512):
            words = raw.decode("ascii", "replace").split()
            with self._lock:
                self.asked.append(" ".join(words))
            line.wfile.write(self._answer(words, known).encode("ascii"))
            if words[:1] == ["LOGOUT"]:
                return

    def _answer(self, words: list[str], known: dict[str, str]) -> str:
        match words:
            case ["VER"]:
                return "Network UPS Tools upsd 2.8.0 (simulated)\n"
            case ["LOGOUT"]:
                return "OK Goodbye\n"
            case [("USERNAME" | "PASSWORD") as what, value]:
                known[what] = value
                return "OK\n"
            case ["LIST", "UPS"]:
                return f'BEGIN LIST UPS\nUPS {UPS} "Simulated"\nEND LIST UPS\n'
            case ["LIST" | "GET", _, name, *_] | ["INSTCMD", name, *_] if name != UPS:
                return "ERR UNKNOWN-UPS\n"
            case ["LIST", "VAR", _]:
                rows = "".join(f'VAR {UPS} {name} "{value}"\n' for name, value in self.variables().items())
                return f"BEGIN LIST VAR {UPS}\n{rows}END LIST VAR {UPS}\n"
            case ["LIST", "CMD", _]:
                return f"BEGIN LIST CMD {UPS}\nCMD {UPS} {TEST}\nEND LIST CMD {UPS}\n"
            case ["GET", "VAR", _, name]:
                told = self.variables()
                return f'VAR {UPS} {name} "{told[name]}"\n' if name in told else "ERR VAR-NOT-SUPPORTED\n"
            case ["INSTCMD", _, command]:
                if not known["USERNAME"]:
                    return "ERR USERNAME-REQUIRED\n"
                if (known["USERNAME"], known["PASSWORD"]) != (USER, PASSWORD):
                    return "ERR ACCESS-DENIED\n"
                if command != TEST:
                    return "ERR CMD-NOT-SUPPORTED\n"
                self._testing = STEPS + 1
                return "OK\n"
            case _:
                return "ERR UNKNOWN-COMMAND\n"


class SimulatedPower(NutPower):
    """The driver for upsd on a simulated one. With `wire`, a PowerSimulator of another process already stands there; without, this

    device starts and owns one (`simulator`)."""

    def __init__(self, *, name: str = "", wire: str = "") -> None:
        super().__init__(name=name, ups=UPS, username=USER, password=PASSWORD)
        self.simulator: PowerSimulator | None = None
        self._wire = wire

    async def open(self) -> None:
        wire = self._wire
        if not wire:
            if self.simulator is None:
                self.simulator = PowerSimulator()
                await self.lane.run(self.simulator.start)
            wire = self.simulator.wire
        host, _, port = wire.rpartition(":")
        self.host, self.port = host, int(port)
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self.simulator is not None:
            await self.lane.run(self.simulator.stop)
            self.simulator = None
