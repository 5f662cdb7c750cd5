"""What was found, for a message: the beginning of one line, whatever the value is."""

from __future__ import annotations

LONGEST = 80


def brief(value: object) -> str:
    """A value for a message: the beginning of what it shows, on one line."""
    try:
        told = repr(value)
    except Exception:  # whatever a foreign object raises
        told = f"an object of type {type(value).__name__}"
    told = " ".join(told.split())
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"
