"""The items as a citizen meets them: tiles, shelves, the page of one item, and why one cannot be had just now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk import i18n
from kiosk.flow.desk import Desk
from kiosk.flow.elsewhere import elsewhere, is_open
from kiosk.flow.holders import age_said, holders_said
from kiosk.flow.plan import plan
from kiosk.flow.step import Proving
from kiosk.flow.views import AskView, DepartmentView, Group, HomeView, ItemTile, ItemView, Tile
from kiosk.flow.ways import answers, blind, compares_photos, open_ways, why_not
from kiosk.model.around import Around
from kiosk.model.item import Department, Item, Proof
from kiosk.model.poll import Poll
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
WORDS_OF_ONES_OWN = {  # item → its short name and icon where one asks
    "leave-message": ("ask.message", "message-processing-outline"),
    "public-messages": ("ask.messages", "text-box-search-outline"),
    "wish-service": ("ask.wish", "star-outline"),
}
QUESTIONS = ("how", "card", "face", "phone", "paper", "money", "privacy")


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """All items on offer, with what is needed to show them."""

    departments: Sequence[Department]
    around: Around = field(default_factory=Around)  # where else one can go
    poll: Poll | None = None  # what the first screen asks whoever passes by

    def item(self, id: str) -> Item | None:
        return next((item for department in self.departments for item in department.items if item.id == id), None)

    def groups(self) -> tuple[Group, ...]:
        return tuple(
            Group(title=Word(f"department.{one.code}"), icon=one.icon, items=tuple(Word(f"item.{item.id}.title") for item in one.items))
            for one in self.departments
            if one.items
        )

    def closed(self, desk: Desk) -> int:
        """How many items cannot be had just now."""
        return sum(bool(unavailable(item, desk)) for department in self.departments for item in department.items)

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
            mandarin="nan" in desk.voice.borrowed,
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
                doors=tuple(
                    Tile(id=id, title=Word(key), icon=icon)
                    for id, (key, icon) in WORDS_OF_ONES_OWN.items()
                    if any(tile.id == id and tile.available for tile in tiles)
                ),
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
            identity=_identity(item, desk),
            holders=holders_said(item),
            age=age_said(item),
            available=not why,
            why=why,
            where=self._where(item, why, desk),
            can_back=True,
        )

    def _where(self, item: Item, why: Text, desk: Desk) -> tuple[Text, ...]:
        """Nothing where it can be had here, and nothing outside its own hours: they are the same everywhere."""
        return elsewhere(item, desk, self.around) if why and is_open(item.hours, desk.now().time()) else ()

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
                        search=search_words(item),
                        available=not why,
                        why=why,
                        where=next(iter(self._where(item, why, desk)), ""),
                    )
                )
        return tuple(tiles)


def _identity(item: Item, desk: Desk) -> Text:
    """Which check it takes; where this terminal compares no faces with cards, that is said before anybody looks for the camera."""
    if any(blind(way, desk) for way in item.ways[:1]):
        return Word("assurance.no_face_here" if desk.identity.decoder.able else "assurance.no_photos_here")
    if {Proof.ID_CARD, Proof.FACE} <= {proof for way in item.ways[:1] for proof in way} and not compares_photos(desk):
        return Word("assurance.face_national")
    return Word(f"assurance.{item.assurance.value}")


def _fee(item: Item) -> Text:
    if item.fee is not None:
        return str(item.fee)
    if item.fee_by:
        amounts = sorted(set(item.fees.values()))
        return str(amounts[0]) if len(amounts) == 1 else Word("item.fee.between", least=str(amounts[0]), most=str(amounts[-1]))
    return Word("item.fee.asked") if item.fee_from else Word("item.fee.none")


def search_words(item: Item) -> str:
    """Everything a citizen may type to find the item, in whichever language."""
    key = f"item.{item.id}"
    return " ".join(i18n.say(Word(f"{key}.{part}"), language) for language in i18n.LANGUAGES for part in ("title", "search")).lower()


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
    if item.paid and desk.mains.on_battery:
        return Word("item.why.power")
    if item.paid and not desk.may_take_money():
        return Word("item.why.settling")
    if not is_open(item.hours, desk.now().time()):
        return Word("item.why.hours", hours=item.hours)
    return ""

