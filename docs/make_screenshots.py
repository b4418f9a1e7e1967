"""Pictures of every window in every state for the documents: the real widgets with plausible values.

    python docs/make_screenshots.py [FOLDER]

draws into docs/pictures unless told otherwise: contact sheets of all states by area (prompt, ends, wizard,
home, rooms, narrow, questions, device), in English and Japanese, light and dark, at scale 1 and 2, and a few single
pictures.
Each language, theme and scale is a process of its own, since Qt reads the scale once. Sheets have few colours
and are small enough to be kept.
"""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

LOSSLESS = 100
"""Qt's quality of a sheet; what is lost is lost with the colours."""
COLOURS = {1: 128, 2: 40}
"""Of a sheet at each scale: more would be seen by nobody, and be larger."""
RUNS = tuple(product(("en", "ja"), ("light", "dark"), (1, 2)))
SINGLE = {"prompt": "first time, ready"}
"""Single pictures for the front page, by the state that they show."""


def main(arguments: list[str]) -> int:
    """Draws everything, or one run of it in this process."""
    if len(arguments) == 4:
        language, scheme, scale, folder = arguments
        draw(language, scheme, int(scale), Path(folder))
        return 0
    folder = Path(arguments[0]) if arguments else HERE / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for language, scheme, scale in RUNS:
        surroundings = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
            "QT_LOGGING_RULES": "*.warning=false",
            "TZ": "Asia/Tokyo",
        }
        words = [sys.executable, __file__, language, scheme, str(scale), str(folder)]
        if subprocess.run(words, env=surroundings, check=False).returncode != 0:
            return 1
    return 0


def draw(language: str, scheme: str, scale: int, folder: Path) -> None:
    """Draws one run."""
    from device_states import device_states
    from every_state import areas
    from few_colours import small
    from pictures_of import Studio
    from tests.gui.painting import settle
    from sheets import sheet

    studio = Studio(language, scheme)
    every = areas(studio) | {"device": device_states(language, is_dark=scheme == "dark")}
    end = f"{language}-{scheme}{f'@{scale}x' if scale > 1 else ''}"
    for area, makers in every.items():
        if area == "device":  # a process of its own, which knows nothing of our sheet
            studio.app.setStyleSheet("")
        pictures = {name: settle(studio.app, make()) for name, make in makers.items()}
        if scale == 1 and area in SINGLE:
            small(pictures[SINGLE[area]]).save(str(folder / f"{area}-{end}.png"), quality=0)
        whole = sheet(pictures, scale)
        small(whole, COLOURS[scale]).save(str(folder / f"{area}-states-{end}.webp"), quality=LOSSLESS)
    studio.bridge.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
