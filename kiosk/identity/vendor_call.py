"""The process in which a vendor's library runs: a photo comes in, one file and one status come out. No imports of ours."""

from __future__ import annotations

import ctypes
import resource
import sys
from pathlib import Path

WIDTH, HEIGHT = 102, 126
BYTES = WIDTH * HEIGHT * 3
UNUSABLE, UNAUTHORISED, FAILED, NO_PHOTO = 3, 4, 5, 6  # how the process ends, when not well
NOT_FOR_THIS_READER = -5  # what `GetBmp` returns then
MOST = 1 << 20  # bytes of a file that the library may write


def main(library: str, function: str, style: str, port: int, success: int) -> int:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no picture of a face behind
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, MOST))
    block = sys.stdin.buffer.read(1024)
    try:
        call = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return UNUSABLE
    if style == "unpack":
        out = ctypes.create_string_buffer(BYTES + 4096)  # some write past their own size
        result = call(ctypes.create_string_buffer(block, 1024), out, 0)
        if result == success:
            Path("photo.bgr").write_bytes(out.raw[:BYTES])
    else:
        Path("photo.wlt").write_bytes(block)
        result = call(str(Path("photo.wlt").absolute()).encode(), port)
        if result == success and not Path("photo.bmp").is_file():
            return NO_PHOTO
    if result == success:
        return 0
    return UNAUTHORISED if result == NOT_FOR_THIS_READER else FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
