"""What every verifier and every photo decoder must keep: inherit a contract and say how to make yours."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import ClassVar

import numpy as np
import pytest

from kiosk.identity import Cue, Look, PadCheck, PhotoDecoder, Picture, Verifier
from kiosk.model.faults import Fault, Remedy
from kiosk.model.verdict import Liveness, Pad

HINTS = (
    "", "none", "many", "edge", "far", "near", "tilted", "turned", "sunglasses", "mask", "dark", "bright", "uneven", "blurred",
)  # fmt: skip


class VerifierContract(ABC):
    @abstractmethod
    def make(self) -> Verifier:
        """A verifier, not prepared yet."""

    @abstractmethod
    def card(self) -> Picture:
        """The card photo of a person."""

    @abstractmethod
    def live(self) -> Sequence[Picture]:
        """Two or three good frames of that person."""

    @abstractmethod
    def stranger(self) -> Sequence[Picture]:
        """Good frames of somebody else."""

    @abstractmethod
    def nobody(self) -> Picture:
        """A frame without a face."""

    @pytest.fixture
    def verifier(self) -> Verifier:
        verifier = self.make()
        verifier.prepare()
        return verifier

    def test_has_a_name_and_says_whether_it_is_calibrated(self, verifier: Verifier) -> None:
        assert verifier.name
        assert isinstance(verifier.calibrated, bool)

    def test_prepares_twice_without_harm(self, verifier: Verifier) -> None:
        verifier.prepare()

    def test_a_good_frame_passes_the_gate_and_comes_back(self, verifier: Verifier) -> None:
        for frame in (*self.live(), *self.stranger()):
            look = verifier.look(frame)
            assert look.hint == ""
            assert look.picture is not None

    def test_a_frame_that_does_not_pass_is_not_kept(self, verifier: Verifier) -> None:
        look = verifier.look(self.nobody())
        assert look.hint == "none"
        assert look.picture is None

    def test_who_is_followed_is_found_as_who_is_looked_at(self, verifier: Verifier) -> None:
        look, hints = Look(), list[str]()
        for frame in (*self.live(), self.nobody(), *self.live()):
            look = verifier.follow(frame, look)
            hints.append(look.hint)
            assert (look.picture is None) is bool(look.hint)
        good = [""] * len(self.live())
        assert hints == [*good, "none", *good]

    def test_whatever_is_wrong_has_a_word(self, verifier: Verifier) -> None:
        good = self.live()[0]
        for frame in (np.zeros_like(good), np.full_like(good, 255), good[:, : good.shape[1] // 3].copy(), good[:40, :40].copy()):
            assert verifier.look(frame).hint in HINTS[1:]

    def test_the_person_of_the_card_is_accepted(self, verifier: Verifier) -> None:
        verdict = verifier.compare(self.card(), self.live())
        assert verdict.same_person
        assert verdict.score <= verdict.threshold
        assert verdict.verifier == verifier.name
        assert verdict.calibrated is verifier.calibrated

    def test_a_stranger_is_refused(self, verifier: Verifier) -> None:
        verdict = verifier.compare(self.card(), self.stranger())
        assert not verdict.same_person
        assert verdict.score > verdict.threshold

    def test_comparing_is_no_liveness_check(self, verifier: Verifier) -> None:
        assert verifier.compare(self.card(), self.live()).pad == Pad()

    def test_says_whether_all_frames_show_one_person_or_that_it_cannot_tell(self, verifier: Verifier) -> None:
        assert verifier.one_person(self.live(), self.live()) in (True, None)
        assert verifier.one_person(self.live(), self.stranger()) in (False, None)

    def test_the_same_pictures_give_the_same_score(self, verifier: Verifier) -> None:
        first = verifier.compare(self.card(), self.live())
        verifier.forget()
        verifier.forget()
        assert verifier.compare(self.card(), self.live()).score == pytest.approx(first.score)

    def test_pictures_are_not_changed(self, verifier: Verifier) -> None:
        card, live = self.card(), list(self.live())
        kept = [picture.copy() for picture in (card, *live)]
        verifier.look(live[0])
        verifier.compare(card, live)
        assert all(np.array_equal(one, other) for one, other in zip((card, *live), kept, strict=True))

    def test_a_card_without_a_face_has_a_name_and_a_remedy(self, verifier: Verifier) -> None:
        with pytest.raises(Fault) as caught:
            verifier.compare(np.full_like(self.card(), 255), self.live())
        assert (caught.value.code, caught.value.remedy) == ("identity.no_face_on_card", Remedy.OTHER_WAY)


class PadCheckContract(ABC):
    """A check for a living person: what is shown to it are frames with their looks and the seconds they came at."""

    checks: ClassVar[bool] = True  # False: it checks nothing, and never passes anybody

    @abstractmethod
    def make(self) -> PadCheck: ...

    @abstractmethod
    def living(self, cue: Cue, at: float) -> tuple[Picture, Look]:
        """The next frame of a living person who sees `cue`, at `at` seconds."""

    @abstractmethod
    def picture(self, cue: Cue, at: float) -> tuple[Picture, Look]:
        """The next frame of a picture of that person."""

    seconds: ClassVar[float] = 60.0  # within which it is over
    step: ClassVar[float] = 1 / 30

    def played(self, who: Callable[[Cue, float], tuple[Picture, Look]]) -> tuple[Pad, list[Cue]]:
        trial, cue, cues, at = self.make().begin(), Cue(), [], 0.0
        try:
            while not cue.over and at < self.seconds:
                frame, look = who(cue, at)
                cue = trial.see(frame, look, at)
                cues.append(cue)
                at += self.step
            return trial.verdict(), cues
        finally:
            trial.forget()
            trial.forget()

    def test_a_living_person_passes_and_a_verdict_says_what_was_not_checked(self) -> None:
        pad, cues = self.played(self.living)
        assert pad.outcome is (Liveness.PASSED if self.checks else Liveness.NOT_CHECKED)
        assert cues[-1].over
        assert pad.method == self.make().name
        assert pad.unchecked
        assert bool(pad.checked) is self.checks
        assert not set(pad.checked) & set(pad.unchecked)

    def test_a_picture_is_refused_with_a_reason(self) -> None:
        pad, cues = self.played(self.picture)
        assert cues[-1].over
        assert pad.outcome is (Liveness.FAILED if self.checks else Liveness.NOT_CHECKED)
        assert bool(pad.reason) is self.checks

    def test_there_is_something_to_compare_and_progress_never_goes_back(self) -> None:
        _, cues = self.played(self.living)
        assert [cue.keep for cue in cues].count("match") >= 2
        assert all(one.progress <= other.progress for one, other in pairwise(cues))

    def test_no_verdict_before_it_is_over(self) -> None:
        trial = self.make().begin()
        assert trial.verdict().outcome is Liveness.NOT_CHECKED


class PhotoDecoderContract(ABC):
    damaged: ClassVar[int] = 200  # how many damaged blocks are tried; fewer for a decoder that starts a process for each

    @abstractmethod
    def make(self) -> PhotoDecoder: ...

    @abstractmethod
    def block(self) -> bytes:
        """A photo block of a card, 1024 bytes."""

    def test_a_block_becomes_a_colour_picture(self) -> None:
        picture = self.make().decode(self.block())
        assert picture.shape == (126, 102, 3)
        assert picture.dtype == np.uint8
        assert picture.std() > 10

    def test_bytes_that_are_no_photo_have_a_name_and_a_remedy(self) -> None:
        block, decoder = self.block(), self.make()
        for wrong in (b"", bytes(1024), b"\xff" * 1024, block[:1], block[:512], block[1:] + b"\0", block + b"\0"):
            with pytest.raises(Fault) as caught:
                decoder.decode(wrong)
            assert (caught.value.code, caught.value.remedy) == ("identity.photo_unreadable", Remedy.OTHER_WAY)

    def test_damaged_blocks_do_no_harm(self) -> None:
        """A picture or the fault, nothing else: the card may be anybody's making."""
        dice, decoder = random.Random(1), self.make()
        for _ in range(self.damaged):
            damaged = bytearray(self.block())
            for _ in range(dice.randint(1, 40)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            with suppress(Fault):
                assert decoder.decode(bytes(damaged)).shape == (126, 102, 3)
