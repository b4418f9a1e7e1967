"""Promises of the roles: data folder, locks, addresses, servers that start and end in order."""
