"""What object code depends on besides the program: this build of the package, LLVM, the processor."""

from __future__ import annotations

import llvmlite

from ..build import build
from .store import key_of
from .target import processor

FORMAT = 1
"""Of object code; to be raised when the way it is made changes."""


def machine_key(*parts: object) -> str:
    """The key in the store of object code that is for `parts` and for this machine."""
    return key_of(FORMAT, llvmlite.__version__, *processor(), *parts)


def object_key(*parts: object) -> str:
    """The same where the parts do not say what code of ours is in it: for this machine and this build."""
    return machine_key(build(), *parts)
