"""The simulated document camera: pictures of invented papers through OpenCV's own VideoCapture, and the hands on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Self

from kiosk.devices.document_camera import DocumentCamera
from kiosk.devices.document_camera.opencv import OpenCvDocumentCamera, watch
from kiosk.devices.document_camera.papers import PAPERS, Scene, photograph
from kiosk.devices.own_folder import own_folder
from kiosk.devices.simulator import Spot
from kiosk.devices.video.film import Film, Plug
from kiosk.levers import OneOf, lever

FRAMES = 3  # of one scene, each with its own noise
FPS = 8


class DocumentCameraSimulator(Plug):
    """The desk and the hand on the camera's plug. `link` is made where it is missing, with a bare desk.

    The scene is known to who laid it there: one simulator moves things, however many cameras look.
    """

    kind = DocumentCamera.kind
    icon = "file-eye-outline"

    def __init__(self, link: Path, paper: str = "") -> None:
        super().__init__(link)
        self._scene = Scene()
        self._frozen = False
        self._show(Scene(paper=paper))

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        return cls(spot.wire, str(spot.arguments.get("paper", "")))

    def stands(self) -> Mapping[str, str]:
        scene = self._scene
        spoilt = {name: "on" if getattr(scene, name) else "" for name in ("tilt", "glare", "blur")}
        aside, frozen = "aside" if scene.shift else "", "frozen" if self._frozen else ""
        return {"page": scene.paper, **spoilt, "lies": aside, "picture": frozen, **super().stands()}

    @lever(fact="page")
    def lay_page(self, which: Annotated[str, OneOf(*PAPERS)]) -> None:
        """Lay a paper on the desk, in place of any other. Well: flat, dry, in the middle."""
        self._show(Scene(paper=which))

    @lever(fact="page", to="")
    def take_away(self) -> None:
        """Take the paper off the desk."""
        self._show(Scene())

    @lever
    def tilt(self, on: bool = True) -> None:
        """One edge of the paper stands up."""
        self._show(replace(self._scene, tilt=on))

    @lever
    def glare(self, on: bool = True) -> None:
        """The shop's lamp is mirrored in the paper."""
        self._show(replace(self._scene, glare=on))

    @lever
    def blur(self, on: bool = True) -> None:
        """The paper is moved while it is looked at."""
        self._show(replace(self._scene, blur=on))

    @lever(fact="lies", to="aside")
    def push_aside(self) -> None:
        """A part of the paper lies outside the picture."""
        self._show(replace(self._scene, shift=560))

    @lever(fact="picture", to="frozen")
    def freeze(self) -> None:
        """The firmware hangs: the same picture for ever."""
        self._show(self._scene, frozen=True)

    def _show(self, scene: Scene, frozen: bool = False) -> None:
        self._scene, self._frozen = scene, frozen
        self.film("desk", [photograph(scene, 0 if frozen else frame) for frame in range(FRAMES)], FPS)


class SimulatedDocumentCamera(OpenCvDocumentCamera):
    """1600 × 1200 at 8 fps on the real clock. `wire` is the link of a DocumentCameraSimulator held elsewhere (the dev dock);

    without it the driver has a simulator of its own, `simulator`, with `paper` on its desk ("" = none).
    """

    def __init__(self, *, name: str = "", wire: str = "", paper: str = "") -> None:
        link = Path(wire) if wire else own_folder(self, "desk") / "desk"
        super().__init__(name=name)
        self.capture = Film(link, watch())
        self.simulator: DocumentCameraSimulator | None = None
        if not wire:
            self.simulator = DocumentCameraSimulator(link, paper)
