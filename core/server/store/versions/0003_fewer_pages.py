"""Two indexes on a person's requests where there were four, and no revision in the row of the user.

A new store has all this already, so each step looks first.
"""

import sqlalchemy as sa
from alembic import op

from core.server.store.request_tables import requests

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBERED = """
UPDATE requests SET slot = (
    SELECT count(*) FROM requests AS earlier
    WHERE earlier.user_id = requests.user_id AND earlier.state = 'pending'
    AND earlier.request_id < requests.request_id
) WHERE state = 'pending' OR slot IS NULL
"""


def upgrade() -> None:
    """Numbers what waits, then exchanges the indexes."""
    bind = op.get_bind()
    for name in ("requests_waiting", "open_slots_of_user", "open_slots_of_pair", "requests_by_user"):
        op.execute(f"DROP INDEX IF EXISTS {name}")
    columns = {column["name"] for column in sa.inspect(bind).get_columns("requests")}
    if "pair_slot" in columns:
        op.execute(_NUMBERED)
        with op.batch_alter_table("requests") as table:
            table.drop_column("pair_slot")
            table.alter_column("slot", existing_type=sa.Integer(), nullable=False)
            table.alter_column("revision", existing_type=sa.Integer(), type_=sa.BigInteger())
    if "revision" in {column["name"] for column in sa.inspect(bind).get_columns("users")}:
        op.execute("ALTER TABLE users DROP COLUMN revision")
    for index in requests.indexes:
        index.create(bind, checkfirst=True)
