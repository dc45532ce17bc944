"""The judge of frames: every trouble is named two seconds after it began at the latest, and health is not mistaken for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.video import Picture
from kiosk.devices.video.watch import Watch

SIZE = (48, 64, 3)
noise = np.random.default_rng(20)


def person() -> Picture:
    return noise.integers(60, 200, SIZE, np.uint8)


def black() -> Picture:
    return np.zeros(SIZE, np.uint8)


def white() -> Picture:
    return noise.integers(251, 256, SIZE, np.uint8)


def green() -> Picture:
    return noise.integers(60, 200, SIZE, np.uint8) * np.array([0, 1, 0], np.uint8)


STILL = person()


def fed(watch: Watch, picture: Callable[[], Picture], fps: float, began: float = 0.0) -> Iterator[tuple[float, str]]:
    """What the judge says of a camera that is read without a pause, and when."""
    at = began
    while True:
        asked, at = at, at + 1 / fps
        yield at, watch.came(picture(), asked, at)


def verdict(picture: Callable[[], Picture], fps: float, *, light: bool = True, floor: float = 4.0) -> tuple[str, float]:
    """The first word of trouble after ten good frames, and how long after the trouble began; ("", …) where none came."""
    watch, began = Watch(light=light, floor=floor), 0.0
    for _, (at, word) in zip(range(10), fed(watch, person, 30), strict=False):
        assert word == ""
        began = at
    for at, word in fed(watch, picture, fps, began):
        if word or at - began > 30:
            return word, at - began
    raise AssertionError


@pytest.mark.parametrize("fps", [5, 10, 15, 30, 60])
@pytest.mark.parametrize(
    ("picture", "word"),
    [(lambda: STILL, "frozen"), (black, "black"), (white, "overexposed"), (green, "wrong_colours"), (person, "")],
    ids=["still", "black", "white", "green", "person"],
)
def test_trouble_has_a_name_within_two_seconds(picture: Callable[[], Picture], word: str, fps: float) -> None:
    said, after = verdict(picture, fps)
    assert said == word
    assert after <= 2.0 or not word


@pytest.mark.parametrize(("fps", "word"), [(1, "slow"), (2, "slow"), (3, "slow"), (5, ""), (0.4, "frozen")])
def test_a_camera_below_its_floor_is_slow_within_two_seconds(fps: float, word: str) -> None:
    said, after = verdict(person, fps)
    assert said == word
    assert after <= (2.0 if fps >= 1 else 2.5) or not word


def test_where_slow_is_allowed_it_is_not_said() -> None:
    assert verdict(person, 1, floor=0)[0] == ""


def test_where_light_is_told_otherwise_it_is_no_trouble() -> None:
    assert verdict(white, 10, light=False)[0] == ""
    assert verdict(lambda: STILL, 10, light=False)[0] == "frozen"


def test_a_camera_that_gives_nothing_is_absent_and_one_that_is_silent_is_frozen() -> None:
    watch = Watch()
    assert watch.none(10.0, 10.1) == "absent"
    assert watch.none(10.0, 12.0) == "frozen"


def test_the_first_frame_may_wait_for_the_sensor() -> None:
    watch = Watch()
    assert watch.came(person(), 0.0, 1.4) == ""
    assert [word for _, (_, word) in zip(range(30), fed(watch, person, 30, 1.4), strict=False)] == [""] * 30


def test_one_late_frame_is_a_busy_machine() -> None:
    watch = Watch()
    for asked, at in ((0.0, 0.1), (0.1, 1.6), (1.6, 1.7), (1.7, 3.2)):
        assert watch.came(person(), asked, at) == ""


def test_what_nobody_asked_for_does_not_count_as_slow() -> None:
    """A caller may take one frame a second: the camera gives each at once."""
    watch = Watch()
    for second in range(20):
        assert watch.came(person(), float(second), second + 0.03) == ""


def test_a_repeat_is_not_fresh_and_alone_no_trouble() -> None:
    watch = Watch()
    fresh = []
    for at, picture in enumerate([STILL, STILL, person(), STILL]):
        assert watch.came(picture, at / 10, at / 10 + 0.05) == ""
        fresh.append(watch.trusted)
    assert fresh == [True, False, True, True]


def test_false_colours_are_trusted_at_no_time_and_bad_light_is() -> None:
    watch, trusted = Watch(), []
    for at, picture in enumerate([person(), green(), green(), person(), white()]):
        assert watch.came(picture, at / 10, at / 10 + 0.05) == ""
        trusted.append(watch.trusted)
    assert trusted == [True, False, False, True, True]


def test_bad_light_that_goes_on_is_said_again() -> None:
    watch = Watch()
    said = [at for (at, word), _ in zip(fed(watch, black, 20), range(100), strict=False) if word]
    assert [b - a for a, b in itertools.pairwise(said)] == pytest.approx([1.5, 1.5], abs=0.06)


def test_opened_anew_nothing_of_before_counts_but_a_frozen_picture_stays_one() -> None:
    watch = Watch()
    for _, (_, word) in zip(range(20), fed(watch, lambda: STILL, 30), strict=False):
        assert word == ""
    watch.forget()
    assert not watch.doubt
    for _, (_, word) in zip(range(20), fed(watch, lambda: STILL, 30, 0.7), strict=False):
        assert word == ""
        assert not watch.trusted


@given(st.lists(st.tuples(st.floats(0.0, 3.0), st.sampled_from([person, black, white, green, lambda: STILL])), max_size=60))
def test_whatever_comes_a_doubt_is_told_or_passes(frames: list[tuple[float, Callable[[], Picture]]]) -> None:
    """Never a word for a good frame that came in time after another good one."""
    watch, at, good = Watch(), 0.0, 0
    for wait, picture in frames:
        asked, at = at, at + wait
        word = watch.came(picture(), asked, at)
        good = good + 1 if picture is person and wait < 0.25 else 0
        if good > 1:
            assert word == ""
            assert not watch.doubt
