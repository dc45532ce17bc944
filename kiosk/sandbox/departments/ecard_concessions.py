"""ECARD: cards at a lower fare: who may have one, its application, its yearly review."""

from __future__ import annotations

import hashlib
import sqlite3
import tomllib
from datetime import datetime, timedelta
from html import escape
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.ecard import KINDS, Facts, good_card, keep, pending
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.pictures import Picture
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS ecard_entitled (id_number TEXT NOT NULL, category TEXT NOT NULL, until TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ecard_application (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, category TEXT NOT NULL, delivery TEXT NOT NULL, order_no TEXT, ready TEXT NOT NULL);
"""
OLD_ENOUGH = 65
FEES = {"senior": 0, "student": 2_000, "love": 0}  # fen for making the card
WORKING_DAYS = 10
COUNTER = "易通卡客服中心（厦禾路）"
# What other departments share about people: pupils and students (EDU), the disabled, veterans. Citizen → (category, days it goes on).
ENTITLED = {"c07": ("student", 580), "c03": ("love", 2_000), "c10": ("love", 900), "c04": ("honour", 9_000), "c08": ("student", -140)}
NOT_ENTITLED = {
    "senior": ("ECARD-4031", "未满65周岁"),
    "student": ("ECARD-4032", "没有在校学籍信息"),
    "love": ("ECARD-4033", "没有残疾人证信息"),
    "honour": ("ECARD-4034", "没有优抚对象信息"),
}


class Ask(Body):
    person: Person
    category: Literal["senior", "student", "love", "honour"]


class CheckEligibility(Ask):
    card: str | None = Field(default=None, pattern=r"^\d{19}$", description="the card to be reviewed; without it a first card is wanted")


class CreateReview(Ask):
    card: str = Field(pattern=r"^\d{19}$")


class Wish(Ask):
    category: Literal["senior", "student", "love"]


class CreateApplication(Wish):
    photo: list[Picture] = Field(min_length=1, max_length=1)
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    delivery: Literal["pickup", "mail"]
    order_no: str = Field(default="", max_length=64)
    amount_fen: int = Field(default=0, ge=0, strict=True)


class Quote(BaseModel):
    amount_fen: int


class Reviewed(BaseModel):
    case_no: str
    card: str
    valid_until: str


class Applied(BaseModel):
    case_no: str
    ready: str
    where: str
    qr: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for citizen, (category, days) in ENTITLED.items():
        until = f"{now.date() + timedelta(days)}"
        db.execute("INSERT INTO ecard_entitled VALUES (?, ?, ?)", (people[citizen]["id_number"], category, until))


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/ecard", tags=["ECARD e通卡"], responses=REFUSALS)

    @router.post("/checkEligibility", operation_id="ECARD.checkEligibility", response_model=Reply[Facts])
    async def check_eligibility(body: CheckEligibility, call: Annotated[Call, Depends()]) -> Any:
        """May this person have the concession; may this card go on with it?"""
        call.about(body.person)
        facts = {"卡种": KINDS[body.category]}
        if body.card:
            facts["年审后有效期至"] = _day(_reviewable(records, body, body.card))
        else:
            _wanted(records, body)
            facts["办理时限"] = f"{WORKING_DAYS} 个工作日"
        return call.reply({"facts": [{"label": label, "value": value} for label, value in facts.items()]}, message="符合条件")

    @router.post("/quoteCard", operation_id="ECARD.quoteCard", response_model=Reply[Quote])
    async def quote_card(body: Wish, call: Annotated[Call, Depends()]) -> Any:
        """What the making of the card costs."""
        call.about(body.person)
        return call.reply({"amount_fen": FEES[body.category]}, message="查询成功")

    @router.post("/createReview", operation_id="ECARD.createReview", response_model=Reply[Reviewed])
    async def create_review(body: CreateReview, call: Annotated[Call, Depends()]) -> Any:
        """Review the card for another year: a pending write, until the card has taken it."""
        call.about(body.person)
        return call.reply(records.once("ECARD", call.key, call.operation, body.model_dump(), lambda: _reviewed(records, body)))

    @router.post("/createApplication", operation_id="ECARD.createApplication", response_model=Reply[Applied])
    async def create_application(body: CreateApplication, call: Annotated[Call, Depends()]) -> Any:
        """Take the application for a first card, with the photo that will be on it."""
        call.about(body.person)
        return call.reply(records.once("ECARD", call.key, call.operation, body.model_dump(), lambda: _applied(records, body, call)))

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str, c: str = "") -> HTMLResponse:
        """The page behind the QR of a receipt: when the card is ready, without a name."""
        row = records.row("SELECT * FROM ecard_application WHERE case_no = ?", number)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>制卡进度（演示）</title><h1>制卡进度（演示）</h1>"
        if row is None or c != _code(number):
            return HTMLResponse(page + "<p>没有查到这件申请。</p>", 404)
        return HTMLResponse(f"{page}<p>{escape(KINDS[row['category']])}，制卡中，预计 {row['ready']} 完成。</p>")

    return router


def _code(number: str) -> str:
    return hashlib.sha256(f"ECARD {number}".encode()).hexdigest()[:8]


def _day(packed: str) -> str:
    return f"{packed[:4]}-{packed[4:6]}-{packed[6:]}"


def _entitled(records: Records, asked: Ask) -> None:
    known = records.row("SELECT name FROM person WHERE id_number = ?", asked.person.id_number)
    if known is None or known["name"] != asked.person.name:
        raise Refusal("ECARD-4042", "姓名与公民身份号码不一致", 404)
    today = records.now().date()
    if asked.category == "senior":
        entitled = int(f"{today:%Y%m%d}") - int(asked.person.id_number[6:14]) >= OLD_ENOUGH * 10_000
    else:
        query = "SELECT 1 FROM ecard_entitled WHERE id_number = ? AND category = ? AND until >= ?"
        entitled = records.row(query, asked.person.id_number, asked.category, f"{today}") is not None
    if not entitled:
        raise Refusal(*NOT_ENTITLED[asked.category])


# ── Reviews ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reviewable(records: Records, asked: Ask, number: str) -> str:
    """The new last day of the card, as it is written on it. Raises Refusal."""
    _entitled(records, asked)
    card = good_card(records, number)
    if card["id_number"] != asked.person.id_number:
        raise Refusal("ECARD-4043", "这张卡不是本人的优惠卡", 404)
    if card["kind"] != asked.category:
        raise Refusal("ECARD-4044", "卡种不符", 404)
    until = f"{records.now().year + 1}1231"
    if card["valid_until"] >= until:
        raise Refusal("ECARD-4094", "本年度已年审")
    return until


def _reviewed(records: Records, body: CreateReview) -> dict[str, Any]:
    until = _reviewable(records, body, body.card)
    # A review that did not reach the card is still there: this visit goes on with it.
    waiting = [one for one in pending(records, body.card) if (one["kind"], one["valid_until"]) == ("review", until)]
    number = waiting[0]["write_no"] if waiting else keep(records, body.card, "review", valid_until=until)
    return {"case_no": number, "card": body.card, "valid_until": _day(until)}


# ── First cards ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _wanted(records: Records, asked: Ask) -> None:
    """Raises Refusal for who has such a card, or asked for one already."""
    _entitled(records, asked)
    key = (asked.person.id_number, asked.category)
    if records.row("SELECT 1 FROM ecard WHERE id_number = ? AND kind = ?", *key):
        raise Refusal("ECARD-4095", "已有同类优惠卡")
    if records.row("SELECT 1 FROM ecard_application WHERE id_number = ? AND category = ?", *key):
        raise Refusal("ECARD-4099", "已有同类申请在办理")


def _applied(records: Records, body: CreateApplication, call: Call) -> dict[str, Any]:
    _wanted(records, body)
    fee = FEES[body.category]
    if body.amount_fen != fee or (fee and len(body.order_no) < 4):
        raise Refusal("ECARD-4093", "支付金额与工本费不一致")
    number = case_no(records, "ECARD")
    ready = records.now().date()
    for _ in range(WORKING_DAYS):
        ready += timedelta(1)
        while ready.weekday() > 4:
            ready += timedelta(1)
    row = (number, body.person.id_number, body.category, body.delivery, body.order_no or None, f"{ready}")
    records.db.execute("INSERT INTO ecard_application VALUES (?, ?, ?, ?, ?, ?)", row)
    where = "邮政寄到您填写的地址" if body.delivery == "mail" else COUNTER
    qr = f"{call.base}/ecard/progress/{number}?c={_code(number)}"
    return {"case_no": number, "ready": f"{ready:%Y年%m月%d日}", "where": where, "qr": qr}
