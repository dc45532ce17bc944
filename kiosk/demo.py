"""`kiosk demo`: the whole product on one machine. With a display the kiosk and its dock; without one, three visits played and kept."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk import config, log, strict
from kiosk.sandbox.process import Sandbox
from kiosk.supervisor import Supervisor, serving

VISITS = ("hrss-insurance-cert", "traffic-fine-pay", "household-same-name")
LATENCY = (80, 300)  # ms, as a department answers
MARK = ".kiosk-demo"  # in a folder that is ours to empty
OURS = (*VISITS, "receipts", "documents")
NO_DISPLAY = "No display can be reached, so a scripted citizen plays three visits on the same screens; pictures and papers go to {}."
PATIENCE = 20.0  # seconds for the dock to end once it shall


def main(options: argparse.Namespace) -> int:
    """Returns 0 if the windows were closed, or if all three visits ended served."""
    log.configure()
    config.load(options.config)  # what is wrong with it is said here, before anything is started
    output: Path = options.output.resolve()
    windows = options.with_dock or display()
    make_way(output)
    # The renderer the pictures were judged by, and the only one that every desktop, virtual machine and remote display has.
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as folder, _sandbox(Path(folder)) as sandbox:
            if windows:
                return show(options, sandbox, Path(folder), output)
            print(NO_DISPLAY.format(output), flush=True)
            return perform(options, sandbox, Path(folder), output)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def display() -> bool:
    """Whether windows can be opened: Qt ends a process that tries in vain, so one tries for us."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return False
    attempt = [sys.executable, "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"]
    return subprocess.run(attempt, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own


def make_way(output: Path) -> None:
    """An empty place for this demo: what an earlier one left goes, nothing else. Raises strict.Refused for a folder that is not ours."""
    if output.exists() and (not output.is_dir() or (any(output.iterdir()) and not (output / MARK).exists())):
        raise strict.Refused("--output", [(str(output), "is not empty and not of an earlier demo; please name another folder")])
    output.mkdir(parents=True, exist_ok=True)
    (output / MARK).touch()
    for name in OURS:
        if (output / name).is_dir() and not (output / name).is_symlink():
            shutil.rmtree(output / name)


def show(options: argparse.Namespace, sandbox: Sandbox, folder: Path, output: Path) -> int:
    """Kiosk and dock, until somebody closes one of them or ends us."""
    with _dock(options, sandbox, folder, output) as dock:
        line = dock.stdout.readline() if dock.stdout else b""
        if not line:
            print("The dock did not open; what it said stands above.", file=sys.stderr)
            return dock.wait() or 1
        wires = {**json.loads(line), "addresses.sandbox": sandbox.url, "paths.state": str(folder / "state")}
        given = [word for place, value in wires.items() for word in ("--set", f"{place}={value}")]
        supervisor = Supervisor(serving(options, "--windowed", "--beside-dock", *given))
        threading.Thread(target=_follow, args=(dock, supervisor), name="dock", daemon=True).start()
        print("The kiosk and its dock are open. To end: close one of the two windows, or press Ctrl-C here.", flush=True)
        status = supervisor.run()
    print(f"Receipts are in {output / 'receipts'}, certificates in {output / 'documents' / 'out'}.", flush=True)
    return status


def perform(options: argparse.Namespace, sandbox: Sandbox, folder: Path, output: Path) -> int:
    """The three visits through the real screens, offscreen."""
    from kiosk.tour import play  # brings Qt, which the parent of windows does without

    tour = argparse.Namespace(
        config=options.config,
        portrait=options.portrait,
        language=options.language,
        care=options.care,
        pictures=output,
        citizen="",
        way="",
        table=None,
        unpaid=False,
        lever=[],
    )
    status = play(list(VISITS), tour, sandbox, folder)
    for visit in VISITS:
        _tidy(output / visit)
    screens, receipts, certificates = (len(list(output.glob(one))) for one in ("*/[0-9]*.png", "*/receipt-*.png", "*/*.pdf"))
    found = f"Screens: {screens}, receipts: {receipts}, certificates: {certificates}."
    print(f"{found} They are in {output}, a folder for each visit.", flush=True)
    if status:
        print("Not every visit ended served; the lines above say where.", file=sys.stderr)
    return status


def _tidy(folder: Path) -> None:
    """Certificates beside the pictures; what the simulated printer kept for itself is nothing to look at."""
    for pdf in folder.glob("documents/out/*.pdf"):
        pdf.replace(folder / f"certificate-{pdf.name}")
    for slip in folder.glob("receipts/receipt-*.png"):
        slip.replace(folder / slip.name)
    for own in ("documents", "receipts"):
        shutil.rmtree(folder / own, ignore_errors=True)


@contextmanager
def _sandbox(folder: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox.start(folder / "sandbox", latency=LATENCY)
    try:
        yield sandbox
    finally:
        sandbox.stop()


@contextmanager
def _dock(options: argparse.Namespace, sandbox: Sandbox, folder: Path, output: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "kiosk", "dock", "--config", str(options.config), "--sandbox", sandbox.url]
    command += ["--folder", str(folder / "hardware"), "--papers", str(output), "--portrait" if options.portrait else "--landscape"]
    command += ["--language", options.language] if options.language else []
    dock = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module
    try:
        yield dock
    finally:
        dock.terminate()
        try:
            dock.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            dock.kill()
            dock.wait()
        for pipe in (dock.stdin, dock.stdout):
            if pipe:
                pipe.close()


def _follow(dock: subprocess.Popen[bytes], supervisor: Supervisor) -> None:
    """Without its dock the kiosk ends: nobody is left who could lay a card on the reader."""
    dock.wait()
    supervisor.stop()
