"""HSA: the certificate of medical insurance, month by month, and the filing for treatment in another city."""

from __future__ import annotations

import hashlib
import html
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.places import cities
from kiosk.sandbox.departments.population import registered, spoken
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS hsa_filing (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, kind TEXT NOT NULL, region TEXT NOT NULL, first TEXT NOT NULL,
    last TEXT NOT NULL, code TEXT NOT NULL);
"""
ISSUER = "厦门市医疗保障局"
KINDS = {"retired": "异地安置退休人员", "resident": "异地长期居住人员", "stationed": "常驻异地工作人员", "temporary": "临时外出就医人员"}
TEMPORARY = 183  # days that a filing for one journey is good; the others are until they are changed
FOR_GOOD = "9999-12-31"


class QueryRecords(Body):
    person: Person
    period: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2])$", description="first and last month")
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class CreateRemoteFiling(Body):
    person: Person
    type: Literal["retired", "resident", "stationed", "temporary"]
    region: str = Field(pattern=r"^[0-9]{6}$", description="a city of GB/T 2260, not Xiamen")
    start: date
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")


class Certificate(BaseModel):
    case_no: str
    number: str
    months: str
    document: Document


class Filed(BaseModel):
    case_no: str
    state: str
    valid: str
    qr: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/hsa", tags=["HSA 医保"], responses=REFUSALS)

    @router.post("/queryRecords", operation_id="HSA.queryRecords", response_model=Reply[Certificate])
    async def query_records(body: QueryRecords, call: Annotated[Call, Depends()]) -> Any:
        """A page with the contributions of at most 60 months. The same key twice is one page."""
        call.about(body.person)
        return call.reply(records.once("HSA", call.key, call.operation, body.model_dump(), lambda: _printed(records, body, call)))

    @router.post("/createRemoteFiling", operation_id="HSA.createRemoteFiling", response_model=Reply[Filed])
    async def create_remote_filing(body: CreateRemoteFiling, call: Annotated[Call, Depends()]) -> Any:
        """File treatment in another city. The same key twice is one filing."""
        call.about(body.person)
        asked = body.model_dump(mode="json")
        return call.reply(records.once("HSA", call.key, call.operation, asked, lambda: _filed(records, body, call)))

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str, c: str = "") -> HTMLResponse:
        """The page behind the QR of a receipt: what is filed, without a name."""
        case = records.row("SELECT * FROM hsa_filing WHERE case_no = ? AND code = ?", number, c)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>办理进度（演示）</title><h1>办理进度（演示）</h1>"
        if case is None:
            return HTMLResponse(page + "<p>没有查到这件备案。</p>", 404)
        told = f"<p>异地就医备案 {case['case_no']}</p><p>已生效，{html.escape(_valid(case['first'], case['last']))}</p>"
        return HTMLResponse(page + told)

    return router


def _valid(first: str, last: str) -> str:
    since = spoken(date.fromisoformat(first))
    return f"{since}起长期有效" if last == FOR_GOOD else f"{since}至{spoken(date.fromisoformat(last))}"


def _printed(records: Records, body: QueryRecords, call: Call) -> dict[str, Any]:
    row = registered(records, body.person, "HSA-4040")
    first, last = body.period.split("/")
    (y1, m1), (y2, m2) = ((int(part) for part in one.split("-")) for one in (first, last))
    if not first <= last <= f"{records.now():%Y-%m}" or (y2 - y1) * 12 + m2 - m1 >= 60:
        raise Refusal("SYS-4000", "起止月份不正确", 400)
    query = "SELECT * FROM insured WHERE id_number = ? AND kind = 'medical' AND month BETWEEN ? AND ? ORDER BY month"
    booked = records.rows(query, row["id_number"], first, last)
    if not booked:
        raise Refusal("HSA-4041", "该期间没有医疗保险缴费记录", 404)
    between = "至".join(f"{one[:4]}年{one[5:]}月" for one in (first, last))
    document = issue(
        records,
        call,
        prefix="XMYB",
        title="基本医疗保险参保缴费凭证",
        issuer=ISSUER,
        paragraphs=(
            f"兹证明{row['name']}（公民身份号码{row['id_number']}）在{between}期间参加厦门市基本医疗保险，"
            f"累计缴费{len(booked)}个月，缴费情况见下表。",
            "自出具之日起三个月内有效，可凭验证码核验真伪。",
        ),
        holder={"姓名": row["name"], "公民身份号码": row["id_number"], "参保单位": booked[-1]["employer"], "参保地": "福建省厦门市"},
        columns=("缴费月份", "参保单位", "缴费基数（元）", "单位缴纳（元）", "个人缴纳（元）"),
        rows=[
            [one["month"], one["employer"], *(f"{one[name] / 100:.2f}" for name in ("base_fen", "employer_fen", "person_fen"))]
            for one in booked
        ],
    )
    return {"case_no": case_no(records, "HSA"), "number": document["number"], "months": f"{len(booked)} 个月", "document": document}


def _filed(records: Records, body: CreateRemoteFiling, call: Call) -> dict[str, Any]:
    row, today = registered(records, body.person, "HSA-4040"), records.now().date()
    if body.region not in cities() or body.region.startswith("3502") or not today <= body.start <= today + timedelta(days=366):
        raise Refusal("SYS-4000", "备案地区或开始日期不正确", 400)
    # This month's contribution is booked next month: who is insured now has the last one.
    newest = records.row("SELECT MAX(month) AS month FROM insured WHERE id_number = ? AND kind = 'medical'", row["id_number"])
    if newest is None or (newest["month"] or "") < f"{today.replace(day=1) - timedelta(days=1):%Y-%m}":
        raise Refusal("HSA-4042", "目前没有参加厦门市基本医疗保险")
    first = body.start.isoformat()
    last = f"{body.start + timedelta(days=TEMPORARY - 1)}" if body.type == "temporary" else FOR_GOOD
    query = "SELECT 1 FROM hsa_filing WHERE id_number = ? AND region = ? AND first <= ? AND last >= ?"
    if records.row(query, row["id_number"], body.region, last, first):
        raise Refusal("HSA-4091", "该地区已有有效的备案")
    number = case_no(records, "HSA")
    code = hashlib.sha256(f"{number}\n{call.key}".encode()).hexdigest()[:8]
    filing = (number, row["id_number"], KINDS[body.type], body.region, first, last, code)
    records.db.execute("INSERT INTO hsa_filing VALUES (?, ?, ?, ?, ?, ?, ?)", filing)
    url = f"{call.base}/hsa/progress/{number}?c={code}"
    return {"case_no": number, "state": "已备案", "valid": _valid(first, last), "qr": url}
