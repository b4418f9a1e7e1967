"""Every duration that two parties must agree on, in seconds."""

WINDOW_DEFAULT_S = 60
"""The countdown, unless asked otherwise."""
WINDOW_MIN_S = 5
WINDOW_MAX_S = 300
SETTLEMENT_S = 15
"""`expires_in` is the window plus this."""
SETTLING_ANSWER_S = 10
"""A poll hears `authorization_pending` while settling for at most this long."""
REDEEMABLE_S = 600
"""An auth_req_id stays redeemable this long once its decision is admitted."""
QUOTE_S = 900
"""How long a quote lives."""
QUOTE_MARGIN_S = 120
"""A quote must outlive the decision window by this."""
PAYMENT_TOKEN_S = 120
"""The longest life of a payment token."""
VOID_AFTER_S = 900
"""An approved order that is not settled this long after approval is voided."""
POLL_INTERVAL_S = 2
"""The poll interval that the server sends."""
CLOCKS_DIFFER_S = 60
"""So far apart may the clocks of two processes be; one that jumps back further was set back."""


def window(requested_s: int | None, profile_s: int = WINDOW_DEFAULT_S) -> int:
    """The decision window in seconds: what was requested, else the profile's, within 5 to 300."""
    wanted = profile_s if requested_s is None else requested_s
    return max(WINDOW_MIN_S, min(WINDOW_MAX_S, wanted))


def quote_outlives(quote_exp: float, decide_by: float) -> bool:
    """Whether a quote that ends at `quote_exp` lives long enough for a window that ends at `decide_by`."""
    return quote_exp >= decide_by + QUOTE_MARGIN_S
