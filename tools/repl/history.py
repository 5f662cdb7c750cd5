"""What was entered, kept between sessions: a line of JSON each, so that nothing in one can spoil another.

A file that cannot be read or written costs the history, and is told once; a line that is broken is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import History

MOST = 2_000
"""Entries that are remembered."""
LONGEST = 4 << 20
"""Bytes at the end of the file that are read; of a longer file only those are kept when it is written anew."""


def place() -> Path:
    """Where the history of the user is."""
    named = os.environ.get("STRATAGEM_HISTORY")
    if named:
        return Path(named)
    state = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return Path(state) / "stratagem" / "history"


class Kept(History):
    """A history in a file. trouble: what was wrong with it, once; "" where nothing is."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self.trouble = path, ""
        self._cut = ""
        """What ends the file's last line, where somebody was stopped while writing it."""
        self._entries = self._read()

    def load_history_strings(self) -> Iterable[str]:
        """The newest first."""
        return reversed(self._entries)

    def store_string(self, string: str) -> None:
        """Added as one whole line, for other sessions write to the file, too."""
        try:
            os.makedirs(self._path.parent, mode=0o700, exist_ok=True)
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, (self._cut + json.dumps(string) + "\n").encode())
                self._cut = ""
            finally:
                os.close(handle)
        except OSError as error:
            self._told(error)

    def _read(self) -> list[str]:
        try:
            if not self._path.is_file():
                if self._path.exists():
                    raise OSError(0, "it is no file")
                return []
            with self._path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                file.seek(max(0, size - LONGEST))
                content = file.read(LONGEST)
        except OSError as error:
            self._told(error)
            return []
        self._cut = "" if not content or content.endswith(b"\n") else "\n"
        found = [entry for line in content.split(b"\n") if (entry := _entry(line)) is not None]
        return found[-MOST:]

    def _told(self, error: OSError) -> None:
        self.trouble = self.trouble or f"the history is not kept: {self._path}: {error.strerror or error}"


def _entry(line: bytes) -> str | None:
    """The text of a line; None where it is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, str) and found.strip() else None
