"""PSB-POP, the identity cards: a certificate for the day without one, renewal, reissue, and how far it is."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import Facts, born, registered, spoken
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.pictures import Picture
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS idcard (id_number TEXT PRIMARY KEY, valid_to TEXT, lost INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS idcard_case (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, accepted TEXT NOT NULL,
    ready TEXT NOT NULL, fetched INTEGER NOT NULL DEFAULT 0, delivery TEXT NOT NULL, order_no TEXT NOT NULL, paid_fen INTEGER NOT NULL);
"""

MAKING = timedelta(days=20)  # from the application to the new card
EARLY = timedelta(days=90)  # how long before its end a card is renewed because of it
TEMPORARY = timedelta(days=7)
FEES = {"expired": 2_000, "changed": 2_000, "damaged": 4_000, "lost": 4_000}  # fen
PURPOSES = {"train": "乘坐高铁/火车", "plane": "乘坐飞机", "hotel": "住宿登记", "other": "其他"}
KINDS = {"renewal": "换领居民身份证", "reissue": "补领居民身份证"}
REASONS = {"expired": "有效期满", "damaged": "证件损坏", "changed": "信息变更", "lost": "证件丢失"}
# citizen → (kind, reason, days since, fetched)
CASES = {"c05": ("renewal", "changed", 75, True), "c02": ("renewal", "damaged", 6, False), "c09": ("reissue", "lost", 31, False)}

Mobile = Annotated[str, Field(pattern=r"^1[3-9]\d{9}$")]


class IssueTempIdCert(Body):
    person: Person
    purpose: Literal["train", "plane", "hotel", "other"]
    mobile: Mobile
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class Certificate(BaseModel):
    case_no: str
    number: str
    valid_until: str
    document: Document


class CheckIdCard(Body):
    person: Person
    reason: Literal["expired", "damaged", "changed", "lost"] = "lost"


class Apply(Body):
    person: Person
    mobile: Mobile
    photo: list[Picture] = Field(min_length=1, max_length=1)
    delivery: Literal["pickup", "mail"]
    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class Renew(Apply):
    reason: Literal["expired", "damaged", "changed"]


class Applied(BaseModel):
    case_no: str
    ready_on: str
    office: str
    qr: str


class QueryProgress(Body):
    person: Person
    acceptance_no: str = Field(default="", pattern=r"^([A-Z0-9]{8,20})?$")


class Line(BaseModel):
    label: str
    value: str


class Record(BaseModel):
    title: str
    rows: list[Line]


class Progress(BaseModel):
    count: int
    records: list[Record]


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    today = now.date()
    for citizen, row in people.items():
        db.execute("INSERT INTO idcard (id_number, valid_to) VALUES (?, ?)", (row["id_number"], row.get("valid_to")))
        if citizen in CASES:
            kind, reason, ago, fetched = CASES[citizen]
            began = today - timedelta(days=ago)
            db.execute(
                "INSERT INTO idcard_case VALUES (?, ?, ?, ?, ?, ?, ?, 'pickup', ?, ?)",
                (f"IDC{began:%Y%m%d}900{citizen[1:]}", row["id_number"], kind, reason, str(began), str(began + MAKING), fetched,
                 f"COUNTER-{citizen}", FEES[reason]),
            )  # fmt: skip


def stage(case: sqlite3.Row, today: date) -> str:
    """How far it is, by the days since it was accepted."""
    days = (today - date.fromisoformat(case["accepted"])).days
    if case["fetched"]:
        return "已领取"
    if str(today) >= case["ready"]:
        return "已制好，可以领取" if case["delivery"] == "pickup" else "已制好，正在邮寄"
    return "已受理，正在审核" if days < 3 else "审核通过，正在制证"


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-pop", tags=["PSB-POP 公安人口"], responses=REFUSALS)

    def renewable(person: Person, reason: str) -> sqlite3.Row:
        """The person's card. Raises Refusal for whoever needs no new one, or has asked for it already."""
        registered(records, person, "POP-4040")
        card = records.row("SELECT * FROM idcard WHERE id_number = ?", person.id_number)
        if card is None:
            raise Refusal("POP-4040", "没有居民身份证登记", 404)
        today = records.now().date()
        if records.row("SELECT 1 FROM idcard_case WHERE id_number = ? AND NOT fetched", person.id_number):
            raise Refusal("POP-4091", "已有正在办理的居民身份证申请")
        if reason == "expired" and (card["valid_to"] is None or card["valid_to"] > str(today + EARLY)):
            raise Refusal("POP-4092", "居民身份证有效期还有三个月以上")
        return card

    def apply(body: Apply, reason: str, call: Call) -> dict[str, Any]:
        renewable(body.person, reason)
        if body.amount_fen != FEES[reason]:
            raise Refusal("POP-4093", "缴费金额与应缴金额不符")
        today, number = records.now().date(), case_no(records, "IDC")
        kind, ready = "reissue" if reason == "lost" else "renewal", str(today + MAKING)
        records.db.execute(
            "INSERT INTO idcard_case VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
            (number, body.person.id_number, kind, reason, str(today), ready, body.delivery, body.order_no, body.amount_fen),
        )
        if reason == "lost":  # whoever finds the old one can do nothing with it any more
            records.db.execute("UPDATE idcard SET lost = 1 WHERE id_number = ?", (body.person.id_number,))
        office = "厦门市公安局户政服务大厅" if body.delivery == "pickup" else "邮寄到您填写的地址"
        return {"case_no": number, "ready_on": ready, "office": office, "qr": f"{call.base}/psb-pop/progress/{number}"}

    @router.post("/issueTempIdCert", operation_id="PSB-POP.issueTempIdCert", response_model=Reply[Certificate])
    async def issue_temp_id_cert(body: IssueTempIdCert, call: Annotated[Call, Depends()]) -> Any:
        """A page that says who somebody is, for a week."""
        call.about(body.person)
        return call.reply(records.once("PSB-POP", call.key, call.operation, body.model_dump(), lambda: _temporary(records, body, call)))

    @router.post("/checkIdCard", operation_id="PSB-POP.checkIdCard", response_model=Reply[Facts])
    async def check_id_card(body: CheckIdCard, call: Annotated[Call, Depends()]) -> Any:
        """Refused before anything is paid, if a new card cannot be asked for; otherwise what the register holds."""
        call.about(body.person)
        card = renewable(body.person, body.reason)
        ends = spoken(date.fromisoformat(card["valid_to"])) if card["valid_to"] else "长期"
        ready = spoken(records.now().date() + MAKING)
        facts = [{"label": "现有证件有效期至", "value": ends}, {"label": "预计领证日期", "value": ready}]
        return call.reply({"facts": facts}, message="查询成功")

    @router.post("/createIdCardRenewal", operation_id="PSB-POP.createIdCardRenewal", response_model=Reply[Applied])
    async def create_renewal(body: Renew, call: Annotated[Call, Depends()]) -> Any:
        """Ask for a new card in place of the old one; paid under this order."""
        call.about(body.person)
        deed = records.once("PSB-POP", call.key, call.operation, body.model_dump(), lambda: apply(body, body.reason, call))
        return call.reply(deed, message="已受理")

    @router.post("/createIdCardReissue", operation_id="PSB-POP.createIdCardReissue", response_model=Reply[Applied])
    async def create_reissue(body: Apply, call: Annotated[Call, Depends()]) -> Any:
        """Ask for a new card in place of a lost one, which is invalid from now on; paid under this order."""
        call.about(body.person)
        deed = records.once("PSB-POP", call.key, call.operation, body.model_dump(), lambda: apply(body, "lost", call))
        return call.reply(deed, message="已受理")

    @router.post("/queryIdCardProgress", operation_id="PSB-POP.queryIdCardProgress", response_model=Reply[Progress])
    async def query_progress(body: QueryProgress, call: Annotated[Call, Depends()]) -> Any:
        """This person's applications, the newest first; with a number, that one alone."""
        call.about(body.person)
        registered(records, body.person, "POP-4040")
        cases = records.rows(
            "SELECT * FROM idcard_case WHERE id_number = ? AND ? IN ('', case_no) ORDER BY accepted DESC, case_no DESC LIMIT 20",
            body.person.id_number,
            body.acceptance_no,
        )
        today = records.now().date()
        found = [_told(case, today) for case in cases]
        return call.reply({"count": len(found), "records": found}, message="查询成功")

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str) -> HTMLResponse:
        """The page behind the QR of a receipt: how far it is, without a name."""
        case = records.row("SELECT * FROM idcard_case WHERE case_no = ?", number)
        if case is None:
            return HTMLResponse("<!doctype html><meta charset=utf-8><title>办理进度</title><p>没有这个受理号。</p>", 404)
        rows = "".join(f"<p>{one['label']} {one['value']}</p>" for one in _told(case, records.now().date())["rows"])
        return HTMLResponse(f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>办理进度</title><h1>办理进度（演示）</h1>{rows}")

    return router


def _told(case: sqlite3.Row, today: date) -> dict[str, Any]:
    lines = (
        ("受理号", case["case_no"]),
        ("原因", REASONS[case["reason"]]),
        ("受理日期", case["accepted"]),
        ("办理进度", stage(case, today)),
        ("预计可领日期", case["ready"]),
    )
    return {"title": KINDS[case["kind"]], "rows": [{"label": label, "value": value} for label, value in lines]}


def _temporary(records: Records, body: IssueTempIdCert, call: Call) -> dict[str, Any]:
    row = registered(records, body.person, "POP-4040")
    number = row["id_number"]
    until = records.now().date() + TEMPORARY
    document = issue(
        records,
        call,
        prefix="XMLS",
        title="临时身份证明",
        issuer="厦门市公安局户政管理部门",
        paragraphs=(
            f"兹证明{row['name']}的公民身份号码为{number}，其身份经人口信息核对无误。",
            f"本证明用于：{PURPOSES[body.purpose]}，有效期至{spoken(until)}，可凭验证码核验真伪。",
        ),
        holder={
            "姓名": row["name"],
            "性别": "男" if int(number[16]) % 2 else "女",
            "出生日期": spoken(born(number)),
            "公民身份号码": number,
            "户籍地址": row["hukou"],
            "有效期至": spoken(until),
        },
    )
    return {"case_no": case_no(records, "LS"), "number": document["number"], "valid_until": str(until), "document": document}
