"""A red round seal as a picture: a star, the issuer on the arc, and "demo" plainly inside. No real seal looks like it."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

RED = (200, 22, 29, 230)
SIZE = 420  # pixels; 42 mm at 254 dpi, the size of an agency's seal
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size, index=2 if "CJK" in path else 0)  # 2 = the face for mainland China
    return ImageFont.load_default(size)


@cache
def seal(issuer: str) -> bytes:
    """PNG with a clear ground."""
    image = Image.new("RGBA", (SIZE, SIZE))
    draw = ImageDraw.Draw(image)
    centre = SIZE / 2
    draw.ellipse((6, 6, SIZE - 6, SIZE - 6), outline=RED, width=9)
    draw.ellipse((20, 20, SIZE - 20, SIZE - 20), outline=RED, width=2)
    points = []
    for corner in range(10):
        radius, angle = (62, 24)[corner % 2], math.pi * (corner / 5 - 0.5)
        points.append((centre + radius * math.cos(angle), centre - 14 + radius * math.sin(angle)))
    draw.polygon(points, fill=RED)
    large = _font(40)
    spread = min(240.0, 24.0 * len(issuer))
    for index, character in enumerate(issuer):
        angle = -spread / 2 + spread * index / max(1, len(issuer) - 1)
        tile = Image.new("RGBA", (60, 60))
        ImageDraw.Draw(tile).text((30, 30), character, font=large, fill=RED, anchor="mm")
        turned = tile.rotate(-angle, resample=Image.Resampling.BICUBIC, expand=True)
        x = centre + 150 * math.sin(math.radians(angle))
        y = centre - 150 * math.cos(math.radians(angle))
        image.alpha_composite(turned, (round(x - turned.width / 2), round(y - turned.height / 2)))
    draw.text((centre, centre + 92), "演示专用章", font=_font(38), fill=RED, anchor="mm")
    draw.text((centre, centre + 138), "非真实印章", font=_font(26), fill=RED, anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
