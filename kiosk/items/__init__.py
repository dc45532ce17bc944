"""SERVICES: the items as declared, one TOML file each, no code; this is their one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kiosk import i18n, plugins, strict
from kiosk.model.item import After, Assurance, Department, Input, InputType, Item, Kind, Output, Proof, Result, Way
from kiosk.model.money import Money
from kiosk.model.person import Holder


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One item file as it is written; `strict` refuses every other key."""

    kind: Kind
    assurance: Assurance
    operation: str
    unit: str
    hours: str = "always"
    takes: int = 60
    bring: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    identity: Literal["card", "typed", "passport"] = "card"
    fallback: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    holders: tuple[Holder, ...] = tuple(Holder)
    from_age: int = 0
    checks: tuple[str, ...] = ()
    hold: str = ""
    release: str = ""
    fee: str = ""
    fee_from: str = ""
    fee_by: str = ""
    fees: Mapping[str, str] = field(default_factory=dict)
    input: tuple[Input, ...] = ()
    after: tuple[After, ...] = ()
    card_write: str = ""
    result: tuple[Result, ...] = ()
    output: tuple[Output, ...] = ()
    then: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # language → {title = "…", "unit.<unit>" = "…"}


WHOLE = ("unit.", "bring.", "department.", "fault.")  # keys of an item's own words that stand as they are


@dataclass(frozen=True, kw_only=True)
class _Shelf:
    icon: str
    order: int = 0


def folder() -> Path:
    """The built-in items, offered through the door every package of items uses."""
    return Path(__file__).resolve().parent


def read(path: Path) -> Item:
    """One item; its id is the file's name, its department the folder's. Raises strict.Refused with file, place and reason."""
    row = strict.read(_Row, strict.table(path), str(path))
    wrong: list[tuple[str, str]] = [*_fee_problems(row), *_input_problems(row), *_output_problems(row)]
    for place, given in (("release", row.release and not row.hold), ("fees", row.fees and not row.fee_by)):
        if given:
            wrong.append((place, "means nothing without its other half"))
    try:
        ways = _ways(row)
    except ValueError as why:
        wrong.append(("fallback", str(why)))
    try:
        fee = Money.parse(row.fee) if row.fee else None
        fees = {option: Money.parse(amount) for option, amount in row.fees.items()}
    except ValueError as why:
        wrong.append(("fee" if row.fee else "fees", str(why)))
    if wrong:
        raise strict.Refused(str(path), wrong)
    return Item(
        id=path.stem,
        department=path.parent.name,
        kind=row.kind,
        assurance=row.assurance,
        operation=row.operation,
        unit=row.unit,
        hours=row.hours,
        takes=row.takes,
        bring=row.bring,
        life_events=row.life_events,
        ways=ways,
        instead=row.instead,
        holders=row.holders,
        from_age=row.from_age,
        checks=row.checks,
        hold=row.hold,
        release=row.release,
        fee=fee,
        fee_from=row.fee_from,
        fee_by=row.fee_by,
        fees=fees,
        inputs=row.input,
        after=row.after,
        card_write=row.card_write,
        results=row.result,
        outputs=row.output,
        then=row.then,
    )


def _ways(row: _Row) -> tuple[Way, ...]:
    """The usual way of the assurance level first, then the catalogue's fallbacks. ValueError for a proof that does not exist."""
    known: Way = {"card": (Proof.ID_CARD,), "typed": (Proof.TYPED,), "passport": (Proof.PASSPORT,)}[row.identity]
    usual: Way = {
        Assurance.NONE: (),
        Assurance.ID_CARD: known,
        Assurance.FACE_ID_CARD: (*known, Proof.FACE),
        Assurance.FACE_OTP: (*known, Proof.FACE, Proof.SMS_OTP),
    }[row.assurance]
    if not usual:
        return ()
    ways = [usual]
    for written in row.fallback:
        way = tuple(Proof(part) for part in written.split("+"))
        # A witness or an officer looks at a person; who it is, the card or the typed number says.
        ways.append((*known, *way) if way[0] in (Proof.WITNESS, Proof.OFFICER, Proof.PAPER, Proof.HOME_VISIT) else way)
    return tuple(dict.fromkeys(ways))


def _fee_problems(row: _Row) -> Iterator[tuple[str, str]]:
    if sum(map(bool, (row.fee, row.fee_from, row.fee_by))) > 1:
        yield "fee", "the fee is written, asked for, or chosen by an answer: one of the three"
    if row.fee_by:
        options = next((one.options for one in row.input if one.name == row.fee_by), None)
        if options is None:
            yield "fee_by", f'no input "{row.fee_by}"'
        elif set(options) != set(row.fees):
            yield "fees", f"one amount for each option of {row.fee_by}, no other"


def _input_problems(row: _Row) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(row.input):
        place = f"input.{number}"
        if one.type is InputType.ENUM and not one.options:
            yield f"{place}.options", "missing"
        if one.type is InputType.MULTI_SELECT and not one.options and not one.options_from:
            yield f"{place}.options", "missing, and so is options_from"
        if one.type.from_department and not one.options_from:
            yield f"{place}.options_from", "missing"
        if one.by_hand and one.type is not InputType.SIGNATURE:
            yield f"{place}.by_hand", "only a signature is written by hand"
        if one.default and one.options and one.default not in one.options:
            yield f"{place}.default", f'"{one.default}" is not one of the options'
        if one.name in [other.name for other in row.input[:number]]:
            yield f"{place}.name", f'"{one.name}" is there twice'
        for name in one.when:
            if name not in [other.name for other in row.input[:number]]:
                yield f"{place}.when", f'nothing called "{name}" is asked before it'


def _output_problems(row: _Row) -> Iterator[tuple[str, str]]:
    asked = {one.name for one in row.input if one.required and not one.when}
    for number, one in enumerate(row.output):
        if one.holder and one.holder not in asked:
            yield f"output.{number}.holder", f'no input "{one.holder}" that is always answered'


def departments(folders: Iterable[Path]) -> tuple[Department, ...]:
    """All departments with their items, in the order of the home screen. Raises strict.Refused."""
    shelves: dict[str, _Shelf] = {}
    items: dict[str, Item] = {}
    for root in folders:
        place = root / "departments.toml"
        rows: Mapping[str, object] = strict.table(place) if place.exists() else {}
        shelves |= {code: strict.read(_Shelf, row, f"{place} [{code}]") for code, row in rows.items()}
        for path in sorted(root.glob("*/*.toml")):
            item = read(path)
            if item.id in items:
                raise strict.Refused(str(path), [("", f'an item "{item.id}" is there already')])
            if item.department not in shelves:
                raise strict.Refused(str(path), [("", f'no department "{item.department}" in any departments.toml')])
            items[item.id] = item
    for item in items.values():
        if item.then and item.then not in items:
            raise strict.Refused(item.id, [("then", f'no item "{item.then}"')])
    found = [
        Department(code=code, icon=shelf.icon, order=shelf.order, items=tuple(i for i in items.values() if i.department == code))
        for code, shelf in shelves.items()
    ]
    return tuple(sorted((d for d in found if d.items), key=lambda d: (d.order, d.code)))


def words(path: Path) -> Mapping[str, Mapping[str, str]]:
    """language → {key: text} that the item at `path` brings along: so a new item is one file. Raises strict.Refused."""
    row = strict.read(_Row, strict.table(path), str(path))
    return {
        language: {key if key.startswith(WHOLE) else f"item.{path.stem}.{key}": text for key, text in said.items()}
        for language, said in row.words.items()
    }


def trusted(names: Iterable[str], base: Path) -> tuple[Department, ...]:
    """The items that config.toml names: of installed packages, or of a folder (a name with a slash, seen from `base`)."""
    folders = [(base / name).resolve() if "/" in name else plugins.load(plugins.ITEMS, name)() for name in names]
    found = departments(folders)
    for path in (path for folder in folders for path in sorted(folder.glob("*/*.toml"))):
        for language, said in words(path).items():
            try:
                i18n.add(language, said)
            except ValueError as why:
                raise strict.Refused(str(path), [(f"words.{language}", str(why))]) from None
    return found
