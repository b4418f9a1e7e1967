"""The audit log's count of commits outgrows four bytes in a server's long life.

SQLite keeps any number in its columns already, so only PostgreSQL's are widened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widens the columns."""
    if op.get_bind().dialect.name == "postgresql":
        for table in ("audit_events", "audit_links"):
            op.alter_column(table, "batch", type_=sa.BigInteger())
