"""The printer of air behind every simulated plug: takes bytes, gives answers, leaves each slip as a picture in a folder."""

from __future__ import annotations

import threading
from collections import deque
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from kiosk.devices.receipt_printer.escpos_stream import (
    LINE,
    Automatic,
    Chinese,
    Command,
    Cut,
    EscposStream,
    Feed,
    Forget,
    Identify,
    Image,
    Init,
    LineFeed,
    PaperSensor,
    Status,
    Style,
    Text,
    Unknown,
)
from kiosk.levers import lever

_KNIFE = 24  # rows between the head and the knife
_HALF, _HIGH = 12, 24  # dots of a half-width character
_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")  # its own, for text; without it characters come out as boxes
_SAYS = {65: "1.02", 66: "KIOSK", 67: "SIM-80"}  # GS I: firmware, maker, model

Dots = NDArray[np.bool_]


@cache  # reading the file takes longer than a printer may stay silent
def _face(times: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, (_HIGH - 2) * times, index=2)


class EscposPrinterCore:
    """`take(bytes)` → the bytes it answers. Each cut writes `receipt-0001.png`, …; paper torn off before a cut `receipt-0001-torn.png`.

    `garbage` counts bytes that no slip of ours should
    hold, `texts` are the lines it drew in its own font,
    `heard` the bytes of the last connections.
    """

    def __init__(self, folder: Path, width: int = 576) -> None:
        self.folder = folder
        self.width = width
        self.garbage = 0
        self.texts: list[str] = []
        self.heard = deque([b""], maxlen=32)
        self.lock = threading.RLock()  # levers come from other threads than the bytes
        self._paper = "full"  # full, low, out
        self._cover_open = self._cutter_jammed = self._mute = self._hot = self._paused = False
        self._rows_left: int | None = None
        self._slip: list[Dots] = []
        self._waiting: deque[Command] = deque()
        self._stream = EscposStream()
        self._answer = b""
        self._line: list[tuple[str, int]] = []  # characters and how many times as large
        self._style: dict[str, int] = {}
        self._chinese = False

    # ── The hands of people ──────────────────────────────────────────────────────────────────────────────────────────

    @lever(fact="paper", to="out")
    def take_paper_out(self) -> None:
        self._become(_paper="out")

    @lever(fact="paper", to="")
    def put_paper(self) -> None:
        with self.lock:
            self.tear()
            self._become(_paper="full", _rows_left=None)

    @lever(fact="paper", to="low")
    def nearly_out(self) -> None:
        self._become(_paper="low")

    @lever
    def paper_out_after(self, rows: int) -> None:
        """The roll ends after so many more rows of dots."""
        self._become(_rows_left=rows)

    @lever(fact="cover", to="open")
    def open_cover(self) -> None:
        self._become(_cover_open=True)

    @lever(fact="cover", to="")
    def close_cover(self) -> None:
        self._become(_cover_open=False)

    @lever(fact="cutter", to="jammed")
    def jam_cutter(self) -> None:
        self._become(_cutter_jammed=True)

    @lever(fact="cutter", to="")
    def fix_cutter(self) -> None:
        self._become(_cutter_jammed=False)

    @lever(fact="head", to="hot")
    def overheat(self) -> None:
        self._become(_hot=True)

    @lever(fact="head", to="")
    def cool_down(self) -> None:
        self._become(_hot=False)

    @lever(fact="pause", to="pressed")
    def press_pause(self) -> None:
        """Its button: offline, for no reason that it tells."""
        self._become(_paused=True)

    @lever(fact="pause", to="")
    def release_pause(self) -> None:
        self._become(_paused=False)

    @lever(fact="answers", to="none")
    def mute(self) -> None:
        """It takes every byte and answers nothing, as printers do whose back channel is broken."""
        self._become(_mute=True)

    @lever(fact="answers", to="")
    def unmute(self) -> None:
        self._become(_mute=False)

    def _become(self, **changes: object) -> None:
        with self.lock:
            for name, value in changes.items():
                setattr(self, name, value)
            self._work()

    def stands(self) -> dict[str, str]:
        with self.lock:
            return {
                "paper": "" if self._paper == "full" else self._paper,
                "cover": "open" if self._cover_open else "",
                "cutter": "jammed" if self._cutter_jammed else "",
                "head": "hot" if self._hot else "",
                "pause": "pressed" if self._paused else "",
                "answers": "none" if self._mute else "",
            }

    def papers(self) -> tuple[Path, ...]:
        return tuple(self.folder.glob("receipt-*.png"))

    # ── The plug ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def busy(self) -> bool:
        """Whether a slip is half printed."""
        return bool(self._slip)

    def take(self, data: bytes) -> bytes:
        with self.lock:
            self.heard[-1] += data
            for command in self._stream.feed(data):
                if isinstance(command, Status):
                    self._say(bytes((self._status(command.question),)))
                elif isinstance(command, Forget):
                    self._waiting.clear()
                else:
                    self._waiting.append(command)
                    self._work()
            answer, self._answer = self._answer, b""
            return b"" if self._mute else answer

    def hang_up(self) -> None:
        """The host closed its end: half a command is none."""
        with self.lock:
            self._stream = EscposStream()
            self._answer = b""
            self.heard.append(b"")

    def power_off(self) -> None:
        with self.lock:
            self._waiting.clear()
            self.hang_up()
            self.tear()

    def tear(self) -> None:
        if any(part.any() for part in self._slip):
            self._keep("-torn")
        self._slip = []

    def _say(self, answer: bytes) -> None:
        self._answer += answer

    @property
    def _stopped(self) -> bool:
        return self._cover_open or self._paper == "out" or self._hot or self._paused

    def _status(self, question: int) -> int:
        out, jammed = self._paper == "out", self._cutter_jammed
        bits = {
            1: 0x08 if self._stopped or jammed else 0,
            2: (0x04 if self._cover_open else 0) | (0x20 if out else 0) | (0x40 if jammed or self._hot else 0),
            3: (0x08 if jammed else 0) | (0x40 if self._hot else 0),
            4: 0x6C if out else 0x0C if self._paper == "low" else 0,
        }
        return 0x12 | bits.get(question, 0)

    # ── The mechanism ────────────────────────────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        """Prints what is waiting, in order, until something is in the way."""
        while self._waiting and not self._stopped:
            rest = self._do(self._waiting[0])
            if rest is not None:
                self._waiting[0] = rest
                return
            self._waiting.popleft()

    def _do(self, command: Command) -> Command | None:
        """Returns what of it could not be done yet."""
        match command:
            case Init():
                self._line, self._style, self._chinese = [], {}, False
            case Automatic():
                pass  # our jobs switch it off
            case Style(name, value):
                self._style[name] = value
            case Chinese(on):
                self._chinese = on
            case Text(raw):
                said = raw.decode("gb18030" if self._chinese else "latin-1", "replace")
                self._line += [(one, self._times(one)) for one in said]
            case LineFeed() if self._line:
                self.texts.append("".join(one for one, _ in self._line))
                return self._drawn(self._aligned(self._draw_line()))
            case LineFeed():
                return self._drawn(self._blank(LINE))
            case Feed(rows):
                return self._drawn(self._blank(rows))
            case Image(dots):
                return self._drawn(self._aligned(dots))
            case PaperSensor():
                self._say(b"\x03" if self._paper == "low" else b"\x00")
            case Identify(question):
                self._say(b"_" + _SAYS[question].encode() + b"\0" if question in _SAYS else b"")
            case Cut() if self._cutter_jammed:
                return command
            case Cut():
                self._feed(self._blank(_KNIFE))
                self._keep("")
            case Unknown(raw):
                self.garbage += len(raw)
            case _:
                pass
        return None

    def _blank(self, rows: int) -> Dots:
        return np.zeros((rows, self.width), dtype=np.bool_)

    def _times(self, character: str) -> int:
        return 2 if self._style.get("size" if character.isascii() else "chinese_size") else 1

    def _draw_line(self) -> Dots:
        """The line in the buffer, in cells of 12 × 24 dots, two cells for what is not ASCII."""
        cells = [(one, times, _HALF * times * (1 if one.isascii() else 2)) for one, times in self._line]
        tall = max(times for _, times, _ in cells)
        self._line = []
        page = Picture.new("1", (sum(wide for _, _, wide in cells), LINE * tall), 1)
        pen, x = ImageDraw.Draw(page), 0
        for one, times, wide in cells:
            if not _FONT.is_file():
                if not one.isspace():
                    pen.rectangle((x + 1, 2, x + wide - 2, _HIGH * times - 2), outline=0)
            else:
                pen.text((x + wide / 2, _HIGH * tall - 4), one, font=_face(times), fill=0, anchor="ms")
            x += wide
        return ~np.asarray(page)

    def _aligned(self, dots: Dots) -> Dots:
        line = self._blank(len(dots))
        across = min(self.width, dots.shape[1])
        left = (self.width - across) // 2 if self._style.get("align") == 1 else 0
        line[:, left : left + across] = dots[:, :across]
        return line

    def _drawn(self, dots: Dots) -> Command | None:
        rest = self._feed(dots)
        return None if rest is None else Image(rest)

    def _feed(self, dots: Dots) -> Dots | None:
        """Rows under the head; returns those for which there was no paper."""
        count = len(dots) if self._rows_left is None else min(len(dots), self._rows_left)
        self._slip.append(dots[:count])
        if self._rows_left is not None:
            self._rows_left -= count
            if self._rows_left == 0:
                self._paper = "out"
        return dots[count:] if count < len(dots) else None

    def _keep(self, mark: str) -> None:
        """The slip falls into the tray: whole or not at all, for whoever watches the folder."""
        dots = np.concatenate(self._slip)
        self._slip = []
        self.folder.mkdir(parents=True, exist_ok=True)
        number = 1 + sum(1 for _ in self.folder.glob("receipt-*.png"))
        beside = self.folder / f".receipt-{number:04d}.part"
        Picture.fromarray(~dots).save(beside, "PNG")
        beside.replace(self.folder / f"receipt-{number:04d}{mark}.png")
