"""config.toml as typed, frozen data: one terminal as it stands in one shop."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from kiosk import i18n, strict
from kiosk.model.around import Around
from kiosk.model.layout import ALL_BELOW, Layout
from kiosk.model.poll import Poll

STATION_ID = re.compile(r"[0-9A-Za-z-]{1,16}")
PHONE = re.compile(r"[+(]?[0-9][0-9 ()-]{1,24}")


@dataclass(frozen=True, kw_only=True)
class Station:
    id: str  # printed on every slip; the first part of every order number
    name: str
    hotline: str  # a telephone number that answers
    place: str = ""
    hours: str = ""  # when people can come to it: "08:00-22:00"; "" = day and night
    demo: bool = False  # the glass then says that identity checks are not production grade
    language: str = "zh_Hans"
    logo: str = ""
    practice: bool = False  # nothing here is real, and every screen and slip says so; never written in a file: see kiosk.practice


@dataclass(frozen=True, kw_only=True)
class Identity:
    verifier: str = "dlib"
    photo_decoder: str = "none"  # what opens the photos of real cards is its vendor's
    pad: str = "challenge"  # presentation attack detection: whether it is a living person
    options: Mapping[str, Any] = field(default_factory=dict)
    photo_options: Mapping[str, Any] = field(default_factory=dict)
    pad_options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Speech:
    synthesizer: str = "none"  # who says what nobody recorded
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Payments:
    gateway: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Service:
    """Who looks after this terminal, as the door of the shop names them when something is out."""

    maintainer: str = ""  # a person's name
    phone: str = ""  # a number that this person answers
    technicians: str = ""  # file of those who may open the service door; "" = keys/technicians.json in the state folder


@dataclass(frozen=True, kw_only=True)
class Volunteer:
    """Who is called when somebody at the terminal wants help (docs/volunteers.md)."""

    webhook: str = ""  # of the counter's pager, hub or chat group; "" = none
    secret_file: str = ""  # what its letters are signed with; "" in both = not signed
    secret_env: str = ""
    sound: bool = True  # the terminal's loudspeaker calls, too
    wait: int = 90  # seconds until nobody at the counter came
    officer: int = 120  # seconds that a remote officer is asked for after that; 0 = nobody is asked


@dataclass(frozen=True, kw_only=True)
class Power:
    """What is done when the battery is about to end, beyond the ordered end of the visit."""

    off: tuple[str, ...] = ()  # the command that shuts the machine down: ["systemctl", "poweroff"]; () leaves that to upsmon


@dataclass(frozen=True, kw_only=True)
class Display:
    """The glass as it is built in. Sizes on it are computed from this: what must be 20 mm is 20 mm."""

    diagonal: float = 27.0  # inch, of the picture
    bottom: float = 800.0  # mm from the floor to the lower edge of the picture
    motion: bool = True  # drawings move; False: they stand still, for places where motion disturbs

    REACH: ClassVar[float] = 1220.0  # mm above the floor: as high as who sits reaches (EN 301 549 §8.3)

    def out_of_reach(self, *, portrait: bool) -> float:
        """The share of the picture, from the top, in which the low layout has nothing to touch: 0.4 or more."""
        across, down = (9, 16) if portrait else (16, 9)
        height = self.diagonal * 25.4 * down / math.hypot(across, down)
        return max(0.4, 1 - (self.REACH - self.bottom) / height)


@dataclass(frozen=True, kw_only=True)
class Paths:
    state: str = "var"  # journal and spool; relative to the folder of config.toml
    poll: str = ""  # the file of the opinion poll on the first screen, such as poll.toml; "", or one that is not there: none is asked
    stations: str = "stations.toml"  # where else citizens can go; a file that is not there declares nothing


@dataclass(frozen=True, kw_only=True)
class Config:
    """`devices`: role → {driver = make, …its arguments}. `departments`: system (HRSS, PSB-TMS …) → {adapter = name, …}."""

    station: Station
    devices: Mapping[str, Mapping[str, Any]]
    departments: Mapping[str, Mapping[str, Any]]
    payments: Payments
    identity: Identity = Identity()
    display: Display = Display()
    layout: Layout = ALL_BELOW  # where the readers and slots are
    speech: Speech = Speech()
    paths: Paths = Paths()
    service: Service = Service()
    power: Power = Power()
    volunteer: Volunteer = Volunteer()
    addresses: Mapping[str, str] = field(default_factory=dict)  # "@name/…" in any table below stands for these
    items: tuple[str, ...] = ("kiosk",)  # items that are trusted: packages, or folders (with a slash)
    source: str = "config.toml"

    @property
    def technicians(self) -> Path:
        own = self.service.technicians
        return Path(self.source).resolve().parent / own if own else self.state / "keys" / "technicians.json"

    @property
    def state(self) -> Path:
        return (Path(self.source).resolve().parent / self.paths.state).resolve()

    def around(self) -> Around:
        """Raises strict.Refused."""
        path = Path(self.source).resolve().parent / self.paths.stations
        return strict.read(Around, strict.table(path), str(path)) if path.exists() else Around()

    def poll(self) -> Poll | None:
        """Raises strict.Refused."""
        path = Path(self.source).resolve().parent / self.paths.poll
        if not path.is_file():
            return None
        poll = strict.read(Poll, strict.table(path), str(path))
        if wrong := list(poll.wrong()):
            raise strict.Refused(str(path), wrong)
        return poll


def load(path: Path, overrides: Mapping[str, Any] | None = None) -> Config:
    """The configuration at `path`; `overrides` are dotted places (`{"addresses.sandbox": "http://…"}`). Raises strict.Refused."""
    data = strict.table(path)
    for place, value in (overrides or {}).items():
        here = data
        *parents, last = place.split(".")
        for part in parents:
            here = here.setdefault(part, {})
        here[last] = value
    for place in ("source", "station.practice"):
        if _named(place, data):
            raise strict.Refused(str(path), [(place, "unexpected")])
    return taken(data, str(path))


def taken(data: Mapping[str, Any], source: str) -> Config:
    """The configuration that stands in `data`, whose relative paths begin in the folder of `source`. Raises strict.Refused."""
    addresses = data.get("addresses", {})
    try:
        data = {key: value if key == "addresses" else _resolved(value, addresses) for key, value in data.items()}
    except KeyError as unknown:
        raise strict.Refused(source, [("addresses", f"no address named {unknown.args[0]}")]) from None
    config = strict.read(Config, {**data, "source": source}, source)
    wrong = []
    if not STATION_ID.fullmatch(config.station.id):
        wrong.append(("station.id", "one to sixteen letters, digits and hyphens: it begins every order number"))
    if config.station.language not in i18n.LANGUAGES:
        wrong.append(("station.language", f"one of {', '.join(i18n.LANGUAGES)}"))
    if config.service.phone and not PHONE.fullmatch(config.service.phone):
        wrong.append(("service.phone", "a telephone number: digits, hyphens, blanks, + and brackets"))
    if not 8 <= config.display.diagonal <= 100:
        wrong.append(("display.diagonal", "8 to 100 inches"))
    if not 0 <= config.display.bottom <= 1000:
        wrong.append(("display.bottom", "0 to 1000 mm: who sits reaches 1220 mm, and needs some of the glass below that"))
    if not 10 <= config.volunteer.wait <= 600:
        wrong.append(("volunteer.wait", "10 to 600 seconds"))
    if not 0 <= config.volunteer.officer <= 600:
        wrong.append(("volunteer.officer", "0 to 600 seconds; 0: no officer is asked"))
    if wrong:
        raise strict.Refused(source, wrong)
    return config


def _named(place: str, data: Mapping[str, Any]) -> bool:
    here: Any = data
    for part in place.split("."):
        if not isinstance(here, Mapping) or part not in here:
            return False
        here = here[part]
    return True


def _resolved(value: Any, addresses: Mapping[str, str]) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        name, _, rest = value[1:].partition("/")
        return addresses[name].rstrip("/") + ("/" + rest if rest else "")
    if isinstance(value, dict):
        return {key: _resolved(one, addresses) for key, one in value.items()}
    if isinstance(value, list):
        return [_resolved(one, addresses) for one in value]
    return value
