"""The tables of requests, payments and notices under way, and how device and approver got on so far.

They stand on the metadata of `tables`. Three partial unique indexes are rules, not speed: two open requests
of one approver never share a match code nor a slot, so that no two are taken in without seeing each other,
and a quote is asked for once. Each index costs every request a page of the log: there are as few as can be.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
    text,
)

from core.server.store.tables import BIG, metadata

_PENDING = text("state = 'pending'")

requests = Table(
    "requests",
    metadata,
    Column("request_id", String(40), primary_key=True),
    Column("client_id", String(128), nullable=False),
    Column("user_id", String(32), nullable=False),
    Column("state", String(10), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("requested_at", Double, nullable=False),
    Column("decide_by", Double, nullable=False),
    Column("window_s", Integer, nullable=False),
    Column("ended_at", Double),
    Column("scope", String, nullable=False),
    Column("details", Text, nullable=False),
    Column("has_purchase", Boolean, nullable=False),
    Column("challenge", String(43), nullable=False),
    Column("quote", Text),
    Column("quote_id", String),
    Column("match_code", String(2)),
    Column("presence", String(5), nullable=False),
    Column("paired_at", Double, nullable=False),
    Column("first_request", Boolean, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("acr_values", String),
    Column("notification_token", String),
    Column("approval", Text),
    Column("approval_sha256", String(43)),
    Column("terminal_id", String(40)),
    Column("reason", String),
    Column("settled_at", Double),
    Column("outcome_code", String),
    Column("receipt", Text),
    Column("redeemed_at", Double),
)

# Written out, never bound: where a partial index hangs on a bound value, SQLite plans anew at each run.
IS_PENDING = requests.c.state == literal_column("'pending'")
"""The condition of the indexes over what waits."""

HAS_ENDED = requests.c.state != literal_column("'pending'")
"""The condition of the index over a person's past. What waits is found by `open_slots`, so that taking a
request in writes one of the two; a statement needs one of the conditions, or reads the whole table."""
Index(
    "requests_past",
    requests.c.user_id,
    requests.c.revision,
    sqlite_where=text("state != 'pending'"),
    postgresql_where=text("state != 'pending'"),
)
Index("requests_open", requests.c.decide_by, sqlite_where=_PENDING, postgresql_where=_PENDING)
# Rows without a value stay out of these, so that they cost nothing where they rule nothing.
for _name, _condition, *_columns in (
    ("one_request_per_quote", "quote_id IS NOT NULL", requests.c.quote_id),
    (
        "open_codes_differ",
        "state = 'pending' AND match_code IS NOT NULL",
        requests.c.user_id,
        requests.c.match_code,
    ),
    # With the state in it, the planner finds what waits for a person by this one, not by their whole history.
    ("open_slots", "state = 'pending'", requests.c.user_id, requests.c.state, requests.c.slot),
):
    Index(_name, *_columns, unique=True, sqlite_where=text(_condition), postgresql_where=text(_condition))

outbox = Table(
    "outbox",
    metadata,
    Column("txn", ForeignKey("requests.request_id"), primary_key=True),
    Column("state", String(4), nullable=False),
    Column("token", Text, nullable=False),
    Column("token_exp", BIG, nullable=False),
    Column("approved_at", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Double, nullable=False),
    Column("leased_by", String, nullable=False),
    Column("leased_until", Double, nullable=False),
)

_OPEN = text("state = 'open'")
IS_OPEN = outbox.c.state == literal_column("'open'")
"""The condition of the index over payments under way."""
Index("outbox_due", outbox.c.next_at, sqlite_where=_OPEN, postgresql_where=_OPEN)

notices = Table(
    "notices",
    metadata,
    Column("request_id", ForeignKey("requests.request_id"), primary_key=True),
    Column("client_id", String(128), nullable=False),
    Column("token", Text, nullable=False),
    Column("body", Text),
    Column("made_at", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Double, nullable=False, index=True),
    Column("leased_by", String, nullable=False),
    Column("leased_until", Double, nullable=False),
)

pairs = Table(
    "pairs",
    metadata,
    Column("client_id", String(128), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("ended", Integer, nullable=False),
    Column("refused_in_a_row", Integer, nullable=False),
    Column("refused_at", Double, nullable=False),
    Column("spent_value", BigInteger, nullable=False),
    Column("spent_currency", String(3), nullable=False),
    sqlite_with_rowid=False,
)
