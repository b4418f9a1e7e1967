"""One-time codes have a name, count wrong tries, and may open the PIN; a new store has all this already."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "enrolment_codes"


def upgrade() -> None:
    """Adds the columns where they are missing; a code that waits stays good."""
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(TABLE)}
    if "name" in there:
        return
    op.add_column(TABLE, sa.Column("name", sa.String(4)))
    op.add_column(TABLE, sa.Column("wrong", sa.Integer, nullable=False, server_default="0"))
    op.add_column(TABLE, sa.Column("opens_pin", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("enrolment_codes_by_name", TABLE, ["name"])
