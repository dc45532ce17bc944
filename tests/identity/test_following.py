"""A face is followed: found as exactly as it is looked for, in a part of the picture, with an eye on who steps beside."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from kiosk.identity import Look, Picture
from kiosk.identity.dlib_engine import WHOLE, DlibVerifier
from kiosk.identity.moves import AtRest, measure
from tests.identity.playing import clip, engine

SEARCHED = 320 * 240


class Counting:
    """dlib's detector, and how much it was given to search: pixels, four times as many for a finer look."""

    def __init__(self, detector):
        self.detector, self.pixels = detector, []

    def __call__(self, grey, finer):
        self.pixels.append(grey.size * 4**finer)
        return self.detector(grey, finer)

    def run(self, *args):
        return self.detector.run(*args)


@pytest.fixture
def counted() -> Iterator[tuple[DlibVerifier, Counting]]:
    verifier = engine()
    counting = Counting(verifier._detector)
    verifier._detector = counting
    yield verifier, counting
    verifier._detector = counting.detector


def far(frame: Picture) -> Picture:
    """1280 × 720, and somebody so small in it that only the finer look finds them."""
    small = cv2.resize(frame, (560, 420), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.copyMakeBorder(small, 150, 150, 360, 360, cv2.BORDER_REPLICATE), np.uint8)


@pytest.mark.parametrize("who", ["c01", "c07"])
def test_a_clip_that_is_followed_shows_the_same_moves(who):
    look, followed = Look(), []
    for frame, _ in clip(who):
        look = engine().follow(frame, look)
        followed.append((frame, look))
    assert max(look.since for _, look in followed) == WHOLE - 1
    moves = []
    for films in (clip(who), followed):
        seen = [measure(frame, look.landmarks) if look.landmarks else None for frame, look in films]
        rest = AtRest(seen[:6])
        moves.append([rest.move(one) if one else "lost" for one in seen])
    differ = [index for index, (one, other) in enumerate(zip(*moves, strict=True)) if one != other]
    assert not [index for index in differ if "" not in (moves[0][index], moves[1][index])], differ
    assert len(differ) <= len(moves[0]) / 20, differ  # at the edge of a move


def test_between_two_looks_at_all_of_it_less_than_half_is_searched(counted):
    verifier, counting = counted
    look = Look()
    for frame, _ in clip("c01")[:WHOLE]:
        look = verifier.follow(frame, look)
    assert counting.pixels[0] == SEARCHED
    assert max(counting.pixels[1:]) < SEARCHED / 2
    assert len(counting.pixels) == WHOLE


def test_somebody_far_away_is_followed_without_the_finer_look_at_all_of_it(counted):
    verifier, counting = counted
    frame = far(clip("c01")[0][0])
    look = verifier.follow(frame, Look())
    assert look.face
    dear = sum(counting.pixels)
    counting.pixels.clear()
    again = verifier.follow(frame, look)
    assert again.since == 1
    assert np.abs(np.subtract(again.landmarks, look.landmarks)).max() < 4
    assert sum(counting.pixels) < dear / 3


def test_somebody_who_steps_beside_is_found_before_long():
    alone, beside = clip("c01")[0][0], clip("c06")[0][0]
    wide = np.hstack([beside[:, 140:500], alone[:, 140:500]])
    emptied = np.hstack([np.full_like(beside[:, 140:500], 60), alone[:, 140:500]])
    look = Look()
    for _ in range(2):
        look = engine().follow(emptied, look)
    assert look.face and look.since == 1
    hints = []
    for _ in range(WHOLE):
        look = engine().follow(wide, look)
        hints.append(look.hint)
    assert "many" in hints
    assert {engine().follow(wide, look).hint for _ in range(2)} == {"many"}  # and stays found


def test_who_left_is_not_found_where_they_were():
    look = engine().follow(clip("c01")[0][0], Look())
    gone = engine().follow(np.full_like(clip("c01")[0][0], 90), look)
    assert (gone.hint, gone.face) == ("none", None)
