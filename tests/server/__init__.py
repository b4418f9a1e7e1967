"""The user-management server over real HTTP."""
