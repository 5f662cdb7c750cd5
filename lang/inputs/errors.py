"""What was given to a run and cannot be taken."""

from __future__ import annotations


class GivenError(ValueError):
    """The message says what was expected and what was found."""


class AssumptionError(GivenError):
    """An assumption that cannot be understood."""


class UnclearError(AssumptionError):
    """An assumption that can mean several things; `readings` are its whole value, as each would be written."""

    def __init__(self, name: str, found: str, readings: tuple[str, ...]) -> None:
        if len(readings) > 1:
            told = f"{found} can mean {', '.join(readings[:-1])} or {readings[-1]}: write which"
        elif readings:
            told = f"{found} has no unit: write {readings[0]}"
        else:
            told = f"expected a share of at most 100%, written with its %, found {found}"
        super().__init__(f"{name}: {told}")
        self.readings = readings


class ParameterError(GivenError):
    """A parameter that the program does not have, or a value that it does not take."""
