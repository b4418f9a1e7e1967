"""Plays a WAV file with whatever this machine has: PulseAudio's or ALSA's player, or PortAudio."""

import shutil
import subprocess
import threading
from pathlib import Path

_PLAYERS: tuple[tuple[str, ...], ...] = (("paplay",), ("pw-play",), ("aplay", "-q"))
_LONGEST_S = 60.0


class Player:
    """Plays one file at a time; finds out at the first one what works here."""

    def __init__(self) -> None:
        self._commands = [command for command in _PLAYERS if shutil.which(command[0])]
        self._has_port_audio = True
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_stopped = False

    def play(self, file: Path) -> bool:
        """Plays a file to its end; False when nothing here can.

        Blocks for as long as the sound lasts. A way that failed is not tried again.
        """
        while self._commands and not self._is_stopped:
            if self._run([*self._commands[0], str(file)]):
                return True
            if not self._is_stopped:
                self._commands.pop(0)
        if self._is_stopped:
            return True
        self._has_port_audio = self._has_port_audio and _play_by_port_audio(file)
        return self._has_port_audio

    def _run(self, command: list[str]) -> bool:
        with self._lock:
            if self._is_stopped:
                return True
            try:
                self._child = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            except OSError:
                return False
        try:
            return self._child.wait(_LONGEST_S) == 0
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
            return True

    def stop(self) -> None:
        """Ends what plays, from any thread; nothing is played afterwards."""
        with self._lock:
            self._is_stopped = True
            if self._child is not None and self._child.poll() is None:
                self._child.kill()


def _play_by_port_audio(file: Path) -> bool:
    try:
        import sounddevice

        from assistant.synthesis import read_wave

        rate, samples = read_wave(file)
        sounddevice.play(samples, rate, blocking=True)
    except Exception:  # no library, no device, a device that refuses: all mean that there is no sound here
        return False
    return True
