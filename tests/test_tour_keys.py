"""Whole visits without a finger on the glass, on real wires: twelve keys and what is heard, or a full keyboard, to the end."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.testing.counter import ROOT

# Each kind of screen by each hand is in tests/screens/test_keys_alone.py. Here, between them: typed identity with a name in pinyin, a code
# by text message, a face, a station, a day, a place, a choice of many, a train, a free time, a page and a photo, a passport's code, a
# signature, a card on the plate, money, paper, a rating.
VISITS = [
    pytest.param(
        "keyboard",
        ("transport-rail-ticket", "residence-foreign-lodging", "exit-booking"),
        {"Pay", "Form", "Code", "Photo", "Scan", "Deliver", "Rate"},
        id="keyboard",
    ),
    pytest.param(
        "keypad",
        ("traffic-violation-handle", "bus-ecard-topup"),
        {"ReadCard", "Face", "Signature", "Declare", "TouchCard", "Pay", "Deliver", "Rate"},
        id="keypad",
    ),
]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("by", "items", "seen"), VISITS)
def test_a_visit_without_a_finger_reaches_its_end(tmp_path: Path, by: str, items: tuple[str, ...], seen: set[str]) -> None:
    shipped = (ROOT / "config.toml").read_text("utf-8")
    config = tmp_path / "config.toml"
    config.write_text(shipped.replace('pad = "challenge"', 'pad = "none"'), "utf-8")  # the moves before the camera need no keys
    way = ["--way", "manual_id_entry+sms_otp"] if "exit-booking" in items else []
    command = [sys.executable, "-m", "kiosk", "tour", *items, "--by", by, *way, "--config", str(config)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=800, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for item in items:
        assert re.search(rf"^{item}: served, ", done.stdout, re.M)
    assert seen <= set(re.findall(r"^ +\d+  (\w+)", done.stdout, re.M))
