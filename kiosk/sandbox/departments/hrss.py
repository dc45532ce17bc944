"""HRSS: pensions and whether their receivers live, employment registration, the social security card."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.seed import WORK

SCHEMA = """
CREATE TABLE IF NOT EXISTS hrss_pension (
    id_number TEXT PRIMARY KEY, kind TEXT NOT NULL, monthly_fen INTEGER NOT NULL, good_until TEXT NOT NULL, old_number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS hrss_proof (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, way TEXT NOT NULL, mobile TEXT NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS hrss_employment (
    id_number TEXT PRIMARY KEY, kind TEXT NOT NULL, employer TEXT NOT NULL, since TEXT NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS hrss_card (id_number TEXT PRIMARY KEY, card_no TEXT NOT NULL, state TEXT NOT NULL, changed TEXT NOT NULL);
"""
ISSUER = "厦门市人力资源和社会保障局"
KINDS = {"employed": "就业登记", "unemployed": "失业登记", "flexible": "灵活就业登记"}
WORKING_AGE = (16, 59)
ON_HOLD, IN_USE, LOST = "临时挂失", "正常", "正式挂失"

# citizen → (kind, yuan a month, days the last proof is still good, whether the file still has the number of 15 digits)
PENSIONS: dict[str, tuple[str, int, int, bool]] = {
    "c05": ("企业职工基本养老保险", 3_860, 21, False),
    "c06": ("城乡居民基本养老保险", 452, 64, False),
    "c11": ("城乡居民基本养老保险", 488, -12, False),
    "c12": ("城乡居民基本养老保险", 445, 40, True),
}
CARDS_LOST = ("c08",)
NO_CARD = ("c11",)
Mobile = Annotated[str, Field(pattern=r"^1[3-9]\d{9}$")]


class Ask(Body):
    person: Person


class Prove(Ask):
    mobile: Mobile


class QueryAuthResult(Ask):
    case_no: str = Field(min_length=1, max_length=40)


class QueryEmploymentReg(Ask):
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class CreateEmploymentReg(Ask):
    type: Literal["employed", "unemployed", "flexible"]
    employer: str = Field(default="", max_length=60)
    since: date
    address: str = Field(pattern=r"^3502(03|05|06|11|12|13)/[^/]{2,30}/.{2,80}$", description="district code/street/the rest")
    mobile: Mobile


class ChangeCard(Ask):
    action: Literal["suspend", "resume"]
    mobile: Mobile


class Case(BaseModel):
    case_no: str


class Form(Case):
    document: Document


class AuthResult(BaseModel):
    result: str
    next_by: str


class Certificate(BaseModel):
    case_no: str
    number: str
    kind: str
    document: Document


class Registered(BaseModel):
    case_no: str
    kind: str
    since: str


class Card(BaseModel):
    case_no: str
    card: str
    state: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    today = now.date()
    for citizen, row in people.items():
        number = row["id_number"]
        if citizen in PENSIONS:
            kind, yuan, days, old = PENSIONS[citizen]
            db.execute("INSERT INTO hrss_pension VALUES (?, ?, ?, ?, ?)", (number, kind, yuan * 100, f"{today + timedelta(days)}", old))
        if citizen in WORK and "pension" in WORK[citizen][3]:
            employer, first, _base, kinds = WORK[citizen]
            kind = "employed" if "unemployment" in kinds else "flexible"
            db.execute("INSERT INTO hrss_employment VALUES (?, ?, ?, ?, ?)", (number, kind, employer, f"{first}-01", f"{first}-08"))
        if citizen not in NO_CARD:
            state = LOST if citizen in CARDS_LOST else IN_USE
            card_no = f"DA3500{int(citizen[1:]) * 7919 % 10_000:04d}"
            db.execute("INSERT INTO hrss_card VALUES (?, ?, ?, ?)", (number, card_no, state, f"{today}"))


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/hrss", tags=["HRSS 人社"], responses=REFUSALS)

    def once(body: Ask, call: Call, do: Any) -> Any:
        call.about(body.person)

        def checked() -> dict[str, Any]:
            registered(records, body.person)
            done: dict[str, Any] = do(records, body, call)
            return done

        return call.reply(records.once("HRSS", call.key, call.operation, body.model_dump(mode="json"), checked))

    @router.post("/submitLiveness", operation_id="HRSS.submitLiveness", response_model=Reply[Case])
    async def submit_liveness(body: Prove, call: Annotated[Call, Depends()]) -> Any:
        """This receiver of a pension was seen, alive, at the station (社会保险经办条例 art. 26)."""
        return once(body, call, _proved)

    @router.post("/requestHomeVisit", operation_id="HRSS.requestHomeVisit", response_model=Reply[Case])
    async def request_home_visit(body: Prove, call: Annotated[Call, Depends()]) -> Any:
        """Somebody of the office comes to where the receiver lives."""
        return once(body, call, _visit_requested)

    @router.post("/issuePaperForm", operation_id="HRSS.issuePaperForm", response_model=Reply[Form])
    async def issue_paper_form(body: Prove, call: Annotated[Call, Depends()]) -> Any:
        """The form that the neighbourhood committee confirms and the counter takes."""
        return once(body, call, _form)

    @router.post("/queryAuthResult", operation_id="HRSS.queryAuthResult", response_model=Reply[AuthResult])
    async def query_auth_result(body: QueryAuthResult, call: Annotated[Call, Depends()]) -> Any:
        """What came of a case of this person, and by when the next proof is due."""
        call.about(body.person)
        registered(records, body.person)
        return call.reply(_result(records, body), message="查询成功")

    @router.post("/queryEmploymentReg", operation_id="HRSS.queryEmploymentReg", response_model=Reply[Certificate])
    async def query_employment_reg(body: QueryEmploymentReg, call: Annotated[Call, Depends()]) -> Any:
        """A page about the registration as it stands."""
        return once(body, call, _certified)

    @router.post("/createEmploymentReg", operation_id="HRSS.createEmploymentReg", response_model=Reply[Registered])
    async def create_employment_reg(body: CreateEmploymentReg, call: Annotated[Call, Depends()]) -> Any:
        """Register this person as working, out of work, or working for themselves; in place of what was registered."""
        return once(body, call, _registered_anew)

    @router.post("/changeCard", operation_id="HRSS.changeCard", response_model=Reply[Card])
    async def change_card(body: ChangeCard, call: Annotated[Call, Depends()]) -> Any:
        """Put the social security card on hold, or take it off again."""
        return once(body, call, _card_changed)

    return router


def registered(records: Records, person: Person) -> None:
    """Raises Refusal for a name that does not belong to the number."""
    row = records.row("SELECT name FROM person WHERE id_number = ?", person.id_number)
    if row is None or row["name"] != person.name:
        raise Refusal("HRSS-4041", "姓名与公民身份号码不一致", 404)


# ── Pensions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pension(records: Records, person: Person) -> sqlite3.Row:
    row = records.row("SELECT * FROM hrss_pension WHERE id_number = ?", person.id_number)
    if row is None:
        raise Refusal("HRSS-4042", "没有在领的养老待遇", 404)
    return row


def _taken(records: Records, body: Prove, way: str) -> str:
    number = case_no(records, "HRSS")
    day = f"{records.now():%Y-%m-%d}"
    records.db.execute("INSERT INTO hrss_proof VALUES (?, ?, ?, ?, ?)", (number, body.person.id_number, way, body.mobile, day))
    return number


def _proved(records: Records, body: Prove, call: Call) -> dict[str, Any]:
    if _pension(records, body.person)["old_number"]:
        raise Refusal("HRSS-4091", "待遇档案登记的是15位身份证号码，无法比对")
    today = records.now().date()
    until = f"{today + timedelta(365)}"
    records.db.execute("UPDATE hrss_pension SET good_until = ? WHERE id_number = ?", (until, body.person.id_number))
    return {"case_no": _taken(records, body, "seen")}


def _visit_requested(records: Records, body: Prove, call: Call) -> dict[str, Any]:
    _pension(records, body.person)
    lately = f"{records.now().date() - timedelta(14)}"
    query = "SELECT 1 FROM hrss_proof WHERE id_number = ? AND way = 'visit' AND day > ?"
    if records.row(query, body.person.id_number, lately):
        raise Refusal("HRSS-4092", "已有上门认证申请在安排中")
    return {"case_no": _taken(records, body, "visit")}


def _form(records: Records, body: Prove, call: Call) -> dict[str, Any]:
    pension = _pension(records, body.person)
    number = _taken(records, body, "form")
    document = issue(
        records,
        call,
        prefix="XMRZ",
        title="养老待遇领取资格认证表",
        issuer=ISSUER,
        paragraphs=(
            f"{body.person.name}（公民身份号码{body.person.id_number}）领取{pension['kind']}待遇，申请以纸质方式办理领取资格认证。",
            "请由居住地社区（村）居委会核实本人情况，在下表签字盖章，30 日内由本人或委托他人交到社保经办窗口。",
        ),
        holder={"姓名": body.person.name, "待遇类别": pension["kind"], "联系电话": body.mobile, "受理编号": number},
        columns=("核实事项", "核实结果", "经办人签字", "日期"),
        rows=(("本人健在，与身份证一致", "□是　□否", "", ""), ("现居住地址属实", "□是　□否", "", "")),
    )
    return {"case_no": number, "document": document}


def _result(records: Records, body: QueryAuthResult) -> dict[str, Any]:
    query = "SELECT * FROM hrss_proof WHERE case_no = ? AND id_number = ?"
    case = records.row(query, body.case_no, body.person.id_number)
    if case is None:
        raise Refusal("HRSS-4043", "没有查到这件认证", 404)
    result = {
        "seen": "认证通过，待遇照常发放",
        "visit": "已登记，工作人员 3 个工作日内打电话约上门时间",
        "form": "表格已开出，交回窗口后完成认证",
    }[case["way"]]
    return {"result": result, "next_by": _pension(records, body.person)["good_until"]}


# ── Employment ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _certified(records: Records, body: QueryEmploymentReg, call: Call) -> dict[str, Any]:
    row = records.row("SELECT * FROM hrss_employment WHERE id_number = ?", body.person.id_number)
    if row is None:
        raise Refusal("HRSS-4044", "没有就业失业登记", 404)
    kind = KINDS[row["kind"]]
    document = issue(
        records,
        call,
        prefix="XMJY",
        title="就业失业登记证明",
        issuer=ISSUER,
        paragraphs=(
            f"兹证明{body.person.name}（公民身份号码{body.person.id_number}）在厦门市的登记状态为{kind}，自{row['since']}起。",
            "本证明自出具之日起三个月内有效，可凭验证码核验真伪。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number},
        columns=("登记类型", "用人单位", "起始日期", "登记日期"),
        rows=((kind, row["employer"] or "—", row["since"], row["day"]),),
    )
    return {"case_no": case_no(records, "HRSS"), "number": document["number"], "kind": kind, "document": document}


def _registered_anew(records: Records, body: CreateEmploymentReg, call: Call) -> dict[str, Any]:
    today = records.now().date()
    employer = body.employer.strip() if body.type == "employed" else ""
    if body.since > today or (body.type == "employed" and len(employer) < 2):
        raise Refusal("HRSS-4001", "登记内容不正确", 400)
    born = body.person.id_number[6:14]
    age = (int(f"{today:%Y%m%d}") - int(born)) // 10_000
    if not WORKING_AGE[0] <= age <= WORKING_AGE[1]:
        raise Refusal("HRSS-4093", "不在劳动年龄内")
    before = records.row("SELECT kind, employer FROM hrss_employment WHERE id_number = ?", body.person.id_number)
    if before is not None and (before["kind"], before["employer"] if body.type == "employed" else "") == (body.type, employer):
        raise Refusal("HRSS-4094", "已有同样的登记")
    row = (body.person.id_number, body.type, employer, f"{body.since}", f"{today}")
    records.db.execute("INSERT OR REPLACE INTO hrss_employment VALUES (?, ?, ?, ?, ?)", row)
    return {"case_no": case_no(records, "HRSS"), "kind": KINDS[body.type], "since": f"{body.since}"}


# ── The card ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _card_changed(records: Records, body: ChangeCard, call: Call) -> dict[str, Any]:
    card = records.row("SELECT * FROM hrss_card WHERE id_number = ?", body.person.id_number)
    if card is None:
        raise Refusal("HRSS-4045", "没有社会保障卡", 404)
    if card["state"] == LOST:
        raise Refusal("HRSS-4097", "已正式挂失，需到窗口补卡")
    state, wrong = (ON_HOLD, ("HRSS-4095", "卡已临时挂失")) if body.action == "suspend" else (IN_USE, ("HRSS-4096", "卡没有挂失"))
    if card["state"] == state:
        raise Refusal(*wrong)
    changed = f"{records.now():%Y-%m-%d %H:%M}"
    records.db.execute("UPDATE hrss_card SET state = ?, changed = ? WHERE id_number = ?", (state, changed, body.person.id_number))
    return {"case_no": case_no(records, "HRSS"), "card": f"尾号 {card['card_no'][-4:]}", "state": state}
