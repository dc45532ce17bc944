"""A sweep from low to high: whether it is heard, and clean, only an ear knows."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.devices.speaker import Speaker
from kiosk.model.sound import tone
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, Failed, SelfTest

LOW, HIGH, SECONDS = 200.0, 6_000.0, 4.0  # hertz; speech lies between them, and so do most ears of 80
_KEPT = ("output", "backend", "port", "volume")


class Sweep(SelfTest):
    kind = Speaker.kind
    name = "sweep"

    async def run(self, device: Speaker, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.speaker.sweep.listen"))
        await device.play(tone(LOW, SECONDS, to=HIGH))
        known = {name: value for name, value in (await device.check()).facts.items() if name in _KEPT}
        if not await bench.person.confirm(Word("test.speaker.sweep.heard")):
            raise Failed("not_heard", **known)
        if not await bench.person.confirm(Word("test.speaker.sweep.clean")):
            raise Failed("rattles", **known)
        return known
