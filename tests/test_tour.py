"""Whole visits on the real glass, offscreen, by real touches: what `kiosk tour` shows is what a citizen gets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.testing.counter import ROOT


def tour(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "tour", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.parametrize(
    ("item", "arguments", "papers"),
    [
        ("hrss-insurance-cert", [], {"png": 1, "pdf": 1}),
        ("traffic-fine-pay", ["--care", "--landscape"], {"png": 1, "pdf": 0}),
        ("household-same-name", ["--language", "en"], {"png": 1, "pdf": 0}),
    ],
)
def test_an_item_is_served_and_every_screen_leaves_its_picture(tmp_path: Path, item, arguments, papers):
    done = tour(item, "--pictures", str(tmp_path), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    line = re.search(rf"^{item}: served, (\d+) screens, (\d+) touches, (\d+\.\d) machine seconds$", done.stdout, re.M)
    assert line, done.stdout
    screens = list((tmp_path / item).glob("[0-9][0-9]-*.png"))
    assert len(screens) == int(line[1])
    assert all(picture.stat().st_size > 3_000 for picture in screens)
    assert len(list((tmp_path / item).rglob("receipt-*.png"))) == papers["png"]
    assert len(list((tmp_path / item).rglob("*.pdf"))) == papers["pdf"]


@pytest.mark.parametrize(
    ("item", "arguments", "ending"),
    [
        ("hrss-insurance-cert", ["--face", "c02"], "fault identity.not_the_same"),
        ("traffic-fine-pay", ["--fault", "psb-tms:asleep@PayView"], "fault backoffice.asleep"),
        ("traffic-fine-pay", ["--citizen", "c05"], "lost"),
    ],
)
def test_what_goes_wrong_is_one_line_and_an_exit_status(item, arguments, ending):
    done = tour(item, *arguments)
    assert done.returncode == 1
    assert re.search(rf"^{item}: {ending}", done.stdout, re.M), done.stdout + done.stderr
