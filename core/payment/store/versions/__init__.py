"""Schema versions, one Alembic revision each."""
