"""One process after the other; a closed window ends it; crashes make it rest; children are ended by process id."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from kiosk import supervisor
from kiosk.supervisor import NO_POWER, STOP, Supervisor


def child(tmp_path: Path, *statuses: int) -> list[str]:
    """A serving process that ends with the next of `statuses` each time it is started."""
    count = tmp_path / "count"
    script = f"""
import pathlib, sys
count = pathlib.Path({str(count)!r})
turn = int(count.read_text()) if count.exists() else 0
count.write_text(str(turn + 1))
sys.exit({statuses!r}[turn])
"""
    return [sys.executable, "-c", script]


def test_the_next_one_is_started_until_the_window_is_closed(tmp_path):
    assert Supervisor(child(tmp_path, 0, 0, STOP)).run() == 0
    assert (tmp_path / "count").read_text() == "3"


def test_three_crashes_make_it_rest(tmp_path, monkeypatch):
    slept = []
    monkeypatch.setattr(supervisor, "REST", 0.3)
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(supervisor.log, "error", lambda *a, **k: slept.append("rest"))
    assert Supervisor(child(tmp_path, 1, 1, 1, STOP)).run() == 0
    assert slept.count("rest") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_its_child_when_it_is_asked_to_stop(tmp_path, number):
    marker = tmp_path / "pid"
    sleeper = f"import os, time, pathlib; pathlib.Path({str(marker)!r}).write_text(str(os.getpid())); time.sleep(60)"
    script = f"import sys; from kiosk.supervisor import Supervisor; sys.exit(Supervisor([sys.executable, '-c', {sleeper!r}]).run())"
    parent = subprocess.Popen([sys.executable, "-c", script])
    for _ in range(200):
        if marker.exists() and marker.read_text():
            break
        time.sleep(0.05)
    parent.send_signal(number)
    assert parent.wait(20) == 0
    assert not Path(f"/proc/{marker.read_text()}").exists()


def test_without_power_the_machine_is_told_to_go_off_and_nobody_calls_it_a_crash(tmp_path, monkeypatch):
    rested = []
    monkeypatch.setattr(supervisor.log, "error", lambda *a, **k: rested.append(a))
    off = [sys.executable, "-c", f"import pathlib; pathlib.Path({str(tmp_path / 'off')!r}).touch()"]
    assert Supervisor(child(tmp_path, NO_POWER, NO_POWER, NO_POWER, STOP), off=off).run() == 0
    assert (tmp_path / "off").exists() and (tmp_path / "count").read_text() == "4"
    assert rested == []


def test_a_command_that_is_none_does_not_end_the_supervisor(tmp_path):
    assert Supervisor(child(tmp_path, NO_POWER, STOP), off=["/nonexistent/poweroff"]).run() == 0
    assert (tmp_path / "count").read_text() == "2"


def test_whichever_way_it_ends_nothing_of_a_visit_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    script = f"""
import os, pathlib, signal, sys, tempfile
log = pathlib.Path({str(tmp_path / "log")!r})
pathlib.Path(tempfile.mkdtemp(), "receipt.png").touch()
print(tempfile.gettempdir(), file=log.open("a"))
if len(log.read_text().split()) == 1:
    os.kill(os.getpid(), signal.SIGKILL)
sys.exit({STOP})
"""
    assert Supervisor([sys.executable, "-c", script]).run() == 0
    first, second = (tmp_path / "log").read_text().split()
    assert first != second and Path(first).parent == tmp_path / "tmp"
    assert list((tmp_path / "tmp").iterdir()) == []
