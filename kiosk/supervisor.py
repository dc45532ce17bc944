"""Keeps one process serving: it serves one visit and exits, and the next one is started. Holds nobody's data."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from types import FrameType

from kiosk.log import log

STOP = 75  # exit status of a serving process whose window was closed: nobody wants a next one (EX_TEMPFAIL is never ours)
NO_POWER = 76  # …that came to an ordered end because the battery is about to (F-17)
CRASHES, WITHIN, REST = 3, 600.0, 60.0  # three crashes in ten minutes: rest a minute before the next (RELIABILITY W19)

OFF_WITHIN = 30.0  # seconds for the command that shuts the machine down to be taken


class Supervisor:
    """Runs `command` again and again until it exits with STOP or somebody ends us with SIGTERM or SIGINT.

    `off` is run when a serving process ended for want of power: it shuts the machine down. The next process is started all the same;
    it waits in the dark, and serves if the mains come back before the battery ends.

    Each has a temporary folder of its own, which goes with it, whichever way it ends.
    """

    def __init__(self, command: Sequence[str], *, off: Sequence[str] = ()) -> None:
        self._command = list(command)
        self._off = list(off)
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._crashes: deque[float] = deque(maxlen=CRASHES)

    def run(self) -> int:
        """Returns 0 when it was asked to stop."""
        previous = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stopping:
                status = self._serve()
                if status == STOP:
                    break
                if status == NO_POWER:
                    self._power_off()
                elif status != 0 and not self._stopping:
                    self._crashed()
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
        return 0

    def _serve(self) -> int:
        # The pipe is a line of life: a serving process ends when nobody holds its other end, even after our kill -9.
        with (
            tempfile.TemporaryDirectory(prefix="kiosk-serving-", ignore_cleanup_errors=True) as folder,
            subprocess.Popen(self._command, stdin=subprocess.PIPE, env=os.environ | {"TMPDIR": folder}) as child,  # noqa: S603 - our own interpreter and arguments
        ):
            self._child = child
            log.info("supervisor.started", pid=child.pid)
            if self._stopping:
                child.terminate()  # asked to stop when there was no child yet
            try:
                return child.wait()
            finally:
                log.info("supervisor.ended", pid=child.pid, status=child.returncode)

    def _power_off(self) -> None:
        if not self._off or self._stopping:
            return
        try:
            status: int | str = subprocess.run(self._off, stdin=subprocess.DEVNULL, timeout=OFF_WITHIN, check=False).returncode  # noqa: S603 - of config.toml
        except (OSError, subprocess.TimeoutExpired) as error:
            status = type(error).__name__
        log.warning("supervisor.power_off", status=str(status))

    def _crashed(self) -> None:
        self._crashes.append(time.monotonic())
        if len(self._crashes) == CRASHES and self._crashes[-1] - self._crashes[0] < WITHIN:
            log.error("supervisor.resting", seconds=REST)
            until = time.monotonic() + REST
            while time.monotonic() < until and not self._stopping:
                time.sleep(0.2)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends the serving process in order and starts no other. From any thread."""
        self._stopping = True
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError):
                self._child.terminate()


def serving(options: argparse.Namespace, *more: str) -> list[str]:
    """The command line of one serving process that looks as `options` say: config, portrait, language, care."""
    given = ["--config", str(options.config), "--portrait" if options.portrait else "--landscape"]
    given += ["--language", options.language] if options.language else []
    given += ["--care"] if options.care else []
    return [sys.executable, "-m", "kiosk", "serve", *given, *more]
