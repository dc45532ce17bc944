"""The face on the card: opened and described while its holder still puts the card away, wiped as soon as nobody needs it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import numpy as np

from kiosk.identity import Picture
from kiosk.model.person import IdCard

if TYPE_CHECKING:
    from kiosk.flow.desk import Identity


class CardFace:
    """In the lane of face work, off everybody's path. One card at a time."""

    def __init__(self) -> None:
        self._work: asyncio.Task[Picture] | None = None

    def begin(self, card: IdCard, faces: Identity) -> None:
        """Nobody waits for it, and nobody hears of its faults before `picture`."""
        if self._work is None:
            self._work = asyncio.create_task(_opened(card, faces))

    async def picture(self, card: IdCard, faces: Identity) -> Picture:
        """The photo of `card`, which the verifier expects by now; begun here where nobody did before.

        Raises Fault("identity.photo_unreadable", OTHER_WAY), Fault("identity.no_face_on_card", OTHER_WAY) and what else a decoder
        raises: before anybody is asked to look into a camera.
        """
        self.begin(card, faces)
        assert self._work is not None
        return await asyncio.shield(self._work)

    async def wipe(self, faces: Identity) -> None:
        """Another way was taken, or the face was compared: photo and embedding are overwritten. May be called at any time, also twice."""
        work, self._work = self._work, None
        if work is None:
            return
        work.cancel()
        (picture,) = await asyncio.gather(work, return_exceptions=True)
        if isinstance(picture, np.ndarray):
            picture.fill(0)
        await faces.run(faces.verifier.forget)


async def _opened(card: IdCard, faces: Identity) -> Picture:
    picture = await faces.run(lambda: faces.decoder.decode(card.photo))
    try:
        await faces.run(lambda: faces.verifier.expect(picture))
    except BaseException:
        picture.fill(0)
        raise
    return picture
