"""CITY, too: the page on which the owners of messages read and listen to them, and reply in public: `/desk/messages`.

A recording is given to this page alone and by its number; the board says of it how long it is.
"""

from __future__ import annotations

import html
import re
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Header, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from kiosk.sandbox import board
from kiosk.sandbox.records import Records

LONGEST = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
HEAD = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>留言办理（演示）</title>"
    "<style>body{font:20px sans-serif;margin:2em}textarea{font:20px sans-serif;width:30em;height:4em;padding:.4em}"
    "button{font-size:20px;padding:.4em 2em}blockquote{background:#f3f5f9;padding:.6em 1em}</style>"
    "<h1>留言办理（演示）</h1><p><a href='/desk/messages'>刷新</a></p>"
)


def routes(records: Records) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/desk/messages", response_class=HTMLResponse)
    async def messages_desk() -> HTMLResponse:
        return HTMLResponse(_page(board.all_of_them(records)), headers={"Cache-Control": "no-store"})

    @router.get("/desk/messages/{number}/audio.wav")
    async def audio(number: str, sec_fetch_site: Annotated[str, Header()] = "same-origin") -> Response:
        """For the player of this page, which keeps none of it."""
        _ours(sec_fetch_site)
        found = records.row("SELECT audio FROM board_message WHERE number = ? AND seconds > 0", number)
        if found is None:
            raise HTTPException(404)
        return Response(found["audio"], media_type="audio/wav", headers={"Cache-Control": "no-store"})

    @router.post("/desk/messages/{number}/reply")
    async def replied(number: str, request: Request, sec_fetch_site: Annotated[str, Header()] = "same-origin") -> RedirectResponse:
        """By POST, and from this page alone; once: what is public is not changed in silence."""
        _ours(sec_fetch_site)
        form = parse_qs((await request.body())[:8_192].decode("utf-8", "replace"))
        text = CONTROL.sub(" ", form.get("text", [""])[0]).strip()[:LONGEST]
        if text:
            board.answer(records, number, text)
        return RedirectResponse("/desk/messages", 303)

    return router


def _ours(sec_fetch_site: str) -> None:
    if sec_fetch_site != "same-origin":
        raise HTTPException(403)


def _page(messages: list[Any]) -> str:
    return HEAD + "".join(_one(row) for row in messages)


def _one(row: Any) -> str:
    number, owner = html.escape(row["number"]), html.escape(board.OWNERS[row["topic"]])
    said = (
        f"<p>语音留言，{row['seconds']} 秒</p><audio controls preload=none src='/desk/messages/{number}/audio.wav'></audio>"
        if row["seconds"]
        else f"<blockquote>{html.escape(row['text'])}</blockquote>"
    )
    reply = (
        f"<p>已答复 {html.escape(row['replied_at'])}：{html.escape(row['reply'])}</p>"
        if row["reply"]
        else f"<form method=post action='/desk/messages/{number}/reply'><textarea name=text maxlength={LONGEST}></textarea><br>"
        "<button>公开答复</button></form>"
    )
    return f"<h2>{number} · {owner}</h2><p>{html.escape(row['at'][:16].replace('T', ' '))}</p>{said}{reply}"
