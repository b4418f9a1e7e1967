"""A terminal's calls about its user: profile, devices, pairing, terminals, and what was asked before.

Each answer is the wanted value or a `Refusal`. All may raise `ServerAway` and `BadAnswer`.
"""

from core.client.answer import Refusal
from core.client.oauth import OAuthClient
from core.wire.messages import (
    CodeWanted,
    Consent,
    Device,
    DeviceChange,
    Devices,
    EnrolmentCode,
    PairingView,
    PictureBody,
    Profile,
    ProfileChange,
    Requests,
    RequestView,
    Terminals,
)


def plain_code(user_code: str) -> str:
    """A pairing code as the server knows it, however it was typed: capitals, `ABCD-EFGH`."""
    letters = "".join(char for char in user_code.upper() if char.isascii() and char.isalnum())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else letters


class Home:
    """What an enrolled terminal manages."""

    def __init__(self, client: OAuthClient) -> None:
        self._client = client

    async def profile(self) -> Profile | Refusal:
        """The user's profile."""
        return (await self._client.json("GET", "/profile", safe=True)).read(Profile)

    async def change_profile(self, change: ProfileChange) -> Profile | Refusal:
        """Sets members of the profile; setting the same twice changes nothing more."""
        return (await self._client.json("PATCH", "/profile", change, safe=True)).read(Profile)

    async def picture(self) -> PictureBody | Refusal:
        """The user's picture; `no_picture` (404) where there is none."""
        return (await self._client.json("GET", "/profile/picture", safe=True)).read(PictureBody)

    async def set_picture(self, picture: bytes) -> Profile | Refusal:
        """Sets the picture: a square PNG of at most 256 pixels and 40 kB."""
        body = PictureBody(picture)
        return (await self._client.json("PUT", "/profile/picture", body, safe=True)).read(Profile)

    async def remove_picture(self) -> Refusal | None:
        """Removes the picture; None when it is gone."""
        return (await self._client.json("DELETE", "/profile/picture", safe=True)).done()

    async def devices(self) -> Devices | Refusal:
        """The paired devices."""
        return (await self._client.json("GET", "/devices", safe=True)).read(Devices)

    async def change_device(self, client_id: str, change: DeviceChange) -> Device | Refusal:
        """Renames, moves, blocks or unblocks a device."""
        return (await self._client.json("PATCH", f"/devices/{client_id}", change, safe=True)).read(Device)

    async def unpair(self, client_id: str) -> Refusal | None:
        """Ends a pairing; None when it worked."""
        return (await self._client.json("DELETE", f"/devices/{client_id}")).done()

    async def look_at_pairing(self, user_code: str) -> PairingView | Refusal:
        """Who wants to be paired; a wrong code counts, so a lost answer is not repeated."""
        return (await self._client.json("GET", f"/pairings/{plain_code(user_code)}")).read(PairingView)

    async def consent(self, user_code: str, consent: Consent) -> Device | Refusal:
        """Pairs a device; `nickname_taken` (409) when it already calls someone so."""
        return (await self._client.json("POST", f"/pairings/{plain_code(user_code)}", consent)).read(Device)

    async def refuse_pairing(self, user_code: str) -> Refusal | None:
        """Refuses a device; None when it worked."""
        return (await self._client.json("DELETE", f"/pairings/{plain_code(user_code)}")).done()

    async def terminals(self) -> Terminals | Refusal:
        """The user's terminals."""
        return (await self._client.json("GET", "/terminals", safe=True)).read(Terminals)

    async def remove_terminal(self, terminal_id: str) -> Refusal | None:
        """Removes a terminal; its inbox closes at once. None when it worked."""
        return (await self._client.json("DELETE", f"/terminals/{terminal_id}")).done()

    async def enrolment_code(self, wanted: CodeWanted) -> EnrolmentCode | Refusal:
        """A one-time code for another terminal."""
        return (await self._client.json("POST", "/enrolment-codes", wanted)).read(EnrolmentCode)

    async def requests(self, before: int | None = None, limit: int = 50) -> Requests | Refusal:
        """What was asked, newest first.

        Args:
            before: a revision; only what is older than it.
            limit: how many at most.
        """
        query = {"limit": str(limit)} | ({"before": str(before)} if before is not None else {})
        return (await self._client.json("GET", "/requests", safe=True, query=query)).read(Requests)

    async def request(self, request_id: str) -> tuple[RequestView, float] | Refusal:
        """One request as it stands, and half the round trip in seconds."""
        answer = await self._client.json("GET", f"/requests/{request_id}", safe=True)
        view = answer.read(RequestView)
        return view if isinstance(view, Refusal) else (view, answer.took_s / 2)

    async def note(self, name: str, request_id: str | None = None) -> None:
        """Tells the walkthrough of a local step ("shown"); elsewhere the server answers 404."""
        step = {"name": name} | ({"request_id": request_id} if request_id else {})
        await self._client.json("POST", "/events", step)
