"""The challenge: who does what is asked passes; what comes too late, too early or out of turn, and whoever is not alone, has a name."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace

import numpy as np
import pytest

from kiosk.identity import Cue, Look, PadCheck
from kiosk.identity.challenge import Challenge
from kiosk.identity.moves import MOVES
from kiosk.identity.pad_none import NoPad
from kiosk.model.verdict import Liveness
from kiosk.testing.identity import PadCheckContract
from tests.identity.playing import Person, engine


class TestChallenge(PadCheckContract):
    def make(self) -> PadCheck:
        return Challenge()

    @pytest.fixture(autouse=True)
    def _people(self) -> None:
        self.living, self.picture = Person(), Person(moves=False)  # type: ignore[method-assign]

    def living(self, cue, at):
        raise AssertionError("see _people")

    def picture(self, cue, at):
        raise AssertionError("see _people")


class TestNoPad(TestChallenge):
    checks = False

    def make(self) -> PadCheck:
        return NoPad()


def tried(person, *, seed=1, fps=15, check=None, change=lambda at, cue, frame, look: (frame, look)):
    """Until it is over. Returns the verdict, and every cue with its time."""
    trial, cue, cues, at = (check or Challenge(chance=random.Random(seed))).begin(), Cue(), [], 0.0
    while not cue.over and at < 60:
        frame, look = change(at, cue, *person(cue, at))
        cue = trial.see(frame, look, at)
        cues.append((at, cue))
        at += 1 / fps
    return trial.verdict(), cues


def refused(pad, reason):
    assert (pad.outcome, pad.reason) == (Liveness.FAILED, reason), pad


@pytest.mark.parametrize("who", ["c02", "c06", "c09", "c12"])
@pytest.mark.parametrize("fps", [10, 30])
def test_whoever_follows_passes_and_the_verdict_says_what_was_checked(who, fps):
    pad, cues = tried(Person(who), seed=int(who[1:]), fps=fps)
    assert pad.outcome is Liveness.PASSED, pad
    asked = list(dict.fromkeys(cue.ask for _, cue in cues if cue.ask in MOVES))
    assert pad.checked[:3] == tuple(asked)
    assert {"one_face", "same_face", "fresh_frames", "timing"} <= set(pad.checked)
    assert pad.unchecked == ("flash_unseen", "depth", "mask"), "no light of a glass falls on these pictures"


def test_somebody_slow_passes_too():
    assert tried(Person(latency=5.0))[0].outcome is Liveness.PASSED


def test_moves_order_and_pauses_are_drawn_by_the_systems_own_chance():
    drawn = {Challenge().begin()._asked for _ in range(60)}
    assert len(drawn) > 8
    assert all(len(set(asked)) == 3 for asked in drawn)
    assert isinstance(Challenge()._chance, secrets.SystemRandom)
    assert len({round(pause, 3) for _ in range(20) for pause in Challenge().begin()._pauses}) > 30


@pytest.mark.parametrize("wrong", [{"moves": 1}, {"moves": 5}, {"seconds": 0.5}, {"seconds": 60.0}])
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        Challenge(**wrong)


def test_whoever_does_nothing_is_late():
    pad, _ = tried(Person(moves=False))
    refused(pad, "late")
    assert len(pad.checked) == 5, "only what was asked for by then was checked"


def test_another_move_than_the_one_asked_for():
    asks_mouth = next(seed for seed in range(99) if Challenge(chance=random.Random(seed)).begin()._asked[0] == "open_mouth")
    refused(tried(Person(does="turn_left"), seed=asks_mouth)[0], "other")


def test_a_blink_nobody_asked_for_is_held_against_nobody():
    asks_mouth = next(seed for seed in range(99) if Challenge(chance=random.Random(seed)).begin()._asked[0] == "open_mouth")
    refused(tried(Person(does="blink"), seed=asks_mouth)[0], "late")


def test_a_move_before_anything_was_asked_for():
    person = Person()

    def always_turns(at, cue, frame, look):
        return person.fresh(*person.clip[22]) if cue.begun else (frame, look)

    refused(tried(person, change=always_turns)[0], "early")


def test_an_answer_that_comes_faster_than_anybody_reads():
    asks_left = next(seed for seed in range(99) if Challenge(chance=random.Random(seed)).begin()._asked[0] == "turn_left")
    person = Person()

    def at_once(at, cue, frame, look):
        return person.fresh(*person.clip[22]) if cue.ask == "turn_left" else (frame, look)

    refused(tried(person, seed=asks_left, fps=60, change=at_once)[0], "early")


def test_two_faces_once_it_has_begun():
    refused(tried(Person(), change=lambda at, cue, frame, look: (frame, Look(hint="many") if cue.begun else look))[0], "many")


def test_before_it_has_begun_two_faces_are_only_a_hint():
    pad, cues = tried(Person(), change=lambda at, cue, frame, look: (frame, Look(hint="many") if at < 3 else look))
    assert pad.outcome is Liveness.PASSED
    assert not any(cue.begun for at, cue in cues if at < 3)


def test_whoever_walks_away():
    refused(tried(Person(), change=lambda at, cue, frame, look: (frame, Look(hint="none") if cue.ask in MOVES else look))[0], "lost")


def test_a_face_that_leaps():
    def leaps(at, cue, frame, look):
        if cue.ask not in MOVES or look.face is None:
            return frame, look
        left, top, right, bottom = look.face
        return frame, replace(look, face=(left + 250, top, right + 250, bottom))

    refused(tried(Person(), change=leaps)[0], "changed")


def test_a_frame_that_comes_again_byte_for_byte():
    person = Person()
    first = []

    def again(at, cue, frame, look):
        first.append(frame)
        return (first[0], look) if at > 1 else (frame, look)

    refused(tried(person, change=again)[0], "replayed")


def test_the_engine_tells_who_moved_from_who_is_compared():
    def turned(who):
        return Person(who).clip[20][0]

    def ahead(who):
        return [Person(who).clip[index][0] for index in (0, 3)]

    assert engine().one_person(ahead("c03"), [turned("c03")]) is True
    assert engine().one_person(ahead("c03"), [turned("c04")]) is False
    assert engine().one_person([*ahead("c03"), *ahead("c04")], []) is False
    assert engine().one_person(ahead("c03"), [np.zeros((480, 640, 3), np.uint8)]) is False


def test_nothing_of_a_face_is_left_in_it():
    trial, person, cue = Challenge().begin(), Person(), Cue()
    for number in range(20):
        cue = trial.see(*person(cue, number / 15), number / 15)
    rest = trial._rest
    patches = [seen.patch for _, seen in trial._frames]
    trial.forget()
    assert rest is not None and patches
    assert not rest.patch.any() and not any(patch.any() for patch in patches)
