"""OFFICER: volunteers' badges, and remote officers who look at pictures in a browser and say yes or no.

The officer's page is `/officer/desk`: it shows the newest picture of the longest waiting call and two buttons. Without anybody at
the desk, `PUT /_sandbox/officer` lets an invented officer answer by itself.
"""

from __future__ import annotations

import base64
import html
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS video_call (
    call_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, state TEXT NOT NULL, same_person INTEGER, officer TEXT);
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


class ByItself(Body):
    answers: Literal["yes", "no", "nobody"]


class Desk:
    """What the officers see: the newest picture of each call, in memory alone."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.answers: str = "yes"


def routes(records: Records) -> APIRouter:
    router = APIRouter(tags=["OFFICER 远程见证"], responses=REFUSALS)
    desk = Desk()

    @router.post("/officer/checkBadge", operation_id="OFFICER.checkBadge", response_model=Reply[Badge])
    async def check_badge(body: CheckBadge, call: Annotated[Call, Depends()]) -> Any:
        """Whose badge is it? Only volunteers of this store may vouch."""
        number = body.badge.strip().upper()
        if number not in BADGES:
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
            desk.pictures[body.call_no] = base64.b64decode(body.frame[0], validate=True)
        except ValueError:
            raise Refusal("SYS-4000", "请求参数不符合接口要求", 400) from None
        if found["state"] == "waiting" and desk.answers != "nobody":
            _decide(records, body.call_no, desk.answers == "yes")
            return call.reply({"state": "looking"})
        if found["state"] != "decided":
            return call.reply({"state": found["state"]})
        desk.pictures.pop(body.call_no, None)
        return call.reply({"state": "decided", "same_person": bool(found["same_person"]), "officer": found["officer"]})

    @router.post("/officer/hangUp", operation_id="OFFICER.hangUp", response_model=Reply[Ended])
    async def hang_up(body: HangUp, call: Annotated[Call, Depends()]) -> Any:
        """The call is over, whatever came of it."""
        desk.pictures.pop(body.call_no, None)
        records.db.execute("UPDATE video_call SET state = 'ended' WHERE call_no = ?", (body.call_no,))
        return call.reply({"ended": True})

    @router.get("/officer/desk", response_class=HTMLResponse, include_in_schema=False)
    async def officers_desk() -> HTMLResponse:
        """The page in an officer's browser."""
        calls = [row["call_no"] for row in records.rows("SELECT call_no FROM video_call WHERE state = 'waiting'")]
        waiting = next((number for number in calls if number in desk.pictures), None)
        head = "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta http-equiv=refresh content=2><title>远程见证（演示）</title>"
        if waiting is None:
            return HTMLResponse(head + "<h1>远程见证（演示）</h1><p>没有等待的群众。</p>")
        number = html.escape(waiting)
        picture = base64.b64encode(desk.pictures[waiting]).decode()
        words = {"yes": "是本人", "no": "不是本人"}
        buttons = " ".join(f"<a href='/officer/desk/{number}/{say}'><button>{word}</button></a>" for say, word in words.items())
        return HTMLResponse(head + f"<h1>{number}</h1><img src='data:image/jpeg;base64,{picture}' width=640><p>{buttons}</p>")

    @router.get("/officer/desk/{call_no}/{say}", include_in_schema=False)
    async def decided(call_no: str, say: Literal["yes", "no"]) -> RedirectResponse:
        _decide(records, call_no, say == "yes")
        return RedirectResponse("/officer/desk", 303)

    @router.put("/_sandbox/officer", tags=["sandbox"])
    async def by_itself(body: ByItself) -> ByItself:
        """An invented officer answers every call so; "nobody" = the calls wait for somebody at /officer/desk."""
        desk.answers = body.answers
        return body

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
