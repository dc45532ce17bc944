"""What a scripted technician answers: through the service door first, once round, and out again; then a citizen comes as usual. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyotp

from kiosk.flow.stage import View
from kiosk.flow.views import AttractView
from kiosk.technician.glass import views
from kiosk.technician.roster import Role, Roster
from kiosk.tour.script import Gesture, Press, Script, Tap

NAME = "tour"
# What is opened on the first screen, one after the other.
ROUND = ("device:face_camera", "device:documents", "open:checks", "open:papers", "open:daily")
TESTS = {"face_camera": "picture", "documents": "page"}


@dataclass
class ThroughTheDoor:
    """In place of a `Script`. `citizen` goes on when the technician has left."""

    citizen: Script
    pin: str = field(repr=False)
    secret: str = field(repr=False)
    _left: bool = False
    _round: list[str] = field(default_factory=lambda: list(ROUND))
    _done: set[str] = field(default_factory=set)  # what is done once on the screen that is open

    @classmethod
    def enrolled(cls, citizen: Script, roster: Path, station: str) -> ThroughTheDoor:
        one = Roster(roster).enrol(NAME, Role.TECHNICIAN, station)
        return cls(citizen, one.pin, pyotp.parse_uri(one.otpauth).secret)

    def gestures(self, view: View) -> tuple[Gesture, ...] | None:
        """As `Script.gestures`."""
        if self._left:
            return self.citizen.gestures(view)
        match view:
            case AttractView():
                return (Tap("service"),) * 5
            case views.ServiceDoorView():
                return () if view.checking else self._in()
            case views.ServiceView():
                if self._round:
                    return (Tap(self._round.pop(0)),)
                self._left = True
                return (Tap("nav:end"),)
            case views.ServiceDeviceView():
                return (self._once(f"test:{TESTS[view.role]}"),)
            case views.ServicePapersView():
                return (self._once("paper:report"),)
            case views.ServiceTaskView():
                return {"asked": (Tap("yes"),), "done": (Tap("done"),)}.get(view.state, ())
            case views.DailyView():
                return (Tap("done"),) if view.done else (Tap("closing"),)
            case views.DailyPointView():
                return {"asked": (Tap("yes"),), "mend": (Tap("report"),)}.get(view.state, ())
            case views.ServiceChecksView():
                return () if view.looking else (Tap("nav:back"),)
            case _:
                return None

    def _in(self) -> tuple[Gesture, ...]:
        typed = {"id": NAME, "pin": self.pin, "code": pyotp.TOTP(self.secret).now()}
        lines = [(Tap(f"input:{name}"), Press(text), Tap("key:done")) for name, text in typed.items()]
        return (*(gesture for line in lines for gesture in line), Tap("enter"))

    def _once(self, name: str) -> Tap:
        """`name` the first time, then back."""
        if name in self._done:
            return Tap("nav:back")
        self._done.add(name)
        return Tap(name)
