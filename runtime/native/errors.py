"""Faults of native code: a step that cannot be compiled, or a kernel that asks for what it may not have."""

from __future__ import annotations

from ..errors import RunError


class NativeError(RunError):
    """`message` says what was expected, what was found, and what to do."""
