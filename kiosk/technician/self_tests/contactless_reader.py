"""A contactless card is laid on the plate: is it found, and what does the reader know of it."""

from __future__ import annotations

import time
from collections.abc import Mapping

from kiosk.devices.contactless_reader import ContactlessReader
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, SelfTest

_KEPT = ("atr", "reader", "protocol")  # of what a reader says of itself and the card; a card's number is its holder's


class FindACard(SelfTest):
    kind = ContactlessReader.kind
    name = "card"

    async def run(self, device: ContactlessReader, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.contactless_reader.card.put"))
        began = time.monotonic()
        number = await bench.until(device.find)
        bench.person.tell(Word("test.contactless_reader.card.seen", number=number[-4:]))
        report = await device.check()
        known = {name: value for name, value in report.facts.items() if name in _KEPT}
        return {"found_after": f"{time.monotonic() - began:.1f}", "relay": str("relay" in device.capabilities).lower(), **known}
