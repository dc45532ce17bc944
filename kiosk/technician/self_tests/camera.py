"""A few seconds of the camera's picture in numbers: how fast, how sharp, how light, and whether a face is found in it."""

from __future__ import annotations

import time
from collections.abc import Mapping

import cv2
import numpy as np

from kiosk.devices.camera import Camera
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, Failed, Picture, SelfTest

FRAMES = 20
SLOWEST = 5.0  # frames a second: below, no face is ever judged in time
DARKEST, LIGHTEST = 25.0, 230.0  # mean grey, 0-255
BLOWN, MOST_BLOWN = 250, 0.4  # of the pixels at full scale
SHARP = 15.0  # variance of the Laplacian: a lens under a fingerprint stays below


class LookAtThePicture(SelfTest):
    """At the glass the picture stays until the person has judged it; in a terminal, which shows none, the numbers judge alone."""

    kind = Camera.kind
    name = "picture"
    within = 600.0  # somebody turns a lens and looks again; the door's own minute of silence ends it for one who has left

    async def run(self, device: Camera, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.camera.picture.stand"))
        await device.frame()
        began = time.monotonic()
        for _ in range(FRAMES):
            frame = await device.frame()
            bench.person.see(frame)
        watch = _Watch(device, bench, {"frames_a_second": f"{FRAMES / (time.monotonic() - began):.1f}"})
        await watch.look()
        right = await bench.person.judge(Word("test.camera.picture.right"), watch.look)
        if right is None:
            await watch.until_good()
        why = wrong(watch.facts) or ("picture_not_right" if right is False else "")
        if why:
            raise Failed(why, **watch.facts)
        return watch.facts


class _Watch:
    """`facts`: of the newest frame; `face`: `good` from the first good one on, the newest hint before, `unchecked` without an engine."""

    def __init__(self, device: Camera, bench: Bench, rate: Mapping[str, str]) -> None:
        self._device = device
        self._bench = bench
        self.facts = {**rate, "face": "unchecked"}

    async def look(self) -> None:
        frame = await self._device.frame()
        look = await self._bench.look_at(frame)
        self.facts |= measured(frame)
        if look is not None and self.facts["face"] != "good":
            self.facts["face"] = look.hint or "good"
        self._bench.person.see(frame, self.facts, look.face if look is not None else None)

    async def until_good(self) -> None:
        end = time.monotonic() + min(self._bench.patience, 10.0)
        while self.facts["face"] not in ("good", "unchecked") and time.monotonic() < end:
            await self.look()


def measured(frame: Picture) -> dict[str, str]:
    """Size, light and sharpness of one frame."""
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    return {
        "size": f"{frame.shape[1]}x{frame.shape[0]}",
        "light": f"{grey.mean():.0f}",
        "blown_out": f"{np.mean(grey >= BLOWN):.2f}",
        "sharpness": f"{cv2.Laplacian(grey, cv2.CV_64F).var():.0f}",
    }


def wrong(facts: Mapping[str, str]) -> str:
    """`test.why.<…>` says what; "" where the picture is good enough for a face."""
    if float(facts["light"]) < DARKEST:
        return "dark"
    if float(facts["light"]) > LIGHTEST or float(facts["blown_out"]) > MOST_BLOWN:
        return "bright"
    if float(facts["frames_a_second"]) < SLOWEST:
        return "slow"
    return "blurred" if float(facts["sharpness"]) < SHARP else ""
