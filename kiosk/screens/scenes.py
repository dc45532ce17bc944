"""Everything that can be seen without a visit: each sample, what can stand above it, and every fault; and the way to put it on a glass."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import Q_ARG, QEventLoop, QMetaObject, QTimer
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.devices.camera import FrameBuffer
from kiosk.flow.stage import HelpCall, View
from kiosk.flow.views import ApologyView, VolunteerView
from kiosk.model.words import Word
from kiosk.screens.painted import CameraPreview
from kiosk.screens.samples import samples
from kiosk.screens.stage import aside, picture, plain
from kiosk.screens.window import Glass

NO_CALL = HelpCall()
STATION, HOTLINE = "e政务便民服务站", "0592-12345"
SHEETS = {
    "access": "HomeView",
    "reader": "HomeView",
    "pad": "ReviewView",
    "help": "ItemView",
    "end": "ReviewView",
    "still": "FormView",
    "offer": "WaysView",
}
BARS = ("calling", "left")  # with the sheet closed, in the shortest words and the longest
ADVICE = "请先把身份证从卡套里拿出来，平放在感应区中间，等三秒再拿开。还不行就按“换一种方式”。"  # as an officer may write it
CALLS = {  # the view that it stands above, and the call for help
    "calling": ("FormView", HelpCall(state="calling")),
    "coming": ("ItemView", HelpCall(state="coming")),
    "officer": ("ReviewView", HelpCall(state="officer")),
    "answered": ("ScanView", HelpCall(state="answered", answer=ADVICE)),
    "left": ("HomeView", HelpCall(state="left", number="LY261127005", owner="便民服务站运维组", until="2026-12-12")),
    "unsent": ("HomeView", HelpCall(state="left")),
}
BEHIND = ("FormView-errors", "FaceView", "PayView-qr", "DeliverView")  # what of the citizen's stands, masked, beside a volunteer
TYPING = {"HomeView": "search:input", "FormView-errors": "input:name"}  # with the keyboard up for this line
WRITTEN = [[[120, 380], [880, 360]], [[500, 80], [480, 400], [360, 680], [100, 920]], [[500, 400], [630, 680], [900, 920]]]  # 大


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One picture. `above`: what stands above the view (a key of SHEETS), `typing`: the line that has the keyboard; "" for neither.
    `hand`: a character was written there with a finger. `behind`: the citizen's view, where `view` is a volunteer's."""

    name: str
    view: View
    above: str = ""
    typing: str = ""
    hand: bool = False
    call: HelpCall = NO_CALL
    behind: View | None = None


def scenes(language: str) -> dict[str, Scene]:
    """name → scene, texts in `language`. A name begins with the name of the view's class."""
    views = samples(language)
    found = {name: Scene(name=name, view=view) for name, view in views.items()}
    for name in ("VolunteerDoorView", "VolunteerView"):
        found[name] = replace(found[name], behind=views[BEHIND[0]])
    volunteer = views["VolunteerView"]
    assert isinstance(volunteer, VolunteerView)
    for name in BEHIND[1:]:
        found[f"VolunteerView-{name}"] = _beside(volunteer, name, views[name])
    for above, name in SHEETS.items():
        found[f"{name}-{above}"] = Scene(name=f"{name}-{above}", view=views[name], above=above)
    for state, (name, call) in CALLS.items():
        found[f"{name}-help-{state}"] = Scene(name=f"{name}-help-{state}", view=views[name], above="help", call=call)
    for state in BARS:
        found[f"RateView-{state}"] = Scene(name=f"RateView-{state}", view=views["RateView"], call=HelpCall(state=state))
    for name, line in TYPING.items():
        found[f"{name}-typing"] = Scene(name=f"{name}-typing", view=views[name], typing=line)
    name, line = "FormView-errors", TYPING["FormView-errors"]
    found[f"{name}-hand"] = Scene(name=f"{name}-hand", view=views[name], typing=line, hand=True)
    return found


def _beside(volunteer: VolunteerView, name: str, citizen: View) -> Scene:
    say = Word(f"volunteer.say.{type(citizen).__name__}")
    back, minnan = citizen.can_back, i18n.say(say, "nan")
    return Scene(
        name=f"VolunteerView-{name}",
        view=replace(volunteer, say=say, minnan=minnan, back=back, trail=citizen.trail, why=""),
        behind=citizen,
    )


def faults(language: str) -> dict[str, Scene]:
    """Every fault that a citizen can see, with every remedy there could be. A name is `fault.<code>`."""
    words = i18n.table(language)
    codes = [key.removeprefix("fault.") for key in words if key.startswith("fault.") and f"{key}.next" in words]
    return {f"fault.{code}": Scene(name=f"fault.{code}", view=_fault(code)) for code in sorted(codes)}


def _fault(code: str) -> ApologyView:
    remedies = ("retry", "other_way", "end")
    return ApologyView(code=code, title=Word(f"fault.{code}"), text=Word(f"fault.{code}.next"), remedies=remedies, hotline=HOTLINE)


def rest(milliseconds: int) -> None:
    """Lets the glass paint and its animations move on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def clear(glass: Glass) -> None:
    """Nothing stands there, and nobody."""
    glass.attend("")
    glass.paint("")


def put(glass: Glass, scene: Scene, settling: int = 60) -> None:
    """Paints `scene` from nothing and waits `settling` ms until everything stands in its place."""
    clear(glass)
    glass.still = 0
    glass.show_call(json.dumps(plain(scene.call)))
    glass.paint(picture(scene.behind or scene.view))
    if scene.behind is not None:
        glass.attend(aside(scene.view, scene.behind))
    sheet = "access" if scene.above == "reader" else scene.above
    glass.root.setProperty("asked", sheet if sheet in ("access", "help", "end") else "")
    glass.theme.setProperty("hand", scene.hand)
    for way in ("reader", "pad"):
        glass.theme.setProperty(way, scene.above in ("reader", "pad"))
    glass.still = 30_000 if scene.above == "still" else 0
    if scene.above == "offer":
        glass.offer_care()
    rest(settling)
    if scene.typing:
        glass.requestActivate()
        focus(glass.root, scene.typing)
        rest(settling * 2)
    field = glass.root.findChild(QQuickItem, "keyboard:field") if scene.hand else None
    if field is not None and field.isVisible():
        QMetaObject.invokeMethod(field, "write", Q_ARG("QVariant", WRITTEN))
        rest(1)
        while field.property("reading"):
            rest(5)
        rest(settling)
    while not glass.root.property("settled"):  # on a busy machine: buttons that may not yet be pressed are grey
        rest(10)


def focus(item: QQuickItem, name: str) -> None:
    """Puts the focus on the line of that name. Only what is seen is looked at: a delegate is no QObject child of its list."""
    if item.objectName() == name:
        item.forceActiveFocus()
    for child in item.childItems():
        focus(child, name)


def nobody_in_the_picture() -> None:
    """The camera's preview shows a picture that is nobody: light at the top, dark at the foot."""
    buffer = FrameBuffer()
    column = np.linspace(210, 90, 480, dtype=np.uint8)[:, None, None]
    buffer.put(np.broadcast_to(column, (480, 640, 3)).copy())
    CameraPreview.buffer = buffer
