"""What crosses the line between two parties: signed artifacts, messages, errors."""
