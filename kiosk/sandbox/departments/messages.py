"""SMS: codes by text message. What is "sent" lies on the invented citizen's phone: `GET /_sandbox/phone/{mobile}`."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS registered_mobile (id_number TEXT PRIMARY KEY, mobile TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS text_message (
    number INTEGER PRIMARY KEY, mobile TEXT NOT NULL, words TEXT NOT NULL, code TEXT, until TEXT, left INTEGER NOT NULL DEFAULT 3);
"""
VALID = timedelta(minutes=5)
A_DAY = 10  # codes a number gets in a day
MOBILE = Field(pattern=r"^1[3-9]\d{9}$")


class Send(Body):
    person: Person
    mobile: str = MOBILE
    otp_no: int = Field(ge=1, le=9, strict=True)


class Sent(BaseModel):
    seconds: int


class Verify(Body):
    person: Person
    mobile: str = MOBILE
    code: str = Field(pattern=r"^\d{6}$")


class Verified(BaseModel):
    verified: bool


class Notify(Body):
    mobile: str = MOBILE
    case_no: str = Field(min_length=1, max_length=40)


class Notified(BaseModel):
    sent: bool


def fill(db: sqlite3.Connection, now: datetime) -> None:
    """Citizen c01 has 13800000001 and so on: numbers that anybody sees to be invented."""
    people = db.execute("SELECT id_number FROM person ORDER BY rowid").fetchall()
    db.executemany("INSERT INTO registered_mobile VALUES (?, ?)", [(row[0], f"138000000{n:02d}") for n, row in enumerate(people, 1)])


def routes(records: Records) -> APIRouter:
    router = APIRouter(tags=["SMS 短信"], responses=REFUSALS)

    @router.post("/sms/send", operation_id="SMS.send", response_model=Reply[Sent])
    async def send(body: Send, call: Annotated[Call, Depends()]) -> Any:
        """Send a code to the number that is registered for this person, to no other."""
        call.about(body.person)
        return call.reply(records.once("SMS", call.key, call.operation, body.model_dump(), lambda: _sent(records, body)))

    @router.post("/sms/verify", operation_id="SMS.verify", response_model=Reply[Verified])
    async def verify(body: Verify, call: Annotated[Call, Depends()]) -> Any:
        """Is this the newest code of the number? Good once, for five minutes, three tries."""
        call.about(body.person)
        with records.transaction():
            refusal = _tried(records, body)
        if refusal is not None:
            raise refusal
        return call.reply({"verified": True})

    @router.post("/sms/notify", operation_id="SMS.notify", response_model=Reply[Notified])
    async def notify(body: Notify, call: Annotated[Call, Depends()]) -> Any:
        """Tell a citizen the number of their case."""
        return call.reply(records.once("SMS", call.key, call.operation, body.model_dump(), lambda: _notified(records, body)))

    @router.get("/_sandbox/phone/{mobile}", tags=["sandbox"])
    async def phone(mobile: str) -> list[dict[str, Any]]:
        """The messages on an invented citizen's phone, newest first."""
        rows = records.rows("SELECT words, code FROM text_message WHERE mobile = ? ORDER BY number DESC LIMIT 20", mobile)
        return [dict(row) for row in rows]

    return router


def _sent(records: Records, body: Send) -> dict[str, Any]:
    registered = records.row("SELECT mobile FROM registered_mobile WHERE id_number = ?", body.person.id_number)
    named = records.row("SELECT 1 FROM person WHERE id_number = ? AND name = ?", body.person.id_number, body.person.name)
    if registered is None or named is None or registered["mobile"] != body.mobile:
        raise Refusal("SMS-4040", "该手机号码未登记在本人名下", 404)
    since = (records.now() - timedelta(days=1)).isoformat()
    if len(records.rows("SELECT 1 FROM text_message WHERE mobile = ? AND code IS NOT NULL AND until > ?", body.mobile, since)) >= A_DAY:
        raise Refusal("SMS-4290", "今日验证码次数已用完")
    code = f"{secrets.randbelow(1_000_000):06d}"
    until = (records.now() + VALID).isoformat()
    records.db.execute(
        "INSERT INTO text_message (mobile, words, code, until) VALUES (?, ?, ?, ?)",
        (body.mobile, f"【e政务（演示）】验证码 {code}，五分钟内有效，请勿告诉他人。", code, until),
    )
    return {"seconds": round(VALID.total_seconds())}


def _tried(records: Records, body: Verify) -> Refusal | None:
    """Uses the code up, or a try; the refusal is raised by the caller, after the try was booked."""
    registered = records.row("SELECT 1 FROM registered_mobile WHERE id_number = ? AND mobile = ?", body.person.id_number, body.mobile)
    newest = records.row("SELECT * FROM text_message WHERE mobile = ? AND code IS NOT NULL ORDER BY number DESC LIMIT 1", body.mobile)
    if registered is None or newest is None:
        return Refusal("SMS-4040", "该手机号码未登记在本人名下", 404)
    if newest["left"] <= 0 or newest["until"] < records.now().isoformat():
        return Refusal("SMS-4100", "验证码已过期")
    right = secrets.compare_digest(newest["code"], body.code)
    records.db.execute("UPDATE text_message SET left = ? WHERE number = ?", (0 if right else newest["left"] - 1, newest["number"]))
    return None if right else Refusal("SMS-4010", "验证码不正确")


def _notified(records: Records, body: Notify) -> dict[str, Any]:
    records.db.execute(
        "INSERT INTO text_message (mobile, words) VALUES (?, ?)",
        (body.mobile, f"【e政务（演示）】您的业务已受理，办件编号 {body.case_no}。"),
    )
    return {"sent": True}
