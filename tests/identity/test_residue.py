"""RELIABILITY B14: when the verdict stands, no frame, no photo and no embedding is left in the memory of the process that serves."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from kiosk.model.verdict import Verdict

PROGRAM = Path(__file__).with_name("residue.py")
pytestmark = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc: this process cannot look at its own memory")


def found(*arguments: str) -> dict[str, int]:
    """In a process of its own, which holds nobody else's face."""
    done = subprocess.run([sys.executable, str(PROGRAM), *arguments], capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def test_no_copy_of_a_face_is_left_in_memory() -> None:
    assert found() == {"frame": 0, "card": 0, "embedding": 0}


def test_a_copy_that_is_kept_would_be_found() -> None:
    assert all(found("--keep").values())


def test_a_verdict_can_hold_no_picture() -> None:
    told = get_type_hints(Verdict)
    assert {one.name for one in fields(Verdict)} >= {"same_person", "score", "threshold", "verifier"}
    assert not [name for name, kind in told.items() if "ndarray" in str(kind) or kind in (bytes, bytearray, memoryview)]
