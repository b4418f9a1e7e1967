"""The message by which a person has everything about them deleted, signed by their terminal."""

from core.client.answer import Refusal
from core.client.oauth import OAuthClient
from core.wire import deletion
from core.wire.deletion import Deletion
from core.wire.keys import SigningKey
from core.wire.messages import DeletionBody

WRONG_PIN = Refusal(0, "wrong_pin")
"""This terminal's own no: the PIN does not open its key, so nothing was sent."""
OTHER_USER_ID = Refusal(0, "other_user_id")
"""This terminal's own no: what was typed is not the user ID of this terminal."""


async def delete_person(client: OAuthClient, user_id: str, pin_key: SigningKey | None) -> Refusal | None:
    """Has the server delete the person (`POST /profile/deletion`); None when it did.

    Not repeated after a lost answer: the inbox then says `removed`.

    Args:
        client: the terminal.
        user_id: as the person typed it to confirm.
        pin_key: what signs where a PIN is set.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    now = int(client.transport.server_now())
    word = Deletion(client.client_id, user_id, client.issuer, now)
    body = DeletionBody(deletion.sign(word, pin_key or client.key))
    return (await client.json("POST", "/profile/deletion", body)).done()
