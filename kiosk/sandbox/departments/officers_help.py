"""OFFICER, too: somebody at a terminal calls for help, and an officer writes back, at `/desk/help`.

As shipped an invented officer answers by itself; with `PUT /_sandbox/officer` "nobody" the calls wait for somebody at that page. What
nobody answered in time stays there as a message.
"""

from __future__ import annotations

import html
import re
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.departments.officers import Ended, by_now
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS help_call (
    help_no TEXT PRIMARY KEY, station TEXT NOT NULL, view TEXT NOT NULL, item TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '');
"""
OPEN = "SELECT * FROM help_call WHERE state IN ('waiting', 'left') ORDER BY state DESC, rowid"
LONGEST = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
BY_ITSELF = {
    "zh_Hans": "您好，请按屏幕上的提示一步一步来，看不清可以按“看不清？听不见？”把字放大。",
    "zh_Hant": "您好，請按螢幕上的提示一步一步來，看不清可以按「看不清？聽不見？」把字放大。",
    "en": "Hello. Please follow the screen step by step. If it is hard to read, press 'Easier to use' for larger type.",
    "nan": "你好，请照屏幕顶的提示一步一步来，看无清楚会使共字放较大。",
}
HEAD = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>远程帮助（演示）</title>"
    "<style>body{font:20px sans-serif;margin:2em}input{font:20px sans-serif;width:30em;padding:.4em}button{font-size:20px;padding:.4em 2em}"
    "</style><h1>远程帮助（演示）</h1><p><a href='/desk/help'>刷新</a></p>"
)


class Help(Body):
    station: str = Field(min_length=1, max_length=40)
    view: str = Field(min_length=1, max_length=60)
    item: str = Field(default="", max_length=60)
    language: str = Field(min_length=2, max_length=10)


class Taken(BaseModel):
    help_no: str


class Number(Body):
    help_no: str = Field(min_length=4, max_length=40)


class Answer(BaseModel):
    state: Literal["waiting", "answered", "nobody"]
    text: str | None = None


class End(Body):
    help_no: str = Field(min_length=4, max_length=40)
    leave: Literal["yes", "no"]


def routes(records: Records) -> APIRouter:
    router = APIRouter(tags=["OFFICER 远程帮助"], responses=REFUSALS)

    @router.post("/officer/help", operation_id="OFFICER.help", response_model=Reply[Taken])
    async def wanted(body: Help, call: Annotated[Call, Depends()]) -> Any:
        """Somebody there needs a hand: at which terminal, on which screen, with which item."""
        return call.reply(records.once("OFFICER", call.key, call.operation, body.model_dump(), lambda: _taken(records, body)))

    @router.post("/officer/helpAnswer", operation_id="OFFICER.helpAnswer", response_model=Reply[Answer], response_model_exclude_none=True)
    async def answer(body: Number, call: Annotated[Call, Depends()]) -> Any:
        """What an officer wrote."""
        found = _found(records, body.help_no)
        if found["state"] == "waiting" and by_now.answers != "nobody":
            _write(records, body.help_no, BY_ITSELF.get(found["language"], BY_ITSELF["zh_Hans"]))
            found = _found(records, body.help_no)
        if found["state"] == "answered":
            return call.reply({"state": "answered", "text": found["text"]})
        return call.reply({"state": "waiting" if found["state"] == "waiting" else "nobody"})

    @router.post("/officer/endHelp", operation_id="OFFICER.endHelp", response_model=Reply[Ended])
    async def end(body: End, call: Annotated[Call, Depends()]) -> Any:
        """Nobody waits there any more. `leave`: it stays as a message, for nobody answered."""
        _found(records, body.help_no)
        state = "left" if body.leave == "yes" else "ended"
        records.db.execute("UPDATE help_call SET state = ? WHERE help_no = ? AND state = 'waiting'", (state, body.help_no))
        return call.reply({"ended": True})

    @router.get("/desk/help", response_class=HTMLResponse, include_in_schema=False)
    async def helpers_desk() -> HTMLResponse:
        return HTMLResponse(_page(records.rows(OPEN)), headers={"Cache-Control": "no-store"})

    @router.post("/desk/help/{help_no}/answer", include_in_schema=False)
    async def written(
        help_no: str, request: Request, sec_fetch_site: Annotated[str, Header()] = "same-origin"
    ) -> RedirectResponse:
        """By POST, and from this page alone. The text is bounded here and looked at once more at the terminal."""
        if sec_fetch_site != "same-origin":
            raise HTTPException(403)
        form = parse_qs((await request.body())[:4_096].decode("utf-8", "replace"))
        text = CONTROL.sub(" ", form.get("text", [""])[0]).strip()[:LONGEST]
        if text:
            _write(records, help_no, text)
        return RedirectResponse("/desk/help", 303)

    @router.get("/_sandbox/help", tags=["sandbox"])
    async def stands() -> list[dict[str, Any]]:
        """Every call for help, as it stands."""
        return [dict(row) for row in records.rows("SELECT * FROM help_call ORDER BY rowid")]

    return router


def _taken(records: Records, body: Help) -> dict[str, Any]:
    number = f"HELP-{records.next('help'):06d}"
    row = (number, body.station, body.view, body.item, body.language)
    records.db.execute("INSERT INTO help_call (help_no, station, view, item, language, state) VALUES (?, ?, ?, ?, ?, 'waiting')", row)
    return {"help_no": number}


def _found(records: Records, help_no: str) -> Any:
    found = records.row("SELECT * FROM help_call WHERE help_no = ?", help_no)
    if found is None:
        raise Refusal("OFF-4041", "没有这次呼叫", 404)
    return found


def _write(records: Records, help_no: str, text: str) -> None:
    records.db.execute("UPDATE help_call SET state = 'answered', text = ? WHERE help_no = ? AND state = 'waiting'", (text, help_no))


def _page(calls: list[Any]) -> str:
    if not calls:
        return HEAD + "<p>没有人等待帮助。</p>"
    found = []
    for row in calls:
        number = html.escape(row["help_no"])
        where = html.escape(f"{row['station']} · {row['item'] or '还没选事项'} · {row['view']} · {row['language']}")
        form = (
            f"<form method=post action='/desk/help/{number}/answer'><input name=text maxlength={LONGEST} autofocus>"
            "<button>回复</button></form>"
            if row["state"] == "waiting"
            else "<p>没有人及时回复，已留言。</p>"
        )
        found.append(f"<h2>{number}</h2><p>{where}</p>{form}")
    return HEAD + "".join(found)
