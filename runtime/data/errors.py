"""The errors of data: what is wrong, where, and how to go on. Whose fault it is says a command's exit code."""

from __future__ import annotations


class DataError(ValueError):
    """Data that cannot be used as asked; the message stands alone. Commands end with exit code 1."""


class DataChoiceError(DataError):
    """An option of loading that is wrong whatever the data: no such zone, no time. Commands end with exit code 2."""


class UnreadableError(DataError):
    """The disk, or the memory, does not give the data. Commands end with exit code 3."""


class TimeframeError(DataError):
    """The stamps do not tell how long a bar is."""


class SeveralSymbolsError(DataError):
    """Data of several symbols where one is expected, and nothing says which."""


class EmptyPeriodError(DataChoiceError):
    """The period asked for holds no bar of data that have some."""
