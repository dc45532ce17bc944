"""RERC: what is registered in whose name; and, for other departments, whose a purchase contract is."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import registered
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS rerc_property (
    unit_no TEXT NOT NULL, id_number TEXT NOT NULL, district TEXT NOT NULL, place TEXT NOT NULL, area TEXT NOT NULL, share TEXT NOT NULL,
    day TEXT NOT NULL, PRIMARY KEY (unit_no, id_number));
CREATE TABLE IF NOT EXISTS rerc_contract (
    contract_no TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, price_fen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rerc_party (
    contract_no TEXT NOT NULL, id_number TEXT NOT NULL, relation TEXT NOT NULL, PRIMARY KEY (contract_no, id_number));
"""
ISSUER = "厦门市不动产登记中心"
DISTRICTS = {"siming": "思明区", "huli": "湖里区", "jimei": "集美区", "haicang": "海沧区", "tongan": "同安区", "xiangan": "翔安区"}
PURPOSES = {"school": "子女入学", "rent": "租房提取住房公积金", "housing": "申请保障性住房", "other": "其他"}

# citizen → (unit, district, place, square metres, share, registered on). Who is not here owns nothing in the city.
OWNED: dict[str, tuple[tuple[str, str, str, str, str, str], ...]] = {
    "c02": (("350206000312", "huli", "江头街道祥岭里27号304室", "78.40", "共同共有", "2021-05-18"),),
    "c03": (("350211000904", "jimei", "杏林街道文和路9号1201室", "89.15", "共同共有", "2015-11-02"),),
    "c05": (("350203001120", "siming", "鹭江街道厦禾路112号501室", "64.72", "单独所有", "1999-07-21"),),
    "c06": (("350213000451", "xiangan", "马巷街道三落里45号", "182.00", "单独所有", "2012-03-09"),),
    "c09": (
        ("350206000889", "huli", "金山街道环湖路88号903室", "143.60", "单独所有", "2017-08-30"),
        ("350203004417", "siming", "莲前街道前埔北区51号702室", "58.33", "单独所有", "2011-01-14"),
    ),
    "c10": (("350211000557", "jimei", "侨英街道乐海路55号702室", "96.08", "共同共有", "2013-06-25"),),
    "c12": (("350212001183", "tongan", "西柯街道美溪道118号", "205.50", "单独所有", "2010-10-11"),),
}
# contract → (kind, place, yuan, (number of a party, what that person is to the owner))
CONTRACTS: dict[str, tuple[str, str, int, tuple[tuple[str, str], ...]]] = {
    "XM-2026-001234": ("commercial", "翔安区新店街道", 1_680_000, (("c01", "self"),)),
    "XM-2025-083316": ("second_hand", "湖里区禾山街道", 2_350_000, (("c02", "self"), ("350582199802110520", "spouse"))),
    "XM-2026-002208": ("commercial", "集美区杏滨街道", 2_060_000, (("350981198009190351", "self"), ("c03", "spouse"))),
    "XM-2026-003057": ("second_hand", "集美区侨英街道", 1_240_000, (("350821200404230972", "self"), ("c10", "parent"))),
    "XM-2026-004721": ("affordable", "海沧区新阳街道", 58_000, (("c07", "self"),)),  # a share of the ownership
    "XM-2024-017902": ("commercial", "湖里区金山街道", 3_100_000, (("350206195602180777", "self"), ("c09", "child"))),
}


class QueryByPerson(Body):
    person: Person
    scope: Literal["siming", "huli", "jimei", "haicang", "tongan", "xiangan", "city"]
    purpose: Literal["school", "rent", "housing", "other"]
    copies: int = Field(default=1, ge=1, le=3, strict=True)


class Certificate(BaseModel):
    case_no: str
    number: str
    found: str
    document: Document


def fill(db: sqlite3.Connection, _now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for citizen, owned in OWNED.items():
        for unit, *rest in owned:
            db.execute("INSERT INTO rerc_property VALUES (?, ?, ?, ?, ?, ?, ?)", (unit, people[citizen]["id_number"], *rest))
    for contract_no, (kind, place, yuan, parties) in CONTRACTS.items():
        db.execute("INSERT INTO rerc_contract VALUES (?, ?, ?, ?)", (contract_no, kind, place, yuan * 100))
        for who, relation in parties:
            number = people[who]["id_number"] if who in people else who
            db.execute("INSERT INTO rerc_party VALUES (?, ?, ?)", (contract_no, number, relation))


def check_contract(records: Records, contract_no: str, id_number: str, relation: str, kind: str) -> sqlite3.Row | None:
    """For the provident fund (RERC.checkContract): the contract, if it is of this kind and this person is that to its owner."""
    query = "SELECT * FROM rerc_contract JOIN rerc_party USING (contract_no)"
    query += " WHERE contract_no = ? AND kind = ? AND id_number = ? AND relation = ?"
    return records.row(query, contract_no, kind, id_number, relation)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/rerc", tags=["RERC 不动产登记"], responses=REFUSALS)

    @router.post("/queryByPerson", operation_id="RERC.queryByPerson", response_model=Reply[Certificate])
    async def query_by_person(body: QueryByPerson, call: Annotated[Call, Depends()]) -> Any:
        """A page with what this person owns in a district or the city, or that nothing is registered."""
        call.about(body.person)
        return call.reply(records.once("RERC", call.key, call.operation, body.model_dump(), lambda: _found(records, body, call)))

    return router


def _found(records: Records, body: QueryByPerson, call: Call) -> dict[str, Any]:
    row = registered(records, body.person, "RERC-4040")
    query = "SELECT * FROM rerc_property WHERE id_number = ? AND ? IN ('city', district) ORDER BY day"
    owned = records.rows(query, row["id_number"], body.scope)
    area = f"厦门市{DISTRICTS.get(body.scope, '全市')}"
    who = f"{row['name']}（公民身份号码{row['id_number']}）"
    told = f"登记有不动产{len(owned)}处，见下表" if owned else "没有房屋登记信息"
    document = issue(
        records,
        call,
        prefix="XMBDC",
        title="不动产登记信息查询结果" if owned else "不动产登记信息查询结果（无房证明）",
        issuer=ISSUER,
        paragraphs=(
            f"经查询不动产登记信息，截至{records.now():%Y年%m月%d日 %H:%M}，{who}在{area}范围内{told}。",
            f"本查询结果用于：{PURPOSES[body.purpose]}。只反映出具之时已登记入库的信息，可凭验证码核验真伪。",
        ),
        holder={"姓名": row["name"], "公民身份号码": row["id_number"], "查询范围": area},
        columns=("不动产单元", "坐落", "建筑面积（平方米）", "共有情况", "登记日期") if owned else (),
        rows=[(one["unit_no"], f"{DISTRICTS[one['district']]}{one['place']}", one["area"], one["share"], one["day"]) for one in owned],
    )
    found = f"{len(owned)} 处" if owned else "没有登记"
    return {"case_no": case_no(records, "BDC"), "number": document["number"], "found": found, "document": document}
