"""Users are found by their ID alone, in one page and not two; an older store on SQLite kept them by rowid.

The new table is made beside the old one and takes its name, in the upgrade's one transaction. Foreign keys
are off meanwhile, as for every upgrade, and are checked before it is committed.
"""

import sqlalchemy as sa
from alembic import op

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
    users = sa.Table("users", sa.MetaData(), autoload_with=bind)
    made = users.to_metadata(sa.MetaData(), name=_NEW)
    made.dialect_options["sqlite"]["with_rowid"] = False
    made.create(bind)
    bind.execute(made.insert().from_select(users.c.keys(), sa.select(users).order_by(users.c.user_id)))
    op.execute("DROP TABLE users")
    op.execute(f"ALTER TABLE {_NEW} RENAME TO users")


def _has_rowids(bind: sa.Connection) -> bool:
    made: str = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'users'")).scalar_one()
    return "WITHOUT ROWID" not in made.upper()
