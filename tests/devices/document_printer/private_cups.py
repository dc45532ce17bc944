"""A CUPS server of the test's own: one queue, and a backend that writes papers into a folder and can be told what is wrong with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from kiosk.devices.document_printer.ipp import Ipp, NoAnswer, Question

QUEUE = "A4"
MISSING = [tool for tool in ("/usr/sbin/cupsd", "/usr/bin/ipptool") if not Path(tool).exists()]

_BACKEND = """#!/bin/sh
[ $# -eq 0 ] && exit 0
cd '{folder}'
cat told >&2 2>/dev/null
echo "$1 $2 $3" >>jobs
[ "$2" = hands ] && exit 0
while [ -e hold ]; do [ -e now ] && cat now >&2 && rm now; sleep 0.05; done
[ -e fail ] && exit 1
cat "$6" >"out/.$1" && mv "out/.$1" "out/$1.pdf"
exit 0
"""

# As Debian ships it, but for the hands of the test, which stop and start the queue.
_CONF = """LogLevel warn
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType Basic
JobKillDelay 1
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Send-URI Hold-Job Release-Job Restart-Job Purge-Jobs Set-Job-Attributes Cancel-My-Jobs Close-Job CUPS-Move-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Pause-Printer Resume-Printer CUPS-Accept-Jobs CUPS-Reject-Jobs>
    Order deny,allow
  </Limit>
  <Limit Cancel-Job CUPS-Authenticate-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

_FILES = """ServerRoot {folder}/root
ServerBin {folder}/lib
DataDir /usr/share/cups
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/tmp
ErrorLog {folder}/error
AccessLog {folder}/access
PageLog {folder}/page
"""

_PRINTERS = """<Printer {queue}>
Info {queue}
DeviceURI {uri}
State Idle
Accepting Yes
Shared No
JobSheets none none
ErrorPolicy abort-job
</Printer>
"""


class PrivateCups:
    """`start()`, then the driver is told `server`. `out/` holds what was printed, `jobs` who printed what."""

    def __init__(self, folder: Path, *, uri: str = "") -> None:
        self.folder = folder
        self._uri = uri or f"kiosktest:{folder}"
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as door:
            self._port = door.getsockname()[1]
        self._pace = Ipp(self._at(), "hands")

    @property
    def server(self) -> str:
        return f"localhost:{self._port}"

    def _at(self) -> str:
        return f"ipp://{self.server}/printers/{QUEUE}"

    def start(self) -> None:
        for name in ("root", "lib/backend", "cache", "state/certs", "spool", "tmp", "out"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name in ("daemon", "filter", "monitor", "notifier", "cgi-bin"):
            if not (self.folder / "lib" / name).is_symlink():
                (self.folder / "lib" / name).symlink_to(f"/usr/lib/cups/{name}")
        shutil.copy("/usr/lib/cups/backend/ipp", self.folder / "lib" / "backend" / "ipp")
        for name, text in (
            ("lib/backend/kiosktest", _BACKEND.format(folder=self.folder)),
            ("cupsd.conf", _CONF.format(port=self._port)),
            ("cups-files.conf", _FILES.format(folder=self.folder)),
            ("root/printers.conf", _PRINTERS.format(queue=QUEUE, uri=self._uri)),
        ):
            (self.folder / name).write_text(text)
        for backend in ("kiosktest", "ipp"):
            (self.folder / "lib" / "backend" / backend).chmod(0o700)
        command = ("/usr/sbin/cupsd", "-f", "-c", str(self.folder / "cupsd.conf"), "-s", str(self.folder / "cups-files.conf"))
        with (self.folder / "said").open("wb") as said:
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        self._until(self._answers)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    # --- the hands of people ---

    def tell(self, *states: str) -> None:
        """What the backend says at the start of its jobs from now on, and by a job of nobody's right away: `+media-empty-error`."""
        (self.folder / "told").write_text("".join(f"STATE: {state}\n" for state in states))
        before = len(self.jobs())
        self._pace.ask(Question(operation="Print-Job", given=("mimeMediaType document-format application/pdf",), document=b"%PDF-1.4\n"))
        self._until(lambda: len(self.jobs()) > before and self._idle())

    def say_now(self, *states: str) -> None:
        """Said by a backend that holds a page in its hands."""
        (self.folder / "next").write_text("".join(f"STATE: {state}\n" for state in states))
        (self.folder / "next").rename(self.folder / "now")

    def be(self, mood: str, so: bool = True) -> None:
        """`hold`: takes a page and does not go on. `fail`: gives up."""
        (self.folder / mood).touch() if so else (self.folder / mood).unlink(missing_ok=True)

    def pause(self) -> None:
        self._pace.ask(Question(operation="Pause-Printer"))

    def resume(self) -> None:
        self._pace.ask(Question(operation="Resume-Printer"))

    # --- what became of it ---

    def jobs(self) -> list[str]:
        file = self.folder / "jobs"
        return file.read_text().splitlines() if file.exists() else []

    def out(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.folder / "out").glob("*.pdf"))]

    def spooled(self) -> list[str]:
        return [path.name for path in (self.folder / "spool").glob("*") if path.is_file()]

    def waits(self) -> list[str]:
        """Job states of everybody's jobs that are not done."""
        (answer,) = self._pace.ask(Question(operation="Get-Jobs", given=("keyword requested-attributes job-id,job-state",)))
        return [str(group["job-state"]) for group in answer.groups if "job-id" in group]

    def _answers(self) -> bool:
        try:
            return self._pace.ask(Question(operation="Get-Printer-Attributes"))[0].well
        except NoAnswer:
            return False

    def _idle(self) -> bool:
        given = ("keyword requested-attributes printer-state",)
        return self._pace.ask(Question(operation="Get-Printer-Attributes", given=given))[0].first.get("printer-state") != 4

    def _until(self, so: object) -> None:
        end = time.monotonic() + 60
        while not so():  # type: ignore[operator]
            if time.monotonic() > end or (self._process is not None and self._process.poll() is not None):
                raise AssertionError((self.folder / "said").read_text() + os.linesep + str(self.folder))
            time.sleep(0.02)
