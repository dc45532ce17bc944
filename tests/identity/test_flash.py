"""The tints: harmless to eyes, seen on a face that they fall on, and told from those of another visit, and from none."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise

import numpy as np
import pytest

from kiosk.devices.camera.before import LAMPS, SUN, Before
from kiosk.devices.video.watch import Watch
from kiosk.identity import Cue
from kiosk.identity.challenge import Challenge
from kiosk.identity.flash import STEP, STEPS, TINTS, Flash, linear
from kiosk.model.verdict import Liveness
from kiosk.screens.window import FOLDER
from tests.identity.playing import Person

ROW = ("amber", "azure", "mint", "azure")


def luminance(rgb):
    """WCAG 2.2, relative luminance."""
    return float(np.dot(linear(rgb), (0.2126, 0.7152, 0.0722)))


def test_no_change_from_one_tint_to_another_is_a_flash_nor_red():
    assert STEP >= 1 / 3, "three a second at the most (2.3.1)"
    for one, other in combinations(TINTS.values(), 2):
        assert abs(luminance(one) - luminance(other)) < 0.1
    for red, green, blue in map(linear, TINTS.values()):
        assert red / (red + green + blue) < 0.8


def test_the_glass_paints_what_is_measured():
    theme = next(FOLDER.rglob("Theme.qml")).read_text("utf-8")
    painted = dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', re.search(r"tints: \(\{(.*?)\}\)", theme)[1]))
    assert painted == {name: "#{:02x}{:02x}{:02x}".format(*rgb) for name, rgb in TINTS.items()}


@pytest.fixture
def lit(tmp_path):
    """lit(frame, tint, sun): as the simulated camera sees it, with the noise of its sensor."""
    before = Before(tmp_path / "camera", Watch())

    def seen(frame, tint, sun=False):
        (tmp_path / "camera.sun").touch() if sun else (tmp_path / "camera.sun").unlink(missing_ok=True)
        return before._grained(before._lit(frame, linear(TINTS[tint])) if tint else frame)

    return seen


def flashed(person, lit, *, falls=lambda tint: tint, fps=15, sun=False):
    flash, at, shown = Flash(ROW), 0.0, ""
    while True:
        frame, look = person(Cue(ask="tints"), at)
        if flash.see(lit(frame, falls(shown) if shown else "", sun), look.face, at):
            return flash.follows()
        shown, at = flash.tint, at + 1 / fps


@pytest.mark.parametrize("who", ["c02", "c05", "c08", "c12"])
def test_a_face_takes_them_on_and_not_those_of_another_row(who, lit):
    assert LAMPS > 20 * SUN
    assert flashed(Person(who), lit) is True
    assert flashed(Person(who), lit, fps=7) is True
    assert flashed(Person(who), lit, falls={"amber": "mint", "azure": "amber", "mint": "azure"}.get) is False


def test_in_the_sun_without_light_and_on_a_camera_that_is_too_slow_it_cannot_be_told(lit):
    assert flashed(Person(), lit, sun=True) is None
    assert flashed(Person(), lit, falls=lambda _: "") is None
    assert flashed(Person(), lit, fps=0.5) is None


def test_a_face_that_fills_the_picture_has_nothing_beside_it_to_compare_with(lit):
    flash, at = Flash(ROW), 0.0
    while not flash.see(Person()(Cue(), at)[0], (40, 20, 600, 470), at):
        at += 1 / 15
    assert flash.follows() is None


def tried(check, lit, *, falls=lambda tint: tint, gentle=False):
    trial, person, cue, at, tints = check.begin(gentle=gentle), Person(), Cue(), 0.0, []
    while not cue.over and at < 60:
        frame, look = person(cue, at)
        cue = trial.see(lit(frame, falls(cue.tint) if cue.tint else ""), look, at)
        tints += [cue.tint] if cue.tint and cue.tint not in tints[-1:] else []
        at += 1 / 15
    return trial.verdict(), tints


def test_the_verdict_says_what_became_of_it(lit):
    chance = random.Random(5)
    pad, tints = tried(Challenge(chance=chance), lit)
    assert (pad.outcome, "flash" in pad.checked, pad.unchecked) == (Liveness.PASSED, True, ("depth", "mask"))
    assert len(tints) == STEPS and set(tints) <= set(TINTS)
    pad, _ = tried(Challenge(chance=chance), lit, falls={"amber": "mint", "azure": "amber", "mint": "azure"}.get)
    assert (pad.outcome, pad.reason, "flash" in pad.checked) == (Liveness.FAILED, "tints", True)
    pad, _ = tried(Challenge(chance=chance), lit, falls=lambda _: "")
    assert (pad.outcome, pad.unchecked[0]) == (Liveness.PASSED, "flash_unseen")
    pad, _ = tried(Challenge(chance=chance, flash="required"), lit, falls=lambda _: "")
    assert (pad.outcome, pad.reason) == (Liveness.FAILED, "tints")


@pytest.mark.parametrize(("flash", "gentle"), [("off", False), ("offered", True), ("required", True)])
def test_whoever_is_not_to_see_it_does_not(lit, flash, gentle):
    pad, tints = tried(Challenge(chance=random.Random(5), flash=flash), lit, gentle=gentle)
    assert (pad.outcome, pad.unchecked, tints) == (Liveness.PASSED, ("flash", "depth", "mask"), [])


def test_each_row_is_drawn_anew():
    rows = {tuple(Challenge().begin()._flash._tints) for _ in range(80)}
    assert len(rows) > 12
    assert all(len(row) == STEPS and all(a != b for a, b in pairwise(row)) for row in rows)
