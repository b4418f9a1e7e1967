"""The user-management server: who may ask whom, what was asked, and what was decided.

Start at `wiring.build`; `app` has the routes, `services` what every handler is given.
"""
