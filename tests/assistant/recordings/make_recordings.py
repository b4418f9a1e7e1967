"""Makes the recordings of this folder with flite, a speech engine that the product does not use.

Run by hand after a change (Debian packages flite and sox); the results are committed.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

SAID = {
    "buy-milk-for-momo": ("buy milk for Momo", ("awb", "kal", "rms", "slt")),
    "two-green-teas-for-momo": ("please order two green teas for Momo", ("rms",)),
    "dont-buy-milk-for-momo": ("please don't buy milk for Momo", ("rms", "slt")),
    "weather": ("what is the weather like today", ("awb",)),
    "yes": ("yes", ("rms",)),
    "advert": ("buy a sofa today", ("slt",)),
}
"""Name: what is said, and by which voices."""


def main() -> int:
    for name, (text, voices) in SAID.items():
        for voice in voices:
            _record(text, voice, HERE / f"{name}-{voice}.wav")
    _converted(HERE / "buy-milk-for-momo-rms.wav", HERE / "buy-milk-for-momo-rms.flac")
    return 0


def _record(text: str, voice: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "said.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(raw)], check=True)
        _converted(raw, target)


def _converted(source: Path, target: Path) -> None:
    shape = ["-r", "16000", "-c", "1", "-b", "16"]
    subprocess.run(["sox", "-D", str(source), *shape, str(target), "pad", "0.2", "0.3"], check=True)


if __name__ == "__main__":
    sys.exit(main())
