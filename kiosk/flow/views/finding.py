"""Finding a service: nobody is known yet."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.stage import View
from kiosk.flow.views.identity import Choice
from kiosk.model.layout import Side
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
    why: Text = ""  # why it is not, and when it is again
    where: Text = ""  # the best place to go instead


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A department or a life event. `icon` is a name of the icon font (MDI), such as "card-account-details"."""

    id: str
    title: Text
    icon: str
    count: int = 0
    where: Side | None = None  # on which side of the glass it lies; None: that is not told


@dataclass(frozen=True, kw_only=True)
class Group:
    """What one department offers here."""

    title: Text
    icon: str
    items: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The opinion poll. `thanked`: somebody has just answered, and nothing is asked for a while."""

    question: Text
    choices: tuple[Choice, ...]
    thanked: bool = False


@dataclass(frozen=True, kw_only=True)
class AttractView(View):
    """Nobody is here: what can be done, one department after the other.

    Answer: {} (touched) | {"poll": id of a choice} | {"service": "door"} (the technician's gesture). `hours`: "" = day and night.
    `keeper`: who answers for this terminal. `closed`: how many services cannot be had just now.
    """

    station: str
    place: str
    hotline: str
    hours: str = ""
    keeper: str = ""
    demo: bool = False
    items: int = 0
    groups: tuple[Group, ...] = ()
    closed: int = 0
    poll: Asking | None = None
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
    mandarin: bool = False  # what is read in 闽南语 is said in Mandarin


@dataclass(frozen=True, kw_only=True)
class DepartmentView(View):
    """A shelf of items: one department, one life event, or one of the doors. Answer: {"item": id}; Back."""

    title: Text
    icon: str
    items: tuple[ItemTile, ...]


@dataclass(frozen=True, kw_only=True)
class AskView(View):
    """问: how this machine works, who helps, and where to say a word oneself. Answer: {"item": id} of `doors`; Back."""

    hotline: str
    station: str
    questions: tuple[tuple[Text, Text], ...]  # question, answer
    doors: tuple[Tile, ...] = ()  # items: a message, the messages of others, a wish


@dataclass(frozen=True, kw_only=True)
class ItemView(View):
    """What it does, what to bring, fee, how long, hours, whose service, on which law.

    Answer: {} (begin) | {"guide": "yes"}; Back.
    """

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
    holders: Text = ""  # whose cards it is for, where not everybody's
    age: Text = ""  # from which age it can be had, where nobody's consent replaces it
    available: bool = True
    why: Text = ""
    where: tuple[Text, ...] = ()  # other places that have it, the best one first


@dataclass(frozen=True, kw_only=True)
class GuideView(View):
    """How an item goes on this terminal and what people ask. Answer: {} (begin) | {"print": "yes"} (as a slip); Back."""

    title: Text
    about: Text
    icon: str
    steps: tuple[Tile, ...]
    facts: tuple[tuple[Text, Text], ...]
    questions: tuple[tuple[Text, Text], ...]  # question, answer
    qr: Text  # the shortest form of it, for a phone's camera
    printable: bool = True
    available: bool = True
    note: Text = ""  # what became of the slip
