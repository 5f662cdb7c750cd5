"""The one error of data: what is wrong, where, and how to go on."""

from __future__ import annotations


class DataError(ValueError):
    """Data that cannot be used as asked; the message stands alone. Commands end with exit code 1."""
