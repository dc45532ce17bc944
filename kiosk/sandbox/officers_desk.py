"""The page in a remote officer's browser: who stands there, the picture of now beside the one on record, and two buttons.

Pictures are in memory alone and only while the terminal goes on asking: hung up, decided or fallen silent, they are gone.
"""

from __future__ import annotations

import base64
import html
import time
import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

from kiosk.people import FOLDER

SILENT = 10.0  # seconds without a question from the terminal: it was cut off, and so is the officer's view
HEAD = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta http-equiv=refresh content=2><title>远程见证（演示）</title>"
    "<style>body{font:18px sans-serif;margin:2em}img{height:360px;margin-right:1em}button{font-size:20px;padding:.6em 2em}"
    "form{display:inline-block;margin:1em 1em 0 0}</style><h1>远程见证（演示）</h1><p><a href='/desk/help'>远程帮助</a></p>"
)
SAY = {"yes": "是本人", "no": "不是本人"}


class Desk:
    """What the officers see, by call."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pictures: dict[str, tuple[float, bytes]] = {}

    def show(self, call_no: str, jpeg: bytes) -> None:
        """The newest picture of a call; the one before is gone."""
        self._pictures[call_no] = (self._clock(), jpeg)

    def drop(self, call_no: str) -> None:
        self._pictures.pop(call_no, None)

    def picture(self, call_no: str) -> bytes | None:
        self._pictures = {call: one for call, one in self._pictures.items() if self._clock() - one[0] <= SILENT}
        found = self._pictures.get(call_no)
        return found[1] if found else None


def page(calls: list[Any], desk: Desk) -> str:
    """For the call that waits longest and shows somebody. `calls`: rows with call_no, id_number, name; oldest first."""
    call, picture = next(((row, shown) for row in calls if (shown := desk.picture(row["call_no"])) is not None), (None, b""))
    if call is None:
        return HEAD + "<p>没有等待的群众。</p>"
    number, id_number = html.escape(call["call_no"]), call["id_number"]
    who = html.escape(f"{call['name']}  {id_number[:6]}********{id_number[-4:]}")
    record = _on_record(id_number)
    pictures = _picture(picture, "现场") + (_picture(record, "证件照片") if record else "<p>没有可比对的证件照片。</p>")
    buttons = "".join(
        f"<form method=post action='/desk/officer/{number}/{say}'><button>{word}</button></form>" for say, word in SAY.items()
    )
    return f"{HEAD}<h2>{number}  {who}</h2>{pictures}<div>{buttons}</div>"


def _picture(jpeg: bytes, title: str) -> str:
    return f"<img alt='{title}' title='{title}' src='data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}'>"


@cache
def _on_record(id_number: str) -> bytes | None:
    people: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    id = next((id for id, row in people.items() if row["id_number"] == id_number), None)
    return (FOLDER / id / "portrait.jpg").read_bytes() if id else None
