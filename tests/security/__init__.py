"""One file per threat: each goes red when its guard is deleted."""
