"""Frames never touch a disk: the kernel's own list of what is opened while cameras are looked through (OpenCV's C++ as well)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("looking.py")
WRITTEN = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|\bcreat\(|memfd_create\(|\b(?:rename|link|symlink|mkdir|mknod)")
HARMLESS = ("/dev/", "/proc/", "/sys/")

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


def written(folder: Path, *arguments: str) -> list[str]:
    """The calls that could put bytes into a file, while the program looked."""
    trace = folder / "trace"
    command = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=%file,memfd_create", sys.executable, "-B", str(PROGRAM), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, env={**os.environ, "SPILL": str(folder / "spilt")})
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("nobody may be traced here")
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ([] if arguments else ["face:", "passed", "pictures:", "1", "2", "1"])
    lines = trace.read_text("utf-8", "replace").splitlines()
    begin, end = (next(at for at, line in enumerate(lines) if f"/mark-{name}" in line) for name in ("begin", "end"))
    return [line for line in lines[begin:end] if WRITTEN.search(line) and not any(f'"{place}' in line for place in HARMLESS)]


def test_a_face_its_moves_a_portrait_two_pages_and_what_is_said_leave_no_file(tmp_path: Path) -> None:
    assert written(tmp_path) == []


def test_a_spilt_frame_would_be_seen(tmp_path: Path) -> None:
    assert any("spilt" in line for line in written(tmp_path, "--spill"))
