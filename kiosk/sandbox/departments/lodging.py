"""PSB-EXIT, lodging: where people from abroad stay, registered within 24 hours (出境入境管理法 art. 39)."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.departments.population import Facts, spoken
from kiosk.sandbox.departments.residence import DISTRICTS, Address
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Refusal, Reply
from kiosk.sandbox.pictures import Picture
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS lodging_entry (
    passport_no TEXT NOT NULL, nationality TEXT NOT NULL, birth TEXT NOT NULL, name TEXT NOT NULL, visa TEXT NOT NULL, port TEXT NOT NULL,
    entered TEXT NOT NULL, stay_until TEXT NOT NULL, PRIMARY KEY (passport_no, nationality));
CREATE TABLE IF NOT EXISTS lodging (
    number TEXT PRIMARY KEY, passport_no TEXT NOT NULL, nationality TEXT NOT NULL, address TEXT NOT NULL, owner TEXT NOT NULL,
    contact TEXT NOT NULL, day TEXT NOT NULL);
"""

ISSUER = "厦门市公安局出入境管理支队"
AIRPORT, FERRY, PUDONG = "厦门高崎机场口岸", "厦门五通客运码头口岸", "上海浦东机场口岸"
COUNTRIES = {
    "SGP": "新加坡", "MYS": "马来西亚", "PHL": "菲律宾", "IDN": "印度尼西亚", "THA": "泰国", "VNM": "越南", "JPN": "日本",
    "KOR": "韩国", "IND": "印度", "PAK": "巴基斯坦", "BGD": "孟加拉国", "KAZ": "哈萨克斯坦", "RUS": "俄罗斯", "UKR": "乌克兰",
    "DEU": "德国", "FRA": "法国", "GBR": "英国", "ITA": "意大利", "ESP": "西班牙", "NLD": "荷兰", "USA": "美国",
    "CAN": "加拿大", "BRA": "巴西", "AUS": "澳大利亚", "NZL": "新西兰", "ZAF": "南非", "NGA": "尼日利亚",
}  # fmt: skip
# Invented people from abroad: passport, nationality, birth, name, visa, port, days since the entry, days left to stay.
ENTERED = (
    ("E12345678", "SGP", "1990-05-17", "TAN WEI LING", "免签", AIRPORT, 1, 29),
    ("C01X00T47", "DEU", "1985-03-12", "SCHNEIDER KARL", "工作类居留许可", PUDONG, 4, 320),
    ("P1234567A", "PHL", "1996-11-30", "REYES MARIA ANNA", "学习类居留许可", AIRPORT, 2, 210),
    ("TK4402917", "JPN", "1978-08-08", "SATO KENJI", "访问签证", AIRPORT, 0, 28),
    ("A08813325", "MYS", "1969-02-21", "LIM AH HOCK", "免签", FERRY, 3, 27),
    ("509334127", "GBR", "1992-07-01", "HUGHES EMMA", "旅游签证", PUDONG, 35, -5),  # stayed too long
)  # fmt: skip

Passport = Annotated[str, Field(pattern=r"^[A-Z0-9]{5,17}$")]


class MatchEntry(Body):
    passport_no: Passport
    nationality: str = Field(pattern=r"^([A-Z]{3}|other)$", description="ISO 3166-1 alpha-3, or other")
    birth_date: date


class RegisterLodging(MatchEntry):
    photo: list[Picture] = Field(min_length=1, max_length=1)
    residence_proof: list[Picture] = Field(min_length=1, max_length=6)
    house_address: Address
    owner_name: str = Field(min_length=2, max_length=50)
    owner_contact: str = Field(pattern=r"^1[3-9]\d{9}$")


class Registered(BaseModel):
    case_no: str
    number: str
    stay_until: str
    document: Document


def fill(db: sqlite3.Connection, now: datetime) -> None:
    today = now.date()
    for passport, nationality, birth, name, visa, port, ago, left in ENTERED:
        row = (passport, nationality, birth, name, visa, port, str(today - timedelta(days=ago)), str(today + timedelta(days=left)))
        db.execute("INSERT INTO lodging_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-exit", tags=["PSB-EXIT 出入境"], responses=REFUSALS)

    @router.post("/matchEntryRecord", operation_id="PSB-EXIT.matchEntryRecord", response_model=Reply[Facts])
    async def match_entry_record(body: MatchEntry, call: Annotated[Call, Depends()]) -> Any:
        """The entry that belongs to this passport; the name stays half covered until it is registered."""
        entry = _entry(records, body)
        covered = " ".join(word[0] + "*" * (len(word) - 1) for word in entry["name"].split())
        facts = (("姓名", covered), ("入境日期", entry["entered"]), ("入境口岸", entry["port"]), ("停留、居留至", entry["stay_until"]))
        return call.reply({"facts": [{"label": label, "value": value} for label, value in facts]}, message="查询成功")

    @router.post("/registerLodging", operation_id="PSB-EXIT.registerLodging", response_model=Reply[Registered])
    async def register_lodging(body: RegisterLodging, call: Annotated[Call, Depends()]) -> Any:
        """Register where this person stays; the form is issued at once."""
        asked = body.model_dump(mode="json")
        return call.reply(records.once("PSB-EXIT", call.key, call.operation, asked, lambda: _registered(records, body, call)))

    return router


def _entry(records: Records, body: MatchEntry) -> sqlite3.Row:
    """Raises Refusal where nobody entered with this passport, or the stay is over."""
    entry = records.row(
        "SELECT * FROM lodging_entry WHERE passport_no = ? AND birth = ? AND ? IN (nationality, 'other')",
        body.passport_no,
        str(body.birth_date),
        body.nationality,
    )
    if entry is None:
        raise Refusal("LODG-4040", "没有与护照相符的入境记录", 404)
    if entry["stay_until"] < str(records.now().date()):
        raise Refusal("LODG-4031", "停留、居留期限已过")
    return entry


def _registered(records: Records, body: RegisterLodging, call: Call) -> dict[str, Any]:
    entry, today = _entry(records, body), records.now().date()
    district, street, rest = body.house_address.split("/", 2)
    address = f"厦门市{DISTRICTS[district]}{street}{rest}"
    document = issue(
        records,
        call,
        prefix="XMZS",
        title="境外人员临时住宿登记表",
        issuer=ISSUER,
        paragraphs=(f"下列境外人员已于{spoken(today)}办理临时住宿登记。住址变动的，请在入住后24小时内重新登记。",),
        holder={
            "姓名": entry["name"],
            "国籍（地区）": COUNTRIES.get(entry["nationality"], entry["nationality"]),
            "出生日期": spoken(body.birth_date),
            "护照号码": body.passport_no,
            "签证种类": entry["visa"],
            "停留、居留至": spoken(date.fromisoformat(entry["stay_until"])),
            "入境日期": spoken(date.fromisoformat(entry["entered"])),
            "入境口岸": entry["port"],
            "住宿地址": address,
            "房主": body.owner_name,
            "房主联系方式": body.owner_contact,
        },
    )
    records.db.execute(
        "INSERT INTO lodging VALUES (?, ?, ?, ?, ?, ?, ?)",
        (document["number"], body.passport_no, entry["nationality"], body.house_address, body.owner_name, body.owner_contact, str(today)),
    )
    number = case_no(records, "ZS")
    return {"case_no": number, "number": document["number"], "stay_until": entry["stay_until"], "document": document}
