"""The demo's scenarios: one JSON file each: what is ordered, what the approver does, how it ends."""

from pathlib import Path
from typing import Literal

import msgspec

from core.domain.outcome import Outcome
from core.roles.errors import WrongUse

FOLDER = Path(__file__).parent

Answer = Literal["approve", "deny", "wait", "unpair", "cancel"]


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One walk."""

    name: str
    """What `--scenario` says; the file's name."""
    says: str
    """One sentence for the person who looks on."""
    order: str
    """What is said to the device."""
    answer: Answer
    """What happens then: the approver approves or denies, lets the time run out, has unpaired the device
    before it asks, or the one who ordered takes the order back."""
    outcome: Outcome
    """How it must end."""
    messages: tuple[str, ...]
    """The messages between the parties that it must show, in this order (keys of `core.wire.events`)."""
    nickname: str = "Momo"
    """Under which name the approver is paired."""
    requested_expiry: int | None = None
    """Seconds for the decision; None leaves it to the approver's profile."""


def names() -> tuple[str, ...]:
    """Every scenario there is."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def read(name: str) -> Scenario:
    """The scenario called `name`.

    Raises:
        WrongUse: there is none.
    """
    if name not in names():
        raise WrongUse(f"There is no scenario {name!r}. There are: {', '.join(names())}.")
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Scenario)
