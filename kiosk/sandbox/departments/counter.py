"""COUNTER: where the store's clerk hears that somebody at the terminal wants help, and says "coming" or "cannot".

The clerk's page is `/desk/counter`. As shipped an invented clerk says "coming" to every call; `PUT /_sandbox/counter` with "nobody"
lets them ring until somebody presses a button there, and with "cannot" nobody can come.
"""

from __future__ import annotations

import html
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import Body, Unaddressed
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS counter_call (
    number TEXT PRIMARY KEY, station TEXT NOT NULL, view TEXT NOT NULL, item TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter_letter (body TEXT NOT NULL, moment TEXT NOT NULL, signature TEXT NOT NULL);
"""
RINGING = "SELECT * FROM counter_call WHERE state = 'ringing' ORDER BY rowid"
HEAD = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta http-equiv=refresh content=2><title>收银台（演示）</title>"
    "<style>body{font:22px sans-serif;margin:2em}button{font-size:24px;padding:.6em 2em}form{display:inline-block;margin:1em 1em 0 0}"
    "</style><h1>收银台（演示）</h1>"
)
SAY = {"coming": "马上过去", "cannot": "走不开"}

ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"model": Unaddressed, "description": "SYS-4000 no letter of a terminal"},
    422: {"model": Unaddressed, "description": "not used: 400 is"},
}


class Words(BaseModel):
    content: str = Field(max_length=200)


class Letter(Body):
    event: Literal["call", "ask", "over"]
    call: str = Field(pattern=r"^[0-9A-Za-z-]{4,40}$")
    station: str = Field(min_length=1, max_length=16)
    view: str = Field(max_length=40)
    item: str = Field(max_length=60)
    language: str = Field(max_length=10)
    at: str = Field(max_length=30)
    wait: int = Field(ge=1, le=600)
    msgtype: Literal["text"] | None = None
    text: Words | None = None


class State(BaseModel):
    state: Literal["ringing", "coming", "cannot", "over"]


class ByItself(Body):
    answers: Literal["coming", "cannot", "nobody"]


def routes(records: Records) -> APIRouter:
    router = APIRouter(tags=["COUNTER 收银台"], responses=ANSWERS)
    by_now = ByItself(answers="coming")

    @router.post("/counter/call", response_model=State)
    async def called(
        body: Letter,
        request: Request,
        x_kiosk_time: Annotated[str, Header()] = "",
        x_kiosk_signature: Annotated[str, Header()] = "",
    ) -> Any:
        """A call, what became of it, or that it is over. The same call twice is one; one that never came is over."""
        raw = (await request.body()).decode()
        records.db.execute("INSERT INTO counter_letter VALUES (?, ?, ?)", (raw, x_kiosk_time, x_kiosk_signature))
        if body.event == "call":
            new = (body.call, body.station, body.view, body.item, body.at)
            records.db.execute("INSERT OR IGNORE INTO counter_call VALUES (?, ?, ?, ?, ?, 'ringing')", new)
        elif body.event == "over":
            _say(records, body.call, "over")
        elif by_now.answers != "nobody":
            _say(records, body.call, by_now.answers)
        found = records.row("SELECT state FROM counter_call WHERE number = ?", body.call)
        return {"state": found["state"] if found is not None else "over"}

    @router.get("/desk/counter", response_class=HTMLResponse, include_in_schema=False)
    async def counters_desk() -> HTMLResponse:
        return HTMLResponse(_page(records), headers={"Cache-Control": "no-store"})

    @router.post("/desk/counter/{number}/{say}", include_in_schema=False)
    async def answered(
        number: str, say: Literal["coming", "cannot"], sec_fetch_site: Annotated[str, Header()] = "same-origin"
    ) -> RedirectResponse:
        """By POST, and from this page alone."""
        if sec_fetch_site != "same-origin":
            raise HTTPException(403)
        _say(records, number, say)
        return RedirectResponse("/desk/counter", 303)

    @router.put("/_sandbox/counter", tags=["sandbox"])
    async def by_itself(body: ByItself) -> ByItself:
        """An invented clerk answers every call so; "nobody" = the calls ring until somebody answers at /desk/counter."""
        by_now.answers = body.answers
        return body

    @router.get("/_sandbox/counter", tags=["sandbox"])
    async def stands() -> dict[str, Any]:
        """What the clerk says by itself, the calls with their states, and every letter as it came: body, time, signature."""
        calls = [dict(row) for row in records.rows("SELECT * FROM counter_call ORDER BY rowid")]
        letters = [dict(row) for row in records.rows("SELECT * FROM counter_letter ORDER BY rowid")]
        return {"answers": by_now.answers, "calls": calls, "letters": letters}

    return router


def _say(records: Records, number: str, state: str) -> None:
    records.db.execute("UPDATE counter_call SET state = ? WHERE number = ? AND state = 'ringing'", (state, number))


def _page(records: Records) -> str:
    calls = records.rows(RINGING)
    if not calls:
        return HEAD + "<p>没有人呼叫。</p>"
    found = []
    for row in calls:
        number = html.escape(row["number"])
        where = html.escape(f"{row['station']} · {row['item'] or '还没选事项'} · {row['view']}")
        buttons = "".join(
            f"<form method=post action='/desk/counter/{number}/{say}'><button>{word}</button></form>" for say, word in SAY.items()
        )
        found.append(f"<h2>有人请您过去帮忙</h2><p>{where}<br>{html.escape(row['at'])} {number}</p>{buttons}")
    return HEAD + "".join(found)
