"""The answer of `/token` that carries an access token and nothing else (RFC 6749 section 5.1)."""

from core.server.access_tokens import AccessTokens
from core.server.answers import Answer, json_answer


def token_answer(tokens: AccessTokens, issued: str, scopes: frozenset[str]) -> Answer:
    """A bearer token with its life and scope."""
    return json_answer(
        {
            "access_token": issued,
            "token_type": "Bearer",
            "expires_in": tokens.life_s,
            "scope": " ".join(sorted(scopes)),
        }
    )
