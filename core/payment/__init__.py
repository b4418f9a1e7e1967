"""The payment server: quotes what it sells, redeems a payment token once, keeps the ledger, signs receipts.

Start at `wiring.build`. It shares nothing with the user-management server but the wire: a token is checked
with that server's published keys, and a payer is known by the token's `(iss, sub)` alone.
"""
