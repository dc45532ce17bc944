"""A code is shown and comes back: any code will do, and what it says is shown, not kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from kiosk.devices.code_scanner import CodeScanner
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, SelfTest, Skipped


class Echo(SelfTest):
    kind = CodeScanner.kind
    name = "echo"

    async def run(self, device: CodeScanner, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.code_scanner.echo.show"))
        try:
            read = await asyncio.wait_for(device.scan(), bench.patience)
        except TimeoutError:
            raise Skipped from None
        bench.person.tell(Word("test.code_scanner.echo.seen", code=read[:40] + ("…" if len(read) > 40 else "")))
        return {"characters": str(len(read))}
