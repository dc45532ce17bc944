"""PSB-TMS: driving licences: their points, renewal, replacement, and the certificates about a driver."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.traffic_cases import Accepted, Facts, Paid, accept, facts, not_open, paid, registered
from kiosk.sandbox.departments.traffic_vehicles import years_later
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.pictures import Picture
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS driving_licence (
    id_number TEXT PRIMARY KEY, file_no TEXT NOT NULL, class TEXT NOT NULL, first_issued TEXT NOT NULL, valid_until TEXT NOT NULL,
    points INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS medical (value TEXT PRIMARY KEY, id_number TEXT NOT NULL, hospital TEXT NOT NULL, day TEXT NOT NULL);
"""
ISSUER = "厦门市公安局交通警察支队"
FULL = 12  # points of a cycle of twelve months (记分管理办法 art. 3)
WINDOW = timedelta(days=90)  # before the licence runs out (驾驶证申领和使用规定 art. 63)
MEDICAL_GOOD = timedelta(days=180)
GOOD, HELD = "正常", "扣留"
RENEWAL, REISSUE = "驾驶证期满换证", "驾驶证补证"

# citizen → (class, years since the first licence when this one runs out, days until then, points of this cycle, state)
LICENCES: dict[str, tuple[str, int, int, int, str]] = {
    "c01": ("C1", 6, 62, 0, GOOD),
    "c02": ("C1", 6, 1_900, 3, GOOD),
    "c03": ("C2", 16, 1_400, 3, GOOD),
    "c04": ("C1", 16, 20, 1, GOOD),
    "c07": ("C2", 6, 30, 9, GOOD),
    "c08": ("C1", 6, -30, 2, GOOD),
    "c09": ("C1", 16, 75, 6, GOOD),
    "c10": ("B2", 16, 800, 12, HELD),
}
# citizen → (hospital, days since the examination). Who is not here has to go to the counter.
MEDICALS = {
    "c01": ("厦门鹭岛医院（演示）", 12),
    "c02": ("厦门海沧医院（演示）", 30),
    "c03": ("厦门集美医院（演示）", 400),
    "c04": ("厦门同安医院（演示）", 3),
    "c08": ("厦门思明医院（演示）", 5),
    "c09": ("厦门五缘湾医院（演示）", 20),
}


class Asking(Body):
    person: Person


class CreateRenewal(Asking, Paid):
    medical: str = Field(min_length=1, max_length=40)
    photo: list[Picture] = Field(min_length=1, max_length=1)
    delivery: Literal["pickup", "mail"]
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")


class CreateReissue(Asking, Paid):
    reason: Literal["lost", "damaged"]
    photo: list[Picture] = Field(min_length=1, max_length=1)
    delivery: Literal["pickup", "mail"]
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")


class QueryDriverRecord(Asking):
    cert_type: Literal["licence", "safe_driving"]
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class Licence(BaseModel):
    points: int = Field(ge=0, le=99)
    left: str
    state: str
    kind: str
    cycle: str
    until: str


class Fields(BaseModel):
    hospital: str
    day: str
    until: str


class Medical(BaseModel):
    value: str
    fields: Fields


class Medicals(BaseModel):
    records: list[Medical]


class Certificate(BaseModel):
    case_no: str
    number: str
    document: Document


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people, today = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8")), now.date()
    for citizen, (kind, years, days, points, state) in LICENCES.items():
        until, number = today + timedelta(days), people[citizen]["id_number"]
        row = (number, f"3502{citizen[1:]}018362", kind, f"{years_later(until, -years)}", f"{until}", points, state)
        db.execute("INSERT INTO driving_licence VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for citizen, (hospital, ago) in MEDICALS.items():
        day = today - timedelta(ago)
        seen = (f"TJ{day:%Y%m%d}{citizen[1:]}", people[citizen]["id_number"], hospital, f"{day}")
        db.execute("INSERT INTO medical VALUES (?, ?, ?, ?)", seen)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-tms", tags=["PSB-TMS 交管"], responses=REFUSALS)

    @router.post("/queryLicence", operation_id="PSB-TMS.queryLicence", response_model=Reply[Licence])
    async def query_licence(body: Asking, call: Annotated[Call, Depends()]) -> Any:
        """Points of this cycle, and whether the licence is good."""
        call.about(body.person)
        licence = licence_of(records, body.person)
        first, last = cycle(licence, records.now().date())
        told = {"kind": licence["class"], "cycle": f"{first} 至 {last}", "until": licence["valid_until"], "state": _state(records, licence)}
        return call.reply({"points": licence["points"], "left": f"{max(0, FULL - licence['points'])} 分", **told}, message="查询成功")

    @router.post("/listMedical", operation_id="PSB-TMS.listMedical", response_model=Reply[Medicals])
    async def list_medical(body: Asking, call: Annotated[Call, Depends()]) -> Any:
        """Examinations of the last half year that a networked hospital has sent."""
        call.about(body.person)
        registered(records, body.person)
        return call.reply({"records": _medicals(records, body.person)}, message="查询成功")

    @router.post("/checkRenewWindow", operation_id="PSB-TMS.checkRenewWindow", response_model=Reply[Facts])
    async def check_renew_window(body: Asking, call: Annotated[Call, Depends()]) -> Any:
        """May this licence be renewed now? Refused with the reason."""
        call.about(body.person)
        licence = _renewable(records, body.person)
        told = {"准驾车型": licence["class"], "现有驾驶证有效期至": licence["valid_until"], "换证后": "有效期 10 年，原证作废"}
        return call.reply({"facts": facts(told)}, message="符合换证条件")

    @router.post("/createRenewal", operation_id="PSB-TMS.createRenewal", response_model=Reply[Accepted])
    async def create_renewal(body: CreateRenewal, call: Annotated[Call, Depends()]) -> Any:
        """Take the renewal that was paid under this order."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            licence = _renewable(records, body.person)
            if body.medical not in [one["value"] for one in _medicals(records, body.person)]:
                raise Refusal("TMS-4040", "没有有效的身体条件证明", 404)
            paid(body)
            return accept(records, call, body.person, RENEWAL, licence["file_no"], body.delivery)

        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), do))

    @router.post("/checkLicence", operation_id="PSB-TMS.checkLicence", response_model=Reply[Facts])
    async def check_licence(body: Asking, call: Annotated[Call, Depends()]) -> Any:
        """May this licence be replaced? Asked before anything is paid."""
        call.about(body.person)
        licence = _replaceable(records, body.person)
        told = {"准驾车型": licence["class"], "有效期至": licence["valid_until"], "补证后": "原驾驶证作废，不能再用"}
        return call.reply({"facts": facts(told)}, message="可以受理")

    @router.post("/createReissue", operation_id="PSB-TMS.createReissue", response_model=Reply[Accepted])
    async def create_reissue(body: CreateReissue, call: Annotated[Call, Depends()]) -> Any:
        """Take the replacement that was paid under this order; the old licence is good no more."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            licence = _replaceable(records, body.person)
            paid(body)
            return accept(records, call, body.person, REISSUE, licence["file_no"], body.delivery)

        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), do))

    @router.post("/queryDriverRecord", operation_id="PSB-TMS.queryDriverRecord", response_model=Reply[Certificate])
    async def query_driver_record(body: QueryDriverRecord, call: Annotated[Call, Depends()]) -> Any:
        """A page about the licence, or about how somebody has driven. The same key twice is one page."""
        call.about(body.person)
        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), lambda: _certified(records, body, call)))

    return router


def licence_of(records: Records, person: Person) -> sqlite3.Row:
    registered(records, person)
    licence = records.row("SELECT * FROM driving_licence WHERE id_number = ?", person.id_number)
    if licence is None:
        raise Refusal("TMS-4042", "名下没有机动车驾驶证", 404)
    return licence


def cycle(licence: sqlite3.Row, today: date) -> tuple[date, date]:
    """The twelve months that count now: they begin on the day of the first licence, year by year."""
    first = years_later(date.fromisoformat(licence["first_issued"]), today.year - int(licence["first_issued"][:4]))
    first = first if first <= today else years_later(first, -1)
    return first, years_later(first, 1) - timedelta(1)


def _state(records: Records, licence: sqlite3.Row) -> str:
    over = licence["valid_until"] < f"{records.now():%Y-%m-%d}"
    return "逾期未换证" if over else str(licence["state"])


def _medicals(records: Records, person: Person) -> list[dict[str, Any]]:
    since = records.now().date() - MEDICAL_GOOD
    found = records.rows("SELECT * FROM medical WHERE id_number = ? AND day >= ? ORDER BY day DESC", person.id_number, f"{since}")
    return [
        {
            "value": one["value"],
            "fields": {"hospital": one["hospital"], "day": one["day"], "until": f"{date.fromisoformat(one['day']) + MEDICAL_GOOD}"},
        }
        for one in found
    ]


def _renewable(records: Records, person: Person) -> sqlite3.Row:
    licence, today = licence_of(records, person), records.now().date()
    until = date.fromisoformat(licence["valid_until"])
    if today > until:
        raise Refusal("TMS-4035", "驾驶证已超过有效期")
    if today < until - WINDOW:
        raise Refusal("TMS-4034", "有效期满前九十日内方可换证")
    if licence["state"] != GOOD:
        raise Refusal("TMS-4037", "驾驶证被扣留期间不得办理")
    if records.row("SELECT 1 FROM violation WHERE driver = ? AND decision_no IS NULL", person.id_number):
        raise Refusal("TMS-4036", "有未处理的交通违法")
    not_open(records, person, RENEWAL, licence["file_no"])
    return licence


def _replaceable(records: Records, person: Person) -> sqlite3.Row:
    licence = licence_of(records, person)
    if licence["state"] != GOOD:
        raise Refusal("TMS-4037", "驾驶证被扣留期间不得补发")
    if licence["valid_until"] < f"{records.now():%Y-%m-%d}":
        raise Refusal("TMS-4035", "驾驶证已超过有效期")
    not_open(records, person, REISSUE, licence["file_no"])
    return licence


def _certified(records: Records, body: QueryDriverRecord, call: Call) -> dict[str, Any]:
    licence, name = licence_of(records, body.person), f"{body.person.name}（公民身份号码{body.person.id_number}）"
    holder = {"姓名": body.person.name, "公民身份号码": body.person.id_number, "档案编号": licence["file_no"], "准驾车型": licence["class"]}
    first, last = cycle(licence, records.now().date())
    if body.cert_type == "licence":
        title, columns = "机动车驾驶证信息单", ["项目", "内容"]
        told = f"兹证明{name}持有机动车驾驶证，登记信息见下表。"
        points = f"{licence['points']} 分（{first} 至 {last}）"
        rows = [["初次领证日期", licence["first_issued"]], ["有效期至", licence["valid_until"]], ["准驾车型", licence["class"]],
                ["状态", _state(records, licence)], ["本周期累积记分", points]]  # fmt: skip
    else:
        title, columns = "安全驾驶记录", ["违法时间、地点", "违法行为及罚款"]
        fines = records.rows("SELECT * FROM fine WHERE id_number = ? AND plate NOT LIKE '厦门·%' ORDER BY time", body.person.id_number)
        rows = [
            [f"{one['time']} {one['place']}", f"{one['act']}，罚款 {one['base_fen'] // 100} 元，{'已缴' if one['paid_key'] else '未缴'}"]
            for one in fines
        ]
        found = f"有已处理的机动车交通违法{len(rows)}起，见下表" if rows else "没有已处理的机动车交通违法"
        told = f"经查询，{name}在本系统记录中{found}；本记分周期（{first}至{last}）累积记{licence['points']}分。"
    note = "本证明反映出具之时的记录，可凭验证码核验真伪。"
    document = issue(
        records,
        call,
        prefix="XMJJ",
        title=title,
        issuer=ISSUER,
        paragraphs=(told, note),
        holder=holder,
        columns=columns if rows else (),
        rows=rows,
    )
    return {"case_no": case_no(records, "TMS"), "number": document["number"], "document": document}
