"""How a person wants to be asked stands in a table of its own, for those who changed anything of it.

A new store has all this already, so each step looks first.
"""

import sqlalchemy as sa
from alembic import op

from core.server.store.tables import asking_rules

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Moves what is not as it comes, then drops the columns."""
    bind = op.get_bind()
    asking_rules.create(bind, checkfirst=True)
    users = sa.Table("users", sa.MetaData(), autoload_with=bind)
    moved = [column for column in asking_rules.columns if column.name != "user_id"]
    if moved[0].name not in users.c:
        return
    was = users.c
    is_changed = sa.or_(
        was.window_s != 60,
        was.pin_above.is_not(None),
        was.match_code.is_(sa.false()),
        was.user_code_sha256.is_not(None),
        was.quiet_start.is_not(None),
        was.quiet_end.is_not(None),
        was.presence_shared.is_(sa.true()),
    )
    names = [column.name for column in asking_rules.columns]
    changed = sa.select(*[was[name] for name in names]).where(is_changed).order_by(was.user_id)
    bind.execute(asking_rules.insert().from_select(names, changed))
    with op.batch_alter_table("users", table_kwargs={"sqlite_with_rowid": False}) as table:
        for column in moved:
            table.drop_column(column.name)
