"""Prints docs/licences.md: what Nod uses, with the licence that each installed package states for itself.

`make licences` runs it in the project's environment, so the list follows the lock.
"""

import re
import tomllib
from importlib import metadata
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]

STATED_ELSEWHERE = {
    "atheris": "Apache-2.0 (Google; its metadata states nothing, its LICENSE does)",
    "espeakng-loader": "GPL-3.0-or-later (the espeak-ng library that it carries; states nothing itself)",
    "audioop-lts": "PSF-2.0 (Python 3.13 and newer only)",
    "standard-aifc": "PSF-2.0 (Python 3.13 and newer only)",
    "standard-chunk": "PSF-2.0 (Python 3.13 and newer only)",
}
"""Packages whose metadata names no licence, or that the lock holds for another Python than this one."""

SHORT = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "BSD 2-Clause License": "BSD-2-Clause",
    "APL 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""The usual short name of what packages write in words."""

HEAD = """# What Nod uses, and its licences

Nod itself is under Apache-2.0 (`LICENSE`). Everything below is installed from the lock by `make`, unchanged, as
packages of its own. Written by `make licences` from what each installed package states; the versions are those of
`requirements.txt`. The window About shows what follows this paragraph.

**Copied into Nod** are the Inter font (`core/presentation/fonts`, SIL Open Font License 1.1, its text beside it) and
lists of words drawn from WordNet 3.0 (`assistant/ears/words`, WordNet License, its text beside them).

**espeak-ng is GPL-3.0-or-later.** Nod neither contains nor links it: speech output is the optional extra `voice`,
pyttsx3 (MPL-2.0) loads the library at run time if it is there, in the assistant's own process, and without it the
assistant prints what it would say. Whoever distributes Nod together with `espeakng-loader` distributes a GPL-3 library
beside it and owes its source under that licence.

**Qt (PySide6, shiboken6)** is used under LGPL-3.0: as separate shared libraries from its own wheels, which anybody
may replace. **psycopg** is LGPL-3.0 and the optional extra `postgresql`.
"""


def bare(requirement: str) -> str:
    """Return a requirement's or a distribution's name in its compared form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def licence(name: str) -> str:
    """Return the licence that a package states: its expression, its word, or its classifier."""
    if name in STATED_ELSEWHERE:
        return STATED_ELSEWHERE[name]
    about = metadata.metadata(name)
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    word = (about.get("License") or "").split("\n")[0].strip()
    known = [one for one in classified if one != "DFSG approved"]
    stated = about.get("License-Expression") or (word if 0 < len(word) < 60 else "") or " and ".join(known)
    if not stated:
        raise SystemExit(f"{name} states no licence: read its files and add it to STATED_ELSEWHERE.")
    return SHORT.get(stated, stated)


def table(title: str, names: set[str]) -> str:
    """Return one section: a heading and a row for each package."""
    rows = [f"| {name} | {licence(name)} |" for name in sorted(names)]
    return "\n".join([f"\n## {title}\n", "| package | licence |", "| --- | --- |", *rows])


def main() -> None:
    """Print the page: what the product names itself, what the tests name, and what those bring along."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    extras = [one for group in project["project"]["optional-dependencies"].values() for one in group]
    product = {bare(one) for one in [*project["project"]["dependencies"], *extras]}
    tests = {bare(one) for one in project["dependency-groups"]["dev"]} - product
    locked = {
        bare(line) for line in (TOP / "requirements.txt").read_text().splitlines() if re.match(r"\w", line)
    }
    print(HEAD.rstrip())
    print(table("Named by Nod", locked & product))
    print(table("Named by its tests", locked & tests))
    print(table("Brought along by those", locked - product - tests))


if __name__ == "__main__":
    main()
