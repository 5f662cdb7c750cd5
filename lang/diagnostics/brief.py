"""What was found, for a message: the beginning of one line, whatever it is; no text that could steer a terminal."""

from __future__ import annotations

from unicodedata import category

LONGEST = 80


def printable(text: str) -> str:
    """The text on one line: line ends and tabs as blanks, what has no shape of its own as a replacement character.

    Escape sequences move a cursor and rename a window; marks of direction show a text in another order than it has.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in "\t\n\v\f\r\u2028\u2029":
        return " "
    return "\ufffd" if category(character) in ("Cc", "Cf", "Cs") else character


def named(name: object) -> str:
    """A name for a message, without quotes: the beginning of one line."""
    shown = printable(str(name))
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def brief(value: object) -> str:
    """A value for a message: the beginning of what it shows, on one line."""
    try:
        told = repr(value)
    except Exception:  # whatever a foreign object raises
        told = f"an object of type {type(value).__name__}"
    told = " ".join(told.split())
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"
