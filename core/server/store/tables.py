"""The tables of people, terminals, devices and keys; requests are in `request_tables`, on the same metadata.

Instants are epoch seconds (UTC). Secrets and one-time codes are kept as SHA-256 only, except the server's own
signing keys and its pairwise secret, which it must be able to use: the database file is as private as they.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from core.database import audit
from core.domain.times import WINDOW_DEFAULT_S

metadata = MetaData()
BIG = BigInteger().with_variant(Integer, "sqlite")
"""A number that may need more than four bytes, which SQLite gives any of its own accord."""
audit_tables = audit.tables(metadata)

users = Table(
    "users",
    metadata,
    Column("user_id", String(32), primary_key=True),
    Column("nickname", String, nullable=False),
    Column("spoken_as", String),
    Column("display_name", String),
    Column("locale", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("created_at", Double, nullable=False),
    sqlite_with_rowid=False,  # found by user ID alone: one page to touch, not two
)

# Only for who changed anything of it: most people have no row, so an inquiry touches no page of a deep tree.
asking_rules = Table(
    "asking_rules",
    metadata,
    Column("user_id", ForeignKey("users.user_id"), primary_key=True),
    Column("window_s", Integer, nullable=False, server_default=str(WINDOW_DEFAULT_S)),
    Column("pin_above", BIG),
    Column("match_code", Boolean, nullable=False, server_default="1"),
    Column("user_code_sha256", String(43)),
    Column("quiet_start", Integer),
    Column("quiet_end", Integer),
    Column("presence_shared", Boolean, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

terminals = Table(
    "terminals",
    metadata,
    Column("terminal_id", String(40), primary_key=True),
    Column("user_id", ForeignKey("users.user_id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("thumbprint", String(43), nullable=False),
    Column("jwk", Text, nullable=False),
    Column("pin_jwk", Text),
    Column("proof_sha256", String(43), nullable=False),
    Column("enrolled_at", Double, nullable=False),
    Column("removed_at", Double),
)

clients = Table(
    "clients",
    metadata,
    Column("client_id", String(128), primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("secret_sha256", String(43)),
    Column("metadata", Text, nullable=False),
    Column("registered_at", Double, nullable=False),
    Column("removed_at", Double),
)

contacts = Table(
    "contacts",
    metadata,
    Column("client_id", ForeignKey("clients.client_id"), primary_key=True),
    Column("nickname_key", String, primary_key=True),
    Column("user_id", ForeignKey("users.user_id"), nullable=False),
    Column("nickname", String, nullable=False),
    Column("spoken_as", String),
    Column("device_name", String, nullable=False),
    Column("place", Text),
    Column("blocked", Boolean, nullable=False, server_default="0"),
    Column("paired_at", Double, nullable=False),
    UniqueConstraint("user_id", "client_id", name="one_name_per_device_and_user"),
    sqlite_with_rowid=False,
)

device_grants = Table(
    "device_grants",
    metadata,
    Column("device_code_sha256", String(43), primary_key=True),
    Column("user_code", String(8), nullable=False, unique=True),
    Column("client_id", ForeignKey("clients.client_id"), nullable=False),
    Column("scope", String, nullable=False),
    Column("state", String, nullable=False),
    Column("user_id", String(32)),
    Column("expires_at", Double, nullable=False, index=True),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_sha256", String(43), primary_key=True),
    Column("user_id", ForeignKey("users.user_id"), nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    Column("used_by", String(40)),
    Column("name", String(4)),
    Column("wrong", Integer, nullable=False, server_default="0"),
    Column("opens_pin", Boolean, nullable=False, server_default=false()),
)

code_locks = Table(
    "code_locks",
    metadata,
    Column("key", String, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("since", Double, nullable=False),
    Column("locked_until", Double, nullable=False),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("token_sha256", String(43), primary_key=True),
    Column("client_id", String(128), nullable=False, index=True),
    Column("user_id", String(32)),
    Column("scope", String, nullable=False),
    Column("issued_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    Column("jkt", String(43)),
    Column("grant_id", String(40)),
)

spent_jtis = Table(
    "spent_jtis",
    metadata,
    Column("client_id", String(128), primary_key=True),
    Column("jti", String(256), primary_key=True),
    Column("expires_at", Double, nullable=False, index=True),
    sqlite_with_rowid=False,
)

initial_tokens = Table(
    "initial_tokens",
    metadata,
    Column("token_sha256", String(43), primary_key=True),
    Column("expires_at", Double, nullable=False),
    Column("used_at", Double),
)

signing_keys = Table(
    "signing_keys",
    metadata,
    Column("kid", String(43), primary_key=True),
    Column("jwk", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("retired_at", Double),
)

server_settings = Table(
    "server_settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

_OF_A_GRANT = text("grant_id IS NOT NULL")
Index(
    "access_tokens_by_grant",
    access_tokens.c.grant_id,
    sqlite_where=_OF_A_GRANT,
    postgresql_where=_OF_A_GRANT,
)
Index("enrolment_codes_by_name", enrolment_codes.c.name)
Index("contacts_by_pairing", contacts.c.client_id, contacts.c.paired_at)
