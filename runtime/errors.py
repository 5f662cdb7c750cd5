"""Errors of running a program, for people."""

from __future__ import annotations


class RunError(ValueError):
    """The program and what it was given do not fit: the message says what was expected, found, and what to do."""


class UsageFault(RunError):
    """A value the caller chose is not allowed: an unknown parameter, one outside its domain, a bad date."""
