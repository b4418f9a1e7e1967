"""The ASGI application: the guard at the door, the OAuth endpoints, all other routes, the workers' life."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from core.server import identity_routes, request_routes
from core.server.errors import Refused
from core.server.json_endpoint import bound, refuse
from core.server.notifications import STREAM, EventStream
from core.server.oauth_endpoint import OAuthEndpoint
from core.server.services import Services
from core.wire.http_guard import LOOPBACK_HOSTS, HttpGuard, Receive, Scope, Send

_log = logging.getLogger(__name__)
_RESTART_S = 1.0


class App:
    """Sends OAuth paths to their endpoints and everything else to Starlette."""

    def __init__(self, endpoints: dict[str, OAuthEndpoint], rest: Starlette) -> None:
        self._endpoints, self._rest = endpoints, rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or lives through one lifespan."""
        endpoint = self._endpoints.get(scope["path"]) if scope["type"] == "http" else None
        if endpoint is not None:
            await endpoint(scope, receive, send)
        else:
            await self._rest(scope, receive, send)
            stream: EventStream | None = scope.pop(STREAM, None)
            if stream is not None:
                scope["headers"].clear()  # nobody reads them again, and a stream lasts for hours
                await stream.run(receive, send)


def build_app(services: Services) -> HttpGuard:
    """Makes the application of a server."""
    oauth = {**identity_routes.OAUTH, **request_routes.OAUTH}
    endpoints = {path: OAuthEndpoint(services, path, route) for path, route in oauth.items()}
    rest = Starlette(
        routes=[bound(services, route) for route in (*identity_routes.JSON, *request_routes.JSON)],
        exception_handlers={HTTPException: _http_error, Exception: _failed},
        lifespan=_lifespan_of(services),
    )
    rest.router.redirect_slashes = False
    host = urlsplit(services.issuer).hostname or "localhost"
    return HttpGuard(
        App(endpoints, rest),
        hosts=LOOPBACK_HOSTS | services.settings.hosts | {f"[{host}]" if ":" in host else host},
        posts={path: endpoint.post for path, endpoint in endpoints.items()},
        origin_paths={"/pair", "/authorize"},
        origins={services.issuer},
    )


def _lifespan_of(services: Services) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        services.hub.start(services.store.writer)
        workers = [*identity_routes.BACKGROUND, *request_routes.BACKGROUND]
        tasks = [asyncio.create_task(_keep_running(services, worker)) for worker in workers]
        try:
            yield
        finally:
            services.stopping.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            services.hub.stop()

    return lifespan


async def _keep_running(services: Services, worker: Callable[[Services], Awaitable[None]]) -> None:
    while not services.stopping.is_set():
        try:
            await worker(services)
        except Exception:
            _log.exception("a worker failed and is started again")
        try:
            await asyncio.wait_for(services.stopping.wait(), _RESTART_S)
        except TimeoutError:
            continue


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "bad_request")
    return refuse(Refused(status, code, "There is nothing here for this method.", headers=headers))


async def _failed(_request: Request, _error: Exception) -> Response:
    return refuse(Refused(500, "server_error", "The server failed. Its log says more."))
