"""A page is laid on the desk and taken as a citizen's would be; the picture is looked at and forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.devices.document_camera import DocumentCamera
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, Failed, SelfTest


class TakeAPage(SelfTest):
    kind = DocumentCamera.kind
    name = "page"

    async def run(self, device: DocumentCamera, bench: Bench) -> Mapping[str, str]:
        bench.person.tell(Word("test.document_camera.page.lay"))

        async def paper() -> bool | None:
            sight = await device.look()
            bench.person.see(sight.picture)
            return None if sight.hint in ("none", "edge") else True

        await bench.until(paper)
        page = await device.page()
        bench.person.see(page.picture)
        facts = {"size": f"{page.picture.shape[1]}x{page.picture.shape[0]}", "kilobytes": f"{len(page.jpeg) / 1000:.0f}"}
        if page.hint:
            raise Failed(f"page_{page.hint}", **facts)
        return facts
