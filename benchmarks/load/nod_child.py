"""The user-management server as its own process for a benchmark: wired as ever, but for its device's rate.

`python -m benchmarks.load.nod_child DATABASE_URL PORT` makes a client, people and contacts on an empty
database first (`--contacts N`), then prints `ready CLIENT_ID SECRET` and serves until it is ended.
"""

import argparse
import asyncio
import secrets
import time

import msgspec
import uvicorn
import uvloop
from sqlalchemy import Connection, insert

from core.database.writer import Unit
from core.roles.serving import settle_memory, uvicorn_config
from core.server import wiring
from core.server.access_tokens import hashed
from core.server.clients import CIBA, CLIENT_CREDENTIALS, StoredMetadata
from core.server.limits import Limits
from core.server.settings import Settings
from core.server.store.request_tables import requests
from core.server.store.tables import access_tokens, clients, contacts, terminals, users
from core.wire.canonical import b64u
from core.wire.keys import SigningKey

CLIENT = "agent"
TERMINAL_LIFE_S = 86_400
CHUNK = 50_000
PUBLIC_JWK = msgspec.json.encode(SigningKey.generate().public_jwk()).decode()


def nickname(number: int) -> str:
    """The nickname of a person of the benchmark."""
    return f"n{number:08d}"


def seed(connection: Connection, secret: str, people: int, terminal_count: int) -> None:
    """Makes one client, its contacts, and terminals with an access token each."""
    now = time.time()
    kept = StoredMetadata(
        token_endpoint_auth_method="client_secret_basic",
        grant_types=(CIBA, CLIENT_CREDENTIALS),
        backchannel_token_delivery_mode="poll",
    )
    row = {
        "client_id": CLIENT,
        "name": "benchmark",
        "kind": "service",
        "secret_sha256": hashed(secret),
        "metadata": msgspec.json.encode(kept).decode(),
        "registered_at": now,
    }
    connection.execute(insert(clients), row)
    for start in range(0, people, CHUNK):
        numbers = range(start, min(start + CHUNK, people))
        connection.execute(insert(users), [_user(number, now) for number in numbers])
        connection.execute(insert(contacts), [_contact(number, now) for number in numbers])
    for number in range(terminal_count):
        _add_terminal(connection, number, now)


def _user(number: int, now: float) -> dict[str, object]:
    return {
        "user_id": nickname(number),
        "nickname": nickname(number),
        "locale": "en",
        "zone": "UTC",
        "created_at": now,
    }


def _contact(number: int, now: float) -> dict[str, object]:
    return {
        "client_id": CLIENT,
        "nickname_key": nickname(number),
        "user_id": nickname(number),
        "nickname": nickname(number),
        "device_name": "benchmark",
        "paired_at": now,
    }


def store_past(connection: Connection, count: int, people: int) -> None:
    """Adds requests that ended long ago, spread over everybody, with details as long as real ones."""
    details = msgspec.json.encode({"context": {}, "salt": "s" * 24, "filler": "x" * 500}).decode()
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        rows = [_ended(number, nickname(number * 7919 % people), details) for number in numbers]
        connection.execute(insert(requests), rows)


def _ended(number: int, user_id: str, details: str) -> dict[str, object]:
    asked = 1_600_000_000.0 + number
    return {
        "request_id": f"req_{number:032d}",
        "client_id": CLIENT,
        "user_id": user_id,
        "state": "denied",
        "revision": int(asked * 1000),
        "requested_at": asked,
        "decide_by": asked + 60,
        "ended_at": asked + 10,
        "window_s": 60,
        "scope": "openid",
        "details": details,
        "has_purchase": False,
        "challenge": "c" * 24,
        "presence": "click",
        "paired_at": asked,
        "first_request": False,
        "slot": 0,
    }


def terminal_token(secret: str, number: int) -> str:
    """The access token of terminal `number`."""
    return b64u(f"{secret}:{number}".encode())


def _add_terminal(connection: Connection, number: int, now: float) -> None:
    terminal_id = f"ter_{number:08d}"
    terminal = {
        "terminal_id": terminal_id,
        "user_id": nickname(number),
        "name": "benchmark",
        "thumbprint": terminal_id,
        "jwk": PUBLIC_JWK,
        "proof_sha256": "",
        "enrolled_at": now,
    }
    connection.execute(insert(terminals), terminal)


async def serve(server: wiring.Server, port: int) -> None:
    """Serves on loopback until the process is ended."""
    config = uvicorn_config(server.app)
    config.host, config.port = "127.0.0.1", port
    settle_memory()
    await uvicorn.Server(config).serve()


def main() -> None:
    """Seeds an empty database, then serves."""
    options = argparse.ArgumentParser()
    options.add_argument("database")
    options.add_argument("port", type=int)
    options.add_argument("--contacts", type=int, default=1000)
    options.add_argument("--terminals", type=int, default=0)
    options.add_argument("--stored", type=int, default=0)
    given = options.parse_args()
    settings = Settings(
        database_url=given.database,
        issuer=f"http://127.0.0.1:{given.port}",
        initial_access_token="",
        limits=Limits(per_device=None),
    )
    server = wiring.build(settings, now=time.time)
    secret = secrets.token_urlsafe(32)

    def guard(unit: Unit) -> None:
        seed(unit.connection, secret, given.contacts, given.terminals)
        store_past(unit.connection, given.stored, given.contacts)
        for number in range(given.terminals):
            token = {
                "token_sha256": hashed(terminal_token(secret, number)),
                "client_id": f"ter_{number:08d}",
                "user_id": nickname(number),
                "scope": "terminal",
                "issued_at": unit.now,
                "expires_at": unit.now + TERMINAL_LIFE_S,
            }
            unit.append(access_tokens, token)

    server.services.store.writer.submit_blocking(guard, 3600)
    print("ready", CLIENT, secret, flush=True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(server, given.port))
    server.close()


if __name__ == "__main__":
    main()
