"""The tables of people's pictures, and of user IDs that were deleted and are never given out again."""

from sqlalchemy import Column, Double, ForeignKey, LargeBinary, String, Table

from core.server.store.tables import metadata

pictures = Table(
    "pictures",
    metadata,
    Column("user_id", ForeignKey("users.user_id"), primary_key=True),
    Column("picture", LargeBinary, nullable=False),
    Column("sha256", String(43), nullable=False),
)

gone_users = Table(
    "gone_users",
    metadata,
    Column("pseudonym", String(43), primary_key=True),
    Column("gone_at", Double, nullable=False),
)
