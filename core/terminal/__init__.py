"""The first terminal without a window: its session, its prompt's rules, its countdown, its text screen."""
