"""The tables as they are now; `versions/` holds how they came to be, and a test compares the two."""

from sqlalchemy import (
    BigInteger,
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
)

from core.database import audit

METADATA = MetaData()
_BIG = BigInteger().with_variant(Integer, "sqlite")

AUDIT = audit.tables(METADATA)

SIGNING_KEYS = Table(
    "signing_keys",
    METADATA,
    Column("kid", String, primary_key=True),
    Column("jwk", Text, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("retired_at", Double),
)
"""Private keys, and so the reason why the database file is its owner's alone; retired ones stay published."""

STOCK = Table(
    "stock",
    METADATA,
    Column("item_id", String, primary_key=True),
    Column("remaining", _BIG, nullable=False),
)
"""How many are left."""

QUOTES = Table(
    "quotes",
    METADATA,
    Column("quote_id", String, primary_key=True),
    Column("compact", Text, nullable=False),
    Column("expires_at", _BIG, nullable=False),
    Index("quotes_by_expiry", "expires_at"),
)
"""Every quote that was given, until a day after its end."""

RECEIPT_HEAD = Table(
    "receipt_head",
    METADATA,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("sequence", _BIG, nullable=False),
    Column("sha256", String),
)
"""One row: the newest receipt. Whoever moves money locks it first, so that receipts have one order."""

RECEIPTS = Table(
    "receipts",
    METADATA,
    Column("sequence", _BIG, primary_key=True, autoincrement=False),
    Column("iss", String, nullable=False),
    Column("txn", String, nullable=False),
    Column("status", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("compact", Text, nullable=False),
    Column("at", Double, nullable=False),
)
"""Every receipt, in order."""

PAYMENTS = Table(
    "payments",
    METADATA,
    Column("iss", String, primary_key=True),
    Column("txn", String, primary_key=True),
    Column("jti", String, nullable=False),
    Column("quote_id", String),
    Column("status", String, nullable=False),
    Column("value", _BIG, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("payee_id", String, nullable=False),
    Column("payee_name", String, nullable=False),
    Column("wallet", String, nullable=False),
    Column("token_sha256", String, nullable=False),
    Column("approval_sha256", String, nullable=False),
    Column("receipt", _BIG, ForeignKey("receipts.sequence"), nullable=False),
    UniqueConstraint("jti", name="one_payment_for_a_token"),
    UniqueConstraint("quote_id", name="one_payment_for_a_quote"),
)
"""One row for each `(iss, txn)`: paid, declined, or voided (the tombstone). `quote_id` is set when paid."""

REFUNDS = Table(
    "refunds",
    METADATA,
    Column("refund_id", String, primary_key=True),
    Column("iss", String, nullable=False),
    Column("txn", String, nullable=False),
    Column("asked", _BIG),
    Column("value", _BIG, nullable=False),
    Column("receipt", _BIG, ForeignKey("receipts.sequence"), nullable=False),
    Index("refunds_by_payment", "iss", "txn"),
)
"""What was given back; `asked` is the value of the request, null for all that was left."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", String, primary_key=True),
    Column("currency", String(3), nullable=False),
    Column("balance", _BIG, nullable=False),
)
"""What each account holds: the sum of its entries, kept at hand."""

TRANSFERS = Table(
    "transfers",
    METADATA,
    Column("id", String, primary_key=True),
    Column("receipt", _BIG, ForeignKey("receipts.sequence")),
    Column("at", Double, nullable=False),
)
"""One movement of money; an opening has no receipt."""

ENTRIES = Table(
    "entries",
    METADATA,
    Column("transfer_id", String, ForeignKey("transfers.id"), primary_key=True),
    Column("account", String, ForeignKey("accounts.id"), primary_key=True),
    Column("value", _BIG, nullable=False),
)
"""The sides of each transfer, in minor units."""
