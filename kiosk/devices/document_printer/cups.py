"""The A4 printer behind a CUPS queue: held until the door says yes, followed to its end, and nothing left in queue or spool."""

from __future__ import annotations

import getpass
import re
import threading
import time
from typing import Literal

from kiosk.devices.document_printer import Outcome
from kiosk.devices.document_printer.ipp import Attributes, Ipp, NoAnswer, Question, values
from kiosk.devices.document_printer.reasons import health_of
from kiosk.devices.document_printer.waiting import WaitingPrinter, unknown
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, State, Supply

_QUEUE = re.compile(r"[A-Za-z0-9_.-]{1,127}")
_SERVER = re.compile(r"[A-Za-z0-9_.-]+:\d{1,5}")
_CANCELED, _COMPLETED = 7, 9  # job-state; 8 is aborted
_POLL = 0.3
_PATIENCE = 3.0  # how long a trouble may last while a job is on its way before it is called back
_GONE = 5.0  # a cancelled job leaves the queue within this time, or we say that it did not
_RENEWED = 300.0  # what a backend said last counts for so long; only the next job can tell whether it is still so
_STATE = "printer-state,printer-state-reasons,printer-is-accepting-jobs,marker-levels,marker-low-levels"
_MADE = "printer-make-and-model,printer-firmware-string-version,device-uri,cups-version,printer-up-time,printer-state-change-time"
_SPEAKING = ("ipp:", "ipps:")


class CupsPrinter(WaitingPrinter):
    """Needs Debian's `cups-ipp-utils` here and a CUPS server at `server`. `queue`: its name there. `deadline`: seconds for one page.

    `follows`: whether the queue's backend waits for the printer's own word that the job is out. `auto`: those that speak IPP do;
    the others (usb, socket, lpd) hand bytes over, and a page that CUPS calls completed is only `SENT`.
    """

    def __init__(
        self,
        queue: str,
        *,
        name: str = "",
        server: str = "localhost:631",
        deadline: float = 90.0,
        follows: Literal["auto", "yes", "no"] = "auto",
    ) -> None:
        if not _QUEUE.fullmatch(queue) or not _SERVER.fullmatch(server):
            raise ValueError(f"no queue at a CUPS server: {queue!r} at {server!r}")
        super().__init__(name=name)
        self._queue = queue
        self._deadline = deadline
        self._follows: bool | None = {"auto": None, "yes": True, "no": False}[follows]
        self._ipp = Ipp(f"ipp://{server}/printers/{queue}", getpass.getuser())
        self._out: dict[str, Outcome] = {}  # jobs of this process, so that twice is once
        self._left = True  # whether something of ours may stand in the queue

    # --- in the lane ---

    def _look(self) -> Health:
        return self._examine()[0]

    def _take_back(self) -> Fault | None:
        self._left = True
        return self._clear()

    def _tend(self) -> tuple[Health, dict[str, str]]:
        """Jobs that could not be taken back before are taken back now."""
        if self._left:
            self._clear()
        return self._examine()

    def _examine(self) -> tuple[Health, dict[str, str]]:
        """How it is and what it is. A queue knows what its backend said during the last job; a printer that speaks IPP is asked itself."""
        try:
            (answer,) = self._ipp.ask(_about(_STATE, _MADE))
        except NoAnswer:
            return _gone("absent"), {"queue": self._queue}
        if not answer.well:
            return _gone("queue_gone" if answer.status == "client-error-not-found" else "stopped"), {"queue": self._queue}
        made = answer.first
        uri = str(made.get("device-uri", ""))
        facts = {
            "queue": self._queue,
            "make_and_model": str(made.get("printer-make-and-model", "")),
            "firmware": str(made.get("printer-firmware-string-version", "")),
            "backend": uri.partition(":")[0],
            "server": f"CUPS {made.get('cups-version', '')}",
        }
        health = health_of(made, speaks=self._speaks(uri))
        if uri.startswith(_SPEAKING) and health.code != "document_printer.stopped":
            try:
                (itself,) = Ipp(uri, getpass.getuser(), 2.0).ask(_about(_STATE, _MADE))
            except NoAnswer:
                return health_of({"printer-state-reasons": "offline"}, speaks=False), facts
            facts["firmware"] = str(itself.first.get("printer-firmware-string-version", ""))
            return health_of(itself.first, speaks=True), facts
        if health.state.usable or _fresh(made):
            return health, facts
        # Said by the last job's backend and not since: the paper may be there again, and only a job can find out.
        return Health(state=State.WORN, code=health.code, supplies=dict.fromkeys(health.supplies, Supply.UNKNOWN)), facts

    def _speaks(self, uri: str) -> bool:
        return uri.startswith(_SPEAKING) if self._follows is None else self._follows

    def _job(self, pdf: bytes, job: str, binding: Binding, stop: threading.Event) -> tuple[Health, Outcome | Fault]:
        if self._left and (fault := self._clear()) is not None:
            return self._look(), fault
        health, facts = self._examine()
        if not health.state.usable:
            return health, Fault(health.code, Remedy.STAFF)
        if job in self._out:
            return health, self._out[job]
        try:
            number = self._send(pdf, job)
        except NoAnswer as error:
            return self._look(), unknown(str(error))
        end: Outcome | Fault
        try:
            self.admit(job, binding)  # the visit may have changed while this page waited for its turn
            end = unknown("called back") if stop.is_set() else self._release(number, job, len(pdf)) or self._follow(number, stop)
        except Fault as refused:
            end = refused
        except NoAnswer as error:
            end = unknown(str(error))
        self._left = True
        self._clear()
        if not isinstance(end, Fault):
            self._out[job] = end = Outcome.PRINTED if self._speaks(f"{facts['backend']}:") else Outcome.SENT
        return self._look(), end

    def _send(self, pdf: bytes, job: str) -> int:
        """The job's number in the queue, where it is held: nothing moves yet. Its title names our job and nobody."""
        (answer,) = self._ipp.ask(
            Question(
                operation="Print-Job",
                given=(f'name job-name "{job}"', "mimeMediaType document-format application/pdf"),
                of_the_job=("keyword job-hold-until indefinite", "keyword media iso_a4_210x297mm"),
                document=pdf,
            )
        )
        self._left = True
        if not answer.well or not isinstance(answer.first.get("job-id"), int):
            raise NoAnswer(answer.status)
        return int(answer.first["job-id"])

    def _release(self, number: int, job: str, size: int) -> Fault | None:
        """Compare before feed: what stands under this number is what was sent, and nobody has let it go yet."""
        (there,) = self._ipp.ask(_job_now(number, "job-name,job-state,job-k-octets"))
        if (there.first.get("job-name"), there.first.get("job-state")) != (job, 4) or there.first.get("job-k-octets") != -(-size // 1024):
            return Fault("document_printer.wrong_owner", Remedy.STAFF, "the queue holds another document")
        (let_go,) = self._ipp.ask(Question(operation="Release-Job", given=(f"integer job-id {number}",)))
        return None if let_go.well else unknown(let_go.status)

    def _follow(self, number: int, stop: threading.Event) -> Outcome | Fault:
        """PRINTED for a job that CUPS calls completed while the printer tells of no trouble."""
        end, troubled = time.monotonic() + self._deadline, 0.0
        while True:
            now, printer = self._ipp.ask(_job_now(number, "job-state"), _about(_STATE))
            state = values(now.first, "job-state")
            health = health_of(printer.first, speaks=False) if printer.well else _gone("queue_gone")
            if state == (_COMPLETED,):
                return Outcome.PRINTED if health.state.usable else unknown(health.code)
            if not now.well or not state or state[0] >= _CANCELED:
                return unknown(health.code or "the queue gave up")
            why = ""
            troubled = 0.0 if health.state.usable else troubled or time.monotonic()
            if troubled and time.monotonic() - troubled > _PATIENCE:
                why = health.code
            elif time.monotonic() > end:
                why = "no end in time"
            elif stop.wait(_POLL):
                why = "called back"
            if why:
                return Outcome.PRINTED if self._call_off(number) else unknown(why)

    def _call_off(self, number: int) -> bool:
        """Whether it was completed after all: finished work wins over a late wish."""
        self._ipp.ask(Question(operation="Cancel-Job", given=(f"integer job-id {number}",)))
        (now,) = self._ipp.ask(_job_now(number, "job-state"))
        return values(now.first, "job-state") == (_COMPLETED,)

    def _clear(self) -> Fault | None:
        """Every job of ours leaves queue and spool, finished ones too: CUPS would keep their files for a day."""
        end = time.monotonic() + _GONE
        try:
            while jobs := self._jobs():
                self._ipp.ask(*(_purging(number) for number in jobs))
                if time.monotonic() > end:
                    return unknown("jobs stay in the queue")
        except NoAnswer:
            return Fault("document_printer.absent", Remedy.STAFF)
        self._left = False
        return None

    def _jobs(self) -> list[int]:
        wanted = ("boolean my-jobs true", "keyword which-jobs all", "keyword requested-attributes job-id")
        (answer,) = self._ipp.ask(Question(operation="Get-Jobs", given=wanted))
        return [int(group["job-id"]) for group in answer.groups if "job-id" in group]


def _about(*names: str) -> Question:
    return Question(operation="Get-Printer-Attributes", given=(f"keyword requested-attributes {','.join(names)}",))


def _job_now(number: int, names: str) -> Question:
    return Question(operation="Get-Job-Attributes", given=(f"integer job-id {number}", f"keyword requested-attributes {names}"))


def _purging(number: int) -> Question:
    return Question(operation="Cancel-Job", given=(f"integer job-id {number}", "boolean purge-job true"))


def _fresh(made: Attributes) -> bool:
    now, changed = made.get("printer-up-time"), made.get("printer-state-change-time")
    return not (isinstance(now, int) and isinstance(changed, int)) or now - changed < _RENEWED


def _gone(why: str) -> Health:
    state = State.DOWN if why == "stopped" else State.ABSENT
    return Health(state=state, code=f"document_printer.{why}", supplies={"paper": Supply.UNKNOWN, "toner": Supply.UNKNOWN})
