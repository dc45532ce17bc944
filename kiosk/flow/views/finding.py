"""Finding a service: nobody is known yet."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.stage import View
from kiosk.model.words import Text


@dataclass(frozen=True, kw_only=True)
class ItemTile:
    """One service in a list. `search` is lower-case text to match: titles in all languages, key words, pinyin."""

    id: str
    title: Text
    department: str
    department_title: Text
    entrance: str  # look_up | get_done
    icon: str
    life_events: tuple[str, ...] = ()
    search: str = ""
    available: bool = True
    why: Text = ""  # when and where it works again, if it is not


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A department or a life event. `icon` is a name of the icon font (MDI), such as "card-account-details"."""

    id: str
    title: Text
    icon: str
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class AttractView(View):
    """Nobody is here. Answer: {} (touched)."""

    station: str
    place: str
    hotline: str
    demo: bool = False
    items: int = 0
    watched: bool = False
    can_leave: bool = False


@dataclass(frozen=True, kw_only=True)
class HomeView(View):
    """Search, the three doors 查 / 办 / 问, life events, departments.

    Answer: {"item": id} | {"shelf": "look_up" | "get_done" | "department:<code>" | "life:<event>"} | {"shelf": "ask"}.
    """

    items: tuple[ItemTile, ...]
    departments: tuple[Tile, ...]
    life_events: tuple[Tile, ...]
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class DepartmentView(View):
    """A shelf of items: one department, one life event, or one of the doors. Answer: {"item": id}; Back."""

    title: Text
    icon: str
    items: tuple[ItemTile, ...]


@dataclass(frozen=True, kw_only=True)
class AskView(View):
    """问: how this machine works and who helps. Answer: none; Back."""

    hotline: str
    station: str
    questions: tuple[tuple[Text, Text], ...]  # question, answer


@dataclass(frozen=True, kw_only=True)
class ItemView(View):
    """What it does, what to bring, fee, how long, hours, whose service, on which law. Answer: {} (begin); Back."""

    title: Text
    about: Text
    icon: str
    bring: tuple[Text, ...]
    fee: Text
    takes: Text
    hours: Text
    unit: Text
    law: Text
    identity: Text  # which check of identity it needs
    available: bool = True
    why: Text = ""
