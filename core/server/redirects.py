"""Where a browser may be sent back to (RFC 6749 section 3.1.2, RFC 8252 section 7): judged at registration.

https, plain http on loopback only, and private-use schemes of installed programs, which have a dot in them
and so cannot be `javascript` or `data`. At the authorization endpoint the match is exact, byte by byte.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode, urlsplit

from core.server.clients import CODE, REFRESH
from core.server.errors import Refused, bad_metadata

MOST = 20
_LONGEST = 1000
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def check(redirect_uris: Sequence[str], response_types: Sequence[str], grants: tuple[str, ...]) -> None:
    """Judges a registration's redirect addresses and response types.

    Raises:
        Refused: 400 `invalid_redirect_uri`, `invalid_client_metadata` (RFC 7591 section 3.2.2).
    """
    has_code = CODE in grants
    if set(response_types) - {"code"} or (response_types and not has_code):
        raise bad_metadata("The response_types of this server are code, with the grant authorization_code.")
    if has_code != bool(redirect_uris) or len(redirect_uris) > MOST:
        raise Refused(
            400, "invalid_redirect_uri", "The grant authorization_code needs 1 to 20 redirect_uris."
        )
    if not all(_is_fit(uri) for uri in redirect_uris):
        raise Refused(
            400, "invalid_redirect_uri", "A redirect_uri is not https, loopback, or a private scheme."
        )
    if grants == (REFRESH,):
        raise bad_metadata("The grant refresh_token needs another to begin with.")


def with_answer(uri: str, answer: Mapping[str, str]) -> str:
    """The address to send the browser to, with the answer in its query (RFC 6749 section 4.1.2)."""
    joint = "&" if urlsplit(uri).query else "" if uri.endswith("?") else "?"
    return uri + joint + urlencode(answer, quote_via=quote)


def form_target(uri: str) -> str:
    """How a Content-Security-Policy names that address: origin, or scheme for one without a host."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("https", "http") else f"{parts.scheme}:"


def _is_fit(uri: str) -> bool:
    if not (uri.isascii() and uri.isprintable()) or len(uri) > _LONGEST or set(" \"'<>\\;,#") & set(uri):
        return False
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.username is not None:
        return False
    if parts.scheme == "https":
        return bool(host)
    if parts.scheme == "http":
        return host in _LOOPBACK
    return "." in parts.scheme and bool(parts.path)
