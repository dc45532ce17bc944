"""Bytes of a sound file as a Sound: WAV, FLAC, MP3, Vorbis in Ogg, at any rate, in one channel or more."""

from __future__ import annotations

from kiosk.model.sound import RATE, Sound
from kiosk.speech import Unsaid


def decoded(data: bytes) -> Sound:
    """Raises Unsaid."""
    import miniaudio  # 0.2 s, for the lane of speech rather than the start of a process

    try:
        read = miniaudio.decode(data, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE)
    except miniaudio.MiniaudioError as error:
        raise Unsaid(f"not a sound: {error.args[0]}") from None
    return Sound(read.samples.tobytes())
