"""PSB-EXIT: endorsements, where an application stands, the record of journeys."""

from __future__ import annotations

import hashlib
import html
import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS permit (
    permit_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, valid_until TEXT NOT NULL, domicile TEXT NOT NULL, endorsed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS exit_control (id_number TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS exit_case (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, business TEXT NOT NULL, accepted TEXT NOT NULL, state TEXT NOT NULL,
    ready TEXT NOT NULL, code TEXT NOT NULL, permit_no TEXT, destination TEXT);
CREATE TABLE IF NOT EXISTS journey (
    id_number TEXT NOT NULL, day TEXT NOT NULL, way TEXT NOT NULL, port TEXT NOT NULL, document TEXT NOT NULL, place TEXT NOT NULL);
"""
ISSUER = "厦门市公安局出入境管理支队"
HALL = "厦门市公安局出入境办证大厅"
DESTINATIONS = {"hongkong": "香港", "macao": "澳门", "both": "香港和澳门", "kinmen_matsu": "金门、马祖"}
TIMES = {"once": "一次", "twice": "二次", "year_multiple": "一年多次"}
FEES = {"once": 1_500, "twice": 3_000, "year_multiple": 8_000}
LEAST_MONTHS = 9  # a permit for Hong Kong and Macao must be good for as long
WORKING_DAYS = 5

# citizen → (permit, days it is still good, domicile, endorsements so far). C: Hong Kong and Macao; L: Taiwan.
PERMITS: dict[str, tuple[tuple[str, int, str, int], ...]] = {
    "c01": (("C35000001", 2_100, "福建省", 3), ("L35000001", 1_900, "福建省", 2)),
    "c02": (("C35000002", 150, "福建省", 1), ("L35000002", 900, "福建省", 1)),
    "c03": (("C35000003", 1_200, "福建省", 4), ("L35000003", 1_000, "福建省", 0)),
    "c04": (("C35000004", 700, "福建省", 1), ("L35000004", 700, "福建省", 1)),
    "c05": (("C35000005", 3_000, "福建省", 2), ("L35000005", 2_500, "福建省", 5)),
    "c06": (("L35000006", 3_000, "福建省", 3),),
    "c07": (("C35000007", 1_500, "福建省", 0), ("L35000007", 1_500, "福建省", 1)),
    "c08": (("C35000008", 800, "四川省", 1), ("L35000008", 800, "四川省", 1)),  # has moved his domicile since the card was made
    "c09": (("C35000009", 2_000, "福建省", 6), ("L35000009", 2_000, "福建省", 2)),
    "c10": (("C35000010", 1_000, "福建省", 1), ("L35000010", 1_000, "福建省", 1)),
    "c12": (("L35000012", -20, "福建省", 1),),
}
CONTROLLED = ("c10",)
# citizen → (business, days since it was accepted, state, days until it is ready)
CASES: dict[str, tuple[tuple[str, int, str, int], ...]] = {
    "c01": (("普通护照换发", 6, "制证中", 3),),
    "c02": (("往来港澳通行证换发", 14, "待领取", -4),),
    "c04": (("往来台湾通行证换发", 3, "审批中", 6),),
    "c07": (("普通护照首次申领", 1, "已受理", 9),),
    "c09": (("普通护照换发", 30, "已邮寄", -20), ("往来台湾通行证赴台旅游签注", 2, "审批中", 4)),
}
# citizen → (days ago, 出境 | 入境, port, document, place on the other side)
JOURNEYS: dict[str, tuple[tuple[int, str, str, str, str], ...]] = {
    "c01": (
        (640, "出境", "深圳湾口岸", "往来港澳通行证", "香港"), (637, "入境", "深圳湾口岸", "往来港澳通行证", "香港"),
        (212, "出境", "厦门五通码头", "往来台湾通行证", "金门"), (210, "入境", "厦门五通码头", "往来台湾通行证", "金门"),
        (74, "出境", "厦门高崎机场", "普通护照", "新加坡"), (66, "入境", "厦门高崎机场", "普通护照", "新加坡"),
    ),
    "c02": ((401, "出境", "厦门高崎机场", "普通护照", "日本"), (394, "入境", "厦门高崎机场", "普通护照", "日本")),
    "c03": ((120, "出境", "拱北口岸", "往来港澳通行证", "澳门"), (118, "入境", "拱北口岸", "往来港澳通行证", "澳门")),
    "c05": ((300, "出境", "厦门五通码头", "往来台湾通行证", "金门"), (290, "入境", "厦门五通码头", "往来台湾通行证", "金门")),
    "c09": ((95, "出境", "厦门高崎机场", "普通护照", "泰国"), (88, "入境", "厦门高崎机场", "普通护照", "泰国")),
}  # fmt: skip
Destination = Literal["hongkong", "macao", "both", "kinmen_matsu"]


class Wish(Body):
    person: Person
    permit_no: str = Field(pattern=r"^(C[A-HJ-NP-Z]\d{7}|[CHWLT]\d{8})$")
    destination: Destination
    times: Literal["once", "twice", "year_multiple"] = "once"

    @property
    def kind(self) -> str:
        return f"{DESTINATIONS[self.destination]}旅游签注，{TIMES[self.times]}"


class CreateEndorsement(Wish):
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    delivery: Literal["pickup", "mail"]
    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class QueryProgress(Body):
    person: Person
    acceptance_no: str | None = Field(default=None, pattern=r"^[A-Za-z0-9]{10,20}$")


class QueryRecords(Body):
    person: Person
    period: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])/\d{4}-(0[1-9]|1[0-2])$", description="first and last month")
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class Fact(BaseModel):
    label: str
    value: str


class Facts(BaseModel):
    facts: list[Fact]


class Accepted(BaseModel):
    case_no: str
    ready: str
    where: str
    qr: str


class Entry(BaseModel):
    title: str
    rows: list[Fact]


class Progress(BaseModel):
    count: int
    records: list[Entry]


class Journeys(BaseModel):
    case_no: str
    number: str
    count: str
    document: Document


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    today, running = now.date(), 0
    for citizen, row in people.items():
        number = row["id_number"]
        for permit_no, days, domicile, endorsed in PERMITS.get(citizen, ()):
            db.execute("INSERT INTO permit VALUES (?, ?, ?, ?, ?)", (permit_no, number, f"{today + timedelta(days)}", domicile, endorsed))
        if citizen in CONTROLLED:
            db.execute("INSERT INTO exit_control VALUES (?)", (number,))
        for business, ago, state, left in CASES.get(citizen, ()):
            running += 1
            accepted = today - timedelta(ago)
            case = (f"EXIT3502{running:07d}", number, business, f"{accepted}", state, f"{today + timedelta(left)}")
            db.execute("INSERT INTO exit_case VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)", (*case, code_of(case[0])))
        for ago, *rest in JOURNEYS.get(citizen, ()):
            db.execute("INSERT INTO journey VALUES (?, ?, ?, ?, ?, ?)", (number, f"{today - timedelta(ago)}", *rest))


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-exit", tags=["PSB-EXIT 出入境"], responses=REFUSALS)

    @router.post("/checkEligibility", operation_id="PSB-EXIT.checkEligibility", response_model=Reply[Facts])
    async def check_eligibility(body: Wish, call: Annotated[Call, Depends()]) -> Any:
        """May this be endorsed here? Refused with the reason, or what the citizen should know first."""
        call.about(body.person)
        permit = _endorsable(records, body)
        facts = {"签注": body.kind, "通行证有效期至": permit["valid_until"], "办理时限": f"{WORKING_DAYS} 个工作日"}
        return call.reply({"facts": _facts(facts)}, message="符合受理条件")

    @router.post("/createEndorsement", operation_id="PSB-EXIT.createEndorsement", response_model=Reply[Accepted])
    async def create_endorsement(body: CreateEndorsement, call: Annotated[Call, Depends()]) -> Any:
        """Take the application that was paid under this order. The same key twice is one application."""
        call.about(body.person)
        asked = body.model_dump()
        return call.reply(records.once("PSB-EXIT", call.key, call.operation, asked, lambda: _accepted(records, body, call)))

    @router.post("/queryProgress", operation_id="PSB-EXIT.queryProgress", response_model=Reply[Progress])
    async def query_progress(body: QueryProgress, call: Annotated[Call, Depends()]) -> Any:
        """Where this person's applications stand, the newest first."""
        call.about(body.person)
        registered(records, body.person)
        cases = records.rows("SELECT * FROM exit_case WHERE id_number = ? ORDER BY accepted DESC, case_no DESC", body.person.id_number)
        if body.acceptance_no:
            cases = [one for one in cases if one["case_no"] == body.acceptance_no.upper()]
            if not cases:
                raise Refusal("EXIT-4042", "没有查到您名下的这个受理编号", 404)
        found = [{"title": one["business"], "rows": _facts(_told(one))} for one in cases]
        return call.reply({"count": len(found), "records": found}, message="查询成功")

    @router.post("/queryRecords", operation_id="PSB-EXIT.queryRecords", response_model=Reply[Journeys])
    async def query_records(body: QueryRecords, call: Annotated[Call, Depends()]) -> Any:
        """A page with this person's journeys of at most 60 months, or that there are none."""
        call.about(body.person)
        return call.reply(records.once("PSB-EXIT", call.key, call.operation, body.model_dump(), lambda: _printed(records, body, call)))

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str, c: str = "") -> HTMLResponse:
        """The page behind the QR of a receipt: how far it is, without a name."""
        case = records.row("SELECT * FROM exit_case WHERE case_no = ? AND code = ?", number, c)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>办理进度（演示）</title><h1>办理进度（演示）</h1>"
        if case is None:
            return HTMLResponse(page + "<p>没有查到这件申请。</p>", 404)
        told = "".join(f"<p>{html.escape(label)} {html.escape(value)}</p>" for label, value in _told(case).items())
        return HTMLResponse(f"{page}<p>{html.escape(case['business'])}</p>{told}")

    return router


def _facts(rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in rows.items()]


def _told(case: sqlite3.Row) -> dict[str, str]:
    rows = {"受理编号": case["case_no"], "受理日期": case["accepted"], "办理进度": case["state"]}
    return rows | ({} if case["state"] in ("待领取", "已邮寄") else {"预计办结": case["ready"]})


def code_of(number: str) -> str:
    """What the QR of a receipt knows and somebody who guesses numbers does not. The sandbox keeps no secret: it is none."""
    return hashlib.sha256(f"exit {number}".encode()).hexdigest()[:8]


def registered(records: Records, person: Person) -> None:
    if records.row("SELECT 1 FROM person WHERE id_number = ? AND name = ?", person.id_number, person.name) is None:
        raise Refusal("EXIT-4040", "姓名与公民身份号码不一致", 404)


def _endorsable(records: Records, wish: Wish) -> sqlite3.Row:
    """The permit to be endorsed. Raises Refusal with the reason why it cannot be done at a terminal."""
    registered(records, wish.person)
    taiwan, today = wish.destination == "kinmen_matsu", records.now().date()
    permit = records.row("SELECT * FROM permit WHERE permit_no = ? AND id_number = ?", wish.permit_no, wish.person.id_number)
    if permit is None or (wish.permit_no[0] in "LT") != taiwan or (taiwan and wish.times != "once"):
        raise Refusal("EXIT-4041", "没有查到您名下可以办理这项签注的通行证", 404)
    if records.row("SELECT 1 FROM exit_control WHERE id_number = ?", wish.person.id_number):
        raise Refusal("EXIT-4033", "请到出入境窗口办理")
    if permit["domicile"] != "福建省":
        raise Refusal("EXIT-4031", "户籍不在福建省")
    if not permit["endorsed"]:
        raise Refusal("EXIT-4034", "首次签注请到窗口办理")
    if date.fromisoformat(permit["valid_until"]) < (today if taiwan else _later(today, LEAST_MONTHS)):
        raise Refusal("EXIT-4032", "通行证有效期不足")
    if records.row("SELECT 1 FROM exit_case WHERE permit_no = ? AND destination = ?", wish.permit_no, wish.destination):
        raise Refusal("EXIT-4091", "同一通行证已有在办的签注")
    return permit


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, 28))


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(1)
        count -= day.weekday() < 5
    return day


def _accepted(records: Records, body: CreateEndorsement, call: Call) -> dict[str, Any]:
    _endorsable(records, body)
    if body.amount_fen != FEES[body.times]:
        raise Refusal("EXIT-4092", "缴款金额与签注费不符")
    number, today = case_no(records, "EXIT"), records.now().date()
    ready = _working_days_after(today, WORKING_DAYS)
    records.db.execute(
        "INSERT INTO exit_case VALUES (?, ?, ?, ?, '已受理', ?, ?, ?, ?)",
        (number, body.person.id_number, body.kind, f"{today}", f"{ready}", code_of(number), body.permit_no, body.destination),
    )
    where = HALL if body.delivery == "pickup" else "邮政寄到您填写的地址"
    url = f"{call.base}/psb-exit/progress/{number}?c={code_of(number)}"
    return {"case_no": number, "ready": f"{ready:%Y年%m月%d日}前", "where": where, "qr": url}


def _printed(records: Records, body: QueryRecords, call: Call) -> dict[str, Any]:
    registered(records, body.person)
    first, last = body.period.split("/")
    (y1, m1), (y2, m2) = ((int(part) for part in one.split("-")) for one in (first, last))
    if not first <= last <= f"{records.now():%Y-%m}" or (y2 - y1) * 12 + m2 - m1 >= 60:
        raise Refusal("SYS-4000", "起止月份不正确", 400)
    query = "SELECT * FROM journey WHERE id_number = ? AND substr(day, 1, 7) BETWEEN ? AND ? ORDER BY day"
    found = records.rows(query, body.person.id_number, first, last)
    spoken = "至".join(f"{one[:4]}年{one[5:]}月" for one in (first, last))
    count = f"共有出入境记录{len(found)}条，见下表" if found else "没有出入境记录"
    document = issue(
        records,
        call,
        prefix="XMCRJ",
        title="出入境记录查询结果",
        issuer=ISSUER,
        paragraphs=(
            f"经查询，{body.person.name}（公民身份号码{body.person.id_number}）在{spoken}期间，{count}。",
            "本查询结果反映出具之时已入库的记录，可凭验证码核验真伪。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number, "查询期间": spoken},
        columns=("序号", "日期", "出境/入境", "口岸", "所持证件", "前往地/来自地") if found else (),
        rows=[(str(n), one["day"], one["way"], one["port"], one["document"], one["place"]) for n, one in enumerate(found, 1)],
    )
    number = document["number"]
    return {"case_no": case_no(records, "EXIT"), "number": number, "count": f"{len(found)} 条", "document": document}
