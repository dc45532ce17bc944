"""RAIL: trains between any two stations, seats that are held while somebody pays, and tickets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.timetable import SEATS, Station, Train, chance, price, stations, timetable

SCHEMA = """
CREATE TABLE IF NOT EXISTS rail_lock (
    lock_no TEXT PRIMARY KEY, hold_key TEXT NOT NULL UNIQUE, id_number TEXT NOT NULL, state TEXT NOT NULL, until REAL NOT NULL,
    fen INTEGER NOT NULL, ticket_no TEXT UNIQUE, order_no TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS rail_leg (
    lock_no TEXT NOT NULL, train TEXT NOT NULL, seat TEXT NOT NULL, day TEXT NOT NULL, told TEXT NOT NULL, fen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rail_released (hold_key TEXT PRIMARY KEY);
"""
HELD, RELEASED, SOLD, REFUNDED = "held", "released", "sold", "refunded"
KEPT_FOR = 600  # seconds
DAYS_AHEAD = 14
StationCode = Annotated[str, Field(pattern=r"^[A-Z]{1,8}\d{0,2}$")]
Choice = Annotated[str, Field(pattern=r"^[GDCZTK]\d{1,4}_[a-z]{4,12}$", description="train and seat class")]


class QueryTrains(Body):
    origin: StationCode
    destination: StationCode
    day: date
    outward: Choice | None = Field(default=None, description="of a return: what was chosen for the way there")
    outward_day: date | None = None


class Trip(Body):
    person: Person
    origin: StationCode
    destination: StationCode
    day: date
    train: Choice
    trip: Literal["single", "return"]
    return_day: date | None = None
    return_train: Choice | None = None


class ReleaseSeat(Body):
    hold_key: str = Field(min_length=1, max_length=64)


class Quote(Body):
    person: Person
    lock_no: str = Field(min_length=1, max_length=40)


class Confirm(Quote):
    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class Refund(Body):
    person: Person
    ticket_no: str = Field(min_length=1, max_length=40)


class Record(BaseModel):
    value: str
    fields: dict[str, str]
    search: str | None = None
    amount_fen: int | None = None


class Found(BaseModel):
    records: list[Record]


class Fact(BaseModel):
    label: str
    value: str


class Facts(BaseModel):
    facts: list[Fact]


class Locked(BaseModel):
    lock_no: str
    until: str


class Released(BaseModel):
    released: bool


class Amount(BaseModel):
    amount_fen: int


class Ticket(BaseModel):
    case_no: str
    outward: str
    back: str | None = None
    qr: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/rail", tags=["RAIL 铁路客票"], responses=REFUSALS)

    @router.post("/listStations", operation_id="RAIL.listStations", response_model=Reply[Found], response_model_exclude_none=True)
    async def list_stations(call: Annotated[Call, Depends()]) -> Any:
        """Every station that tickets are sold from and to, those of this city first."""
        every = stations().values()
        found = [{"value": one.code, "fields": {"name": one.name, "region": one.region}, "search": one.initials} for one in every]
        return call.reply({"records": found}, message="查询成功")

    @router.post("/queryTrains", operation_id="RAIL.queryTrains", response_model=Reply[Found], response_model_exclude_none=True)
    async def query_trains(body: QueryTrains, call: Annotated[Call, Depends()]) -> Any:
        """What still leaves on a day, a record for each class that has seats; of a return, only what leaves after the arrival."""
        return call.reply({"records": list(_offers(records, body))}, message="查询成功")

    @router.post("/checkTrip", operation_id="RAIL.checkTrip", response_model=Reply[Facts])
    async def check_trip(body: Trip, call: Annotated[Call, Depends()]) -> Any:
        """The trip in words, or why this person cannot make it."""
        call.about(body.person)
        legs = _legs(records, body)
        facts = [{"label": label, "value": leg["told"]} for label, leg in zip(("去程", "返程"), legs, strict=False)]
        kept = {"label": "席位保留", "value": f"{KEPT_FOR // 60} 分钟，请在这段时间内付款"}
        return call.reply({"facts": [*facts, kept]}, message="可以购票")

    @router.post("/lockSeat", operation_id="RAIL.lockSeat", response_model=Reply[Locked])
    async def lock_seat(body: Trip, call: Annotated[Call, Depends()]) -> Any:
        """Keep the seats of the whole trip for ten minutes. The key of this request lets them go again."""
        call.about(body.person)
        asked = body.model_dump(mode="json")
        return call.reply(records.once("RAIL", call.key, call.operation, asked, lambda: _locked(records, body, call.key)))

    @router.post("/releaseSeat", operation_id="RAIL.releaseSeat", response_model=Reply[Released])
    async def release_seat(body: ReleaseSeat, call: Annotated[Call, Depends()]) -> Any:
        """Let the seats go that were locked under a key, also if that request is still on its way. What is sold stays sold."""
        return call.reply(records.once("RAIL", call.key, call.operation, body.model_dump(), lambda: _released(records, body)))

    @router.post("/quote", operation_id="RAIL.quote", response_model=Reply[Amount])
    async def quote(body: Quote, call: Annotated[Call, Depends()]) -> Any:
        """What the locked seats cost."""
        call.about(body.person)
        return call.reply({"amount_fen": _held(records, body)["fen"]}, message="查询成功")

    @router.post("/confirm", operation_id="RAIL.confirm", response_model=Reply[Ticket], response_model_exclude_none=True)
    async def confirm(body: Confirm, call: Annotated[Call, Depends()]) -> Any:
        """Sell the locked seats that were paid under this order. The same key twice is one sale."""
        call.about(body.person)
        return call.reply(records.once("RAIL", call.key, call.operation, body.model_dump(), lambda: _sold(records, body)))

    @router.post("/refund", operation_id="RAIL.refund", response_model=Reply[Amount])
    async def refund(body: Refund, call: Annotated[Call, Depends()]) -> Any:
        """Take a ticket back; the money is for the gateway to return."""
        call.about(body.person)
        return call.reply(records.once("RAIL", call.key, call.operation, body.model_dump(), lambda: _refunded(records, body)))

    return router


# ── What can be had ────────────────────────────────────────────────────────────────────────────────────────────────────


def _left(records: Records, train: str, seat: str, day: date) -> int:
    """Some seats are taken, by people who are not in these records; a place on a hard seat is always to be had."""
    free = chance(train, seat, day) % 60 + (seat == "hard")
    query = (
        "SELECT COUNT(*) AS n FROM rail_leg JOIN rail_lock USING (lock_no) WHERE train = ? AND seat = ? AND day = ? "
        "AND (state = ? OR (state = ? AND until > ?))"
    )
    taken = records.rows(query, train, seat, f"{day}", SOLD, HELD, records.now().timestamp())[0]["n"]
    return max(0, free - int(taken))


def _route(records: Records, origin: str, destination: str, day: date) -> tuple[Station, Station]:
    """Raises Refusal."""
    today = records.now().date()
    if origin not in stations() or destination not in stations() or not today <= day <= today + timedelta(DAYS_AHEAD):
        raise Refusal("RAIL-4001", "车站或日期不正确", 400)
    if origin == destination:
        raise Refusal("RAIL-4091", "出发站和到达站相同")
    return stations()[origin], stations()[destination]


def _chosen(table: dict[str, Train], choice: str) -> tuple[Train, str]:
    number, _, seat = choice.partition("_")
    if number not in table or seat not in SEATS[number[0]]:
        raise Refusal("RAIL-4040", "没有这趟车或席别", 404)
    return table[number], seat


def _offers(records: Records, body: QueryTrains) -> Iterator[dict[str, Any]]:
    origin, destination = _route(records, body.origin, body.destination, body.day)
    earliest = records.now()
    if body.outward is not None and body.outward_day is not None:
        if body.day < body.outward_day:
            raise Refusal("RAIL-4092", "返程日期早于去程日期")
        earliest = max(earliest, _chosen(timetable(destination, origin), body.outward)[0].arrives(body.outward_day))
    for train in sorted(timetable(origin, destination).values(), key=lambda one: one.leaves):
        for seat, (said, _) in SEATS[train.number[0]].items():
            left = _left(records, train.number, seat, body.day)
            if left and train.departs(body.day) > earliest:
                fields = {
                    "train": f"{train.number} {said}",
                    "departs": f"{train.departs(body.day):%H:%M} {origin.name}",
                    "arrives": f"{_when(train, body.day)} {destination.name}",
                    "left": f"{left} 张" if left < 20 else "有",
                }
                yield {"value": f"{train.number}_{seat}", "fields": fields, "amount_fen": price(train, seat)}


def _when(train: Train, day: date) -> str:
    nights = (train.arrives(day).date() - day).days
    return f"{('', '次日 ', '第三日 ')[min(nights, 2)]}{train.arrives(day):%H:%M}"


# ── Seats and tickets ────────────────────────────────────────────────────────────────────────────────────────────────


def _legs(records: Records, body: Trip) -> list[dict[str, Any]]:
    """The way there, and back if wanted. Raises Refusal for what cannot be had."""
    known = records.row("SELECT name FROM person WHERE id_number = ?", body.person.id_number)
    if known is None or known["name"] != body.person.name:
        raise Refusal("RAIL-4041", "姓名与公民身份号码不一致", 404)
    found = [_leg(records, body.person, body.origin, body.destination, body.day, body.train, records.now())]
    if body.trip == "return":
        if body.return_day is None or body.return_train is None:
            raise Refusal("RAIL-4001", "没有返程车次", 400)
        back = (body.destination, body.origin, body.return_day, body.return_train)
        found.append(_leg(records, body.person, *back, found[0]["arrives"]))
    return found


def _leg(
    records: Records, person: Person, origin: str, destination: str, day: date, choice: str, earliest: datetime
) -> dict[str, Any]:
    there, here = _route(records, origin, destination, day)
    train, seat = _chosen(timetable(there, here), choice)
    if train.departs(day) <= earliest:
        raise Refusal("RAIL-4093", "该车次已发车或早于去程到达时间")
    query = "SELECT 1 FROM rail_leg JOIN rail_lock USING (lock_no) WHERE id_number = ? AND train = ? AND day = ? AND state = ?"
    if records.row(query, person.id_number, train.number, f"{day}", SOLD):
        raise Refusal("RAIL-4094", "已购买同日同车次车票")
    if not _left(records, train.number, seat, day):
        raise Refusal("RAIL-4095", "该席别已售完")
    said = SEATS[train.number[0]][seat][0]
    told = f"{train.number} {day:%m月%d日} {train.departs(day):%H:%M} {there.name} → {_when(train, day)} {here.name} {said}"
    return {"train": train.number, "seat": seat, "day": f"{day}", "told": told, "fen": price(train, seat), "arrives": train.arrives(day)}


def _locked(records: Records, body: Trip, key: str) -> dict[str, Any]:
    if records.row("SELECT 1 FROM rail_released WHERE hold_key = ?", key):
        raise Refusal("RAIL-4096", "席位已释放")
    legs = _legs(records, body)
    number = f"L{records.next('rail_lock'):08d}"
    until = records.now() + timedelta(seconds=KEPT_FOR)
    lock = (number, key, body.person.id_number, HELD, until.timestamp(), sum(leg["fen"] for leg in legs))
    records.db.execute("INSERT INTO rail_lock VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)", lock)
    for leg in legs:
        place = f"{1 + chance(number, leg['train']) % 16:02d}车{1 + chance(number, leg['day']) % 17:02d}{'ABCDF'[chance(number) % 5]}"
        row = (number, leg["train"], leg["seat"], leg["day"], f"{leg['told']} {place}", leg["fen"])
        records.db.execute("INSERT INTO rail_leg VALUES (?, ?, ?, ?, ?, ?)", row)
    return {"lock_no": number, "until": f"{until:%H:%M}"}


def _released(records: Records, body: ReleaseSeat) -> dict[str, Any]:
    records.db.execute("INSERT OR IGNORE INTO rail_released VALUES (?)", (body.hold_key,))
    query = "UPDATE rail_lock SET state = ? WHERE hold_key = ? AND state = ?"
    return {"released": records.db.execute(query, (RELEASED, body.hold_key, HELD)).rowcount > 0}


def _held(records: Records, body: Quote) -> Any:
    lock = records.row("SELECT * FROM rail_lock WHERE lock_no = ? AND id_number = ?", body.lock_no, body.person.id_number)
    if lock is None or lock["state"] != HELD or lock["until"] <= records.now().timestamp():
        raise Refusal("RAIL-4097", "席位保留时间已过")
    return lock


def _sold(records: Records, body: Confirm) -> dict[str, Any]:
    lock = _held(records, body)
    if lock["fen"] != body.amount_fen:
        raise Refusal("RAIL-4098", "支付金额与票价不一致")
    if records.row("SELECT 1 FROM rail_lock WHERE order_no = ?", body.order_no):
        raise Refusal("RAIL-4099", "该订单已用于购票")
    ticket_no = f"E{chance(body.lock_no) % 900 + 100}{records.next('rail_ticket'):06d}"
    update = "UPDATE rail_lock SET state = ?, ticket_no = ?, order_no = ? WHERE lock_no = ?"
    records.db.execute(update, (SOLD, ticket_no, body.order_no, body.lock_no))
    told = [row["told"] for row in records.rows("SELECT told FROM rail_leg WHERE lock_no = ? ORDER BY rowid", body.lock_no)]
    code = hashlib.sha256(f"RAIL {ticket_no}".encode()).hexdigest()[:8]
    return {"case_no": ticket_no, **dict(zip(("outward", "back"), told, strict=False)), "qr": f"12306:{ticket_no}:{code}"}


def _refunded(records: Records, body: Refund) -> dict[str, Any]:
    query = "UPDATE rail_lock SET state = ? WHERE ticket_no = ? AND id_number = ? AND state = ? RETURNING fen"
    row = records.row(query, REFUNDED, body.ticket_no, body.person.id_number, SOLD)
    if row is None:
        raise Refusal("RAIL-4042", "没有可退的车票", 404)
    return {"amount_fen": row["fen"]}
