"""The simulated camera: an AVI of an invented citizen through OpenCV's own VideoCapture, and the hands that change it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

import numpy as np

from kiosk import people
from kiosk.devices.camera import Camera, Frame
from kiosk.devices.camera.before import AHEAD, MOVES, Before, still, sunny
from kiosk.devices.camera.instruments import PERIOD, on_screen, printed
from kiosk.devices.camera.opencv import OpenCvCamera
from kiosk.devices.own_folder import own_folder
from kiosk.devices.simulator import Light, Spot
from kiosk.devices.video.film import Plug, frames_of
from kiosk.devices.video.watch import Watch
from kiosk.levers import CitizenId, lever

NOBODY = people.FOLDER / "nobody.avi"
FPS = 15
SIZE = (640, 480)
SPOILT = ("frozen", "bright", "green", "slow")  # films of a picture that is not as it should be
# What is shown in place of a face: a print held still or waved, a picture on a screen, a film on one, a film put in place of the camera.
ATTACKS = ("photo.print", "waved.print", "picture.screen", "visit.screen", "moves.screen", "injected")
APART = ("two", "covered", *ATTACKS)
RECORDED = ("turn_right", "blink", "open_mouth")  # what was asked for when the genuine visit was filmed


class CameraSimulator(Plug):
    """The person before the camera, the light, and the hand on the plug. `link` is made where it is missing."""

    kind = Camera.kind
    icon = "webcam"

    def __init__(self, link: Path, citizen: str = "") -> None:
        super().__init__(link)
        if not self.laid:
            self.show(citizen)

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        return cls(spot.wire, str(spot.arguments.get("citizen", "")))

    def stands(self) -> Mapping[str, str]:
        """`face`: who, two, covered, one of ATTACKS, or "" for nobody; `picture`: what is wrong with it; `moves`: whether they follow;
        `light`: of the shop.

        Told by the link alone: the hands may be in several processes.
        """
        film = self.shown
        wrong = next((name for name in SPOILT if film == self.named(name)), "")
        apart = next((name for name in APART if film == self.named(name)), "")
        face = apart or (film.parent.name if film.parent.parent == people.FOLDER else "")
        return {"face": face, "picture": wrong, **self._habits(), **super().stands()}

    def _habits(self) -> Mapping[str, str]:
        return {"moves": "not" if still(self.link).exists() else "", "light": "sun" if sunny(self.link).exists() else ""}

    @lever(fact="face")
    def show(self, citizen: CitizenId) -> None:
        """`citizen` (c01 … c12) stands before the camera, in place of anybody else; "" = nobody. Takes a hand off the lens, too."""
        self.point(people.citizens()[citizen].clip if citizen else NOBODY)

    @lever(fact="face", to="")
    def step_away(self) -> None:
        """Nobody stands there any more."""
        self.show("")

    @lever(fact="face", to="two")
    def show_two(self, left: CitizenId, right: CitizenId) -> None:
        """Two people stand side by side."""
        pairs = zip(frames_of(people.citizens()[left].clip), frames_of(people.citizens()[right].clip), strict=False)
        middle, half = SIZE[0] // 2, SIZE[0] // 4
        self.film("two", (np.hstack([a[:, half : half + middle], b[:, half : half + middle]]) for a, b in pairs), FPS)

    @lever(fact="moves", to="not")
    def hold_still(self) -> None:
        """Whoever stands there does nothing that the glass asks for."""
        still(self.link).touch()

    @lever(fact="moves", to="")
    def follow(self) -> None:
        """They do again what the glass asks for."""
        still(self.link).unlink(missing_ok=True)

    @lever(fact="face", to="photo.print")
    def hold_photo(self, citizen: CitizenId) -> None:
        """A print of somebody's face is held still before the camera."""
        self.film("photo.print", printed(_ahead(citizen)[0], frames_of(NOBODY), waved=False), FPS)

    @lever(fact="face", to="waved.print")
    def wave_photo(self, citizen: CitizenId) -> None:
        """The print is moved, tilted, brought nearer and taken away."""
        self.film("waved.print", printed(_ahead(citizen)[0], frames_of(NOBODY), waved=True), FPS)

    @lever(fact="face", to="picture.screen")
    def hold_picture(self, citizen: CitizenId) -> None:
        """A tablet shows a picture of somebody's face."""
        self.film("picture.screen", on_screen(_ahead(citizen)[:1] * PERIOD, frames_of(NOBODY)), FPS)

    @lever(fact="face", to="visit.screen")
    def replay_visit(self, citizen: CitizenId) -> None:
        """A tablet plays the film of a genuine visit: the right person, who did what was asked for then."""
        self.film("visit.screen", on_screen(_visit(citizen), frames_of(NOBODY)), FPS)

    @lever(fact="face", to="moves.screen")
    def replay_moves(self, citizen: CitizenId) -> None:
        """A tablet plays all moves, one after the other, for ever."""
        self.film("moves.screen", on_screen(frames_of(people.citizens()[citizen].clip), frames_of(NOBODY)), FPS)

    @lever(fact="face", to="injected")
    def inject(self, citizen: CitizenId, what: Literal["ahead", "moves"] = "ahead") -> None:
        """A film takes the place of the camera itself, on the wire: no lens and no sensor saw it."""
        clip = frames_of(people.citizens()[citizen].clip)
        self.film("injected", [clip[index] for index in AHEAD] if what == "ahead" else clip, FPS)

    @lever(fact="light", to="sun")
    def open_blinds(self) -> None:
        """The sun fills the shop: beside it the light of the glass is lost on a face."""
        sunny(self.link).touch()

    @lever(fact="light", to="")
    def close_blinds(self) -> None:
        """The shop is lit by its lamps again."""
        sunny(self.link).unlink(missing_ok=True)

    @lever(fact="picture", to="frozen")
    def freeze(self) -> None:
        """The firmware hangs: the same picture for ever."""
        self.film("frozen", [frames_of(self.shown)[0]] * FPS, FPS)

    @lever(fact="face", to="covered")
    def cover_lens(self) -> None:
        """A hand, or a sticker, on the lens: black."""
        self.film("covered", [np.zeros((SIZE[1], SIZE[0], 3), np.uint8)] * FPS, FPS)

    @lever(fact="picture", to="bright")
    def overexpose(self) -> None:
        """The sun falls into the lens: nearly all is white."""
        self.film("bright", [_lit(picture) for picture in frames_of(self.shown)], FPS)

    @lever(fact="picture", to="green")
    def break_colours(self) -> None:
        """The stream breaks: the whole picture is green."""
        self.film("green", [picture * np.array([0, 1, 0], np.uint8) for picture in frames_of(self.shown)], FPS)

    @lever(fact="picture", to="slow")
    def slow_down(self) -> None:
        """One picture a second: the light is very low, or the USB port is shared."""
        self.film("slow", frames_of(self.shown), 1)


class SimulatedCamera(OpenCvCamera):
    """640 × 480 at 15 fps on the real clock. `wire` is the link of a CameraSimulator held elsewhere (the dev dock);

    without it the driver has a simulator of its own, `simulator`, with `citizen` standing there ("" = nobody).
    """

    def __init__(self, *, name: str = "", wire: str = "", citizen: str = "") -> None:
        link = Path(wire) if wire else own_folder(self, "camera") / "camera"
        super().__init__(name=name)
        self._before = Before(link, Watch())
        self.capture = self._before
        self.simulator: CameraSimulator | None = None
        if not wire:
            self.simulator = CameraSimulator(link, citizen)

    def see(self, asked: str, light: Light | None = None) -> None:
        """See `kiosk.devices.simulator.Onlooker`."""
        self._before.see(asked, light)


def _lit(picture: Frame) -> Frame:
    return np.asarray(np.clip(picture.astype(np.uint16) * 4 + 220, 0, 255), np.uint8)


def _ahead(citizen: str) -> list[Frame]:
    clip = frames_of(people.citizens()[citizen].clip)
    return [clip[index] for index in AHEAD]


def _visit(citizen: str) -> list[Frame]:
    """As that visit went: two seconds of looking ahead, and after each request the move and a second of looking ahead."""
    clip = frames_of(people.citizens()[citizen].clip)
    order = [*AHEAD * 3]
    for move in RECORDED:
        order += [*MOVES[move], *AHEAD, *AHEAD[:5]]
    return [clip[index] for index in order]
