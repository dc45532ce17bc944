"""The default check for a living person: moves that are asked for by chance, each answered in time, by one and the same face."""

from __future__ import annotations

import random
import secrets
import zlib
from collections.abc import Sequence
from typing import Literal

import numpy as np

from kiosk.identity import Cue, Look, PadCheck, Picture, Trial
from kiosk.identity.flash import STEPS, TINTS, Flash
from kiosk.identity.moves import BLINK, MOVES, AtRest, Seen, measure
from kiosk.model.verdict import Liveness, Pad

SETTLED = 8  # frames of looking ahead, for what is usual with this person
SETTLING = 0.5  # seconds they last at least
PAUSE = (0.4, 1.2)  # seconds without a request before the next one, drawn anew each time: nobody knows when it comes
SOONEST = 0.2  # seconds: nobody reads and moves faster; what comes sooner was no answer
BLINK_SOONEST = 0.1  # eyes may close by themselves just then; that is let go, not held against anybody
RETURN = 5.0  # seconds to look ahead again
GONE = 1.0  # seconds without a face: a head turned far is lost for a moment
TWO, CLEAR, ANSWER = 3, 3, 2  # frames in a row: of two faces; of a move nobody asked for; of the answer
JUMP = 0.5  # of the face's width between two frames: nobody moves so fast, a picture that is cut does
ALWAYS = ("one_face", "same_face", "fresh_frames", "timing")
FLASH, UNSEEN = "flash", "flash_unseen"  # the second: it was tried, and nothing came back that could be told from the light of the shop
NEVER = ("depth", "mask")


class Challenge(PadCheck):
    """`moves`: how many are asked for, of the four kinds, none twice. `seconds`: how long each is waited for.

    `flash`: tints of the glass after the moves. offered: a face that takes on others is refused, one on which nothing is seen (a bright
    shop) is left to the moves; required: that one is refused, too; off: nothing is shown.
    """

    name = "challenge"

    def __init__(
        self,
        *,
        moves: int = 3,
        seconds: float = 8.0,
        flash: Literal["off", "offered", "required"] = "offered",
        chance: random.Random | None = None,
    ) -> None:
        if not 2 <= moves <= len(MOVES):
            raise ValueError(f"{moves} moves: two to {len(MOVES)}; with one, a film of it passes")
        if not 2.0 <= seconds <= 20.0:
            raise ValueError(f"{seconds} seconds for a move: 2 to 20")
        self._moves, self._seconds, self._flash = moves, seconds, flash
        self._chance = chance or secrets.SystemRandom()

    def begin(self, *, gentle: bool = False) -> Trial:
        asked = self._chance.sample(MOVES, self._moves)
        pauses = [self._chance.uniform(*PAUSE) for _ in asked]
        flash = None if gentle or self._flash == "off" else Flash(self._row())
        return Attempt(asked, pauses, self._seconds, flash, required=self._flash == "required")

    def _row(self) -> list[str]:
        row: list[str] = []
        while len(row) < STEPS:
            row.append(self._chance.choice([tint for tint in TINTS if tint != (row or [""])[-1]]))
        return row


class Attempt(Trial):
    """Settling, then for each move a pause, the request, and the way back; then the tints. `asked`, `pauses`, `flash`: drawn by chance."""

    def __init__(
        self, asked: Sequence[str], pauses: Sequence[float], seconds: float, flash: Flash | None = None, *, required: bool = False
    ) -> None:
        self._asked, self._pauses, self._seconds = tuple(asked), tuple(pauses), seconds
        self._flash, self._required = flash, required
        self._phase = "settle"  # settle | pause | ask | back | tints
        self._since = 0.0  # when the phase began
        self._done = 0  # moves answered
        self._rest: AtRest | None = None
        self._frames: list[tuple[float, Seen]] = []  # while settling; later the newest few
        self._sums: set[int] = set()
        self._run: tuple[str, int] = ("", 0)  # the move seen now, and in how many frames in a row
        self._many = 0
        self._last: tuple[float, tuple[int, int, int, int]] | None = None  # when and where the face was last
        self._gone: float | None = None  # since when there is no face
        self._pad = Pad(method=Challenge.name, unchecked=(FLASH, *NEVER))

    def see(self, frame: Picture, look: Look, at: float) -> Cue:
        if self._pad.outcome is Liveness.NOT_CHECKED:
            self._fresh(frame)
        if self._pad.outcome is Liveness.NOT_CHECKED:
            self._follow(look, at)
        if self._pad.outcome is not Liveness.NOT_CHECKED:
            return self._cue()
        if look.face is None or look.landmarks is None:
            self._run = ("", 0)
            return self._late(look, at) or self._cue()
        seen = measure(frame, look.landmarks)
        self._frames.append((at, seen))
        match self._phase:
            case "settle":
                return self._settle(look, at)
            case "pause":
                return self._pause(seen, at)
            case "ask":
                return self._ask(seen, look, at)
            case "back":
                return self._back(seen, look, at)
            case _:
                return self._lit(frame, look, at)

    def verdict(self) -> Pad:
        return self._pad

    def forget(self) -> None:
        for _, seen in self._frames:
            seen.patch.fill(0)
        self._frames.clear()
        if self._rest is not None:
            self._rest.forget()

    # What must hold in every frame:

    def _fresh(self, frame: Picture) -> None:
        """No sensor gives the same bytes twice: what comes again is a film that is played to us in place of a camera."""
        total = zlib.crc32(np.ascontiguousarray(frame).data)
        if total in self._sums:
            self._refuse("replayed")
        self._sums.add(total)

    def _follow(self, look: Look, at: float) -> None:
        """One face, and the same one: from here to there, without a gap and without a leap."""
        begun = self._phase != "settle"
        self._many = self._many + 1 if look.hint == "many" else 0
        if begun and self._many >= TWO:
            self._refuse("many")
        elif look.face is not None:
            if begun and self._last is not None and _leap(self._last[1], look.face) > JUMP * max(1.0, (at - self._last[0]) / 0.2):
                self._refuse("changed")
            self._last, self._gone = (at, look.face), None
        elif look.hint != "many":
            self._gone = at if self._gone is None else self._gone
            if begun and at - self._gone > GONE:
                self._refuse("lost")

    # The phases:

    def _settle(self, look: Look, at: float) -> Cue:
        if look.hint:
            self._forget_frames(0)
            return self._cue()
        if len(self._frames) < SETTLED or at - self._frames[0][0] < SETTLING:
            return self._cue()
        self._rest = AtRest([seen for _, seen in self._frames])
        if not self._rest.rests(self._frames[-1][1]):
            self._forget_frames(SETTLED)
            return self._cue()
        self._enter("pause", at)
        return self._cue(keep="match")

    def _pause(self, seen: Seen, at: float) -> Cue:
        if self._repeated(seen) >= CLEAR and self._run[0] not in ("", BLINK):
            self._refuse("early")
        elif at - self._since >= self._pauses[self._done]:
            self._enter("ask", at)
        return self._cue()

    def _ask(self, seen: Seen, look: Look, at: float) -> Cue:
        count, wanted = self._repeated(seen), self._asked[self._done]
        move = self._run[0]
        soonest = BLINK_SOONEST if wanted == BLINK else SOONEST
        if move == wanted and at - self._since < soonest and wanted != BLINK and count >= ANSWER:
            self._refuse("early")
            return self._cue()
        if move == wanted and at - self._since >= soonest and count >= (1 if wanted == BLINK else ANSWER):
            self._done += 1
            self._enter("back", at)
            return self._cue(keep="" if wanted == BLINK else "witness")
        if move not in ("", wanted, BLINK) and count >= CLEAR:
            self._refuse("other")
            return self._cue()
        return self._late(look, at) or self._cue()

    def _back(self, seen: Seen, look: Look, at: float) -> Cue:
        assert self._rest is not None
        if look.hint or not self._rest.rests(seen):
            return self._late(look, at) or self._cue()
        if self._done < len(self._asked):
            self._enter("pause", at)
        elif self._flash is not None:
            self._enter("tints", at)
        else:
            self._passed(unchecked=FLASH)
        return self._cue(keep="match")

    def _lit(self, frame: Picture, look: Look, at: float) -> Cue:
        assert self._flash is not None and look.face is not None
        if self._flash.see(frame, look.face, at):
            match self._flash.follows():
                case True:
                    self._passed(checked=FLASH)
                case None if not self._required:
                    self._passed(unchecked=UNSEEN)
                case _:
                    self._refuse("tints")
        self._forget_frames(1)
        return self._cue()

    def _passed(self, *, checked: str = "", unchecked: str = "") -> None:
        did = (*self._asked, *filter(None, (checked,)), *ALWAYS)
        self._pad = Pad(method=Challenge.name, outcome=Liveness.PASSED, checked=did, unchecked=(*filter(None, (unchecked,)), *NEVER))

    def _late(self, look: Look, at: float) -> Cue | None:
        """The last frame is kept: who stands there now may be somebody else than before, which then is the better word for it."""
        limit = {"ask": self._seconds, "back": RETURN}.get(self._phase)
        if limit is None or at - self._since <= limit:
            return None
        self._refuse("late")
        return self._cue(keep="" if look.hint else "witness")

    def _repeated(self, seen: Seen) -> int:
        """In how many frames in a row the move of this one was seen."""
        assert self._rest is not None
        move = self._rest.move(seen)
        self._run = (move, self._run[1] + 1 if move == self._run[0] else 1)
        self._forget_frames(1)
        return self._run[1]

    def _enter(self, phase: str, at: float) -> None:
        self._phase, self._since, self._run = phase, at, ("", 0)
        self._forget_frames(1)

    def _forget_frames(self, keep: int) -> None:
        gone = self._frames[:-keep] if keep else self._frames
        for _, seen in gone:
            seen.patch.fill(0)
        self._frames = self._frames[-keep:] if keep else []

    def _refuse(self, reason: str) -> None:
        tinted = (FLASH,) if self._phase == "tints" else ()
        checked = (*self._asked[: self._done + (self._phase == "ask")], *tinted, *ALWAYS)
        unchecked = NEVER if tinted else (FLASH, *NEVER)
        self._pad = Pad(method=Challenge.name, outcome=Liveness.FAILED, reason=reason, checked=checked, unchecked=unchecked)

    def _cue(self, keep: str = "") -> Cue:
        over = self._pad.outcome is not Liveness.NOT_CHECKED
        wanted = self._asked[min(self._done, len(self._asked) - 1)]
        ask = {"settle": "", "ask": wanted, "tints": "tints"}.get(self._phase, "ahead")
        share = min(1.0, len(self._frames) / SETTLED) if self._phase == "settle" else 1 + self._done
        return Cue(
            ask="" if over else ask,
            tint=self._flash.tint if self._flash is not None and self._phase == "tints" and not over else "",
            progress=min(1.0, share / (1 + len(self._asked))),
            keep=keep,
            begun=self._phase != "settle",
            over=over,
        )


def _leap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> float:
    """How far a face's middle moved, in its widths."""
    width = max(1, one[2] - one[0])
    return float(np.hypot(one[0] + one[2] - other[0] - other[2], one[1] + one[3] - other[1] - other[3])) / 2 / width
