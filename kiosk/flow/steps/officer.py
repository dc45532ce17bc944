"""A remote officer looks at the person through the terminal's camera and decides: yes or no, by a human being."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from kiosk.devices.roles import FACE_CAMERA, Role
from kiosk.flow.desk import Answered, Desk
from kiosk.flow.stage import OtherWay
from kiosk.flow.step import Proving
from kiosk.flow.views import OfficerView
from kiosk.identity.jpeg import to_jpeg
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.model.session import Session
from kiosk.model.words import Word


@dataclass(frozen=True)
class Officer(Proving):
    name: ClassVar[str] = "officer"
    proof: ClassVar[Proof] = Proof.OFFICER
    repeatable: ClassVar[bool] = False  # the officer's no is a no

    @property
    def needs(self) -> tuple[Role[Any], ...]:
        return (FACE_CAMERA,)

    @property
    def operations(self) -> frozenset[str]:
        return frozenset({"OFFICER.call", "OFFICER.ask", "OFFICER.hangUp"})

    async def run(self, session: Session, desk: Desk) -> Session:
        camera = desk.use(FACE_CAMERA)
        desk.stage.attach_preview(camera.preview)
        view = OfficerView(
            title=Word("officer.title"), text=Word("officer.text"), seconds_left=round(desk.timing.officer_wait), can_back=True
        )
        try:
            said = await desk.within(desk.timing.officer_wait, desk.meanwhile(view, self._decided(session, desk)))
        except TimeoutError:
            raise Fault("identity.no_officer", Remedy.OTHER_WAY) from None
        except Answered:
            raise OtherWay from None
        finally:
            desk.stage.attach_preview(None)
            camera.preview.wipe()
        await desk.journal.write(events.OfficerDecided(visit=session.visit, same_person=said["same_person"], officer=said["officer"]))
        if not said["same_person"]:
            raise Fault("identity.officer_refused", Remedy.OTHER_WAY)
        return replace(session, proofs=session.proofs | {self.proof})

    async def _decided(self, session: Session, desk: Desk) -> dict[str, Any]:
        """Calls, sends the newest picture with every question, and waits for a human answer."""
        camera = desk.use(FACE_CAMERA)
        call = await desk.department(session, "OFFICER.call", key=f"{session.visit}-V")
        call_no = str(call.data["call_no"])

        async def hang_up() -> str:
            await desk.department(session, "OFFICER.hangUp", key=f"{session.visit}-VX", call_no=call_no)
            return ""

        desk.hand_back(hang_up)
        while True:
            frame = await camera.frame()
            seen = replace(session, files={**session.files, "frame": (to_jpeg(frame),)})
            frame.fill(0)
            said = (await desk.department(seen, "OFFICER.ask", call_no=call_no)).data
            if said["state"] == "decided":
                return {"same_person": bool(said["same_person"]), "officer": str(said["officer"])}
            await asyncio.sleep(desk.timing.officer_poll)
