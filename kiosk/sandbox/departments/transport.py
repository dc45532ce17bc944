"""TRANS: who may drive for a living, whether they did so honestly, and the exams for it."""

from __future__ import annotations

import hashlib
import sqlite3
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import escape
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.slots import Slots, free, slots, taken

SCHEMA = """
CREATE TABLE IF NOT EXISTS trans_licence (
    cert_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, category TEXT NOT NULL, issued TEXT NOT NULL, valid_until TEXT NOT NULL,
    points INTEGER NOT NULL, reviewed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trans_review (case_no TEXT PRIMARY KEY, cert_no TEXT NOT NULL, accepted TEXT NOT NULL, ready TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trans_passed (id_number TEXT NOT NULL, exam TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS trans_booking (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, exam TEXT NOT NULL, slot TEXT NOT NULL, mobile TEXT NOT NULL);
"""
ISSUER = "厦门市交通运输局"
CATEGORIES = {
    "passenger": "道路旅客运输驾驶员",
    "freight": "道路货物运输驾驶员",
    "hazmat": "道路危险货物运输驾驶员",
    "taxi": "出租汽车（含网约车）驾驶员",
}
EXAMS = {"public": "全国公共科目", "regional": "区域科目"}
SITE = "厦门市道路运输从业资格考点（集美区同集南路）"
HOURS = ("09:00–11:00", "14:30–16:30")
SEATS = 20
DAYS_AHEAD = 21
MOST_POINTS = 20  # in a cycle of twelve months; who has them goes to a course first
CYCLE, EARLY = 365, 30  # days; how long before its end the next review may be had
OLDEST = 59

# citizen → (category, years since it was issued, days it is still good, points, days since the last review)
LICENCES: dict[str, tuple[tuple[str, int, int, int, int], ...]] = {
    "c01": (("passenger", 2, 1_400, 0, 350),),
    "c02": (("freight", 5, 400, 3, 362), ("hazmat", 3, 1_100, 0, 100)),
    "c03": (("freight", 4, 700, 0, 340),),
    "c04": (("freight", 9, 900, 20, 360),),
    "c08": (("taxi", 1, 1_800, 3, 355),),
    "c10": (("taxi", 6, -15, 0, 380),),
}
PASSED = ("c08", "c10")
Category = Literal["passenger", "freight", "hazmat", "taxi"]
Exam = Literal["public", "regional"]
Mobile = Annotated[str, Field(pattern=r"^1[3-9]\d{9}$")]


class QueryPractitioner(Body):
    person: Person
    cert_no: str | None = Field(default=None, pattern=r"^[0-9A-Z]{12,20}$")
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class CheckReview(Body):
    person: Person
    category: Category


class CreateReview(CheckReview):
    mobile: Mobile


class ListExamSlots(Body):
    exam: Exam


class BookExam(ListExamSlots):
    person: Person
    slot: str = Field(pattern=r"^\d{8}-\d{4}$")
    mobile: Mobile


class Fact(BaseModel):
    label: str
    value: str


class Facts(BaseModel):
    facts: list[Fact]


class Certificate(BaseModel):
    case_no: str
    number: str
    document: Document


class Accepted(BaseModel):
    case_no: str
    ready: str
    qr: str


class Booked(BaseModel):
    case_no: str
    when: str
    where: str
    qr: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    today = now.date()
    for citizen, row in people.items():
        for count, (category, years, days, points, ago) in enumerate(LICENCES.get(citizen, ()), 1):
            cert_no = f"350200{citizen[1:]}{count}{int(citizen[1:]) * 104_729 % 10_000_000:07d}"
            dates = (f"{today - timedelta(365 * years)}", f"{today + timedelta(days)}", points, f"{today - timedelta(ago)}")
            db.execute("INSERT INTO trans_licence VALUES (?, ?, ?, ?, ?, ?, ?)", (cert_no, row["id_number"], category, *dates))
        if citizen in PASSED:
            db.executemany("INSERT INTO trans_passed VALUES (?, ?)", [(row["id_number"], exam) for exam in EXAMS])


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/trans", tags=["TRANS 道路运政"], responses=REFUSALS)

    @router.post("/queryPractitioner", operation_id="TRANS.queryPractitioner", response_model=Reply[Certificate])
    async def query_practitioner(body: QueryPractitioner, call: Annotated[Call, Depends()]) -> Any:
        """A page with the qualifications of this person, or the one with that number."""
        call.about(body.person)
        return call.reply(records.once("TRANS", call.key, call.operation, body.model_dump(), lambda: _printed(records, body, call)))

    @router.post("/checkReview", operation_id="TRANS.checkReview", response_model=Reply[Facts])
    async def check_review(body: CheckReview, call: Annotated[Call, Depends()]) -> Any:
        """May this qualification be reviewed now? Refused with the reason, or how the cycle stands."""
        call.about(body.person)
        licence = _reviewable(records, body)
        facts = {"从业资格证号": licence["cert_no"], "本周期记分": f"{licence['points']} 分", "上次考核": licence["reviewed"]}
        return call.reply({"facts": [{"label": label, "value": value} for label, value in facts.items()]}, message="可以申请")

    @router.post("/createIntegrityReview", operation_id="TRANS.createIntegrityReview", response_model=Reply[Accepted])
    async def create_integrity_review(body: CreateReview, call: Annotated[Call, Depends()]) -> Any:
        """Take the application for the review of this cycle."""
        call.about(body.person)
        return call.reply(records.once("TRANS", call.key, call.operation, body.model_dump(), lambda: _accepted(records, body, call)))

    @router.post("/listExamSlots", operation_id="TRANS.listExamSlots", response_model=Reply[Slots])
    async def list_exam_slots(body: ListExamSlots, call: Annotated[Call, Depends()]) -> Any:
        """The sessions of the next three weeks that have places left."""
        return call.reply(free(_slots(records, body.exam)), message="查询成功")

    @router.post("/bookExam", operation_id="TRANS.bookExam", response_model=Reply[Booked])
    async def book_exam(body: BookExam, call: Annotated[Call, Depends()]) -> Any:
        """Keep a place in a session; one at a time for each exam."""
        call.about(body.person)
        return call.reply(records.once("TRANS", call.key, call.operation, body.model_dump(), lambda: _booked(records, body)))

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str, c: str = "") -> HTMLResponse:
        """The page behind the QR of a receipt: how far the review is, without a name."""
        row = records.row("SELECT * FROM trans_review WHERE case_no = ?", number)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>考核进度（演示）</title><h1>考核进度（演示）</h1>"
        if row is None or c != _code(number):
            return HTMLResponse(page + "<p>没有查到这件申请。</p>", 404)
        return HTMLResponse(f"{page}<p>{escape(number)}</p><p>已受理，预计 {row['ready']} 完成签注。</p>")

    return router


def _code(number: str) -> str:
    return hashlib.sha256(f"TRANS {number}".encode()).hexdigest()[:8]


def _registered(records: Records, person: Person) -> None:
    known = records.row("SELECT name FROM person WHERE id_number = ?", person.id_number)
    if known is None or known["name"] != person.name:
        raise Refusal("TRANS-4041", "姓名与公民身份号码不一致", 404)


def _printed(records: Records, body: QueryPractitioner, call: Call) -> dict[str, Any]:
    _registered(records, body.person)
    found = records.rows("SELECT * FROM trans_licence WHERE id_number = ? ORDER BY issued", body.person.id_number)
    if not found:
        raise Refusal("TRANS-4040", "没有从业资格信息", 404)
    if body.cert_no:
        found = [one for one in found if one["cert_no"] == body.cert_no]
        if not found:
            raise Refusal("TRANS-4042", "名下没有这个从业资格证号", 404)
    today = f"{records.now().date()}"
    rows = []
    for one in found:
        state = "有效" if one["valid_until"] >= today else "已过期"
        rows.append((one["cert_no"], CATEGORIES[one["category"]], one["issued"], one["valid_until"], state))
    document = issue(
        records,
        call,
        prefix="XMYZ",
        title="道路运输从业资格信息",
        issuer=ISSUER,
        paragraphs=(
            f"{body.person.name}（公民身份号码{body.person.id_number}）在道路运政系统登记的从业资格共{len(rows)}项，见下表。",
            "本页可凭验证码核验真伪。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number},
        columns=("从业资格证号", "从业类别", "初次领证日期", "有效期至", "状态"),
        rows=rows,
    )
    return {"case_no": case_no(records, "TRANS"), "number": document["number"], "document": document}


def _reviewable(records: Records, body: CheckReview) -> sqlite3.Row:
    """The licence to be reviewed. Raises Refusal."""
    _registered(records, body.person)
    query = "SELECT * FROM trans_licence WHERE id_number = ? AND category = ?"
    licence = records.row(query, body.person.id_number, body.category)
    today = records.now().date()
    if licence is None:
        raise Refusal("TRANS-4040", "没有该类别的从业资格", 404)
    if licence["valid_until"] < f"{today}":
        raise Refusal("TRANS-4091", "从业资格证已过期")
    if licence["points"] >= MOST_POINTS:
        raise Refusal("TRANS-4092", "本周期记分已满，须先参加继续教育")
    if records.row("SELECT 1 FROM trans_review WHERE cert_no = ?", licence["cert_no"]):
        raise Refusal("TRANS-4096", "本周期考核已在办理")
    if (today - date.fromisoformat(licence["reviewed"])).days < CYCLE - EARLY:
        raise Refusal("TRANS-4097", "本周期已考核")
    return licence


def _accepted(records: Records, body: CreateReview, call: Call) -> dict[str, Any]:
    licence = _reviewable(records, body)
    number = case_no(records, "TRANS")
    today = records.now().date()
    ready = today + timedelta(7)
    records.db.execute("INSERT INTO trans_review VALUES (?, ?, ?, ?)", (number, licence["cert_no"], f"{today}", f"{ready}"))
    return {"case_no": number, "ready": f"{ready:%Y年%m月%d日}", "qr": f"{call.base}/trans/progress/{number}?c={_code(number)}"}


def _slots(records: Records, exam: str) -> Iterator[dict[str, Any]]:
    """From the day after tomorrow on."""
    return slots(
        records,
        "trans_booking",
        {"exam": exam},
        first=records.now().date() + timedelta(2),
        days=DAYS_AHEAD,
        hours=HOURS,
        seats=SEATS,
        value="{day:%Y%m%d}-{digits}",
    )


def _booked(records: Records, body: BookExam) -> dict[str, Any]:
    _registered(records, body.person)
    today = records.now().date()
    if (int(f"{today:%Y%m%d}") - int(body.person.id_number[6:14])) // 10_000 > OLDEST:
        raise Refusal("TRANS-4033", "已满60周岁")
    key = (body.person.id_number, body.exam)
    if records.row("SELECT 1 FROM trans_passed WHERE id_number = ? AND exam = ?", *key):
        raise Refusal("TRANS-4095", "该科目已合格")
    if records.row("SELECT 1 FROM trans_booking WHERE id_number = ? AND exam = ? AND slot >= ?", *key, f"{today:%Y%m%d}"):
        raise Refusal("TRANS-4094", "该科目已有预约")
    slot = taken(_slots(records, body.exam), body.slot, Refusal("TRANS-4093", "该场次已约满"))
    number = case_no(records, "TRANS")
    records.db.execute("INSERT INTO trans_booking VALUES (?, ?, ?, ?, ?)", (number, *key, body.slot, body.mobile))
    when = f"{date.fromisoformat(slot['day']):%Y年%m月%d日} {slot['time']}（{EXAMS[body.exam]}）"
    return {"case_no": number, "when": when, "where": SITE, "qr": f"XMYZ:{number}:{_code(number)}"}
