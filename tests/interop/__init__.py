"""Real clients that others wrote, against our real servers: openid-client, Authlib, Chromium."""
