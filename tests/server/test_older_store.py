"""A store that an earlier version wrote is brought up to date, and nobody in it is lost."""

from pathlib import Path

from sqlalchemy import inspect, text

from core.database.engine import open_engine, writing
from core.database.migrations import current_version
from core.server import wiring
from tests.clock import FakeClock
from tests.server.pictures import PICTURE
from tests.server.world import Terminal, World

NEW = ("pictures", "gone_users")


def test_a_store_of_the_first_version_gets_what_came_later(tmp_path: Path, clock: FakeClock) -> None:
    with World(tmp_path, clock) as world:
        momo = world.person()
    engine = open_engine(world.settings.database_url)
    with writing(engine) as connection, connection.begin():
        for table in NEW:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()

    store = wiring.open_store(world.settings.database_url, now=clock)
    with store.engine.connect() as connection:
        assert (current_version(connection) or "") >= "0002"
        assert set(NEW) <= set(inspect(connection).get_table_names())
    store.writer.stop(5)
    store.reader.close()
    store.engine.dispose()

    with World(tmp_path, clock) as again:
        back = Terminal(again, momo.key)
        back.terminal_id, back.user_id = momo.terminal_id, momo.user_id
        assert back.send("PUT", "/profile/picture", {"picture": PICTURE}).status_code == 200
