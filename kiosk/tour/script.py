"""What a scripted citizen answers: the natural thing on every screen, said in gestures of a finger. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.model.zone import CHINA
from kiosk.testing.stage import natural


@dataclass(frozen=True)
class Tap:
    """Touch the control of this objectName."""

    name: str


@dataclass(frozen=True)
class Type:
    """Write `text` on the on-screen keyboard into the field that was tapped before; `keys` are what to press for it, in pinyin."""

    text: str
    keys: str


@dataclass(frozen=True)
class Press:
    """Press these keys of the on-screen keyboard one after the other."""

    keys: str


@dataclass(frozen=True)
class Dial:
    """Press the digits of what a look at the world says: the code on the citizen's phone."""

    lever: str
    value: str = ""


@dataclass(frozen=True)
class Draw:
    """Move a finger over the control of this objectName: a signature."""

    name: str


@dataclass(frozen=True)
class Pull:
    """Do something to the world: a card on the reader, a phone before the QR."""

    lever: str
    value: str = ""


Gesture = Tap | Type | Press | Dial | Draw | Pull

# How the signs of the invented names are typed; 㐱 is on no keyboard, its bearer brings the card.
PINYIN = {
    "林": "lin", "晓": "xiao", "雯": "wen", "陈": "chen", "志": "zhi", "远": "yuan", "黄": "huang", "丽": "li", "华": "hua", "郑": "zheng",
    "国": "guo", "栋": "dong", "吴": "wu", "秀": "xiu", "珍": "zhen", "苏": "su", "雨": "yu", "桐": "tong", "蔡": "cai", "美": "mei",
    "玲": "ling", "洪": "hong", "天": "tian", "赐": "ci",
}  # fmt: skip
CHOSEN = frozenset({"enum", "multi_select", "lookup", "month_range", "date", "slot", "admin_code"})
NAME = Type("王伟", "wangwei")  # the commonest name of the country; nobody's in particular


@dataclass(frozen=True)
class Script:
    """One citizen's way through one item. `answers`: input → the option to choose, where the first one leads nowhere."""

    item: str
    citizen: str = "c01"
    level: str = "5"
    pays: bool = True
    way: str = ""
    care: bool = False  # in care mode, whose home screen offers the doors and no departments
    name: str = ""  # as on the card, for who types it
    id_number: str = ""
    card: str = "e01"  # which invented e通卡 is in the pocket
    answers: dict[str, str] = field(default_factory=dict)
    leaves: str = ""  # the view on which the citizen ends the visit: "ReviewView"
    idles: str = ""  # …or is gone without a word
    remedy: str = "end"  # what is chosen on an apology, where it is offered
    codes: dict[str, str] = field(default_factory=dict)  # input → what is held to the scanner instead of typing
    signs: bool = True  # with a finger; else with the key that stands for it

    @property
    def mobile(self) -> str:
        """The sandbox has registered it for this citizen."""
        return f"138000000{self.citizen.removeprefix('c')}"

    def gestures(self, view: View) -> tuple[Gesture, ...] | None:
        """What to do on `view`; () = wait for the machine; None = nothing is known to do here (the tour ends with a word)."""
        if type(view).__name__ == self.leaves:
            return (Tap("nav:end"), Tap("end:yes"))
        if type(view).__name__ == self.idles:
            return ()
        match view:
            case views.AttractView():
                return (Tap("start"),)
            case views.HomeView():
                return (Tap(f"item:{self.item}"),) if len(view.items) <= 6 else (Tap(f"shelf:{self._shelf(view)}"),)
            case views.DepartmentView():
                return (Tap(f"item:{self.item}"),)
            case views.ItemView():
                return (Tap("begin"),) if view.available else ()  # what is greyed now may come back
            case views.WaysView():
                there = [way.id for way in view.ways]
                return (Tap(f"way:{self.way if self.way in there else there[0]}"),)
            case views.ConsentView():
                return (Tap("consent:yes"),)
            case views.FormView():
                return tuple(self._form(view)) if view.fields else None
            case views.ReviewView():
                return (Tap("go"),)
            case views.DeliverView():
                return (Tap("finish"),) if view.done else ()
            case views.RateView():
                return (Tap(f"level:{self.level}"),)
            case views.ApologyView():
                return (Tap(f"remedy:{self.remedy if self.remedy in view.remedies else 'end'}"),)
            case views.GoodbyeView():
                return (Pull("lift"), Tap("done"))
            case views.FaceView() | views.OfficerView() | views.WorkingView():
                return ()
            case _:
                return self._with_the_world(view)

    def _with_the_world(self, view: View) -> tuple[Gesture, ...] | None:
        """Screens where the citizen holds something: a card, a phone, a page, a pen."""
        match view:
            case views.ReadCardView():
                if self.way.startswith("manual") and view.other:
                    return (Tap("other"),)
                return (Pull("card", self.citizen),) if view.state == "waiting" else ()
            case views.CodeView():
                return (Pull("code", self._held(getattr(view.title, "key", ""))),) if view.state != "checking" else ()
            case views.TouchCardView():
                return (Pull("touch", self.card),) if view.state == "waiting" else ()
            case views.PhotoView():
                return (Tap("keep"),) if view.state == "review" else ()
            case views.ScanView():
                return (Pull("page"), Tap("take")) if view.state == "looking" else (Tap("done"),)
            case views.RecordView():
                return {
                    "ready": (Pull("microphone.say"), Tap("start")),
                    "recording": (),  # until the minute is over
                    "recorded": (Tap("keep"),),
                    "gone": (Tap("type"),),
                }.get(view.state, ())
            case views.SignatureView():
                return (Draw("finger"), Tap("done")) if self.signs else (Tap("by_keys"),)
            case views.DeclareView():
                return (Tap("sure" if view.state == "sure" else "go"),)
            case views.PayView():
                return {
                    "choose": (Tap("method:wechat"),),
                    "qr": (Pull("pay", view.order_no),) if self.pays else (),
                }.get(view.state, ())
            case _:
                return None

    def _held(self, asked: str) -> str:
        """What is held to the scanner on the screen of that title."""
        if asked.startswith("code."):
            return next(iter(self.codes.values()))
        return "VOL-0001" if asked == "witness.title" else f"CTID1:{self.citizen}"

    def _shelf(self, view: views.HomeView) -> str:
        tile = next((tile for tile in view.items if tile.id == self.item), None)
        if tile is None:
            return ""
        return tile.entrance if self.care else f"department:{tile.department}"

    # -- forms ---------------------------------------------------------------------------------------------------------
    def _form(self, view: views.FormView) -> Iterator[Gesture]:
        chosen = dict(view.values)
        scan = Tap("next")  # once there is nothing left to scan
        # What is touched comes before what is typed: the keyboard takes half the glass and stays for the next line.
        for one in sorted(view.fields, key=lambda one: one.type not in CHOSEN):
            if any(chosen.get(name, "") not in values for name, values in one.depends):
                continue
            if not one.required and not view.values.get(one.name):
                continue
            if view.values.get(one.name) and not view.errors.get(one.name):
                continue
            if one.scan and one.name in self.codes:
                scan = Tap(f"scan:{one.name}")
                continue
            chosen[one.name] = self._value(one)
            yield from self._field(one, chosen[one.name])
        yield scan

    def _value(self, one: views.Field) -> str:
        known = {"phone": self.mobile, "id_number": self.id_number, **self.answers}
        return known.get(one.name) or known.get(one.type) or natural(one, "")

    def _field(self, one: views.Field, value: str) -> Iterator[Gesture]:
        match one.type:
            case "enum" if len(one.options) <= 12:
                yield Tap(f"option:{one.name}:{value}")
            case "lookup":
                yield Tap(f"option:{one.name}:{value}")
            case "multi_select":
                yield from (Tap(f"option:{one.name}:{part}") for part in value.split(","))
            case "month_range":
                yield Tap(f"quick:{one.name}:12")
            case "slot":
                day = next(option.group for option in one.options if option.value == value)
                yield Tap(f"day:{one.name}:{day}")
                yield Tap(f"option:{one.name}:{value}")
            case "date":
                if value[:7] != f"{datetime.now(CHINA):%Y-%m}":  # not the month the calendar opens with
                    yield Tap(f"title:{one.name}:year")
                    yield Tap(f"year:{one.name}:{int(value[:4])}")
                    yield Tap(f"month:{one.name}:{int(value[5:7])}")
                yield Tap(f"day:{one.name}:{value}")
            case "admin_code":
                yield Tap(f"option:{one.name}:{value[:2]}")
                yield Tap(f"option:{one.name}:{value}")
            case "address":
                district, street, rest = value.split("/", 2)
                yield Tap(f"option:{one.name}:{district}")
                yield Tap(f"option:{one.name}:{district}/{street}")
                yield from self._words(one.name, rest)
            case "enum" | "station":
                yield Tap(f"option:{one.name}:{value}")
            case "otp":
                yield Tap(f"input:{one.name}")
                yield Dial("otp", self.mobile)
                yield Tap("key:done")
            case "integer":
                yield Tap(f"plus:{one.name}")
            case _:
                yield from self._words(one.name, value)

    def _words(self, name: str, value: str) -> Iterator[Gesture]:
        yield Tap(f"input:{name}")
        if value.isascii():
            yield Press(value)
        elif name == "name" and self.id_number:
            yield from (Type(sign, PINYIN[sign]) for sign in self.name)
        elif name == "plate_no":
            yield Press(value.removeprefix("闽D"))
        else:
            yield NAME
            if value not in ("王伟", NAME.text):
                yield NAME  # an address, a reason: four characters at least
        yield Tap("key:done")
