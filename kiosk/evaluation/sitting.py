"""A calibration at the terminal itself: each person agrees, lays a card down and looks into the camera. Kept: numbers, until the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import numpy as np

from kiosk import app, config
from kiosk.devices.camera import Camera
from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.roles import FACE_CAMERA, ID_CARD
from kiosk.evaluation.pictures import Pair, Shot
from kiosk.identity import PhotoDecoder, Picture
from kiosk.identity.dlib_engine import DlibFaces
from kiosk.identity.network import Embedding
from kiosk.model.faults import Fault, Remedy

SHOTS = 4  # embeddings a person, of two frames each
LOOKS = 200  # frames in which they have to be found
POLL = 0.3  # seconds between two looks for a card (ID_CARD_READER.md §7)

CONSENT = (
    "第 {number} 位：用您的身份证照片和镜头里的画面校准本机。只在内存里计算平均值，不保存照片，也不保存您的人脸特征。"
    "同意请输入 y，不参加按回车，全部完成输入 end："
)
CARD, LOOK, DONE, FAILED = "请把身份证放在读卡区。", "请看镜头，慢慢左右看一看。", "谢谢，可以取走身份证了。", "这次没有成功：{why}。"


def sittings(place: Path, verifier: DlibFaces) -> tuple[tuple[Pair, ...], Mapping[Shot, Embedding], Counter[str]]:
    """Asks in the terminal until somebody says `end`. Raises Fault where reader or camera cannot be opened."""
    return asyncio.run(_sittings(place, verifier))


async def _sittings(place: Path, verifier: DlibFaces) -> tuple[tuple[Pair, ...], Mapping[Shot, Embedding], Counter[str]]:
    settings = config.load(place)
    kept = app.devices(settings)
    reader, camera = kept[ID_CARD.name], kept[FACE_CAMERA.name]
    assert isinstance(reader, IdCardReader)
    assert isinstance(camera, Camera)
    decoder = app.photo_decoder(settings)
    embeddings: dict[Shot, Embedding] = {}
    failed: Counter[str] = Counter()
    try:
        await reader.open()
        await camera.open()
        number = 0
        while True:
            number += 1
            said = (await asyncio.to_thread(input, CONSENT.format(number=number))).strip().lower()
            if said == "end":
                break
            if said != "y":
                continue
            try:
                embeddings |= await _person(str(number), reader, camera, decoder, verifier)
                print(DONE)
            except Fault as fault:
                failed[fault.code] += 1
                print(FAILED.format(why=fault.code))
            finally:
                verifier.forget()
    finally:
        await reader.close()
        await camera.close()
    return _pairs(embeddings), embeddings, failed


async def _person(
    person: str, reader: IdCardReader, camera: Camera, decoder: PhotoDecoder, verifier: DlibFaces
) -> dict[Shot, Embedding]:
    print(CARD)
    while not await reader.find():  # noqa: ASYNC110 - a reader has no event for a card, it has to be asked
        await asyncio.sleep(POLL)
    picture = decoder.decode((await reader.read()).photo)
    found = {Shot(Path(f"{person}-card"), person, True): await asyncio.to_thread(verifier.describe_card, picture)}
    picture.fill(0)
    print(LOOK)
    half: Picture | None = None
    for _ in range(LOOKS):
        frame = await camera.frame()
        if (await asyncio.to_thread(verifier.look, frame)).hint:
            continue
        if half is None:
            half = frame
            continue
        embedding = await asyncio.to_thread(_fused, verifier, half, frame)
        half.fill(0)
        half = None
        found[Shot(Path(f"{person}-{len(found)}"), person, False)] = embedding
        if len(found) > SHOTS:
            return found
    raise Fault("identity.no_face_seen", Remedy.OTHER_WAY)


def _fused(verifier: DlibFaces, one: Picture, other: Picture) -> Embedding:
    """Of two frames, the second mirrored: as a visit fuses them."""
    return np.asarray(np.mean([verifier.describe_live(one), verifier.describe_live(other, mirrored=True)], axis=0))


def _pairs(embeddings: Mapping[Shot, Embedding]) -> tuple[Pair, ...]:
    cards, live = ([shot for shot in embeddings if shot.card is card] for card in (True, False))
    return tuple(Pair(card, shot, card.person == shot.person) for card, shot in product(cards, live))
