"""How a server keeps its rows: one engine, one writer thread with group commit, readers of their own, an
audit chain.

Only this package opens a database. Start at `engine.open_engine`, then `migrations.upgrade`, then
`writer.Writer` and `reader.Reader`. Nothing above catches an exception of SQLAlchemy, sqlite3 or psycopg:
see `errors`.
"""
