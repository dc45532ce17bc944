"""OFFICER: volunteers' badges, and remote officers who look at pictures in a browser and say yes or no.

The officer's page is `/desk/officer` (`kiosk/sandbox/officers_desk.py`). As shipped an invented officer answers by itself;
`PUT /_sandbox/officer` with "nobody" lets the calls wait for somebody at that page.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.officers_desk import Desk, page
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS video_call (
    call_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, state TEXT NOT NULL, same_person INTEGER, officer TEXT);
"""
WAITING = """
SELECT call_no, video_call.id_number AS id_number, name FROM video_call JOIN person USING (id_number)
WHERE state = 'waiting' ORDER BY video_call.rowid
"""
BADGES = {"VOL-0001", "VOL-0002", "VOL-0003"}
OFFICER = "OFF-07"


class CheckBadge(Body):
    badge: str = Field(min_length=1, max_length=40)
    station: str = Field(min_length=1, max_length=40)


class Badge(BaseModel):
    badge_no: str


class NewCall(Body):
    person: Person
    station: str = Field(min_length=1, max_length=40)


class Called(BaseModel):
    call_no: str


class Ask(Body):
    call_no: str = Field(min_length=4, max_length=40)
    frame: list[str] = Field(min_length=1, max_length=1, description="base64 of a JPEG")


class Said(BaseModel):
    state: Literal["waiting", "looking", "decided"]
    same_person: bool | None = None
    officer: str | None = None


class HangUp(Body):
    call_no: str = Field(min_length=4, max_length=40)


class Ended(BaseModel):
    ended: bool


class Enrol(Body):
    badge: str = Field(pattern=r"^VOL-[0-9]{4,8}$")


class ByItself(Body):
    answers: Literal["yes", "no", "nobody"]


by_now = ByItself(answers="yes")  # of the invented officer, whatever is asked


def routes(records: Records) -> APIRouter:
    router = APIRouter(tags=["OFFICER 远程见证"], responses=REFUSALS)
    desk, badges = Desk(), set(BADGES)

    @router.post("/officer/checkBadge", operation_id="OFFICER.checkBadge", response_model=Reply[Badge])
    async def check_badge(body: CheckBadge, call: Annotated[Call, Depends()]) -> Any:
        """Whose badge is it? Only volunteers of this store may vouch."""
        number = body.badge.strip().upper()
        if number not in badges:
            raise Refusal("OFF-4040", "志愿者证无效", 404)
        return call.reply({"badge_no": number})

    @router.post("/officer/call", operation_id="OFFICER.call", response_model=Reply[Called])
    async def new_call(body: NewCall, call: Annotated[Call, Depends()]) -> Any:
        """Ask for an officer."""
        call.about(body.person)
        return call.reply(records.once("OFFICER", call.key, call.operation, body.model_dump(), lambda: _called(records, body)))

    @router.post("/officer/ask", operation_id="OFFICER.ask", response_model=Reply[Said], response_model_exclude_none=True)
    async def ask(body: Ask, call: Annotated[Call, Depends()]) -> Any:
        """The newest picture, and whether the officer has decided."""
        found = records.row("SELECT * FROM video_call WHERE call_no = ?", body.call_no)
        if found is None or found["state"] == "ended":
            raise Refusal("OFF-4041", "没有这次呼叫", 404)
        try:
            desk.show(body.call_no, base64.b64decode(body.frame[0], validate=True))
        except ValueError:
            raise Refusal("SYS-4000", "请求参数不符合接口要求", 400) from None
        if found["state"] == "waiting" and by_now.answers != "nobody":
            _decide(records, body.call_no, by_now.answers == "yes")
            return call.reply({"state": "looking"})
        if found["state"] != "decided":
            return call.reply({"state": found["state"]})
        desk.drop(body.call_no)
        return call.reply({"state": "decided", "same_person": bool(found["same_person"]), "officer": found["officer"]})

    @router.post("/officer/hangUp", operation_id="OFFICER.hangUp", response_model=Reply[Ended])
    async def hang_up(body: HangUp, call: Annotated[Call, Depends()]) -> Any:
        """The call is over, whatever came of it."""
        desk.drop(body.call_no)
        records.db.execute("UPDATE video_call SET state = 'ended', id_number = '' WHERE call_no = ?", (body.call_no,))
        return call.reply({"ended": True})

    @router.get("/desk/officer", response_class=HTMLResponse, include_in_schema=False)
    async def officers_desk() -> HTMLResponse:
        """The page in an officer's browser, which keeps none of it."""
        return HTMLResponse(page(records.rows(WAITING), desk), headers={"Cache-Control": "no-store"})

    @router.post("/desk/officer/{call_no}/{say}", include_in_schema=False)
    async def decided(
        call_no: str, say: Literal["yes", "no"], sec_fetch_site: Annotated[str, Header()] = "same-origin"
    ) -> RedirectResponse:
        """A decision: by POST, for a page that is only looked at decides nothing; from this page, no other site in that browser."""
        if sec_fetch_site != "same-origin":
            raise HTTPException(403)
        _decide(records, call_no, say == "yes")
        desk.drop(call_no)
        return RedirectResponse("/desk/officer", 303)

    @router.put("/_sandbox/badges", tags=["sandbox"])
    async def enrol(body: Enrol) -> Enrol:
        """One more volunteer of this store, such as one who passed practice; until this process ends."""
        badges.add(body.badge)
        return body

    @router.put("/_sandbox/officer", tags=["sandbox"])
    async def by_itself(body: ByItself) -> ByItself:
        """An invented officer answers every call so; "nobody" = the calls wait for somebody at /desk/officer."""
        by_now.answers = body.answers
        return body

    @router.get("/_sandbox/officer", tags=["sandbox"])
    async def says() -> ByItself:
        return by_now

    return router


def _called(records: Records, body: NewCall) -> dict[str, Any]:
    number = f"CALL-{records.next('call'):06d}"
    records.db.execute("INSERT INTO video_call (call_no, id_number, state) VALUES (?, ?, 'waiting')", (number, body.person.id_number))
    return {"call_no": number}


def _decide(records: Records, call_no: str, same_person: bool) -> None:
    records.db.execute(
        "UPDATE video_call SET state = 'decided', same_person = ?, officer = ? WHERE call_no = ? AND state = 'waiting'",
        (same_person, OFFICER, call_no),
    )
