"""Invented papers on a dark desk, drawn with Pillow: what the simulated document camera looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from kiosk.devices.document_camera import Picture

SIZE = (1600, 1200)
A4 = (1000, 1414)
PAPER = 233  # grey of the paper under the lamp: bright, never at full scale
DESK = (52, 46, 42)  # BGR
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")

# What lies there: a heading and its lines. Nobody here exists.
PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lease": ("房屋租赁合同（样张）", ("出租方：王样本", "承租方：李样本", "租赁房屋：演示路 1 号 101 室", "租期：2026 年全年")),
    "proof": ("工作证明（样张）", ("兹证明李样本系我单位职工。", "任职部门：演示部", "单位：演示有限公司", "2026 年 11 月")),
    "diploma": ("毕业证书（样张）", ("学生李样本，修完规定课程，", "成绩合格，准予毕业。", "演示学校", "2020 年 6 月")),
}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`tilt`: the far edge is lifted. `shift`: how far the page lies to the right, in pixels."""

    paper: str = ""  # "" = the bare desk
    tilt: bool = False
    glare: bool = False
    blur: bool = False
    shift: int = 0


@cache
def sheet(paper: str) -> Picture:
    """One A4 page, seen from straight above."""
    page = Image.new("L", A4, PAPER)
    pen = ImageDraw.Draw(page)
    heading, lines = PAPERS[paper]
    pen.text((A4[0] / 2, 130), heading, font=_face(58), fill=30, anchor="mm")
    for row in range(18):
        text = lines[row] if row < len(lines) else "演示内容 " * 6
        pen.text((100, 250 + row * 54), text, font=_face(30), fill=45)
    pen.ellipse((680, 1200, 880, 1380), outline=110, width=7)
    return np.repeat(np.asarray(page, np.uint8)[:, :, None], 3, axis=2)


def photograph(scene: Scene, noise: int) -> Picture:
    """What a sensor gives of `scene`; `noise` makes each frame differ a little, as light does."""
    picture = np.full((SIZE[1], SIZE[0], 3), DESK, np.uint8)
    if scene.paper:
        page = sheet(scene.paper)
        far = 110 if scene.tilt else 0  # perspective: the lifted edge is nearer to the lens, and wider
        around = np.array([[430 - far, 70 - far / 3], [1170 + far, 110 - far / 3], [1130, 1120], [400, 1090]], np.float32)
        around[:, 0] += scene.shift
        corners = np.array([[0, 0], [A4[0], 0], A4, [0, A4[1]]], np.float32)
        onto = cv2.getPerspectiveTransform(corners, around)
        cv2.warpPerspective(page, onto, SIZE, dst=picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    if scene.blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 4), np.uint8)
    if scene.glare:
        lamp = np.zeros((SIZE[1], SIZE[0]), np.float32)
        cv2.ellipse(lamp, (760, 420), (170, 110), 20, 0, 360, 1.0, -1)
        lamp = np.asarray(cv2.GaussianBlur(lamp, (0, 0), 40), np.float32)
        picture = np.asarray(np.clip(picture + lamp[:, :, None] * 200, 0, 255), np.uint8)
    grain = np.random.default_rng(noise).integers(-2, 3, picture.shape, np.int16)
    return np.asarray(np.clip(picture + grain, 0, 255), np.uint8)


@cache
def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if FONT.is_file():
        return ImageFont.truetype(FONT, size, index=2)
    return ImageFont.load_default(size)  # boxes instead of characters: still a page with something on it
