"""Users are found by their ID alone, in one page and not two; an older store on SQLite kept them by rowid.

The new table is made beside the old one and takes its name, in the upgrade's one transaction. Foreign keys
are off meanwhile, as for every upgrade, and are checked before it is committed.
"""

import sqlalchemy as sa
from alembic import op

from core.server.store.tables import users

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NEW = "users_by_id"


def upgrade() -> None:
    """Rebuilds the table where it has rowids."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite" or not _has_rowids(bind):
        return
    made = users.to_metadata(sa.MetaData(), name=_NEW)
    made.create(bind)
    there = {column["name"] for column in sa.inspect(bind).get_columns("users")}
    kept = [column for column in users.columns if column.name in there]
    everybody = sa.select(*kept).order_by(users.c.user_id)
    bind.execute(made.insert().from_select([column.name for column in kept], everybody))
    op.execute("DROP TABLE users")
    op.execute(f"ALTER TABLE {_NEW} RENAME TO users")


def _has_rowids(bind: sa.Connection) -> bool:
    made: str = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'users'")).scalar_one()
    return "WITHOUT ROWID" not in made.upper()
