"""The identity half on PostgreSQL, where several server processes share the rows and hear of each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import postgres
from tests.clock import FakeClock
from tests.server.world import World, bearer
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    """An empty database on a private cluster."""
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed (Debian: postgresql)")
    with postgres.cluster(programs) as socket_folder:
        admin = create_engine(postgres.url(socket_folder, "postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE identity"))
        admin.dispose()
        yield postgres.url(socket_folder, "identity")


def test_what_one_server_process_is_told_the_other_knows(
    database_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with (
        World(tmp_path / "one", clock, database_url=database_url) as one,
        World(tmp_path / "two", clock, database_url=database_url) as two,
    ):
        momo, device = one.person(), one.device()
        one.pair(device, momo, "モモ")
        header = bearer(device.token())
        assert two.http.get("/contacts", headers=header).json()["owner"] == "モモ"
        assert one.http.get("/jwks").json() == two.http.get("/jwks").json()

        form = momo.assertion_form({"grant_type": "client_credentials"}, aud=[one.url, two.url])
        assert one.post("/token", form).status_code == 200
        assert two.post("/token", form).json()["error"] == "invalid_client", "the assertion was spent"

        token = bearer(momo.token())
        assert two.http.get("/profile", headers=token).status_code == 200
        assert momo.send("DELETE", f"/terminals/{momo.terminal_id}").status_code == 204
        wait_until(
            lambda: two.http.get("/profile", headers=token).status_code == 401,
            what="the removal to reach the other process",
        )
