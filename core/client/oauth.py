"""A registered client's calls: form posts with a fresh assertion each, JSON calls with an access token."""

import msgspec

from core.client.answer import Answer, Refusal
from core.client.assertion import client_assertion, with_assertion
from core.client.transport import Call, Transport
from core.wire.keys import SigningKey
from core.wire.messages import encode

FORM = "application/x-www-form-urlencoded"
EARLY_S = 30.0
"""An access token is renewed this long before it ends."""
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CIBA_GRANT = "urn:openid:params:grant-type:ciba"


class Metadata(msgspec.Struct, frozen=True):
    """What of the server's metadata a client needs (OpenID Connect Discovery 1.0 section 3)."""

    issuer: str
    """The server's name in everything that is signed for it."""
    nod_payment_server: str = ""
    """Base address of the payment server."""


class AccessToken(msgspec.Struct, frozen=True):
    """Answer of the token endpoint to `client_credentials` (RFC 6749 section 5.1)."""

    access_token: str
    """Opaque; never logged."""
    expires_in: float = 600
    """Seconds."""


async def discover(transport: Transport) -> Metadata | Refusal:
    """Reads the server's metadata; also sets our idea of its clock.

    Raises:
        ServerAway, BadAnswer: if there is no usable answer.
    """
    answer = await transport.send(Call("GET", "/.well-known/openid-configuration"), safe=True)
    return answer.read(Metadata)


class OAuthClient:
    """One client id at one server."""

    def __init__(
        self, transport: Transport, issuer: str, client_id: str, key: SigningKey, scope: str
    ) -> None:
        self.transport = transport
        self.issuer = issuer
        self.client_id = client_id
        self.key = key
        self._scope = scope
        self._token = ""
        self._token_ends = 0.0

    async def form(self, path: str, params: dict[str, str], *, safe: bool, wait_s: int = 0) -> Answer:
        """Posts a form with client authentication.

        Args:
            path: the endpoint's.
            params: the form.
            safe: whether it may be repeated when no answer came.
            wait_s: how long the server may hold its answer back until there is news.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        answer = await self.transport.send(lambda: self._form_call(path, params, wait_s), safe=safe)
        refused = answer.done()
        if refused is None or refused.code != "invalid_client" or not self.transport.doubt_clock():
            return answer
        return await self.transport.send(lambda: self._form_call(path, params, wait_s), safe=safe)

    def _form_call(self, path: str, params: dict[str, str], wait_s: int) -> Call:
        now = self.transport.server_now()
        assertion = client_assertion(self.client_id, self.issuer, self.key, now)
        return Call("POST", path, with_assertion(params, self.client_id, assertion), FORM, wait_s=wait_s)

    async def json(
        self,
        method: str,
        path: str,
        message: object = None,
        *,
        safe: bool = False,
        query: dict[str, str] | None = None,
    ) -> Answer:
        """Calls with the client's access token, fetched or renewed as needed.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        first = await self._authorized(method, path, message, query or {}, safe=safe)
        if first.status != 401:
            return first
        self.forget_token()
        return await self._authorized(method, path, message, query or {}, safe=safe)

    async def _authorized(
        self, method: str, path: str, message: object, query: dict[str, str], *, safe: bool
    ) -> Answer:
        token = await self.access_token()
        if isinstance(token, Answer):
            return token
        body = None if message is None else encode(message)
        return await self.transport.send(Call(method, path, body, bearer=token, query=query), safe=safe)

    async def access_token(self) -> str | Answer:
        """A living access token, or the answer that refused one.

        Raises:
            ServerAway, BadAnswer: if there is no usable answer.
        """
        steady = self.transport.clock.steady
        if self._token and steady() < self._token_ends:
            return self._token
        params = {"grant_type": "client_credentials", "scope": self._scope}
        answer = await self.form("/token", params, safe=True)
        token = answer.read(AccessToken)
        if isinstance(token, Refusal):
            return answer
        self._token, self._token_ends = token.access_token, steady() + token.expires_in - EARLY_S
        return self._token

    def forget_token(self) -> None:
        """Fetches a new access token at the next call."""
        self._token = ""
