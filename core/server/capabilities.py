"""What this server does of what the standards leave open: discovery says it, registration holds to it."""

DETAILS_TYPES = ("urn:nod:purchase:1", "urn:nod:procedure:1")
"""Types of `authorization_details` that are understood (RFC 9396 section 9.1)."""
DELIVERY_MODES = ("poll", "ping", "push")
"""How a client may hear the end (CIBA Core 1.0 section 5)."""
REQUEST_ALGORITHMS = ("ES256", "PS256", "EdDSA")
"""Algorithms of signed authentication requests (CIBA Core 1.0 section 7.1.1)."""
SCOPES = ("openid", "offline_access", "terminal", "device", "observe")
"""Scopes with a meaning of their own; others are shown to the approver in words."""
EXTENSIONS = ("match_code", "decision_expires_in", "screen_connected")
"""Members beyond the standard in the acknowledgement, for clients registered for them."""
