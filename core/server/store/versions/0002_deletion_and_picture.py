"""What a deleted user leaves behind, and pictures of those who are there; a new store has both already."""

from alembic import op

from core.server.store import person_tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables where they are missing."""
    for table in (person_tables.gone_users, person_tables.pictures):
        table.create(op.get_bind(), checkfirst=True)
