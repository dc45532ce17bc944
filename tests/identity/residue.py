"""A program: one person's face is looked at, compared and forgotten; then all of this process's memory is searched for what it was.

What is searched for is held masked, so that the search does not find itself: rows through the face as the camera gives them and as the
detector takes them (BGR, RGB), the card's photo likewise, the card's embedding as it is kept and in single precision. Prints JSON: how
many copies were found, by kind. `--keep` leaves out the wiping, so that the test can fail.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import cv2
import numpy as np

from kiosk.identity import Picture
from kiosk.identity.dlib_engine import DlibVerifier
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.people import citizens

MASK = 0x5A
MASKING = bytes(one ^ MASK for one in range(256))
PIECE = 1 << 20  # of memory at a time
OVERLAP = 256
FRAMES = 3


def masked(picture: Picture) -> Picture:
    return np.asarray(np.bitwise_xor(picture, MASK), np.uint8)


def rows(hidden: Picture, top: int, bottom: int, left: int, right: int) -> list[bytes]:
    """Pieces of a masked picture's rows, masked; both orders of colours."""
    return [part.tobytes() for y in range(top, bottom, 6) for part in (hidden[y, left:right], hidden[y, left:right, ::-1])]


def copies(wanted: dict[str, list[bytes]]) -> Counter[str]:
    """In whatever of this process can be written to: heap, stacks, anonymous maps, data of libraries."""
    found: Counter[str] = Counter()
    with Path("/proc/self/maps").open() as listed:
        spans = [line.split()[:2] for line in listed if "[v" not in line]
    with Path("/proc/self/mem").open("rb", 0) as memory:
        for span, may in spans:
            if "w" not in may:
                continue
            at, end = (int(one, 16) for one in span.split("-"))
            while at < end:
                try:
                    memory.seek(at)
                    piece = memory.read(min(PIECE + OVERLAP, end - at)).translate(MASKING)
                except OSError:  # a map without memory behind it
                    break
                for kind, pieces in wanted.items():
                    found[kind] += sum(piece.count(one) for one in pieces)
                at += PIECE
    return found


def main() -> None:
    capture = cv2.VideoCapture(str(citizens()["c01"].clip))
    film = [masked(np.asarray(capture.read()[1], np.uint8)) for _ in range(FRAMES)]
    capture.release()
    verifier = DlibVerifier()
    verifier.prepare()
    photo = SimulatedPhotoDecoder().decode(citizens()["c01"].card.photo)
    wanted = {
        "frame": [part for hidden in film for part in rows(hidden, 160, 340, 290, 306)],
        "card": rows(masked(photo), 40, 96, 40, 56),
    }
    verifier.expect(photo)
    reference = verifier._reference
    assert reference is not None
    whole = np.frombuffer(reference[1].tobytes(), np.uint8), np.frombuffer(reference[1].astype(np.float32).tobytes(), np.uint8)
    wanted["embedding"] = [masked(one)[:64].tobytes() for one in whole]
    del whole, reference
    frames = [masked(hidden) for hidden in film]
    assert [verifier.look(frame).hint for frame in frames] == [""] * FRAMES
    assert verifier.compare(photo, frames).same_person
    if "--keep" not in sys.argv:
        for picture in (photo, *frames):
            picture.fill(0)
        verifier.forget()
    print(json.dumps(copies(wanted)))


if __name__ == "__main__":
    main()
