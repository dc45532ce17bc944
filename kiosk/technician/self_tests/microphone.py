"""Two seconds of whoever tests it, played back at once: whether that was them, and clear, only an ear knows. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.devices.microphone import Microphone, Take
from kiosk.devices.roles import SOUND
from kiosk.devices.speaker import Speaker
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, Failed, SelfTest

SECONDS = 2.0
_KEPT = ("input", "backend", "port")


class Listen(SelfTest):
    kind = Microphone.kind
    name = "listen"

    async def run(self, device: Microphone, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.microphone.listen.speak"))
        take = Take(SECONDS)
        try:
            await device.record(take)
            known = {name: value for name, value in (await device.check()).facts.items() if name in _KEPT}
            facts = {**known, "level": f"{round(take.loudest * 100)} %"}
            speaker = bench.devices.get(SOUND.name)
            if not isinstance(speaker, Speaker) or not speaker.health.state.usable:
                return facts
            await speaker.play(take.sound())
        finally:
            take.wipe()
        if not await bench.person.confirm(Word("test.microphone.listen.clear")):
            raise Failed("not_clear", **facts)
        return facts
