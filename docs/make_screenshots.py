"""Pictures of every window and state for the documents: the real widgets with plausible values.

    python docs/make_screenshots.py [FOLDER]

draws into docs/pictures unless told otherwise. Each language, theme and scale is a process of its own, since
Qt reads the scale once. Whole set in English light and Japanese dark; the prompt alone in the other pairs and
at scale 2, and on the smallest screen. Pictures have 256 colours at most and are small enough to be kept.
"""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

RUNS = (
    ("en", "light", 1, "small"),
    ("ja", "dark", 2, "small"),
    ("en", "light", 1, "all"),
    ("ja", "dark", 1, "all"),
    ("en", "dark", 1, "prompt"),
    ("ja", "light", 1, "prompt"),
    ("en", "light", 2, "prompt"),
    ("ja", "dark", 2, "prompt"),
)


def main(arguments: list[str]) -> int:
    """Draws everything, or one run of it in this process."""
    if len(arguments) == 5:
        from pictures_of import draw

        language, scheme, scale, which, folder = arguments
        draw(language, scheme, int(scale), which, Path(folder))
        return 0
    folder = Path(arguments[0]) if arguments else HERE / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for language, scheme, scale, which in RUNS:
        surroundings = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
            "QT_LOGGING_RULES": "*.warning=false",
            "TZ": "Asia/Tokyo",
        }
        words = [sys.executable, __file__, language, scheme, str(scale), which, str(folder)]
        if subprocess.run(words, env=surroundings, check=False).returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
