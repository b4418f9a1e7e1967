"""The answer of `/token` that carries an access token and nothing else (RFC 6749 section 5.1)."""

from core.server.access_tokens import AccessTokens
from core.server.answers import Answer, json_answer


def token_answer(tokens: AccessTokens, issued: str, scopes: frozenset[str], jkt: str | None = None) -> Answer:
    """A token with its life and scope; of type `DPoP` where it is bound to a key."""
    return json_answer(
        {
            "access_token": issued,
            "token_type": "Bearer" if jkt is None else "DPoP",
            "expires_in": tokens.life_s,
            "scope": " ".join(sorted(scopes)),
        }
    )
