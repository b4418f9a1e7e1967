"""A sound server of its own whose loudspeaker is also its microphone: what is played is what is heard."""

import os
import shutil
import subprocess
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from assistant.synthesis import read_wave, render
from assistant.tone import Tone
from tests.waiting import wait_until

PROGRAMS = ("pulseaudio", "paplay", "parec", "pactl")
SET_UP = """\
load-module module-null-sink sink_name=room
load-module module-native-protocol-unix
load-module module-remap-source master=room.monitor source_name=ear
set-default-sink room
set-default-source ear
"""


@contextmanager
def sound_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """PulseAudio with a null sink and a remapped source, for this process and its children."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"PulseAudio is not installed ({', '.join(missing)}); `make test` installs it as root")
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    script = folder / "room.pa"
    script.write_text(SET_UP)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    server = subprocess.Popen(
        ["pulseaudio", "-n", "-F", str(script), "--exit-idle-time=-1", "--daemonize=no"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    try:
        wait_until(_has_ear, what="PulseAudio")
        yield
    finally:
        server.terminate()
        server.wait(10)


def _has_ear() -> bool:
    told = subprocess.run(["pactl", "list", "short", "sources"], capture_output=True, text=True, check=False)
    return "ear" in told.stdout.split()


def speak_to_file(line: str, file: Path) -> None:
    """Makes a recording of a line, with silence before it: a sink that wakes up swallows the first sounds."""
    render(line, Tone(words_a_minute=150), file)
    rate_hz, samples = read_wave(file)
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, rate_hz, 0, "NONE", ""))
        sound.writeframes(np.concatenate([np.zeros(rate_hz // 2, dtype=np.int16), samples]).tobytes())


def play_in_the_room(file: Path) -> None:
    """Plays a recording to its end."""
    subprocess.run(["paplay", str(file)], check=True, timeout=30)
