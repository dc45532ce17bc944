"""ScriptedStage: the screen's twin without Qt. It remembers every view and answers as it is told, or in the natural way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from kiosk.devices.camera import FrameBuffer
from kiosk.flow import views
from kiosk.flow.stage import HelpCall, Listener, View

Answer = Mapping[str, Any] | type[Exception] | Exception | None
"""A mapping answers, an exception (Back, Leave) is raised, None waits for ever as a citizen who watches the machine does."""
Script = Answer | list[Answer] | Callable[[Any], Answer | Awaitable[Answer]]


class ScriptedStage:
    """`ScriptedStage("traffic-fine-pay", PayView=lambda view: Back)`: per view name an answer, a list of them, or a function of the view;
    an async one takes its time.

    What is not scripted is answered as a willing citizen would. `seen` holds every view in order, shown or asked.
    """

    pace = 1.0
    calm = False

    def __init__(self, item: str, *, language: str = "zh_Hans", **script: Script) -> None:
        self.item = item
        self._language = language
        self._script = script
        self.seen: list[View] = []
        self.preview: FrameBuffer | None = None
        self.listener: Listener | None = None
        self.voice = False
        self.calls: list[HelpCall] = []  # how the call for help stood, in order
        self.on_call: Callable[[HelpCall], None] = lambda call: None
        self.attending: View | None = None  # what a volunteer sees
        self.attended: Callable[[View | None], None] = lambda view: None  # what a volunteer does then
        self.pointed = 0
        self.plugs: list[bool] = []  # headphones, in and out
        self._waiting: asyncio.Future[None] | None = None  # a question that nobody answers
        self.mobile = "13800000001"  # of this citizen
        self.otp: Callable[[], str] = lambda: "000000"  # looks at the citizen's phone
        self.on_view: Callable[[View], None] = lambda view: None  # what the world does when this view appears

    @property
    def language(self) -> str:
        return self._language

    def attach_preview(self, buffer: FrameBuffer | None) -> None:
        self.preview = buffer

    def attach_listener(self, listener: Listener | None) -> None:
        self.listener = listener

    def show_call(self, call: HelpCall) -> None:
        self.calls.append(call)
        self.on_call(call)

    def attend(self, view: View | None) -> None:
        self.attending = view
        self.attended(view)

    def interrupt(self, wish: Exception) -> bool:
        if self._waiting is None or self._waiting.done():
            return False
        self._waiting.set_exception(wish)
        return True

    def point(self) -> None:
        self.pointed += 1

    def plugged(self, now: bool) -> None:
        self.plugs.append(now)

    def show(self, view: View) -> None:
        self.seen.append(view)
        self.on_view(view)

    async def ask(self, view: View) -> Mapping[str, Any]:
        self.show(view)
        await asyncio.sleep(0)
        scripted = self._answer(view)
        answer = await scripted if isinstance(scripted, Awaitable) else scripted
        if answer is None:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        if isinstance(answer, Exception) or (isinstance(answer, type) and issubclass(answer, Exception)):
            raise answer
        assert isinstance(answer, Mapping)
        return answer

    def names(self) -> list[str]:
        """The screens in order, repeats folded: `["AttractView", "HomeView", …]`."""
        found: list[str] = []
        for view in self.seen:
            name = type(view).__name__
            if not found or found[-1] != name:
                found.append(name)
        return found

    def last(self, kind: type[Any]) -> Any:
        return next(view for view in reversed(self.seen) if isinstance(view, kind))

    def typed(self, field: views.Field, draft: str) -> str:
        match field.type:
            case "otp":
                return self.otp()
            case "phone":
                return draft or self.mobile
            case _:
                return natural(field, draft)

    @staticmethod
    def captured(view: views.PhotoView | views.ScanView) -> Answer:
        if isinstance(view, views.PhotoView):
            return {"photo": "keep"} if view.state == "review" else None
        return {"scan": "take"} if view.state == "looking" else {"scan": "done"}

    def _answer(self, view: View) -> Answer | Awaitable[Answer]:
        name = type(view).__name__
        if name in self._script:
            scripted = self._script[name]
            if isinstance(scripted, list):
                if scripted:
                    return scripted.pop(0)
            elif callable(scripted) and not isinstance(scripted, type):
                return scripted(view)
            else:
                return scripted
        return self._natural(view)

    def _natural(self, view: View) -> Answer:
        match view:
            case views.HomeView() | views.DepartmentView():
                return {"item": self.item}
            case views.WaysView():
                return {"way": view.ways[0].id}
            case views.ConsentView():
                return {"consent": "yes"}
            case views.FormView():
                return {field.name: self.typed(field, view.values.get(field.name, "")) for field in view.fields}
            case views.PhotoView() | views.ScanView():
                return self.captured(view)
            case views.RecordView():
                return {"ready": {"record": "start"}, "recorded": {"record": "keep"}, "gone": {"record": "type"}}.get(view.state)
            case views.SignatureView():
                return {"strokes": "100,500 300,200 500,700 800,400"}
            case views.DeclareView():
                return {}
            case views.PayView():
                return {"method": "wechat"} if view.state == "choose" else None
            case views.RateView():
                return {"level": "5"}
            case views.ApologyView():
                return {"remedy": "end"}
            case views.ReadCardView() | views.FaceView() | views.CodeView() | views.OfficerView() | views.TouchCardView():
                return None
            case views.WorkingView():
                return None
            case _:
                return {}


def natural(field: views.Field, draft: str) -> str:
    """A right answer for a field, as most citizens would give it."""
    if draft:
        return draft
    match field.type:
        case "enum" | "lookup" | "slot":
            return field.options[0].value
        case "station":
            return field.options[1 if field.name == "to" else 0].value  # nobody travels to where they are
        case "multi_select":
            return ",".join(option.value for option in field.options[: field.min or 1])
        case "month_range":
            last = field.latest
            return f"{int(last[:4]) - 1}-{last[5:]}/{last}"
        case "date":
            return field.earliest or field.latest or "2026-11-25"
        case "integer":
            return str(field.min or 1)
        case "text":
            return TYPED.get(field.pattern, "王伟")[: field.max or None]
        case "permit_no":
            return "L12345678" if field.pattern == "taiwan_permit" else "C12345678"
        case _:
            return GIVEN[field.type]


TYPED = {  # by the rule of a text
    "digits": "350200123456789",
    "code": "AB1234567890",
    "contract_no": "XM-2026-001234",
    "vin_tail": "A12345",
    "id_tail": "12345X",
    "mobile": "13800000000",
}
GIVEN = {  # numbers that others gave, and places
    "id_number": "11010519491231002X",  # the example of GB 11643 itself
    "phone": "13800000000",
    "otp": "123456",
    "plate": "闽D12345",
    "passport_no": "E12345678",
    "bank_card": "6228480402564890018",
    "house_code": "350203123456",
    "admin_code": "330100",
    "address": "350203/中华街道/思明南路1号",
}
