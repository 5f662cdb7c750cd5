"""Errors of running a program, for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..lang.inputs.errors import AssumptionError, GivenError


class RunError(ValueError):
    """The program and what it was given do not fit: the message says what was expected, found, and what to do."""


class UsageFault(RunError):
    """A value the caller chose is not allowed: an unknown parameter, one outside its domain, a bad date."""


class AssumedFault(UsageFault):
    """An assumption that cannot be taken, by itself or beside the others."""


class VenueError(RunError):
    """What a session was told of a venue cannot be: an order that was not sent, or not in this state; a price, an
    amount or a moment that cannot be of it. Nothing has changed."""


class LimitError(RunError):
    """A run was stopped at a limit that its host had set. limit: which one, by its name in `Limits`."""

    def __init__(self, message: str, limit: str = "") -> None:
        super().__init__(message)
        self.limit = limit


class HostError(RunError):
    """A function that the host added raised, or gave what is no value; the message names it. The cause is its own."""


class Cancelled(RunError):
    """The host said `cancel()`; nothing of the run is left."""

    def __init__(self, message: str = "the run was cancelled by its host") -> None:
        super().__init__(message)


class OptionError(UsageFault, TypeError):
    """An option that there is not, told with the nearest there is; Python's own error for it is a TypeError."""


class ProgramFileError(UsageFault, OSError):
    """The file of a program that cannot be read; `errno`, `strerror` and `filename` as the system told them."""

    def __init__(self, message: str, error: OSError | None = None) -> None:
        super().__init__(message)
        if error is not None:
            self.errno, self.strerror, self.filename = error.errno, error.strerror, error.filename

    def __str__(self) -> str:
        return str(self.args[0])


class ProgramNotFoundError(ProgramFileError, FileNotFoundError):
    """There is no such file."""


@contextmanager
def as_usage_fault() -> Iterator[None]:
    """Tell an assumption or a parameter that cannot be taken as the fault of the caller that it is."""
    try:
        yield
    except AssumptionError as error:
        raise AssumedFault(str(error)) from None
    except GivenError as error:
        raise UsageFault(str(error)) from None
