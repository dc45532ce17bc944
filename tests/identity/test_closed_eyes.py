"""Closed eyes are not compared: told against the person's own eyes at rest, as a blink is, since nothing absolute tells them."""

from __future__ import annotations

import pytest

from kiosk.devices.camera.before import AHEAD
from kiosk.identity.challenge import SETTLED, SETTLING, Attempt
from kiosk.identity.moves import OPEN_MOUTH, TURN_LEFT
from kiosk.people import citizens
from tests.identity.playing import engine, frames_of

SHUT = 8  # the frame of every clip in which the eyes are shut, by its ground truth


@pytest.mark.parametrize("who", ["c01", "c03", "c08"])  # whose shut eyes are likest to open ones
def test_no_frame_with_closed_eyes_is_kept_to_be_compared(who):
    clip = list(frames_of(citizens()[who].clip))
    trial = Attempt((OPEN_MOUTH, TURN_LEFT), (9.0, 9.0), 8.0)
    kept: list[tuple[int, str]] = []
    for number, index in enumerate((*AHEAD[: SETTLED - 1], SHUT, AHEAD[0])):  # the eyes close just when it has seen enough
        frame = clip[index].copy()
        frame[0, 0] = number  # a sensor never gives the same bytes twice
        kept.append((index, trial.see(frame, engine().look(frame), number * SETTLING / 4).keep))
    assert kept[-2:] == [(SHUT, ""), (AHEAD[0], "match")]
