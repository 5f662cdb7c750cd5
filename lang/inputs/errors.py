"""What was given to a run and cannot be taken."""

from __future__ import annotations


class GivenError(ValueError):
    """The message says what was expected and what was found."""


class AssumptionError(GivenError):
    """An assumption that cannot be understood."""


class ParameterError(GivenError):
    """A parameter that the program does not have, or a value that it does not take."""
