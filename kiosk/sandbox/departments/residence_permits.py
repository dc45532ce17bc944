"""PSB-RES, the residence permit: applying for the first, endorsing it every year, another for a lost or damaged one."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import Facts, registered
from kiosk.sandbox.departments.residence import HALF_YEAR, SYSTEM, YEAR, Address, Mobile, months_later, opened, told
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.pictures import Picture
from kiosk.sandbox.records import Records

SCHEMA = "CREATE TABLE IF NOT EXISTS res_permit (id_number TEXT PRIMARY KEY, permit_no TEXT NOT NULL, until TEXT NOT NULL);"

APPLIED, REISSUED = "居住证申领", "居住证换领、补领"
GROUNDS = {"job": "合法稳定就业", "home": "合法稳定住所", "study": "连续就读"}
ISSUING = timedelta(days=15)  # 居住证暂行条例 art. 9
REISSUE_FEN = 2_000  # 换领、补领收工本费 (art. 21), set by the province; this amount is the sandbox's own
PERMITS = {"c02": 20, "c03": 215, "c08": -40, "c10": 12}  # citizen → days until the year of the permit is full


class CheckHalfYear(Body):
    person: Person
    ground: Literal["job", "home", "study"]
    address: Address


class CreatePermit(CheckHalfYear):
    proof: list[Picture] = Field(min_length=1, max_length=6)
    photo: list[Picture] = Field(min_length=1, max_length=1)
    mobile: Mobile
    delivery: Literal["pickup", "mail"]


class Applied(BaseModel):
    case_no: str
    ready_on: str
    qr: str


class QueryPermit(Body):
    person: Person
    address: Address
    unchanged: Literal["yes", "no"]


class Endorse(QueryPermit):
    mobile: Mobile


class Endorsed(BaseModel):
    case_no: str
    permit_no: str
    valid_until: str


class QuoteReissue(Body):
    person: Person
    reason: Literal["damaged", "lost", "changed"]


class Amount(BaseModel):
    amount_fen: int


class CreateReissue(QuoteReissue):
    photo: list[Picture] = Field(min_length=1, max_length=1)
    mobile: Mobile
    delivery: Literal["pickup", "mail"]
    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class Reissued(BaseModel):
    case_no: str
    permit_no: str
    ready_on: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for n, (citizen, left) in enumerate(PERMITS.items(), 1):
        number, until = people[citizen]["id_number"], str(now.date() + timedelta(days=left))
        db.execute("INSERT INTO res_permit VALUES (?, ?, ?)", (number, f"{number[:6]}{n * 7_919:08d}", until))


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-res", tags=[f"{SYSTEM} 公安居住"], responses=REFUSALS)

    @router.post("/checkHalfYear", operation_id="PSB-RES.checkHalfYear", response_model=Reply[Facts])
    async def check_half_year(body: CheckHalfYear, call: Annotated[Call, Depends()]) -> Any:
        """Refused for whoever cannot have a permit yet, or has one; otherwise what it rests on."""
        call.about(body.person)
        living = _entitled(records, body)
        facts = [("居住登记日期", living["since"]), ("申领条件", GROUNDS[body.ground])]
        return told(call, *facts, *([("就业核验", _employment(records, body.person))] if body.ground == "job" else []))

    @router.post("/createPermit", operation_id="PSB-RES.createPermit", response_model=Reply[Applied])
    async def create_permit(body: CreatePermit, call: Annotated[Call, Depends()]) -> Any:
        """Apply for the first permit, free of charge; issued within 15 days."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            _entitled(records, body)
            return opened(records, body.person, APPLIED, call, ISSUING)

        return call.reply(records.once(SYSTEM, call.key, call.operation, body.model_dump(), do))

    @router.post("/queryPermit", operation_id="PSB-RES.queryPermit", response_model=Reply[Facts])
    async def query_permit(body: QueryPermit, call: Annotated[Call, Depends()]) -> Any:
        """Refused where there is no permit, or where it is too early; otherwise how it stands."""
        call.about(body.person)
        permit = _due(records, body)
        late = permit["until"] < str(records.now().date())
        state = "使用功能已中止，签注后恢复" if late else "正常使用"
        return told(call, ("居住证号", permit["permit_no"]), ("签注期限", permit["until"]), ("证件状态", state))

    @router.post("/endorse", operation_id="PSB-RES.endorse", response_model=Reply[Endorsed])
    async def endorse(body: Endorse, call: Annotated[Call, Depends()]) -> Any:
        """Endorse the permit for another year; a late one counts from today again (art. 10)."""
        call.about(body.person)
        return call.reply(records.once(SYSTEM, call.key, call.operation, body.model_dump(), lambda: _endorsed(records, body)))

    @router.post("/quoteReissue", operation_id="PSB-RES.quoteReissue", response_model=Reply[Amount])
    async def quote_reissue(body: QuoteReissue, call: Annotated[Call, Depends()]) -> Any:
        """What another permit costs; refused where there is none to replace."""
        call.about(body.person)
        _replaceable(records, body.person)
        return call.reply({"amount_fen": REISSUE_FEN}, message="查询成功")

    @router.post("/createReissue", operation_id="PSB-RES.createReissue", response_model=Reply[Reissued])
    async def create_reissue(body: CreateReissue, call: Annotated[Call, Depends()]) -> Any:
        """Ask for another permit in place of a lost, damaged or outdated one; paid under this order."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            permit = _replaceable(records, body.person)
            if body.amount_fen != REISSUE_FEN:
                raise Refusal("RES-4097", "缴费金额与应缴金额不符")
            case = opened(records, body.person, REISSUED, call, ISSUING)
            return {"case_no": case["case_no"], "permit_no": permit["permit_no"], "ready_on": case["ready_on"]}

        return call.reply(records.once(SYSTEM, call.key, call.operation, body.model_dump(), do))

    return router


def _pending(records: Records, person: Person, kind: str) -> bool:
    query = "SELECT 1 FROM res_case WHERE id_number = ? AND kind = ? AND ready > ?"
    return records.row(query, person.id_number, kind, str(records.now().date())) is not None


def _entitled(records: Records, body: CheckHalfYear) -> sqlite3.Row:
    """Where this person is registered as living. Raises Refusal unless a first permit may be applied for (art. 2)."""
    resident = registered(records, body.person, "RES-4040")
    if resident["hukou"].startswith("福建省厦门市"):
        raise Refusal("RES-4032", "户口在厦门，无须居住证")
    if records.row("SELECT 1 FROM res_permit WHERE id_number = ?", body.person.id_number):
        raise Refusal("RES-4091", "已有居住证")
    if _pending(records, body.person, APPLIED):
        raise Refusal("RES-4092", "居住证正在办理")
    living = records.row("SELECT * FROM res_living WHERE id_number = ?", body.person.id_number)
    if living is None:
        raise Refusal("RES-4041", "没有居住登记", 404)
    if months_later(date.fromisoformat(living["since"]), HALF_YEAR) > records.now().date():
        raise Refusal("RES-4093", "居住登记未满半年")
    if living["address"][:6] != body.address[:6]:
        raise Refusal("RES-4094", "住址与居住登记不在同一个区")
    return living


def _employment(records: Records, person: Person) -> str:
    """What social security shares about work (HRSS.checkEmployment), so that nobody has to bring a paper for it."""
    since = str(records.now().date() - timedelta(days=183))[:7]
    query = "SELECT employer FROM insured WHERE id_number = ? AND kind = 'pension' AND month >= ? ORDER BY month"
    found = records.rows(query, person.id_number, since)
    return f"近半年参保 {len(found)} 个月，{found[-1]['employer']}" if found else "近半年没有参保记录，以您提交的材料为准"


def _due(records: Records, body: QueryPermit) -> sqlite3.Row:
    """The permit, its year nearly full or over. Raises Refusal."""
    permit = _permit(records, body.person)
    if str(months_later(records.now().date(), 1)) < permit["until"]:
        raise Refusal("RES-4095", "还没有到签注时间")
    living = records.row("SELECT address FROM res_living WHERE id_number = ?", body.person.id_number)
    if body.unchanged == "yes" and living is not None and living["address"][:6] != body.address[:6]:
        raise Refusal("RES-4094", "住址与居住登记不在同一个区")
    return permit


def _permit(records: Records, person: Person) -> sqlite3.Row:
    registered(records, person, "RES-4040")
    permit = records.row("SELECT * FROM res_permit WHERE id_number = ?", person.id_number)
    if permit is None:
        raise Refusal("RES-4044", "没有居住证", 404)
    return permit


def _replaceable(records: Records, person: Person) -> sqlite3.Row:
    permit = _permit(records, person)
    if _pending(records, person, REISSUED):
        raise Refusal("RES-4092", "居住证正在办理")
    return permit


def _endorsed(records: Records, body: Endorse) -> dict[str, Any]:
    permit, today = _due(records, body), records.now().date()
    until = str(months_later(max(today, date.fromisoformat(permit["until"])), YEAR))
    records.db.execute("UPDATE res_permit SET until = ? WHERE id_number = ?", (until, body.person.id_number))
    if body.unchanged == "no":
        records.db.execute("UPDATE res_living SET address = ? WHERE id_number = ?", (body.address, body.person.id_number))
    return {"case_no": case_no(records, "QZ"), "permit_no": permit["permit_no"], "valid_until": until}
