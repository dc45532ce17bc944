"""The items as a citizen meets them: tiles, shelves, the page of one item, and why one cannot be had just now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from kiosk import i18n
from kiosk.flow.desk import Desk
from kiosk.flow.plan import plan
from kiosk.flow.step import Proving
from kiosk.flow.views import AskView, DepartmentView, HomeView, ItemTile, ItemView, Tile
from kiosk.flow.ways import answers, open_ways, why_not
from kiosk.model.item import Department, Item
from kiosk.model.words import Text, Word

LIFE_ICONS = {
    "car": "car",
    "house": "home-city",
    "school": "school",
    "work": "briefcase",
    "child": "baby-carriage",
    "old_age": "human-cane",
    "travel": "passport",
}
DOORS = {"look_up": "magnify", "get_done": "file-document-edit", "ask": "chat-question"}
QUESTIONS = ("how", "card", "face", "phone", "paper", "money", "privacy")


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """All items on offer, with what is needed to show them."""

    departments: Sequence[Department]

    def item(self, id: str) -> Item | None:
        return next((item for department in self.departments for item in department.items if item.id == id), None)

    def home(self, desk: Desk) -> HomeView:
        tiles = self._tiles(desk)
        events = sorted({event for tile in tiles for event in tile.life_events}, key=list(LIFE_ICONS).index)
        return HomeView(
            items=tiles,
            departments=tuple(
                Tile(id=d.code, title=Word(f"department.{d.code}"), icon=d.icon, count=len(d.items)) for d in self.departments
            ),
            life_events=tuple(
                Tile(id=e, title=Word(f"life.{e}"), icon=LIFE_ICONS[e], count=sum(e in t.life_events for t in tiles)) for e in events
            ),
            demo=desk.terminal.demo,
            can_back=True,
        )

    def shelf(self, name: str, desk: Desk) -> DepartmentView | AskView | None:
        """`look_up`, `get_done`, `ask`, `department:<code>` or `life:<event>`; None for any other name."""
        tiles = self._tiles(desk)
        sort, _, which = name.partition(":")
        if sort == "ask":
            return AskView(
                hotline=desk.terminal.hotline,
                station=f"{desk.terminal.name} {desk.terminal.id}",
                questions=tuple((Word(f"ask.{one}.question"), Word(f"ask.{one}.answer")) for one in QUESTIONS),
                can_back=True,
            )
        if sort == "department":
            department = next((d for d in self.departments if d.code == which), None)
            if department is None:
                return None
            title, icon, chosen = Word(f"department.{which}"), department.icon, [t for t in tiles if t.department == which]
        elif sort == "life" and which in LIFE_ICONS:
            title, icon, chosen = Word(f"life.{which}"), LIFE_ICONS[which], [t for t in tiles if which in t.life_events]
        elif sort in DOORS:
            title, icon, chosen = Word(f"door.{sort}"), DOORS[sort], [t for t in tiles if t.entrance == sort]
        else:
            return None
        return DepartmentView(title=title, icon=icon, items=tuple(chosen), can_back=True)

    def page(self, item: Item, desk: Desk) -> ItemView:
        key = f"item.{item.id}"
        why = unavailable(item, desk)
        return ItemView(
            title=Word(f"{key}.title"),
            about=Word(f"{key}.about"),
            icon=next(d.icon for d in self.departments if d.code == item.department),
            bring=tuple(Word(f"bring.{thing}") for thing in item.bring) or (Word("bring.nothing"),),
            fee=_fee(item),
            takes=Word("item.takes.minutes", count=round(item.takes / 60)) if item.takes >= 60 else Word("item.takes.under_a_minute"),
            hours=Word("item.hours.always") if item.hours == "always" else item.hours,
            unit=Word(f"unit.{item.unit}"),
            law=Word(f"{key}.law"),
            identity=Word(f"assurance.{item.assurance.value}"),
            available=not why,
            why=why,
            can_back=True,
        )

    def _tiles(self, desk: Desk) -> tuple[ItemTile, ...]:
        tiles = []
        for department in self.departments:
            for item in department.items:
                why = unavailable(item, desk)
                tiles.append(
                    ItemTile(
                        id=item.id,
                        title=Word(f"item.{item.id}.title"),
                        department=department.code,
                        department_title=Word(f"department.{department.code}"),
                        entrance=item.kind.entrance,
                        icon=department.icon,
                        life_events=item.life_events,
                        search=_search(item),
                        available=not why,
                        why=why,
                    )
                )
        return tuple(tiles)


def _fee(item: Item) -> Text:
    if item.fee is not None:
        return str(item.fee)
    if item.fee_by:
        amounts = sorted(set(item.fees.values()))
        return str(amounts[0]) if len(amounts) == 1 else Word("item.fee.between", least=str(amounts[0]), most=str(amounts[-1]))
    return Word("item.fee.asked") if item.fee_from else Word("item.fee.none")


def _search(item: Item) -> str:
    """Everything a citizen may type to find the item, in whichever language."""
    words = [i18n.say(Word(f"item.{item.id}.title"), language) for language in i18n.LANGUAGES]
    return " ".join([*words, i18n.say(Word(f"item.{item.id}.search"), i18n.REFERENCE)]).lower()


def unavailable(item: Item, desk: Desk) -> Text:
    """Why `item` cannot be had here and now, or ""."""
    for operation in sorted(item.operations()):
        if not answers(operation, desk):
            return Word("item.why.department")
    steps = plan(item)
    for step in steps:
        # One lawful way to be known is enough; which ones are open, the citizen sees when choosing.
        if not isinstance(step, Proving) and (why := why_not(step, desk)):
            return why
    if item.ways and not open_ways(item, steps, desk):
        return next((why for step in steps if isinstance(step, Proving) and (why := why_not(step, desk))), Word("item.why.department"))
    if item.paid and not desk.may_take_money():
        return Word("item.why.settling")
    if item.hours != "always" and not _open(item.hours, desk.now().time()):
        return Word("item.why.hours", hours=item.hours)
    return ""


def _open(hours: str, now: time) -> bool:
    first, _, last = hours.partition("-")
    return time.fromisoformat(first) <= now < time.fromisoformat(last)

