"""An A4 printer of air: a folder with a spool, a tray and a state on file, so that hands in another process reach it too."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kiosk.levers import lever
from kiosk.model.health import Health, State, Supply


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What is in `state.json`. `tray`: jobs whose sheets lie there for somebody to take."""

    paper: bool = True
    jammed: bool = False
    plugged: bool = True
    tray: tuple[str, ...] = ()

    @property
    def health(self) -> Health:
        code, state, paper = "", State.READY, Supply.FULL
        if not self.plugged:
            code, state, paper = "document_printer.absent", State.ABSENT, Supply.UNKNOWN
        elif self.jammed:
            code, state, paper = "document_printer.jammed", State.USER_ERROR, Supply.JAMMED
        elif not self.paper:
            code, state, paper = "document_printer.paper_out", State.USER_ERROR, Supply.OUT
        return Health(state=state, code=code, supplies={"paper": paper})


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What lies beside a waiting document: whose it is and which bytes were meant, compared again before the paper moves."""

    owner: str
    sha256: str


class SpoolSimulator:
    """`folder` holds state.json, spool/<job>.pdf + .json while waiting, out/<job>.pdf when printed. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self._spool = folder / "spool"
        self._state = folder / "state.json"

    # --- the hands of people ---

    @lever
    def take_paper_out(self) -> None:
        self._change(paper=False)

    @lever
    def put_paper(self) -> None:
        self._change(paper=True)

    @lever
    def jam(self) -> None:
        self._change(jammed=True)

    @lever
    def clear_jam(self) -> None:
        self._change(jammed=False)

    @lever
    def unplug(self) -> None:
        self._change(plugged=False)

    @lever
    def plug_in(self) -> None:
        self._change(plugged=True)

    @lever
    def take_sheet(self) -> None:
        """The citizen takes what lies in the tray."""
        self._change(tray=())

    # --- the printer's side ---

    def condition(self) -> Condition:
        if not self._state.exists():
            return Condition()
        state = json.loads(self._state.read_text("utf-8"))
        return Condition(**{**state, "tray": tuple(state["tray"])})

    def printed(self, job: str) -> bool:
        return (self.out / f"{job}.pdf").exists()

    def waiting(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._spool.glob("*.pdf")))

    def put(self, job: str, pdf: bytes, ticket: Ticket) -> None:
        self._spool.mkdir(parents=True, exist_ok=True)
        _write(self._spool / f"{job}.json", json.dumps(asdict(ticket)).encode())
        _write(self._spool / f"{job}.pdf", pdf)

    def get(self, job: str) -> tuple[bytes, Ticket]:
        """What is really in the spool now."""
        ticket = Ticket(**json.loads((self._spool / f"{job}.json").read_text("utf-8")))
        return (self._spool / f"{job}.pdf").read_bytes(), ticket

    def come_out(self, job: str) -> None:
        """The sheets fall into the tray; nothing stays behind in the spool."""
        self.out.mkdir(parents=True, exist_ok=True)
        (self._spool / f"{job}.pdf").replace(self.out / f"{job}.pdf")
        self.forget(job)
        with self._locked() as condition:
            self._keep(replace(condition, tray=(*condition.tray, job)))

    def forget(self, job: str) -> None:
        for ending in ("pdf", "json"):
            (self._spool / f"{job}.{ending}").unlink(missing_ok=True)

    def purge(self) -> None:
        """Everything goes, half-written files too: they are somebody's papers."""
        for path in self._spool.glob("*"):
            path.unlink(missing_ok=True)

    def _change(self, **what: object) -> None:
        with self._locked() as condition:
            self._keep(replace(condition, **what))  # type: ignore[arg-type]

    @contextmanager
    def _locked(self) -> Iterator[Condition]:
        """The condition, and nobody else changes it meanwhile: the dock lives in another process."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.condition()

    def _keep(self, condition: Condition) -> None:
        _write(self._state, json.dumps(asdict(condition)).encode())


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, for whoever looks in from another process."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)
