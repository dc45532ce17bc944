"""PSB-TMS: violations that nobody has answered for yet, and the simple decision about them."""

from __future__ import annotations

import hashlib
import sqlite3
import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, model_validator

from kiosk.people import FOLDER
from kiosk.sandbox.declarations import declared
from kiosk.sandbox.departments.traffic import MOST_FEN
from kiosk.sandbox.departments.traffic_cases import Fact, Facts, facts, registered
from kiosk.sandbox.departments.traffic_licences import FULL, ISSUER, licence_of
from kiosk.sandbox.departments.traffic_vehicles import PLATE, bare, dotted
from kiosk.sandbox.documents import Document, case_no, issue
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.pictures import picture
from kiosk.sandbox.records import Records

SIGNED = {"hand": "已手写签名", "keys": "以按键确认代替手写签名"}
SCHEMA = """
CREATE TABLE IF NOT EXISTS violation (
    value TEXT PRIMARY KEY, plate TEXT NOT NULL, driver TEXT, act TEXT NOT NULL, place TEXT NOT NULL, time TEXT NOT NULL,
    fine_fen INTEGER NOT NULL, points INTEGER NOT NULL, decision_no TEXT);
CREATE TABLE IF NOT EXISTS signed_decision (decision_no TEXT PRIMARY KEY, signature_sha256 TEXT NOT NULL);
"""
PARKING = ("机动车违反规定停放，驾驶人不在现场，妨碍其他车辆通行", 100, 0)
SIGN = ("机动车违反禁止标线指示", 100, 1)
SIGNAL = ("驾驶机动车违反道路交通信号灯通行", 150, 6)
PHONE = ("驾驶时拨打接听手持电话", 50, 3)
SPEED = ("驾驶机动车超过规定时速百分之二十以上未达到百分之五十", 200, 3)
RACING = ("驾驶机动车超过规定时速百分之五十以上", 500, 6)
DUE = timedelta(days=15)  # 道交法 art. 108

# plate → (what, where, days ago, who drove: "" = a camera saw the vehicle alone)
VIOLATIONS: tuple[tuple[str, tuple[str, int, int], str, int, str], ...] = (
    ("闽DF20718", PARKING, "思明区前埔中路与文兴东二里路口", 4, ""),
    ("闽DF20718", SIGN, "湖里区金尚路吕岭路段", 9, ""),
    ("闽DA9R65", PARKING, "思明区湖滨南路", 3, ""),
    ("闽DA9R65", SPEED, "集美区集美大道孙坂路段", 7, ""),
    ("闽D55E1C", SIGNAL, "同安区同集北路与环城南路路口", 5, ""),
    ("闽D55E1C", RACING, "同安区滨海西大道", 6, ""),
    ("闽DD20816", SIGNAL, "海沧区滨湖东路与嵩屿北路路口", 8, ""),
    ("闽DF31577", PARKING, "湖里区环岛干道", 2, ""),
    ("闽DF31577", PHONE, "湖里区仙岳路", 10, "c09"),
    ("闽D62Z0H", SIGN, "集美区天马路", 5, ""),
    ("闽D09K12", PARKING, "同安区西柯镇西洲路", 6, ""),
)


class ListViolations(Body):
    """`by` is left out by who wants to answer for them: then it is everything that person may answer for."""

    person: Person
    by: Literal["own_vehicles", "licence", "plate"] | None = None
    plate_no: str | None = Field(default=None, pattern=PLATE)
    vin_tail: str | None = Field(default=None, pattern=r"^[A-HJ-NPR-Za-hj-npr-z0-9]{6}$")

    @model_validator(mode="after")
    def whole(self) -> ListViolations:
        if self.by == "plate" and not (self.plate_no and self.vin_tail):
            raise ValueError("a plate needs the end of its VIN")
        return self


class CheckPoints(Body):
    person: Person
    violation_ids: list[str] = Field(min_length=1, max_length=10)
    dispute: Literal["accept", "dispute"]


class CreateSimpleDecision(CheckPoints):
    """`signature`: a picture where `signed` is hand, else a declaration about just these answers."""

    signed: Literal["hand", "keys"] = "hand"
    signature: list[str] = Field(min_length=1, max_length=1)
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")

    @model_validator(mode="after")
    def is_signed(self) -> CreateSimpleDecision:
        if self.signed == "hand":
            picture(self.signature[0])
        else:
            answers = {"violation_ids": ",".join(self.violation_ids), "dispute": self.dispute, "mobile": self.mobile}
            declared(self.signature[0], self.person, "traffic-violation-handle", answers)
        return self


class Fields(BaseModel):
    act: str
    time: str
    place: str
    plate: str
    points: str
    where: str


class Violation(BaseModel):
    value: str
    amount_fen: int
    fields: Fields


class Entry(BaseModel):
    title: str
    rows: list[Fact]


class Violations(BaseModel):
    count: int
    records: list[Violation] = Field(description="to choose from")
    found: list[Entry] = Field(description="the same, to be read")


class Decided(BaseModel):
    case_no: str
    decisions: str
    total: str
    points: str
    due: str
    document: Document


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for number, (plate, (act, yuan, points), place, ago, who) in enumerate(VIOLATIONS, 1):
        time = f"{now.date() - timedelta(ago)} {8 + ago:02d}:{number * 5:02d}"
        driver = people[who]["id_number"] if who else None
        row = (f"35027{number:011d}", plate, driver, act, place, time, yuan * 100, points)
        db.execute("INSERT INTO violation VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", row)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-tms", tags=["PSB-TMS 交管"], responses=REFUSALS)

    @router.post("/listViolations", operation_id="PSB-TMS.listViolations", response_model=Reply[Violations])
    async def list_violations(body: ListViolations, call: Annotated[Call, Depends()]) -> Any:
        """What nobody has answered for: of one's own vehicles, of one's licence, or of a plate whose VIN one knows."""
        call.about(body.person)
        registered(records, body.person)
        rows = _of_plate(records, body) if body.by == "plate" else _of_person(records, body.person, body.by)
        choices = [{"value": one["value"], "amount_fen": one["fine_fen"], "fields": _fields(one)} for one in rows]
        return call.reply({"count": len(rows), "records": choices, "found": [_entry(one) for one in rows]}, message="查询成功")

    @router.post("/checkPoints", operation_id="PSB-TMS.checkPoints", response_model=Reply[Facts])
    async def check_points(body: CheckPoints, call: Annotated[Call, Depends()]) -> Any:
        """Facts, fine and points before the decision (记分管理办法 art. 13), or why it cannot be made here."""
        call.about(body.person)
        licence, chosen = _answerable(records, body)
        told = {f"{n}. {dotted(one['plate'])} {one['time']}": _told(one) for n, one in enumerate(chosen, 1)}
        fen, points = _sums(chosen)
        told |= {"罚款合计": _yuan(fen), "本次记分": f"{points} 分", "处理后本周期累积": f"{licence['points'] + points} 分"}
        if licence["points"] + points >= FULL:
            told["请注意"] = "累积记满 12 分，须参加学习并接受考试"
        return call.reply({"facts": facts(told)}, message="可以处理")

    @router.post("/createSimpleDecision", operation_id="PSB-TMS.createSimpleDecision", response_model=Reply[Decided])
    async def create_simple_decision(body: CreateSimpleDecision, call: Annotated[Call, Depends()]) -> Any:
        """Decide on the spot, one decision a violation on one page. The same key twice is one deed."""
        call.about(body.person)
        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), lambda: _decided(records, body, call)))

    return router


def _yuan(fen: int) -> str:
    return f"{fen // 100} 元"


def _fields(row: sqlite3.Row) -> dict[str, str]:
    where = "可在本机处理" if row["fine_fen"] <= MOST_FEN else "须到窗口处理"
    shown = {name: str(row[name]) for name in ("act", "time", "place")}
    return {**shown, "plate": dotted(row["plate"]), "points": f"{row['points']} 分", "where": where}


def _entry(row: sqlite3.Row) -> dict[str, Any]:
    shown = _fields(row)
    told = {label: shown[name] for label, name in (("时间", "time"), ("地点", "place"), ("车牌号", "plate"))}
    return {"title": shown["act"], "rows": facts({**told, "罚款": _yuan(row["fine_fen"]), "记分": shown["points"], "处理": shown["where"]})}


def _told(row: sqlite3.Row) -> str:
    return f"{row['place']}，{row['act']}：罚款 {_yuan(row['fine_fen'])}，记 {row['points']} 分"


def _of_plate(records: Records, body: ListViolations) -> list[sqlite3.Row]:
    plate, tail = bare(body.plate_no or ""), (body.vin_tail or "").upper()
    if records.row("SELECT 1 FROM vehicle WHERE plate = ? AND substr(vin, -6) = ?", plate, tail) is None:
        raise Refusal("TMS-4041", "号牌号码与车架号不一致", 404)
    return records.rows("SELECT * FROM violation WHERE plate = ? AND decision_no IS NULL ORDER BY time", plate)


def _of_person(records: Records, person: Person, by: str | None) -> list[sqlite3.Row]:
    """One's own vehicles first. A violation that has a driver is that driver's, whosever the vehicle is."""
    query = """
        SELECT violation.*, vehicle.owner = :who AS own FROM violation JOIN vehicle USING (plate)
        WHERE decision_no IS NULL AND CASE :by
            WHEN 'own_vehicles' THEN vehicle.owner = :who
            WHEN 'licence' THEN driver = :who
            ELSE driver = :who OR (driver IS NULL AND (vehicle.owner = :who OR vehicle.bound = :who)) END
        ORDER BY own DESC, plate, time"""
    return records.db.execute(query, {"who": person.id_number, "by": by}).fetchall()


def _sums(chosen: Sequence[sqlite3.Row]) -> tuple[int, int]:
    return sum(one["fine_fen"] for one in chosen), sum(one["points"] for one in chosen)


def _answerable(records: Records, body: CheckPoints) -> tuple[sqlite3.Row, list[sqlite3.Row]]:
    """The licence and the violations, one's own vehicles first. Raises Refusal with the reason why this goes to the counter."""
    licence = licence_of(records, body.person)
    chosen = [one for one in _of_person(records, body.person, None) if one["value"] in body.violation_ids]
    if len(chosen) != len(set(body.violation_ids)):
        raise Refusal("TMS-4043", "有违法记录已处理或不在您名下", 404)
    if body.dispute == "dispute":
        raise Refusal("TMS-4033", "有异议的违法请到窗口处理")
    if any(one["fine_fen"] > MOST_FEN for one in chosen):
        raise Refusal("TMS-4031", "罚款超过二百元，不适用简易程序")
    points = licence["points"]
    for one in chosen:
        # 记分管理办法 art. 14: who has reached twelve points answers for no other vehicle.
        if not one["own"] and points >= FULL:
            raise Refusal("TMS-4032", "累积记分满十二分，不得处理其他机动车的违法")
        points += one["points"]
    return licence, chosen


def _decided(records: Records, body: CreateSimpleDecision, call: Call) -> dict[str, Any]:
    licence, chosen = _answerable(records, body)
    now, (fen, points) = records.now(), _sums(chosen)
    due, rows, numbers = now.date() + DUE, [], []
    signed = hashlib.sha256(body.signature[0].encode()).hexdigest()  # enough for a sandbox: the signature itself is somebody's
    for one in chosen:
        number = f"3502{now:%y%m%d}{records.next('decision'):06d}"
        shown = (one["act"], one["place"], one["time"], dotted(one["plate"]))
        records.db.execute(
            "INSERT INTO fine (decision_no, id_number, act, place, time, plate, base_fen, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, body.person.id_number, *shown, one["fine_fen"], f"{due}"),
        )
        records.db.execute("INSERT INTO signed_decision VALUES (?, ?)", (number, signed))
        records.db.execute("UPDATE violation SET decision_no = ? WHERE value = ?", (number, one["value"]))
        seen = f"{dotted(one['plate'])}，{one['time']}，{one['place']}，{one['act']}"
        rows.append([f"{number}：{seen}", f"{one['fine_fen'] // 100}", f"{one['points']}"])
        numbers.append(number)
    records.db.execute("UPDATE driving_licence SET points = points + ? WHERE id_number = ?", (points, body.person.id_number))
    document = issue(
        records,
        call,
        prefix="XMJJ",
        title="公安交通管理简易程序处罚决定书",
        issuer=ISSUER,
        paragraphs=(
            f"被处罚人{body.person.name}（公民身份号码{body.person.id_number}）有下表所列道路交通安全违法行为，"
            f"本人对违法事实无异议，{SIGNED[body.signed]}。现依法适用简易程序，分别决定罚款，合计{fen // 100}元，共记{points}分。",
            f"请于{due:%Y年%m月%d日}前缴纳罚款；逾期不缴纳的，每日按罚款数额的百分之三加处罚款（《道路交通安全法》第一百零八条、第一百零九条）。",
            "如不服本决定，可以自收到之日起六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼。",
        ),
        holder={"姓名": body.person.name, "公民身份号码": body.person.id_number, "驾驶证档案编号": licence["file_no"]},
        columns=("决定书编号及违法事实", "罚款（元）", "记分"),
        rows=rows,
    )
    return {
        "case_no": case_no(records, "TMS"),
        "decisions": "、".join(numbers[:3]) + ("等" if len(numbers) > 3 else ""),
        "total": _yuan(fen),
        "points": f"{points} 分（本周期累积 {licence['points'] + points} 分）",
        "due": f"{due:%Y年%m月%d日}前",
        "document": document,
    }
