"""The demo's parent: it empties only what is its own, and whichever way it ends, none of its children is left."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk import demo, strict

PATIENCE = 40.0


def test_what_an_earlier_demo_left_goes_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "demo-output"
    demo.make_way(output)
    (output / "receipts").mkdir()
    (output / "receipts" / "receipt-0001.png").touch()
    (output / "notes").mkdir()
    demo.make_way(output)
    assert sorted(one.name for one in output.iterdir()) == [demo.MARK, "notes"]


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts" / "tax.pdf").touch()
    with pytest.raises(strict.Refused, match="not of an earlier demo"):
        demo.make_way(tmp_path)
    assert (tmp_path / "receipts" / "tax.pdf").exists()


def test_a_link_in_our_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    demo.make_way(tmp_path / "demo-output")
    (tmp_path / "demo-output" / "receipts").symlink_to(elsewhere)
    demo.make_way(tmp_path / "demo-output")
    assert (elsewhere / "kept").exists()


def test_no_display_is_found_where_none_is_named_or_none_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not demo.display()
    monkeypatch.setenv("DISPLAY", ":4321")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    assert not demo.display()


def test_without_a_display_three_visits_are_performed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is played, where its pictures go, and that the certificates end up beside them; the tour itself has its own tests."""
    played: list[str] = []

    def play(items: list[str], options: argparse.Namespace, sandbox: object, folder: Path) -> int:
        played.extend(items)
        for item in items:
            for place in ("documents/out/XM0001-1-C1.pdf", "documents/state.json", "receipts/receipt-0001.png"):
                (options.pictures / item / place).parent.mkdir(parents=True, exist_ok=True)
                (options.pictures / item / place).touch()
        return 1

    monkeypatch.setattr("kiosk.tour.play", play)
    look = argparse.Namespace(config=Path("config.toml"), portrait=True, language=None, care=False)
    assert demo.perform(look, None, tmp_path / "folder", tmp_path / "out") == 1  # type: ignore[arg-type]
    assert tuple(played) == demo.VISITS
    for visit in demo.VISITS:
        assert sorted(one.name for one in (tmp_path / "out" / visit).iterdir()) == ["certificate-XM0001-1-C1.pdf", "receipt-0001.png"]


def children(pid: int) -> dict[str, int]:
    """What runs below `pid`: dock, serve, sandbox → its process id."""
    found = {}
    for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{one}/cmdline").read_bytes().decode().split("\0")
        found |= {name: int(one) for name in ("dock", "serve", "kiosk.sandbox") if name in words[:4]}
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(true: Callable[[], object], what: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, what()
        time.sleep(0.05)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, int]]]:
    """A demo with windows that nobody sees, and its three children."""
    command = [sys.executable, "-m", "kiosk", "demo", "--with-dock", "--output", str(tmp_path / "out")]
    said = (tmp_path / "said").open("wb")
    parent = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env={**os.environ, "TMPDIR": str(tmp_path)})
    below: dict[str, int] = {}
    try:
        wait_for(lambda: parent.poll() is not None or len(children(parent.pid)) == 3, lambda: children(parent.pid))
        assert parent.poll() is None, (tmp_path / "said").read_text()
        below = children(parent.pid)
        yield parent, below
    finally:
        for pid in (parent.pid, *below.values()):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        parent.wait()
        said.close()


@pytest.mark.parametrize(
    ("whom", "how", "status"),
    [("parent", signal.SIGTERM, 0), ("dock", signal.SIGTERM, 0), ("parent", signal.SIGKILL, -signal.SIGKILL)],
    ids=["the parent is told to end", "the dock is gone", "the parent is killed"],
)
def test_none_of_the_children_is_left_and_nothing_in_the_temporary_folder(
    running: tuple[subprocess.Popen[bytes], dict[str, int]], whom: str, how: signal.Signals, status: int, tmp_path: Path
) -> None:
    parent, below = running
    os.kill(parent.pid if whom == "parent" else below[whom], how)
    assert parent.wait(PATIENCE) == status
    wait_for(lambda: not any(alive(pid) for pid in below.values()), lambda: {name: pid for name, pid in below.items() if alive(pid)})
    if how != signal.SIGKILL:  # which nobody can clear up after
        assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "said"]
