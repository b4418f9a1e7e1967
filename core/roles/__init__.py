"""One file per role that `main.py` can play; the only place where the parties are joined."""
