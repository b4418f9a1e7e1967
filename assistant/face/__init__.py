"""The device's small window: it lives on Qt's thread while the device lives on another."""
