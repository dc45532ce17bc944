"""The document camera: what lies on the desk, the page in it cut out and straightened, in memory only."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.device import Device

Picture = NDArray[np.uint8]
"""height × width × 3, BGR."""

LARGEST_PAGE = 2_000_000  # bytes of one JPEG


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the camera sees just now. `hint`: what is wrong with it for the person to mend, "" = good, else a word of

    `scan.hint.<word>`: none (no paper), edge (a corner is missing), tilted, dark, glare, blurred.
    """

    hint: str
    picture: Picture = field(repr=False)  # the desk, small, the page's edges drawn on it: for the glass


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page taken. `hint` as in Sight, of the page as it was taken."""

    hint: str
    jpeg: bytes = field(repr=False)  # at most LARGEST_PAGE; empty where no whole page was there (none, edge)
    picture: Picture = field(repr=False)  # what `jpeg` shows, small: for the glass


class DocumentCamera(Device):
    """Faults: `document_camera.absent` `document_camera.busy` `document_camera.frozen` STAFF. A dark picture is a hint, not a fault."""

    kind: ClassVar[str] = "document_camera"

    @abstractmethod
    async def look(self) -> Sight:
        """The next frame, looked through. Pictures belong to the caller."""

    @abstractmethod
    async def page(self) -> Page:
        """The best of the next few frames: the page in it cut out, straightened, and as a JPEG."""
