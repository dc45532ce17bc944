"""What a machine has to play and record with, asked without opening anything; for every kind of device with a sound card."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import miniaudio

ALSA = Path("/proc/asound/pcm")  # a line for each thing that plays or records
# Never miniaudio's "null", which plays to nobody and says that all is well.
SERVERS = (miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA)


Does = Literal["playback", "capture"]


def cards(does: Does) -> frozenset[str]:
    """Of ALSA."""
    try:
        return frozenset(line for line in ALSA.read_text().splitlines() if does in line)
    except OSError:
        return frozenset()


def sound_server() -> bool:
    """Whether PulseAudio's socket (PipeWire offers the same) is where its library will look for it."""
    named = os.environ.get("PULSE_SERVER", "")
    if named and not named.startswith(("unix:", "/")):
        return True  # on another machine: nobody knows from here
    folder = os.environ.get("PULSE_RUNTIME_PATH") or f"{os.environ.get('XDG_RUNTIME_DIR', '/nowhere')}/pulse"
    return Path(named.removeprefix("unix:") or f"{folder}/native").exists()


def chosen(does: Does, wanted: str) -> tuple[str, Any]:
    """Name and id of the first one whose name has `wanted` in it; no id for the system's own choice. Raises OSError, MiniaudioError."""
    if not wanted:
        return "default", None
    known = miniaudio.Devices(list(SERVERS))
    names = []
    for one in known.get_playbacks() if does == "playback" else known.get_captures():
        if wanted.casefold() in one["name"].casefold():
            return one["name"], one["id"]
        names.append(one["name"])
    what = "output" if does == "playback" else "input"
    raise OSError(f'no {what} is called "{wanted}"; there are: {", ".join(names)}')
