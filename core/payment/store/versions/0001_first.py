"""The first tables: keys, stock, quotes, receipts, payments, refunds, the ledger, the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes every table and the one row of the receipt head."""
    _audit()
    _shop()
    _payments()
    _ledger()


def _audit() -> None:
    op.create_table(
        "audit_events",
        sa.Column("sequence", _BIG, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("writer", sa.String, nullable=False),
        sa.Column("batch", sa.Integer, nullable=False),
    )
    op.create_table(
        "audit_links",
        sa.Column("last", _BIG, primary_key=True, autoincrement=False),
        sa.Column("first", _BIG, nullable=False),
        sa.Column("writer", sa.String, nullable=False),
        sa.Column("batch", sa.Integer, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )


def _shop() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.String, primary_key=True),
        sa.Column("jwk", sa.Text, nullable=False),
        sa.Column("made_at", sa.Double, nullable=False),
        sa.Column("retired_at", sa.Double),
    )
    op.create_table(
        "stock",
        sa.Column("item_id", sa.String, primary_key=True),
        sa.Column("remaining", _BIG, nullable=False),
    )
    op.create_table(
        "quotes",
        sa.Column("quote_id", sa.String, primary_key=True),
        sa.Column("compact", sa.Text, nullable=False),
        sa.Column("expires_at", _BIG, nullable=False),
    )
    op.create_index("quotes_by_expiry", "quotes", ["expires_at"])


def _payments() -> None:
    head = op.create_table(
        "receipt_head",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", _BIG, nullable=False),
        sa.Column("sha256", sa.String),
    )
    op.bulk_insert(head, [{"only": 1, "sequence": 0, "sha256": None}])
    op.create_table(
        "receipts",
        sa.Column("sequence", _BIG, primary_key=True, autoincrement=False),
        sa.Column("iss", sa.String, nullable=False),
        sa.Column("txn", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("compact", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    _payment_rows()
    op.create_table(
        "refunds",
        sa.Column("refund_id", sa.String, primary_key=True),
        sa.Column("iss", sa.String, nullable=False),
        sa.Column("txn", sa.String, nullable=False),
        sa.Column("asked", _BIG),
        sa.Column("value", _BIG, nullable=False),
        sa.Column("receipt", _BIG, sa.ForeignKey("receipts.sequence"), nullable=False),
    )
    op.create_index("refunds_by_payment", "refunds", ["iss", "txn"])


def _payment_rows() -> None:
    op.create_table(
        "payments",
        sa.Column("iss", sa.String, primary_key=True),
        sa.Column("txn", sa.String, primary_key=True),
        sa.Column("jti", sa.String, nullable=False),
        sa.Column("quote_id", sa.String),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("value", _BIG, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("payee_id", sa.String, nullable=False),
        sa.Column("payee_name", sa.String, nullable=False),
        sa.Column("wallet", sa.String, nullable=False),
        sa.Column("token_sha256", sa.String, nullable=False),
        sa.Column("approval_sha256", sa.String, nullable=False),
        sa.Column("receipt", _BIG, sa.ForeignKey("receipts.sequence"), nullable=False),
        sa.UniqueConstraint("jti", name="one_payment_for_a_token"),
        sa.UniqueConstraint("quote_id", name="one_payment_for_a_quote"),
    )


def _ledger() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("balance", _BIG, nullable=False),
    )
    op.create_table(
        "transfers",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("receipt", _BIG, sa.ForeignKey("receipts.sequence")),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("transfer_id", sa.String, sa.ForeignKey("transfers.id"), primary_key=True),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("value", _BIG, nullable=False),
    )
