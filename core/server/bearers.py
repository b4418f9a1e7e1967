"""Who sends a request, by the access token in its header (RFC 6750 section 2.1, RFC 9449 section 7.1)."""

from starlette.requests import Request

from core.server import dpop
from core.server.access_tokens import Bearer
from core.server.errors import BadBearer, Refused
from core.server.services import Services


async def require(services: Services, request: Request, scope: str) -> Bearer:
    """Whoever sent the request, if its token has `scope`.

    Raises:
        BadBearer: 401 as `identify`; 403 without the scope.
    """
    bearer = await identify(services, request)
    if scope not in bearer.scopes:
        raise BadBearer(lacks_scope=scope)
    return bearer


async def identify(services: Services, request: Request) -> Bearer:
    """Whoever sent the request, by its token (RFC 6750 section 2.1, RFC 9449 section 7.1).

    Raises:
        BadBearer: 401 without a valid token, or without proof of the key that it is bound to.
    """
    scheme, token = _credentials(request)
    bearer = await services.tokens.find(token)
    if bearer is None or scheme != ("bearer" if bearer.jkt is None else "dpop"):
        raise BadBearer
    if bearer.jkt is not None and bearer.jkt != await _proven(services, request, token):
        raise BadBearer(is_unproven=True)
    return bearer


def user_of(bearer: Bearer) -> str:
    """The user whose terminal this is.

    Raises:
        BadBearer: 403: the token is no terminal's.
    """
    if bearer.user_id is None:
        raise BadBearer(lacks_scope="terminal")
    return bearer.user_id


def bearer_of(request: Request) -> str:
    """The token in the one `Authorization: Bearer` header.

    Raises:
        BadBearer: 401: none, several, or of another scheme.
    """
    scheme, token = _credentials(request)
    if scheme != "bearer":
        raise BadBearer
    return token


def _credentials(request: Request) -> tuple[str, str]:
    given = request.headers.getlist("authorization")
    if not given:
        raise BadBearer(is_missing=True)
    scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    if not token or len(token) > 512:
        raise BadBearer
    return scheme.lower(), token


async def _proven(services: Services, request: Request, token: str) -> str | None:
    try:
        headers, path = request.scope["headers"], request.scope["path"]
        return await dpop.key_of(services, headers, request.method, path, token)
    except Refused as refused:
        raise BadBearer(is_unproven=True) from refused
