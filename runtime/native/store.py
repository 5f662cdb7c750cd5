"""The cache on disk: bitcode of operators and object code of kernels, by key.

An entry is one file: a mark of the format, a checksum of key and content, the content. Writing goes to a file of
its own and is moved into place, so no reader sees half of it and writers do not disturb each other. Whatever does
not carry its own checksum is discarded and made again. Content is bytes for LLVM; nothing is ever unpickled.
Losing the cache loses time only.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

FORMAT = b"strat-1\n"
"""First bytes of an entry; another layout of entries needs another mark."""

_DIGEST = hashlib.sha256().digest_size
_SHARE = 16
"""Of the 256 first bytes of a name, those whose writing looks whether there is too much: one write of sixteen, whoever
writes. Looking at every entry takes a tenth of a second where there are thousands."""
DEFAULT_LIMIT = 512 * 1024 * 1024


@dataclass(slots=True)
class Store:
    """Entries under `folder`, at most about `limit` bytes of them; the ones used longest ago go first."""

    folder: Path
    limit: int = DEFAULT_LIMIT

    def get(self, kind: str, key: str) -> bytes | None:
        """The content kept under `key`, or None; a damaged entry is removed."""
        path = self._path(kind, key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        content = _content(kind, key, entry)
        with suppress(OSError):
            if content is None:
                path.unlink()
            else:
                os.utime(path)
        return content

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep `content`. A disk that cannot take it is no fault: the work is done again next time."""
        path = self._path(kind, key)
        with suppress(OSError):
            _write(path, _entry(kind, key, content))
            if int(path.parent.name, 16) < _SHARE:
                self.prune()

    def prune(self) -> None:
        """Remove the entries used longest ago until the rest is within the limit."""
        entries = sorted(_entries(self.folder), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > self.limit:
                with suppress(OSError):
                    os.unlink(path)

    def _path(self, kind: str, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / kind / name[:2] / name[2:]


def key_of(*parts: object) -> str:
    """One key of several parts; parts are kept apart so that ("ab", "c") is not ("a", "bc")."""
    return "\0".join(str(part) for part in parts)


def open_store(environment: Mapping[str, str] | None = None) -> Store:
    """The store of this user: `STRATAGEM_CACHE`, else `stratagem` in `XDG_CACHE_HOME`, else in `~/.cache`."""
    given = os.environ if environment is None else environment
    folder = _folder(given)
    return Store(folder if _writable(folder) else Path(_instead_of(folder).name))


@cache
def _instead_of(folder: Path) -> TemporaryDirectory[str]:
    """A folder for this process alone, gone when it ends; said once."""
    import tempfile

    warnings.warn(
        f"the cache folder {folder} cannot be written, so what is compiled is kept until this process ends; "
        "set STRATAGEM_CACHE to a folder of yours",
        RuntimeWarning,
        stacklevel=3,
    )
    return tempfile.TemporaryDirectory(prefix="stratagem-")


def _folder(environment: Mapping[str, str]) -> Path:
    if named := environment.get("STRATAGEM_CACHE"):
        return Path(named)
    if caches := environment.get("XDG_CACHE_HOME"):
        return Path(caches) / "stratagem"
    return Path(environment.get("HOME") or os.path.expanduser("~")) / ".cache" / "stratagem"


def _writable(folder: Path) -> bool:
    """Whether files may be made there; the folder is made if it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _digest(kind: str, key: str, content: bytes) -> bytes:
    """Of the content under its key, so an entry that was moved to another place is not believed."""
    digest = hashlib.sha256(key_of(kind, key, len(content), "").encode())
    digest.update(content)
    return digest.digest()


def _entry(kind: str, key: str, content: bytes) -> bytes:
    return FORMAT + _digest(kind, key, content) + content


def _content(kind: str, key: str, entry: bytes) -> bytes | None:
    start = len(FORMAT) + _DIGEST
    content = entry[start:]
    whole = entry[:start] == FORMAT + _digest(kind, key, content)
    return content if whole else None


def _write(path: Path, entry: bytes) -> None:
    """All of the entry or nothing, even if the process ends in the middle."""
    import tempfile  # a process that only reads does not need it, nor the random numbers it brings

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(entry)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _entries(folder: str | Path, depth: int = 3) -> list[tuple[float, int, str]]:
    """When it was last used, how large, where: of every file, parts left behind included."""
    found = []
    with suppress(OSError), os.scandir(folder) as inside:
        for entry in inside:
            if depth > 1:
                found += _entries(entry.path, depth - 1)
            else:
                with suppress(OSError):
                    facts = entry.stat()
                    found.append((facts.st_mtime, facts.st_size, entry.path))
    return found
