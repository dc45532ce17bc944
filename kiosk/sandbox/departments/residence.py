"""PSB-RES: who lives where without being registered there, and the rental houses that were filed."""

from __future__ import annotations

import sqlite3
import tomllib
from calendar import monthrange
from datetime import date, datetime, timedelta
from html import escape
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import LIVES, Facts, born, registered
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.pictures import Picture
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS res_living (
    id_number TEXT PRIMARY KEY, since TEXT NOT NULL, address TEXT NOT NULL, dwelling TEXT NOT NULL, moved_in TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS res_case (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, kind TEXT NOT NULL, accepted TEXT NOT NULL, ready TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS res_house (
    house_code TEXT PRIMARY KEY, address TEXT NOT NULL UNIQUE, filed_by TEXT NOT NULL, landlord TEXT NOT NULL, tenants INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS res_owned (id_number TEXT NOT NULL, address TEXT NOT NULL);
"""

SYSTEM = "PSB-RES"
DISTRICTS = {"350203": "思明区", "350205": "海沧区", "350206": "湖里区", "350211": "集美区", "350212": "同安区", "350213": "翔安区"}
REGISTERED = "居住登记"
HALF_YEAR, YEAR = 6, 12  # months
OLD_ENOUGH = 16

# citizen → days since the residence was registered
LIVING = {"c01": 560, "c02": 1_100, "c03": 880, "c04": 62, "c07": 290, "c08": 500, "c10": 1_400}
OWNERS = ("c03", "c05", "c06", "c09", "c12")
LANDLORDS = {"c01": "周伯清", "c02": "庄明辉", "c04": "高春梅", "c07": "施金龙", "c08": "朱丽英"}
SHOP_STREET = ("350203123456", "350203/中华街道/中山路201号")

Address = Annotated[str, Field(pattern=r"^3502(03|05|06|11|12|13)/[^/]{2,30}/.{2,80}$", description="district code/street/the rest")]
Mobile = Annotated[str, Field(pattern=r"^1[3-9]\d{9}$")]
HouseCode = Annotated[str, Field(pattern=r"^3502\d{8,14}$")]
Dwelling = Literal["rental", "own", "dorm", "family"]


class Match(Body):
    person: Person
    address: Address
    dwelling: Dwelling
    house_code: HouseCode | None = None


class Register(Match):
    move_in: date
    mobile: Mobile


class Registered(BaseModel):
    case_no: str
    registered_on: str
    permit_from: str = Field(description="from when a residence permit may be applied for")
    qr: str


class CreateRental(Body):
    person: Person
    house_address: Address
    role: Literal["landlord", "manager"]
    tenant_count: int = Field(ge=0, le=50, strict=True)
    deed: list[Picture] = Field(min_length=1, max_length=6)
    mobile: Mobile


class Rental(BaseModel):
    case_no: str
    house_code: str
    ownership: str


class IssueHouseQr(Body):
    person: Person
    house_code: HouseCode


class HouseQr(BaseModel):
    qr: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    numbers, today = {citizen: row["id_number"] for citizen, row in people.items()}, now.date()
    for citizen, days in LIVING.items():
        since = str(today - timedelta(days=days))
        db.execute("INSERT INTO res_living VALUES (?, ?, ?, 'rental', ?)", (numbers[citizen], since, LIVES[citizen], since))
    houses = [(f"{LIVES[citizen][:6]}{n:08d}", LIVES[citizen], name) for n, (citizen, name) in enumerate(LANDLORDS.items(), 1)]
    for code, address, name in [*houses, (*SHOP_STREET, "江国华")]:
        db.execute("INSERT INTO res_house VALUES (?, ?, ?, ?, 1)", (code, address, f"COUNTER-{code}", name))
    db.executemany("INSERT INTO res_owned VALUES (?, ?)", [(numbers[citizen], LIVES[citizen]) for citizen in OWNERS])


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-res", tags=[f"{SYSTEM} 公安居住"], responses=REFUSALS)

    @router.post("/matchLandlordRecord", operation_id="PSB-RES.matchLandlordRecord", response_model=Reply[Facts])
    async def match_landlord(body: Match, call: Annotated[Call, Depends()]) -> Any:
        """Refused for a child, or for a rented home whose landlord has not filed it; otherwise what was found."""
        call.about(body.person)
        house = _home(records, body)
        if house is None:
            return told(call, ("住房核对", "不是出租房屋，无须房东报备"))
        return told(call, ("出租房屋编码", house["house_code"]), ("房东", house["landlord"][0] + "**"))

    @router.post("/createRegistration", operation_id="PSB-RES.createRegistration", response_model=Reply[Registered])
    async def create_registration(body: Register, call: Annotated[Call, Depends()]) -> Any:
        """Register where this person lives; the half-year for a permit counts from the first time."""
        call.about(body.person)
        asked = body.model_dump(mode="json")
        return call.reply(records.once(SYSTEM, call.key, call.operation, asked, lambda: _registration(records, body, call)))

    @router.post("/createRental", operation_id="PSB-RES.createRental", response_model=Reply[Rental])
    async def create_rental(body: CreateRental, call: Annotated[Call, Depends()]) -> Any:
        """File a house that is let, or say anew how many live there."""
        call.about(body.person)
        return call.reply(records.once(SYSTEM, call.key, call.operation, body.model_dump(), lambda: _filed(records, body)))

    @router.post("/issueHouseQr", operation_id="PSB-RES.issueHouseQr", response_model=Reply[HouseQr])
    async def issue_house_qr(body: IssueHouseQr, call: Annotated[Call, Depends()]) -> Any:
        """The QR for the door of a house this person filed."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            query = "SELECT 1 FROM res_house WHERE house_code = ? AND filed_by = ?"
            if records.row(query, body.house_code, body.person.id_number) is None:
                raise Refusal("RES-4043", "没有这处出租房屋", 404)
            return {"qr": f"{call.base}/psb-res/house/{body.house_code}"}

        return call.reply(records.once(SYSTEM, call.key, call.operation, body.model_dump(), do))

    @router.get("/house/{house_code}", response_class=HTMLResponse)
    async def house(house_code: str) -> HTMLResponse:
        """The page behind the QR at the door. Anybody may scan it: it shows no tenant, no landlord, no house number."""
        found = records.row("SELECT * FROM res_house WHERE house_code = ?", house_code)
        if found is None:
            return _page("出租房屋", "没有这个编码。", status=404)
        district, street, _ = found["address"].split("/", 2)
        where = DISTRICTS[district] + street
        return _page("出租房屋", f"编码 {found['house_code']}", where, "已向公安机关报备", "承租人信息仅向有权限的工作人员显示。")

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str) -> HTMLResponse:
        """The page behind the QR of a receipt: how far it is, without a name."""
        case = records.row("SELECT * FROM res_case WHERE case_no = ?", number)
        if case is None:
            return _page("办理进度", "没有这个办件编号。", status=404)
        state = "已办结" if case["ready"] <= str(records.now().date()) else f"已受理，预计 {case['ready']} 办结"
        return _page("办理进度", f"办件编号 {case['case_no']}", f"事项 {case['kind']}", state)

    return router


def _page(title: str, *lines: str, status: int = 200) -> HTMLResponse:
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return HTMLResponse(f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{title}</title><h1>{title}（演示）</h1>{said}", status)


def told(call: Call, *facts: tuple[str, str]) -> dict[str, Any]:
    return call.reply({"facts": [{"label": label, "value": value} for label, value in facts]}, message="查询成功")


def opened(records: Records, person: Person, kind: str, call: Call, taking: timedelta = timedelta(0)) -> dict[str, str]:
    """A new case that is ready after `taking`: its number, its day, and the page where it can be followed."""
    number, today = case_no(records, "JZ"), records.now().date()
    ready = today + taking
    records.db.execute("INSERT INTO res_case VALUES (?, ?, ?, ?, ?)", (number, person.id_number, kind, str(today), str(ready)))
    return {"case_no": number, "ready_on": str(ready), "qr": f"{call.base}/psb-res/progress/{number}"}


def _home(records: Records, body: Match) -> sqlite3.Row | None:
    """The filed house this person rents, None for a home that is not rented. Raises Refusal for a child or a house nobody filed."""
    try:
        grown = months_later(born(body.person.id_number), OLD_ENOUGH * YEAR)
    except ValueError:
        raise Refusal("RES-4040", "姓名与公民身份号码不一致", 404) from None
    if grown > records.now().date():
        raise Refusal("RES-4031", "未满十六周岁，请到窗口办理")
    registered(records, body.person, "RES-4040")
    if body.dwelling != "rental":
        return None
    if body.house_code:
        found = records.row("SELECT * FROM res_house WHERE house_code = ?", body.house_code)
        if found is not None and found["address"][:6] != body.address[:6]:
            found = None
    else:
        found = records.row("SELECT * FROM res_house WHERE address = ?", body.address)
    if found is None:
        raise Refusal("RES-4042", "该出租房屋尚未报备", 404)
    return found


def _registration(records: Records, body: Register, call: Call) -> dict[str, Any]:
    _home(records, body)
    today = records.now().date()
    if body.move_in > today:
        raise Refusal("RES-4001", "入住日期不能晚于今天", 400)
    before = records.row("SELECT since FROM res_living WHERE id_number = ?", body.person.id_number)
    since = date.fromisoformat(before["since"]) if before else today
    row = (body.person.id_number, str(since), body.address, body.dwelling, str(body.move_in))
    records.db.execute("INSERT OR REPLACE INTO res_living VALUES (?, ?, ?, ?, ?)", row)
    case = opened(records, body.person, REGISTERED, call)
    permit_from = str(months_later(since, HALF_YEAR))
    return {"case_no": case["case_no"], "registered_on": str(today), "permit_from": permit_from, "qr": case["qr"]}


def _filed(records: Records, body: CreateRental) -> dict[str, Any]:
    """RERC.checkOwnership is a share between the two systems: where it finds nothing, a community officer looks at the paper."""
    person = registered(records, body.person, "RES-4040")
    house = records.row("SELECT * FROM res_house WHERE address = ?", body.house_address)
    if house is not None and house["filed_by"] != body.person.id_number:
        raise Refusal("RES-4096", "该房屋已由他人报备")
    code = house["house_code"] if house else f"{body.house_address[:6]}{records.next('house') + 1_000:08d}"
    row = (code, body.house_address, body.person.id_number, person["name"], body.tenant_count)
    records.db.execute("INSERT OR REPLACE INTO res_house VALUES (?, ?, ?, ?, ?)", row)
    owned = records.row("SELECT 1 FROM res_owned WHERE id_number = ? AND address = ?", body.person.id_number, body.house_address)
    known = body.role == "landlord" and owned is not None
    return {
        "case_no": case_no(records, "CZ"),
        "house_code": code,
        "ownership": "产权已通过不动产登记核对" if known else "以您提交的材料为准，由社区民警核对",
    }
