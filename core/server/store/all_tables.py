"""The whole schema: importing this module puts both halves' tables on the one metadata."""

from core.server.store import request_tables, tables

__all__ = ["metadata", "request_tables"]

metadata = tables.metadata
