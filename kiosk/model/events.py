"""All that the journal may hold. No field here can carry a person: ids, codes, amounts, outcomes and times only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.model.event import Event as Event
from kiosk.model.help_events import CallClimbed as CallClimbed
from kiosk.model.help_events import HelpLeft as HelpLeft
from kiosk.model.help_events import OfficerAdvised as OfficerAdvised
from kiosk.model.help_events import VolunteerAnswered as VolunteerAnswered
from kiosk.model.help_events import VolunteerCalled as VolunteerCalled
from kiosk.model.help_events import VolunteerCallEnded as VolunteerCallEnded
from kiosk.model.help_events import VolunteerHelped as VolunteerHelped
from kiosk.model.message_events import RecordingSent as RecordingSent
from kiosk.model.money_events import BillCompared as BillCompared
from kiosk.model.money_events import OrderFound as OrderFound
from kiosk.model.money_events import Paid as Paid
from kiosk.model.money_events import PayClosed as PayClosed
from kiosk.model.money_events import PayCreated as PayCreated
from kiosk.model.money_events import PayIntent as PayIntent
from kiosk.model.money_events import PayUnknown as PayUnknown
from kiosk.model.money_events import Rebuilt as Rebuilt
from kiosk.model.money_events import Refunded as Refunded
from kiosk.model.money_events import RefundIntent as RefundIntent
from kiosk.model.money_events import RefundUnknown as RefundUnknown
from kiosk.model.signing_events import DeclaredByKeys as DeclaredByKeys


@dataclass(frozen=True, kw_only=True)
class VisitStarted(Event):
    """Somebody chose an item. The number of this row is part of the visit's id, and with it of every number sent outside (J9)."""

    item: str


@dataclass(frozen=True, kw_only=True)
class Consented(Event):
    """What the law wants kept for three years: that, when and to which wording; never a face."""

    purpose: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class CardRead(Event):
    """An identity card was read; nothing that stands on it is kept."""

    reader: str


@dataclass(frozen=True, kw_only=True)
class CardLeft(Event):
    """A card still lay on the reader half a minute after its visit: somebody has to look for its owner."""

    telemetry: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class GuardianIdentified(Event):
    """Somebody under 14 is served: a guardian laid an own card down, and the population register knows them as one."""

    reader: str


@dataclass(frozen=True, kw_only=True)
class FaceCompared(Event):
    """The face before the camera was compared with the picture in the card, inside the terminal; neither is kept."""

    same_person: bool
    score: float
    threshold: float
    verifier: str
    calibrated: bool
    liveness: str
    pad: str = ""
    checked: str = ""
    unchecked: str = ""


@dataclass(frozen=True, kw_only=True)
class PresentationRefused(Event):
    """Before the camera was, or may have been, no living person, or not one and the same; nothing was compared."""

    reason: str
    pad: str
    checked: str


@dataclass(frozen=True, kw_only=True)
class FacePaused(Event):
    """Somebody was not recognised so often today that the way of the face rests for them; the other ways stay (warning W10)."""

    telemetry: ClassVar[bool] = True

    failures: int


@dataclass(frozen=True, kw_only=True)
class CodeVerified(Event):
    """The code of a text message was typed correctly; neither code nor telephone number is kept."""


@dataclass(frozen=True, kw_only=True)
class NetCertVerified(Event):
    """The national identity service confirmed a 网证."""

    level: str


@dataclass(frozen=True, kw_only=True)
class Witnessed(Event):
    """A volunteer confirmed with a badge that the person stood at the terminal."""

    badge: str
    volunteer: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficerDecided(Event):
    """A remote officer compared the person with the record."""

    same_person: bool
    officer: str


@dataclass(frozen=True, kw_only=True)
class SubmitIntent(Event):
    """The matter is about to be sent to the department."""

    key: str
    operation: str


@dataclass(frozen=True, kw_only=True)
class Submitted(Event):
    """The department did it. What was paid for it is earned from here on."""

    key: str


@dataclass(frozen=True, kw_only=True)
class SubmitRefused(Event):
    """The department said no, or was surely never reached: nothing was done there."""

    key: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SubmitUnknown(Event):
    """The department may or may not have done it; it knows by the key."""

    key: str


@dataclass(frozen=True, kw_only=True)
class PrintIntent(Event):
    """A sheet is about to be printed. `reprint`: so many prints of the same job may lie about already, cut short."""

    job: str
    document: str
    reprint: int = 0


@dataclass(frozen=True, kw_only=True)
class Printed(Event):
    """The printer says that the sheet is out."""

    job: str


@dataclass(frozen=True, kw_only=True)
class PrintSent(Event):
    """All of the sheet was handed to the printer, which never says more: whether it is out, only an eye knows."""

    job: str


@dataclass(frozen=True, kw_only=True)
class PrintFailed(Event):
    """The sheet did not come out, or not whole."""

    job: str
    code: str


@dataclass(frozen=True, kw_only=True)
class PaperLeft(Event):
    """Sheets still lay in the tray after two reminders: staff take them away unread."""


@dataclass(frozen=True, kw_only=True)
class TouchStuck(Event):
    """Something pressed one place of the glass for ten seconds: a forgotten finger, a leaning child, a dead spot."""

    telemetry: ClassVar[bool] = True  # the technician's record on the terminal has it as well


@dataclass(frozen=True, kw_only=True)
class Rated(Event):
    """The citizen rated the service 好差评; `reasons`, of a bad rating, are joined by `+`."""

    telemetry: ClassVar[bool] = True  # the department that asks for ratings has it already

    level: int
    reasons: str = ""


@dataclass(frozen=True, kw_only=True)
class TechnicianEntered(Event):
    """A technician opened the service door with a PIN and a one-time code; neither is kept."""

    technician: str
    technician_role: str


@dataclass(frozen=True, kw_only=True)
class TechnicianRefused(Event):
    """Somebody was not let in at the service door."""

    technician: str
    why: str
    failures: int


@dataclass(frozen=True, kw_only=True)
class PollAnswered(Event):
    """Somebody who passed by answered the poll on the first screen. Of no visit and no person."""

    telemetry: ClassVar[bool] = True

    poll: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class DailyChecked(Event):
    """Somebody of the shop went round this terminal when it opened or closed, to the end of the list."""

    telemetry: ClassVar[bool] = True  # the technician's record on the terminal has it as well
    technician: str
    round: str
    reported: str


@dataclass(frozen=True, kw_only=True)
class VisitEnded(Event):
    """The visit is over: everything owed was given back or stands in the rows before."""

    ending: str
    fault: str = ""


EVENTS: dict[str, type[Event]] = {
    event.__name__: event
    for event in (
        VisitStarted, Consented, CardRead, CardLeft, GuardianIdentified, FaceCompared, PresentationRefused, FacePaused,
        CodeVerified, NetCertVerified, Witnessed, OfficerDecided, OrderFound, Rebuilt, BillCompared,
        PayIntent, PayCreated, Paid, PayClosed, PayUnknown, RefundIntent, Refunded, RefundUnknown,
        SubmitIntent, Submitted, SubmitRefused, SubmitUnknown, PrintIntent, Printed, PrintFailed, Rated, VisitEnded,
        TechnicianEntered, TechnicianRefused, PrintSent, PaperLeft, TouchStuck, DailyChecked, PollAnswered, VolunteerHelped,
        VolunteerCalled, VolunteerAnswered, OfficerAdvised, VolunteerCallEnded, HelpLeft, CallClimbed, RecordingSent, DeclaredByKeys,
    )
}  # fmt: skip
