"""The cache on disk: bitcode of operators and object code of kernels, by key.

An entry is one file: a mark of the format, a checksum of key and content, the content. Writing goes to a file of
its own and is moved into place, so no reader sees half of it and writers do not disturb each other. Whatever does
not carry its own checksum is discarded and made again. Content is bytes for LLVM; nothing is ever unpickled.
Losing the cache loses time only.

A checksum proves nothing against who can compute it, and object code is run: so the folder, its parts and its entries
are used only where they are the user's own (`trust.py`), and only files are read, up to a size.
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

from ..files import whole
from .trust import distrust, own_folder, read_own

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

FORMAT = b"strat-1\n"
"""First bytes of an entry; another layout of entries needs another mark."""

_HEAD = len(FORMAT) + hashlib.sha256().digest_size
_SHARES = 256
"""Parts of a store, by the first byte of a name. A write weighs its own part alone, and looks at every entry only where
256 times as much would be too much: that takes a second where there are tens of thousands."""
_FULL, _ROOM = 9 / 10, 3 / 4
"""From what part of the limit on there is too much, and how much is kept then, so that it is a while until there is
again: what is nearly full would be looked through with nearly every write."""
_OURS = 1 / 4
"""How much of the room that there is one process fills before it looks again: others write at the same time."""
_spare: dict[Path, int] = {}
"""By the folder of a store, as far as the last look of this process knows: stores are opened again and again."""
DEFAULT_LIMIT = 512 * 1024 * 1024
MOST = 64 * 1024 * 1024
"""Bytes of an entry; what is larger is not kept and not read."""


@dataclass(slots=True)
class Store:
    """Entries under `folder`, at most about `limit` bytes of them; the ones used longest ago go first.

    beside: where new entries go, and are read too, if the folder can be read and not be written.
    """

    folder: Path
    limit: int = DEFAULT_LIMIT
    beside: Path | None = None

    @property
    def spare(self) -> int:
        """Bytes that this process may write before a heavy part is a reason to look at every entry again."""
        return _spare.get(self.written, 0)

    @property
    def written(self) -> Path:
        """The folder that new entries go to."""
        return self.beside or self.folder

    def get(self, kind: str, key: str) -> bytes | None:
        """The content kept under `key`, or None; what is damaged, or is no entry of the user's own, is removed."""
        for folder in (self.folder, self.beside):
            content = None if folder is None else _read(folder, kind, key)
            if content is not None:
                return content
        return None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep `content`. A disk that cannot take it is no fault: the work is done again next time."""
        if len(content) > MOST - _HEAD:
            return
        if self.beside is not None:
            _cannot_write(self.folder)
        path = _path(self.written, kind, key)
        try:
            _make(path.parent)
            with whole(path, mode=0o600) as file:
                file.write(_entry(kind, key, content))
        except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
            _in_the_way(self.written, str(error.filename2 or error.filename))
        except OSError:
            return
        _spare[self.written] = self.spare - _HEAD - len(content)
        if self.spare < 0 and _size(path.parent) * _SHARES > self.limit:
            self.prune()

    def prune(self) -> None:
        """Where there is too much, remove the entries used longest ago until there is room again."""
        entries = sorted(_entries(self.written), reverse=True)
        held, total = sum(size for _, size, _ in entries), 0
        most = self.limit * (_ROOM if held > _FULL * self.limit else 1)
        for _, size, path in entries:
            total += size
            if total > most:
                with suppress(OSError):
                    os.unlink(path)
        _spare[self.written] = int((self.limit - min(held, most)) * _OURS)


def _path(folder: Path, kind: str, key: str) -> Path:
    name = hashlib.sha256(_bytes(key)).hexdigest()
    return folder / kind / name[:2] / name[2:]


def _read(folder: Path, kind: str, key: str) -> bytes | None:
    """The content of an entry; one that is none is removed."""
    path = _path(folder, kind, key)
    if not (own_folder(path.parent.parent) and own_folder(path.parent)):
        return None
    try:
        entry = read_own(path, MOST)
    except FileNotFoundError:
        return None
    except OSError:  # a link, a pipe without a writer, a socket
        entry = None
    content = None if entry is None else _content(kind, key, entry)
    with suppress(OSError):
        if content is not None:
            os.utime(path)
        elif path.is_dir() and not path.is_symlink():
            path.rmdir()  # one with something in it is not of ours to remove: `put` tells of it
        else:
            path.unlink()
    return content


def key_of(*parts: object) -> str:
    """One key of several parts; parts are kept apart so that ("ab", "c") is not ("a", "bc")."""
    return "\0".join(str(part) for part in parts)


def _bytes(key: str) -> bytes:
    """A name of a file that is no UTF-8 is part of a key, too."""
    return key.encode("utf-8", "surrogatepass")


def open_store(environment: Mapping[str, str] | None = None) -> Store:
    """The store of this user: `STRATAGEM_CACHE`, else `stratagem` in `XDG_CACHE_HOME`, else in `~/.cache`."""
    given = os.environ if environment is None else environment
    folder = _folder(given)
    try:
        _make(folder)
        wrong = distrust(folder)
    except OSError:
        _cannot_write(folder)
        return Store(_for_this_process(folder))
    if wrong:
        _say(f"the cache folder {folder} is not used: {wrong}, and what is kept there is run; `chmod -R go-w` makes "
             "yours your own, or set STRATAGEM_CACHE to a folder of yours")  # fmt: skip
        return Store(_for_this_process(folder))
    return Store(folder) if os.access(folder, os.W_OK | os.X_OK) else Store(folder, beside=_for_this_process(folder))


def _for_this_process(folder: Path) -> Path:
    """A folder in place of another, for this process alone."""
    return Path(_instead_of(folder).name)


@cache
def _instead_of(folder: Path) -> TemporaryDirectory[str]:
    import tempfile

    return tempfile.TemporaryDirectory(prefix="stratagem-")


def _cannot_write(folder: Path) -> None:
    _say(f"the cache folder {folder} cannot be written, so what is compiled is kept until this process ends; "
         "set STRATAGEM_CACHE to a folder of yours")  # fmt: skip


def _in_the_way(folder: Path, path: str) -> None:
    _say(f"the cache folder {folder} cannot be used as it is: {path} stands where an entry is kept, so the same is "
         "compiled in every run; remove it, or set STRATAGEM_CACHE to a folder of yours")  # fmt: skip


@cache
def _say(message: str) -> None:
    """A warning, once."""
    warnings.warn(message, RuntimeWarning, stacklevel=4)


def _folder(environment: Mapping[str, str]) -> Path:
    if named := environment.get("STRATAGEM_CACHE"):
        return Path(named)
    if caches := environment.get("XDG_CACHE_HOME"):
        return Path(caches) / "stratagem"
    return Path(environment.get("HOME") or _home()) / ".cache" / "stratagem"


def _home() -> str:
    """The user's home where no `HOME` says it; one that is said and empty would be taken for the root of the disk."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):
        return os.path.expanduser("~")


def _make(folder: Path) -> None:
    """Make the folder, and those above that are missing, for nobody but the user."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def _digest(kind: str, key: str, content: bytes) -> bytes:
    """Of the content under its key, so an entry that was moved to another place is not believed."""
    digest = hashlib.sha256(_bytes(key_of(kind, key, len(content), "")))
    digest.update(content)
    return digest.digest()


def _entry(kind: str, key: str, content: bytes) -> bytes:
    return FORMAT + _digest(kind, key, content) + content


def _content(kind: str, key: str, entry: bytes) -> bytes | None:
    content = entry[_HEAD:]
    whole = entry[:_HEAD] == FORMAT + _digest(kind, key, content)
    return content if whole else None


def _size(part: Path) -> int:
    """Bytes of one part of a store, of every kind."""
    with suppress(OSError), os.scandir(part.parent.parent) as kinds:
        return sum(size for kind in kinds for _, size, _ in _entries(f"{kind.path}/{part.name}", 1))
    return 0


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
