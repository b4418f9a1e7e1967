"""Ears: recognisers that turn 16 kHz samples into slots, all behind the interface in `interface`."""
