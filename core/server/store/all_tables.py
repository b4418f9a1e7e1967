"""The whole schema: importing this module puts every table of the server on the one metadata."""

from core.server.store import oauth_tables, person_tables, request_tables, tables

__all__ = ["metadata", "oauth_tables", "person_tables", "request_tables"]

metadata = tables.metadata
