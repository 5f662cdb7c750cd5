"""What commands take: the words behind their names, read as the command line reads its own."""

from __future__ import annotations

import os
import shlex
from typing import NoReturn

from ....lang.diagnostics.brief import named
from ...terminal.arguments import Parser
from ...terminal.console import UsageError

OVER = "--over"
"""What says that a file that is there already may be written over."""


class Arguments(Parser):
    """The options of a command of the shell; a mistake is told with where to read what it takes."""

    def __init__(self, name: str) -> None:
        super().__init__(prog=name, add_help=False)
        self.command = self

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `.help {self.prog}` says what it takes")


def words(rest: str) -> list[str]:
    """Arguments as a shell parts them; UsageError for a quote that does not end."""
    try:
        return shlex.split(rest)
    except ValueError as error:
        raise UsageError(f"{str(error).lower()}: {named(rest)}") from None


def path_of(rest: str) -> tuple[str, bool]:
    """A path, "" where none is named, and whether what stands there may be written over."""
    parts = words(rest)
    paths = [os.path.expanduser(part) for part in parts if part != OVER]
    if len(paths) > 1:
        raise UsageError(f"expected one file, found {len(paths)}: put quotes around a name with blanks")
    if paths and "\0" in paths[0]:
        raise UsageError(f"no file can be called {named(paths[0])!r}")
    return (paths[0] if paths else ""), OVER in parts
