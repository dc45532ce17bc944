"""SERVICES: the items as declared, one TOML file each, no code; this is their one reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk import plugins, strict
from kiosk.model.item import Assurance, Department, Input, Item, Kind, Output, Result
from kiosk.model.money import Money


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
    fee: str = ""
    fee_from: str = ""
    input: tuple[Input, ...] = ()
    result: tuple[Result, ...] = ()
    output: tuple[Output, ...] = ()


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
    wrong: list[tuple[str, str]] = []
    fee = None
    if row.fee:
        try:
            fee = Money.parse(row.fee)
        except ValueError as why:
            wrong.append(("fee", str(why)))
    if row.fee and row.fee_from:
        wrong.append(("fee_from", "the fee is written or asked for, not both"))
    for number, one in enumerate(row.input):
        if one.type.value == "enum" and not one.options:
            wrong.append((f"input.{number}.options", "missing"))
        if one.type.value == "lookup" and not one.options_from:
            wrong.append((f"input.{number}.options_from", "missing"))
        if one.default and one.options and one.default not in one.options:
            wrong.append((f"input.{number}.default", f'"{one.default}" is not one of the options'))
        if one.name in [other.name for other in row.input[:number]]:
            wrong.append((f"input.{number}.name", f'"{one.name}" is there twice'))
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
        fee=fee,
        fee_from=row.fee_from,
        inputs=row.input,
        results=row.result,
        outputs=row.output,
    )


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
    found = [
        Department(code=code, icon=shelf.icon, order=shelf.order, items=tuple(i for i in items.values() if i.department == code))
        for code, shelf in shelves.items()
    ]
    return tuple(sorted((d for d in found if d.items), key=lambda d: (d.order, d.code)))


def trusted(packages: Iterable[str]) -> tuple[Department, ...]:
    """The items of the packages that config.toml names."""
    return departments([plugins.load(plugins.ITEMS, name)() for name in packages])
