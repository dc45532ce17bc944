"""One A4 test page, followed until the printer says that it is out, and looked at by a person."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.model.words import Word
from kiosk.model.zone import CHINA
from kiosk.technician.page import sample_page
from kiosk.technician.printing import print_page
from kiosk.technician.self_test import Bench, Failed, SelfTest


class PrintAPage(SelfTest):
    kind = DocumentPrinter.kind
    name = "page"
    within = 240.0  # a printer that slept warms up first

    async def run(self, device: DocumentPrinter, bench: Bench) -> Mapping[str, str]:
        pdf = await asyncio.to_thread(sample_page, bench.terminal, bench.language, datetime.now(CHINA))
        bench.person.tell(Word("service.paper.printing"))
        await print_page(device, pdf)
        facts = {"kilobytes": f"{len(pdf) / 1000:.0f}"}
        if not await bench.person.confirm(Word("test.document_printer.page.clean")):
            raise Failed("unclean", **facts)
        return facts
