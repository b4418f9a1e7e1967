"""The rooms of the main window: requests, people and devices, profile, spending, about."""
