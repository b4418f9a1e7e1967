"""What the payment server's routes answer: JSON, or a problem that says what to do next."""

import logging
import math
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from core.database.errors import DatabaseError, StatementFailed
from core.payment.errors import PaymentError, TooManyQuotes
from core.wire.errors import MessageRefused
from core.wire.messages import encode
from core.wire.problem import MEDIA_TYPE, Problem

STORE_RETRY_S = 2
"""What `Retry-After` says when the store does not take work."""
_NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_log = logging.getLogger(__name__)
_HTTP_CODES = {404: "not_found", 405: "method_not_allowed"}


def json(body: Any, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    return Response(encode(body), status, media_type="application/json", headers=_NO_STORE)


def problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A problem answer (RFC 9457)."""
    body = encode(Problem(status, code, detail))
    return Response(body, status, media_type=MEDIA_TYPE, headers=_NO_STORE | (headers or {}))


async def on_refusal(_request: Request, error: Exception) -> Response:
    """Answers a `PaymentError`."""
    assert isinstance(error, PaymentError)  # noqa: S101  Starlette's handlers are typed for any exception
    headers: dict[str, str] = {}
    if isinstance(error, TooManyQuotes):
        headers["retry-after"] = str(math.ceil(error.retry_after_s))
    elif error.status == 503:
        headers["retry-after"] = "1"
    elif error.status == 401:
        headers["www-authenticate"] = "Bearer"
    return problem(error.status, error.code, error.description, headers)


async def on_malformed(_request: Request, error: Exception) -> Response:
    """Answers a message of the wrong shape."""
    return problem(400, MessageRefused.code, f"The message cannot be read: {error}")


async def on_store(_request: Request, error: Exception) -> Response:
    """Answers a store that does not take work; a refused statement is our bug."""
    if isinstance(error, StatementFailed):
        _log.error("a statement was refused", exc_info=error)
        return problem(500, "internal_error", "Something went wrong inside the payment server.")
    _log.warning("the store does not take work", extra={"code": getattr(error, "code", "")})
    detail = "The payment server's store does not take work just now. Try again shortly."
    return problem(503, "store_unavailable", detail, {"retry-after": str(STORE_RETRY_S)})


async def on_http(_request: Request, error: Exception) -> Response:
    """Answers what the router refuses."""
    assert isinstance(error, HTTPException)  # noqa: S101
    code = _HTTP_CODES.get(error.status_code, "refused")
    detail = "There is nothing here." if error.status_code == 404 else error.detail
    return problem(error.status_code, code, detail, dict(error.headers or {}))


async def on_bug(_request: Request, _error: Exception) -> Response:
    """Answers what should not happen; the server's log has the traceback."""
    return problem(500, "internal_error", "Something went wrong inside the payment server.")


HANDLERS: dict[Any, Any] = {
    PaymentError: on_refusal,
    MessageRefused: on_malformed,
    DatabaseError: on_store,
    HTTPException: on_http,
    Exception: on_bug,
}
"""By exception, for Starlette."""
