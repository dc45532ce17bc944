"""For tests behind a real sound server: a PulseAudio of the test's own, whose one output plays into nothing and is listened to."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import BinaryIO

from kiosk.model.sound import RATE, SPEECH_RATE, Sound

PATIENCE = 30.0  # seconds for the server to begin
HUSH = 15.0  # seconds for what is in the air to have been heard


def missing() -> str:
    """Why it cannot run here, or ""."""
    if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
        return "needs Debian's pulseaudio and pulseaudio-utils"
    with tempfile.TemporaryDirectory(prefix="kiosk-pulse-") as folder:
        done = subprocess.run(
            ["pulseaudio", "--dump-modules"], env=_apart(Path(folder)), capture_output=True, check=False, timeout=60
        )
    return "" if done.returncode == 0 else "pulseaudio does not run here"


class Pulse:
    """`socket` is for PULSE_SERVER, `address` takes bare samples over TCP, `source` gives those that the output plays. All three stay the

    same when it is stopped and started again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.socket = folder / "native"
        with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as other:
            self._port, self._source = free.getsockname()[1], other.getsockname()[1]
        self.address, self.source = f"127.0.0.1:{self._port}", f"127.0.0.1:{self._source}"
        self._server: subprocess.Popen[bytes] | None = None
        self._recorder: subprocess.Popen[bytes] | None = None
        self._listening: threading.Thread | None = None
        self._heard = bytearray()

    def start(self) -> None:
        """Returns when it listens, and is listened to."""
        simple = f"module-simple-protocol-tcp listen=127.0.0.1 port={self._port} rate={RATE} format=s16le channels=1 playback=1"
        modules = (
            f"module-null-sink sink_name=shop rate={RATE} channels=1 format=s16le",
            f"module-simple-protocol-tcp listen=127.0.0.1 port={self._source} rate={SPEECH_RATE} format=s16le channels=1 record=1 "
            "source=shop.monitor",
            f"module-native-protocol-unix auth-anonymous=1 socket={self.socket}",
            simple,
        )
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *(f"--load={one}" for one in modules)],
                env=_apart(self._folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._until_it_answers()
        self._recorder = subprocess.Popen(
            ["parec", "--device=shop.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le", "--raw", "--latency-msec=20"],
            env=_apart(self._folder) | {"PULSE_SERVER": f"unix:{self.socket}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        already = len(self._heard)
        self._listening = threading.Thread(target=self._listen, args=(self._recorder,), name="ears", daemon=True)
        self._listening.start()
        end = time.monotonic() + PATIENCE
        while len(self._heard) == already:  # silence counts: from here on nothing is missed
            assert time.monotonic() < end, "nobody listens"
            time.sleep(0.02)

    def stop(self) -> None:
        """May be called twice; what was heard stays."""
        for process in (self._server, self._recorder):
            if process is not None:
                process.terminate()
                process.wait()
        if self._listening is not None:
            self._listening.join()
        if self._recorder is not None and self._recorder.stdout is not None:
            self._recorder.stdout.close()
        self._server = self._recorder = self._listening = None
        self.socket.unlink(missing_ok=True)

    @property
    def runs(self) -> bool:
        return self._server is not None

    def player(self, samples: BinaryIO) -> subprocess.Popen[bytes]:
        """Plays what is in a file, at SPEECH_RATE."""
        return subprocess.Popen(
            ["pacat", "--playback", f"--rate={SPEECH_RATE}", "--channels=1", "--format=s16le", "--raw", "--latency-msec=40"],
            env=_apart(self._folder) | {"PULSE_SERVER": f"unix:{self.socket}"},
            stdin=samples,
            stderr=subprocess.DEVNULL,
        )

    def forget(self) -> None:
        """What was heard so far; what is in the air still is heard."""
        del self._heard[:]

    def heard(self) -> Sound:
        heard = bytes(self._heard)
        return Sound(heard[: len(heard) // 2 * 2])

    def falls_silent(self) -> bool:
        """Returns when half a second of nothing was heard: what was let go of is on its way for a moment. False: it never came, or

        its recorder fell silent altogether.
        """
        end = time.monotonic() + HUSH
        while True:
            self.forget()
            while self.heard().seconds < 0.5:
                if time.monotonic() > end:
                    return False
                time.sleep(0.02)
            if not any(self.heard().pcm):
                return True

    def _listen(self, recorder: subprocess.Popen[bytes]) -> None:
        assert recorder.stdout is not None
        while data := os.read(recorder.stdout.fileno(), 1 << 16):
            self._heard += data

    def _until_it_answers(self) -> None:
        """Its sockets are there one after the other; the last one is asked last."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port)).close()
            except OSError:
                assert time.monotonic() < end and self._server is not None and self._server.poll() is None, "pulseaudio did not begin"
                time.sleep(0.05)
            else:
                return


def _apart(folder: Path) -> dict[str, str]:
    """Nothing of the user's own sound server, if there is one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE", "XDG", "DBUS", "DISPLAY"))}
    return kept | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_RUNTIME_PATH": str(folder / "run")}
