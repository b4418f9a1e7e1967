"""Users and their terminals."""

from typing import Any

import msgspec

from core.domain.limits import QuietHours
from core.wire.messages.codec import In, Out


class TerminalKeys(In, frozen=True):
    """A terminal as it enrols."""

    name: str
    """What the person calls it: "desk"."""
    jwk: dict[str, Any]
    """Its public key for login and click approvals."""
    pin_jwk: dict[str, Any] | None = None
    """The public key that only the PIN opens, if a PIN is set."""


class NewProfile(In, frozen=True):
    """`POST /profiles`."""

    user_id: str
    """2 to 32 of a-z, 0-9, dot, hyphen, underscore."""
    nickname: str
    """What devices call this user, unless another is chosen at pairing."""
    terminal: TerminalKeys
    """The first terminal."""
    proof: str
    """`nod-enrolment+jws` by the terminal's key over the other members."""
    spoken_as: str | None = None
    """Reading of a nickname with kanji."""
    display_name: str | None = None
    """The person's name on their own screens."""
    locale: str = "en"
    """`en` or `ja`."""
    zone: str = "UTC"
    """IANA time zone."""


class NewTerminal(In, frozen=True):
    """`POST /terminals`: a further or replacing terminal."""

    code: str
    """One-time code from an enrolled terminal or the operator."""
    terminal: TerminalKeys
    """The new terminal."""
    proof: str
    """`nod-enrolment+jws` by its key over the other members."""


class Profile(Out, frozen=True):
    """What the server keeps of a user; settings have defaults."""

    user_id: str
    nickname: str
    spoken_as: str | None = None
    display_name: str | None = None
    locale: str = "en"
    zone: str = "UTC"
    window_s: int = 60
    """Decision window unless the request asks otherwise."""
    pin_above: int | None = None
    """Minor units above which a PIN is demanded; None: never."""
    match_code: bool = True
    """Whether the code is demanded."""
    quiet_hours: QuietHours | None = None
    """Local hours in which nobody may ask."""
    presence_shared: bool = False
    """Whether devices may learn that no screen is connected."""
    has_user_code: bool = False
    """Whether devices must bring the user's own code (CIBA Core 1.0 section 7.1, `user_code`)."""
    picture_sha256: str | None = None
    """Hash of the user's picture, where there is one: `GET /profile/picture`."""


class ProfileChange(In, frozen=True):
    """`PATCH /profile`: members that are there are set."""

    nickname: str | msgspec.UnsetType = msgspec.UNSET
    spoken_as: str | msgspec.UnsetType | None = msgspec.UNSET
    display_name: str | msgspec.UnsetType | None = msgspec.UNSET
    locale: str | msgspec.UnsetType = msgspec.UNSET
    zone: str | msgspec.UnsetType = msgspec.UNSET
    window_s: int | msgspec.UnsetType = msgspec.UNSET
    pin_above: int | msgspec.UnsetType | None = msgspec.UNSET
    match_code: bool | msgspec.UnsetType = msgspec.UNSET
    quiet_hours: QuietHours | msgspec.UnsetType | None = msgspec.UNSET
    presence_shared: bool | msgspec.UnsetType = msgspec.UNSET
    pin_jwk: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET
    """This terminal's PIN key; None removes it."""
    user_code: str | msgspec.UnsetType | None = msgspec.UNSET
    """A code that devices must bring before this user is asked at all; None removes it."""
    pin_proof: str | None = None
    """`nod-pin+jws` over the other members, for what the PIN guards."""
    pin_code: str | None = None
    """A one-time code in its place, made with the PIN elsewhere or by the operator."""


class CodeWanted(In, frozen=True):
    """`POST /enrolment-codes`, whose body may be missing."""

    pin_proof: str | None = None
    """`nod-pin+jws` over no members: the code then stands for the PIN too."""


class PictureBody(In, frozen=True):
    """`PUT /profile/picture`, and the answer to `GET`."""

    picture: bytes
    """A square PNG of at most 256 pixels and 40 kB, in base64."""


class DeletionBody(In, frozen=True):
    """`POST /profile/deletion`."""

    deletion: str
    """`nod-deletion+jws`."""


class Enrolled(Out, frozen=True):
    """Answer to `POST /profiles` and `POST /terminals`."""

    terminal_id: str
    """The terminal's OAuth client id."""
    profile: Profile
    """The user that it belongs to."""


class EnrolmentCode(Out, frozen=True):
    """Answer to `POST /enrolment-codes`."""

    code: str
    """Digits and letters to type on the new terminal, once."""
    expires_in: int
    """Seconds."""


class TerminalView(Out, frozen=True):
    """One terminal of `GET /terminals`."""

    terminal_id: str
    name: str
    enrolled_at: str
    is_this: bool = False
    """Whether it is the one that asks."""


class Terminals(Out, frozen=True):
    """Answer to `GET /terminals`."""

    terminals: tuple[TerminalView, ...]
