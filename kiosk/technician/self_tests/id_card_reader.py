"""A card is put, read and lifted. What stands on it is shown masked and kept nowhere."""

from __future__ import annotations

import time
from collections.abc import Mapping

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, SelfTest


class ReadACard(SelfTest):
    kind = IdCardReader.kind
    name = "read"

    async def run(self, device: IdCardReader, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.id_card_reader.read.put"))

        async def lies_there() -> bool | None:
            return await device.find() or None

        await bench.until(lies_there)
        began = time.monotonic()
        card = await device.read()
        took = time.monotonic() - began
        bench.person.tell(Word("test.id_card_reader.read.seen", name=card.name[:1] + "*", number=card.id_number[-4:]))
        facts = {
            "kind": card.kind.name.lower(),
            "photo": "yes" if any(card.photo) else "no",
            "milliseconds": f"{took * 1000:.0f}",
            "sam_number": device.serial,
        }
        bench.person.tell(Word("test.id_card_reader.read.lift"))
        return facts
