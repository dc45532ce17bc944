"""An A4 printer of air: a folder with a spool, a tray and a state on file, so that hands in another process reach it too."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import lever
from kiosk.model.health import Health, State, Supply


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What is in `state.json`. `toner`: "", low or out. `tray`: jobs whose sheets lie there for somebody to take."""

    paper: bool = True
    low: bool = False  # few sheets left
    toner: str = ""
    jammed: bool = False
    cover_open: bool = False
    tray_full: bool = False
    stopped: bool = False
    online: bool = True
    plugged: bool = True
    tray: tuple[str, ...] = ()

    @property
    def health(self) -> Health:
        """The same words as of a real printer behind CUPS (`reasons.py`), in the same order."""
        paper = Supply.JAMMED if self.jammed else Supply.OUT if not self.paper else Supply.LOW if self.low else Supply.FULL
        toner = {"low": Supply.LOW, "out": Supply.OUT}.get(self.toner, Supply.FULL)
        known = {"paper": paper, "toner": toner}
        if not self.plugged:
            return Health(state=State.ABSENT, code="document_printer.absent", supplies=dict.fromkeys(known, Supply.UNKNOWN))
        for so, code, state in (
            (not self.online, "offline", State.DOWN),
            (self.jammed, "jammed", State.USER_ERROR),
            (self.cover_open, "cover_open", State.USER_ERROR),
            (not self.paper, "paper_out", State.USER_ERROR),
            (self.toner == "out", "toner_out", State.USER_ERROR),
            (self.tray_full, "tray_full", State.USER_ERROR),
            (self.stopped, "stopped", State.DOWN),
            (self.low, "paper_low", State.WORN),
            (self.toner == "low", "toner_low", State.WORN),
        ):
            if so:
                return Health(state=state, code=f"document_printer.{code}", supplies=known)
        return Health(state=State.READY, supplies=known)


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What lies beside a waiting document: a seal over whose it is and which bytes were meant, compared again before the paper moves."""

    seal: str


class SpoolSimulator(Simulator):
    """`folder` holds state.json, spool/<job>.pdf + .json while waiting, out/<job>.pdf when printed. Raises OSError."""

    kind = DocumentPrinter.kind
    icon = "printer-outline"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self._spool = folder / "spool"
        self._state = folder / "state.json"

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        return cls(Path(spot.arguments.get("out") or spot.out))

    def told(self) -> Mapping[str, str]:
        return {"out": str(self.folder)}

    def stands(self) -> Mapping[str, str]:
        now = self.condition()
        return {
            "paper": "out" if not now.paper else "low" if now.low else "",
            "toner": now.toner,
            "cover": "open" if now.cover_open else "",
            "full": "full" if now.tray_full else "",
            "queue": "stopped" if now.stopped else "",
            "line": "" if now.online else "offline",
            "path": "jammed" if now.jammed else "",
            "plug": "" if now.plugged else "out",
            "tray": "full" if now.tray else "",
        }

    def papers(self) -> Sequence[Path]:
        return tuple(self.out.glob("*.pdf"))

    # --- the hands of people ---

    @lever(fact="paper", to="out")
    def take_paper_out(self) -> None:
        self._change(paper=False)

    @lever(fact="paper", to="")
    def put_paper(self) -> None:
        self._change(paper=True, low=False)

    @lever(fact="paper", to="low")
    def nearly_out(self) -> None:
        self._change(low=True)

    @lever(fact="toner", to="low")
    def toner_low(self) -> None:
        self._change(toner="low")

    @lever(fact="toner", to="out")
    def toner_out(self) -> None:
        self._change(toner="out")

    @lever(fact="toner", to="")
    def change_toner(self) -> None:
        self._change(toner="")

    @lever(fact="cover", to="open")
    def open_cover(self) -> None:
        self._change(cover_open=True)

    @lever(fact="cover", to="")
    def close_cover(self) -> None:
        self._change(cover_open=False)

    @lever(fact="full", to="full")
    def fill_tray(self) -> None:
        self._change(tray_full=True)

    @lever(fact="full", to="")
    def empty_tray(self) -> None:
        self._change(tray_full=False, tray=())

    @lever(fact="queue", to="stopped")
    def stop_queue(self) -> None:
        self._change(stopped=True)

    @lever(fact="queue", to="")
    def start_queue(self) -> None:
        self._change(stopped=False)

    @lever(fact="line", to="offline")
    def go_offline(self) -> None:
        self._change(online=False)

    @lever(fact="line", to="")
    def go_online(self) -> None:
        self._change(online=True)

    @lever(fact="path", to="jammed")
    def jam(self) -> None:
        self._change(jammed=True)

    @lever(fact="path", to="")
    def clear_jam(self) -> None:
        self._change(jammed=False)

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        self._change(plugged=False)

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        self._change(plugged=True)

    @lever(fact="tray", to="")
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
