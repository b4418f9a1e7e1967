"""The tables of the code flow, refresh tokens and subjects; on the same metadata.

Tokens, codes and handles are kept as SHA-256 only.
"""

from sqlalchemy import Column, Double, String, Table, Text

from core.server.store.tables import metadata

browser_requests = Table(
    "browser_requests",
    metadata,
    Column("handle_sha256", String(43), primary_key=True),
    Column("request_id", String(40), nullable=False),
    Column("client_id", String(128), nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("state", Text),
    Column("nonce", Text),
    Column("code_challenge", String(43), nullable=False),
    Column("jkt", String(43)),
    Column("code_sha256", String(43), unique=True),
    Column("code_until", Double),
    Column("redeemed_at", Double),
    Column("expires_at", Double, nullable=False, index=True),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_sha256", String(43), primary_key=True),
    Column("grant_id", String(40), nullable=False, index=True),
    Column("client_id", String(128), nullable=False, index=True),
    Column("user_id", String(32), nullable=False),
    Column("scope", String, nullable=False),
    Column("jkt", String(43)),
    Column("issued_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    Column("used_at", Double),
)

subjects = Table(
    "subjects",
    metadata,
    Column("sub", String(43), primary_key=True),
    Column("user_id", String(32), nullable=False),
    sqlite_with_rowid=False,
)
