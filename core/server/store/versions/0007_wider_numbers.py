"""Numbers that outgrow four bytes: a limit in a small currency, instants after 2038, commits of a long life.

SQLite keeps any number in its columns already, so only PostgreSQL's are widened; a new store has them so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_WIDER = (
    ("asking_rules", "pin_above"),
    ("outbox", "token_exp"),
    ("audit_events", "batch"),
    ("audit_links", "batch"),
)


def upgrade() -> None:
    """Widens the columns."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _WIDER:
            op.alter_column(table, column, type_=sa.BigInteger())
