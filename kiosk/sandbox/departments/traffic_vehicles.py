"""PSB-TMS: vehicles, their inspection marks and their licences."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.traffic_cases import Accepted, Facts, Paid, accept, code_of, collected, facts, not_open, paid, registered
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS vehicle (
    plate TEXT PRIMARY KEY, vin TEXT NOT NULL, owner TEXT NOT NULL, bound TEXT, kind TEXT NOT NULL, use TEXT NOT NULL,
    registered TEXT NOT NULL, mark_until TEXT NOT NULL, mark_no TEXT);
CREATE TABLE IF NOT EXISTS vehicle_insurance (
    policy_no TEXT PRIMARY KEY, plate TEXT NOT NULL, insurer TEXT NOT NULL, until TEXT NOT NULL);
"""
PLATE = r"^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]·?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]$"
EXEMPT_YEARS = (2, 4, 8)  # at the others of the first ten years the vehicle itself is looked at
EARLY_MONTHS = 3
CAR, GREEN, VAN = "小型轿车", "小型新能源轿车", "轻型厢式货车"
PRIVATE, FREIGHT = "非营运", "货运"

# citizen → (plate, VIN, kind, use, years old when the mark runs out, days until then, days it is still insured)
VEHICLES: dict[str, tuple[tuple[str, str, str, str, int, int, int], ...]] = {
    "c01": (
        ("闽D7K23Q", "LXMDA1B23P1000101", CAR, PRIVATE, 4, 40, 200),
        ("闽DF20718", "LXMDE2C34R1000102", GREEN, PRIVATE, 2, 400, 150),
    ),
    "c02": (("闽DA9R65", "LXMDA1B24P1000201", CAR, PRIVATE, 2, 300, 120),),
    "c03": (("闽D3M80T", "LXMDA1B25K1000301", CAR, PRIVATE, 6, 25, 90),),
    "c04": (("闽D55E1C", "LXMDA1B26N1000401", CAR, PRIVATE, 4, 15, 60),),
    "c07": (("闽DD20816", "LXMDE2C35R1000701", GREEN, PRIVATE, 2, 60, 300),),
    "c08": (("闽D8P47W", "LXMDA1B27N1000801", CAR, PRIVATE, 4, 30, -10),),
    "c09": (("闽DF31577", "LXMDE2C36R1000901", GREEN, PRIVATE, 2, 50, 250),),
    "c10": (("闽D62Z0H", "LXMDT3D47M1001001", VAN, FREIGHT, 4, 20, 100),),
    "c12": (("闽D09K12", "LXMDA1B28N1001201", CAR, PRIVATE, 4, 200, 100),),
}
BOUND = {"闽DF31577": "c10"}  # somebody who drives another person's vehicle and has said so
INSURER = "厦门鹭海财产保险公司（演示）"


class OfPlate(Body):
    person: Person
    plate_no: str = Field(pattern=PLATE)

    @property
    def plate(self) -> str:
        return bare(self.plate_no)


class ApplyMark(OfPlate):
    insurance: str = Field(min_length=1, max_length=40)
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    delivery: Literal["pickup", "mail"]


class Reissue(OfPlate, Paid):
    reason: Literal["lost", "damaged", "changed"]
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    delivery: Literal["pickup", "mail"]


class Fields(BaseModel):
    insurer: str
    until: str


class Policy(BaseModel):
    value: str
    fields: Fields


class Policies(BaseModel):
    records: list[Policy]


class Marked(BaseModel):
    case_no: str
    until: str
    where: str
    qr: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people, today = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8")), now.date()
    for citizen, vehicles in VEHICLES.items():
        for plate, vin, kind, use, years, due, insured in vehicles:
            mark_until = today + timedelta(due)
            row = (plate, vin, people[citizen]["id_number"], kind, use, f"{years_later(mark_until, -years)}", f"{mark_until}")
            db.execute("INSERT INTO vehicle (plate, vin, owner, kind, use, registered, mark_until) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            policy = (f"JQX{vin[-6:]}", plate, INSURER, f"{today + timedelta(insured)}")
            db.execute("INSERT INTO vehicle_insurance VALUES (?, ?, ?, ?)", policy)
    for plate, citizen in BOUND.items():
        db.execute("UPDATE vehicle SET bound = ? WHERE plate = ?", (people[citizen]["id_number"], plate))


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-tms", tags=["PSB-TMS 交管"], responses=REFUSALS)

    @router.post("/listInsurance", operation_id="PSB-TMS.listInsurance", response_model=Reply[Policies])
    async def list_insurance(body: OfPlate, call: Annotated[Call, Depends()]) -> Any:
        """The compulsory insurance of a vehicle of one's own, as the insurers report it; nothing if it has run out."""
        call.about(body.person)
        own(records, body)
        found = _policies(records, body.plate)
        shown = [{"value": one["policy_no"], "fields": {"insurer": one["insurer"], "until": one["until"]}} for one in found]
        return call.reply({"records": shown}, message="查询成功")

    @router.post("/checkExempt", operation_id="PSB-TMS.checkExempt", response_model=Reply[Facts])
    async def check_exempt(body: OfPlate, call: Annotated[Call, Depends()]) -> Any:
        """May this vehicle have its mark without being inspected, now? Refused with the reason."""
        call.about(body.person)
        vehicle = _exempt(records, body)
        told = {"号牌号码": dotted(vehicle["plate"]), "车辆类型": vehicle["kind"], "现有标志有效期至": vehicle["mark_until"]}
        return call.reply({"facts": facts(told)}, message="符合免检条件")

    @router.post("/applyMark", operation_id="PSB-TMS.applyMark", response_model=Reply[Marked])
    async def apply_mark(body: ApplyMark, call: Annotated[Call, Depends()]) -> Any:
        """Give the electronic mark for two years more; the paper one follows."""
        call.about(body.person)
        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), lambda: _marked(records, body, call)))

    @router.get("/mark/{number}", response_class=HTMLResponse)
    async def mark(number: str, c: str = "") -> HTMLResponse:
        """The page behind the QR: the electronic inspection mark, without a name."""
        vehicle = records.row("SELECT * FROM vehicle WHERE mark_no = ?", number) if c == code_of(number) else None
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>检验标志（演示）</title><h1>检验标志电子凭证（演示）</h1>"
        if vehicle is None:
            return HTMLResponse(page + "<p>没有查到这张标志。</p>", 404)
        return HTMLResponse(f"{page}<p>号牌号码 {dotted(vehicle['plate'])}</p><p>检验有效期至 {vehicle['mark_until']}</p>")

    @router.post("/checkVehicle", operation_id="PSB-TMS.checkVehicle", response_model=Reply[Facts])
    async def check_vehicle(body: OfPlate, call: Annotated[Call, Depends()]) -> Any:
        """Is this a vehicle of one's own, and no new licence on its way? Asked before anything is paid."""
        call.about(body.person)
        vehicle = own(records, body)
        not_open(records, body.person, "行驶证换领、补领", body.plate)
        told = {"号牌号码": dotted(vehicle["plate"]), "车辆类型": vehicle["kind"], "车架号后六位": vehicle["vin"][-6:]}
        return call.reply({"facts": facts(told)}, message="可以受理")

    @router.post("/createVehicleLicenceReissue", operation_id="PSB-TMS.createVehicleLicenceReissue", response_model=Reply[Accepted])
    async def create_vehicle_licence_reissue(body: Reissue, call: Annotated[Call, Depends()]) -> Any:
        """Take the application for a new vehicle licence that was paid under this order."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            own(records, body)
            not_open(records, body.person, "行驶证换领、补领", body.plate)
            paid(body)
            return accept(records, call, body.person, "行驶证换领、补领", body.plate, body.delivery)

        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), do))

    return router


def bare(plate: str) -> str:
    """闽D·7K23Q as the records have it: 闽D7K23Q."""
    return plate.replace("·", "")


def dotted(plate: str) -> str:
    return f"{plate[:2]}·{plate[2:]}"


def years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def own(records: Records, body: OfPlate) -> sqlite3.Row:
    registered(records, body.person)
    vehicle = records.row("SELECT * FROM vehicle WHERE plate = ? AND owner = ?", body.plate, body.person.id_number)
    if vehicle is None:
        raise Refusal("TMS-4041", "名下没有这辆机动车", 404)
    return vehicle


def _policies(records: Records, plate: str) -> list[sqlite3.Row]:
    return records.rows("SELECT * FROM vehicle_insurance WHERE plate = ? AND until >= ?", plate, f"{records.now():%Y-%m-%d}")


def _exempt(records: Records, body: OfPlate) -> sqlite3.Row:
    vehicle, today = own(records, body), records.now().date()
    until = date.fromisoformat(vehicle["mark_until"])
    if vehicle["use"] != PRIVATE:
        raise Refusal("TMS-4038", "该车须上线检验")
    month = until.month - EARLY_MONTHS
    first = until.replace(year=until.year - (month < 1), month=month + 12 * (month < 1), day=min(until.day, 28))
    if today < first:
        raise Refusal("TMS-4039", "检验有效期满前三个月内方可申领")
    if until.year - int(vehicle["registered"][:4]) not in EXEMPT_YEARS:
        raise Refusal("TMS-4038", "该车本次须上线检验")
    if records.row("SELECT 1 FROM violation WHERE plate = ? AND driver IS NULL AND decision_no IS NULL", body.plate):
        raise Refusal("TMS-4093", "该车有未处理的交通违法")
    return vehicle


def _marked(records: Records, body: ApplyMark, call: Call) -> dict[str, Any]:
    vehicle = _exempt(records, body)
    if body.insurance not in [one["policy_no"] for one in _policies(records, body.plate)]:
        raise Refusal("TMS-4040", "没有有效的交强险记录", 404)
    until = years_later(date.fromisoformat(vehicle["mark_until"]), 2)
    number = case_no(records, "TMS")
    records.db.execute("UPDATE vehicle SET mark_until = ?, mark_no = ? WHERE plate = ?", (f"{until}", number, body.plate))
    url = f"{call.base}/psb-tms/mark/{number}?c={code_of(number)}"
    return {"case_no": number, "until": f"{until:%Y年%m月%d日}", "where": collected(body.delivery), "qr": url}
