"""The first version: every table of both halves as they stand at the first release."""

from alembic import op

from core.server.store import all_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    all_tables.metadata.create_all(op.get_bind())
