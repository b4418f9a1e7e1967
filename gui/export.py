"""A person's own data as one JSON file: profile, devices, and every request with its signed receipt."""

from pathlib import Path

import msgspec

from core.wire.messages import Device, Profile, RequestView

FORMAT = "nod-export-1"


class Exported(msgspec.Struct, frozen=True, omit_defaults=True):
    """The file's content."""

    format: str
    """`nod-export-1`."""
    profile: Profile | None
    """As the server keeps it."""
    devices: tuple[Device, ...]
    """Everybody who may ask."""
    requests: tuple[RequestView, ...]
    """Everything that was asked and is known to this terminal."""


def export(
    path: Path, profile: Profile | None, devices: tuple[Device, ...], requests: tuple[RequestView, ...]
) -> bool:
    """Writes the file; False where it cannot be written.

    Challenges are left out: they belong to requests that are still open.
    """
    plain = tuple(msgspec.structs.replace(view, challenge=None) for view in requests)
    content = msgspec.json.format(msgspec.json.encode(Exported(FORMAT, profile, devices, plain)), indent=2)
    try:
        path.write_bytes(content)
        path.chmod(0o600)
    except OSError:
        return False
    return True
