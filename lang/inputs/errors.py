"""What was given to a run and cannot be taken."""

from __future__ import annotations


class GivenError(ValueError):
    """The message says what was expected and what was found."""


class AssumptionError(GivenError):
    """An assumption that cannot be understood."""


class UnclearError(AssumptionError):
    """An assumption that can mean several things; `readings` are its whole value, as each would be written."""

    def __init__(self, name: str, found: str, readings: tuple[str, ...]) -> None:
        listed = ", ".join(readings[:-1]) + " or " + readings[-1]
        super().__init__(f"{name}: {found} can mean {listed}: write which")
        self.readings = readings


class ParameterError(GivenError):
    """A parameter that the program does not have, or a value that it does not take."""
