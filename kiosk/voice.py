"""`kiosk voice`: in which voice each language is heard, the lists for a voice actor and for a reviewer, and a sentence to listen to."""

from __future__ import annotations

import argparse
import io
import sys
import wave
from collections.abc import Callable
from typing import TextIO

from kiosk import app, config, i18n
from kiosk.model.sound import RATE, WIDTH
from kiosk.speech import Unsaid, review, script
from kiosk.speech.reading import read_aloud

WELL, SILENT, USAGE = range(3)


def main(options: argparse.Namespace) -> int:
    """Returns one of the statuses above, as `kiosk voice --help` lists them."""
    match options.action:
        case "list":
            return _list(options, script.write, "recordings, {} of them there")
        case "review":
            return _list(options, review.write, "texts, {} of them reviewed")
        case "say":
            return _say(options)
    return _overview(options)


def _overview(options: argparse.Namespace) -> int:
    voice = app.voice(config.load(options.config))
    silent = False
    for language in i18n.LANGUAGES:
        heard = voice.heard_as(language)
        count, there = script.write(language, io.StringIO())
        how = "nothing is heard" if not heard else f"heard as {heard}" if heard != language else "heard"
        print(f"{language}: {how}; {there} of {count} recorded")
        silent = silent or not heard
    voice.close()
    return SILENT if silent else WELL


def _list(options: argparse.Namespace, write: Callable[[str, TextIO], tuple[int, int]], summary: str) -> int:
    if not i18n.table(options.language):
        print(f"{options.language} has no words yet: locales/{options.language} is empty", file=sys.stderr)
        return USAGE
    if options.into is None:
        write(options.language, sys.stdout)
        return WELL
    # With its mark a spreadsheet reads it as UTF-8.
    with options.into.open("w", encoding="utf-8-sig", newline="") as file:
        count, done = write(options.language, file)
    print(f"{options.into}: {count} {summary.format(done)}")
    return WELL


def _say(options: argparse.Namespace) -> int:
    synthesizer = app.synthesizer(config.load(options.config))
    try:
        sound = synthesizer.say(read_aloud(options.text, options.language), options.language)
    except Unsaid as unsaid:
        print(unsaid, file=sys.stderr)
        return SILENT
    with wave.open(str(options.into), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH)
        file.setframerate(RATE)
        file.writeframes(sound.pcm)
    print(f"{options.into}: {sound.seconds:.1f} s, read as: {read_aloud(options.text, options.language)}")
    return WELL
