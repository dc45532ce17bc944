"""`kiosk practice` as it is called: a case plays itself on the real glass and is won; without a display it says so."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.practice import main
from kiosk.testing.counter import ROOT


def practice(*arguments: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "kiosk", "practice", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False, env=bare)


def test_a_case_is_won_by_itself_below_the_band(tmp_path: Path) -> None:
    done = practice("--play", "9", "--pictures", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert done.stdout.endswith("09-gone: left, 100 of 100\n1 of 1 won\n")
    assert len(list((tmp_path / "09-gone").glob("[0-9][0-9]-*.png"))) > 6


def test_without_a_display_it_says_what_can_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    wish = argparse.Namespace(config=ROOT / "config.toml", record=False, forget="", play=[])
    assert main(wish, lambda: False) == 2
    assert "No display can be reached" in capsys.readouterr().err
