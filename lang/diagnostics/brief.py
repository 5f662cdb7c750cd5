"""Texts for people, whatever is in them: on one line, cut to a length, with nothing that could steer a terminal."""

from __future__ import annotations

from unicodedata import category

LONGEST = 80
"""Characters of a name or a value that a message shows."""
LONGEST_MESSAGE = 400
"""Characters of a message that are shown to people; a text can be a megabyte."""


def printable(text: str, tab: int = 1, shapeless: str = "\ufffd") -> str:
    """The text on one line: line ends and tabs as blanks, what has no shape of its own as a replacement character.

    Escape sequences move a cursor and rename a window; marks of direction show a text in another order than it has.
    tab: how many blanks a tab is. shapeless: what stands for a character without a shape.
    """
    if text.isprintable():
        return text
    return "".join(_shown(character, shapeless) for character in text.replace("\t", " " * tab))


def _shown(character: str, shapeless: str) -> str:
    if character in "\n\v\f\r\u2028\u2029":
        return " "
    return shapeless if category(character) in ("Cc", "Cf", "Cs") else character


def cut(text: str, most: int) -> str:
    """The text if it has at most so many characters, else the beginning of it and a `…`."""
    return text if len(text) <= most else f"{text[:most]}…"


def one_line(text: str, width: int = 0) -> str:
    """The text as part of a page: on one line, blanks for what has no shape; at most `width` columns, if given."""
    line = printable(text, shapeless=" ")
    return line if not width or len(line) <= width else cut(line, width - 1)


def flowing(text: str) -> str:
    """A text of several lines as one: whatever is blank in it is one blank."""
    return " ".join(text.split())


def named(name: object) -> str:
    """A name for a message, without quotes: the beginning of one line."""
    return cut(printable(str(name)), LONGEST)


def brief(value: object) -> str:
    """A value for a message: the beginning of what it shows, on one line."""
    try:
        told = repr(value)
    except Exception:  # whatever a foreign object raises
        told = f"an object of type {type(value).__name__}"
    return cut(flowing(told), LONGEST)


def abridged(message: str) -> str:
    """A message on one line, its middle left out where it is too long to be read."""
    half, line = LONGEST_MESSAGE // 2, printable(message)
    return line if len(line) <= LONGEST_MESSAGE else f"{line[:half]} … {line[-half:]}"
