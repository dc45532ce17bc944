"""What a scripted citizen answers: the natural thing on every screen, said in gestures of a finger. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.flow import views
from kiosk.flow.stage import View


@dataclass(frozen=True)
class Tap:
    """Touch the control of this objectName."""

    name: str


@dataclass(frozen=True)
class Type:
    """Write `text` on the on-screen keyboard into the field that was tapped before; `keys` are what to press for it."""

    text: str
    keys: str


@dataclass(frozen=True)
class Pull:
    """Do something to the world: a card on the reader, a phone before the QR."""

    lever: str
    value: str = ""


Gesture = Tap | Type | Pull

NAME = Type("王伟", "wangwei")  # the commonest name of the country; nobody's in particular


@dataclass(frozen=True)
class Script:
    """One citizen's way through one item."""

    item: str
    citizen: str = "c01"
    level: str = "5"
    pays: bool = True

    def gestures(self, view: View) -> tuple[Gesture, ...] | None:
        """What to do on `view`; () = wait for the machine; None = nothing is known to do here (the tour ends with a word)."""
        match view:
            case views.AttractView():
                return (Tap("start"),)
            case views.HomeView():
                return (Tap(f"item:{self.item}"),) if len(view.items) <= 6 else (Tap(f"shelf:department:{self._department(view)}"),)
            case views.DepartmentView():
                return (Tap(f"item:{self.item}"),)
            case views.ItemView():
                return (Tap("begin"),) if view.available else None
            case views.ConsentView():
                return (Tap("consent:yes"),)
            case views.ReadCardView():
                return (Pull("card", self.citizen),) if view.state == "waiting" else ()
            case views.FormView():
                return (*self._form(view), Tap("next")) if view.fields else None
            case views.ReviewView():
                return (Tap("go"),)
            case views.PayView():
                return {
                    "choose": (Tap("method:wechat"),),
                    "qr": (Pull("pay", view.order_no),) if self.pays else (),
                }.get(view.state, ())
            case views.DeliverView():
                return (Tap("finish"),) if view.done else ()
            case views.RateView():
                return (Tap(f"level:{self.level}"),)
            case views.ApologyView():
                return (Tap("remedy:end"),)
            case views.GoodbyeView():
                return (Pull("lift"), Tap("done"))
            case views.FaceView() | views.WorkingView():
                return ()
            case _:
                return None

    def _department(self, view: views.HomeView) -> str:
        return next((tile.department for tile in view.items if tile.id == self.item), "")

    def _form(self, view: views.FormView) -> Iterator[Gesture]:
        for field in view.fields:
            match field.type:
                case "enum" | "lookup":
                    if not view.values.get(field.name):
                        yield Tap(f"option:{field.name}:{field.options[0].value}")
                case "month_range":
                    yield Tap(f"quick:{field.name}:12")
                case "text":
                    yield Tap(f"input:{field.name}")
                    yield NAME
                    yield Tap("key:done")
                case _:
                    pass
