"""Several files of one folder, all of them or none: written beside, then moved into their places together.

What is written goes into a part folder inside the folder. When all of it is there, one rename makes of the part folder
a change that is decided; then its files are moved into their places. A process that ends before leaves the folder as
it was; one that ends after leaves the rest of the move to whoever comes next, a writer or a reader of ours
(`settle`). Where a file cannot be moved, those that were are moved back. Other files of the folder are not touched.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..files import PART, whole
from ..locks import abandoned, alone, hold

DECIDED = ".decided"
_NAME = ".stratagem-"
_GONE = "gone"
"""In a part folder: a file that names, line by line, what of an earlier writing goes."""
_OLD = "old "
"""In a part folder: how the names of files begin that stood in the places before."""


class WriteError(OSError):
    """The disk refused; says which file and why. Commands end with exit code 3."""


def refused(path: Path, error: OSError) -> WriteError:
    """The disk's refusal to write `path`, in words."""
    return WriteError(f"cannot write {path}: {error.strerror or error}; free the place or name another folder")


def check_place(path: Path, *, folder: bool) -> None:
    """WriteError where it is plain before any work that no file, or no folder, of this path can be written."""
    if path.exists() and folder != path.is_dir():
        raise refused(path, OSError(0, "a file is in its place" if folder else "a folder is in its place"))
    if not path.exists() or folder or path.is_file():  # a pipe, a terminal: written, never replaced
        place = path if folder else Path(os.path.realpath(path)).parent
        place = next(each for each in (place, *place.absolute().parents) if each.exists())
        if not place.is_dir():
            raise refused(path, OSError(0, f"{place} is no folder"))
        if not os.access(place, os.W_OK | os.X_OK):
            raise refused(path, OSError(0, f"nothing may be written to {place}"))


def write_file(path: Path, fill: Callable[[IO[bytes]], object]) -> Path:
    """A file on its own, complete or not at all, where a symbolic link leads; WriteError where the disk refuses."""
    try:
        place = Path(os.path.realpath(path)) if path.is_symlink() else path
        place.parent.mkdir(parents=True, exist_ok=True)
        before = place.stat() if place.exists() else None
        if before is not None and not stat.S_ISREG(before.st_mode):  # a pipe, a terminal: written, never replaced
            with place.open("wb") as file:
                fill(file)
        else:
            with whole(place, 0o666 if before is None else stat.S_IMODE(before.st_mode)) as file:
                fill(file)
    except OSError as error:
        raise refused(path, error) from error
    return path


class Together:
    """Files that take their places in `folder` together."""

    def __init__(self, folder: Path, beside: Path) -> None:
        self._folder, self._beside = folder, beside

    def write(self, name: str, fill: Callable[[IO[bytes]], object]) -> Path:
        """Write one of the files; gives the place it will have."""
        path = self._folder / name
        try:
            with (self._beside / name).open("wb") as file:
                fill(file)
        except OSError as error:
            raise refused(path, error) from error
        return path


@contextmanager
def together(folder: Path, gone: Collection[str] = ()) -> Iterator[Together]:
    """What is written inside comes to stand in the folder at the end, or nothing does; WriteError where it cannot.

    gone: files of an earlier writing that go with it.
    """
    made: list[Path] = []
    try:
        made += [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        with _part(folder) as beside:
            yield Together(folder, beside)
            with alone(folder):
                _settle(folder)
                _into_place(folder, beside, gone)
    except BaseException as error:  # an interrupt leaves nothing behind either
        for each in made:
            with suppress(OSError):
                each.rmdir()
        if isinstance(error, OSError) and not isinstance(error, WriteError):
            raise refused(folder, error) from error
        raise


def settle(folder: Path) -> None:
    """Finish a move that a process which ended in the middle left behind."""
    if any(folder.glob(f"{_NAME}*{DECIDED}")):
        with alone(folder):
            _settle(folder)


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """The part folder of this writing, held as long as it is used; those that nobody holds any more are removed."""
    from tempfile import mkdtemp

    with alone(folder):
        for left in folder.glob(f"{_NAME}*{PART}"):
            if abandoned(left):
                shutil.rmtree(left, ignore_errors=True)
        beside = Path(mkdtemp(prefix=_NAME, suffix=PART, dir=folder))
        handle = hold(beside)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _into_place(folder: Path, beside: Path, gone: Collection[str]) -> None:
    """Decide the change, then make it; where it cannot be made, everything is as it was before."""
    new = {entry.name for entry in beside.iterdir()}
    names = sorted(new.union(gone))
    for name in names:
        if (folder / name).is_dir():
            raise WriteError(f"cannot write {folder / name}: a folder of that name is in the way")
    (beside / _GONE).write_text("\n".join(gone))
    decided = beside.with_suffix(DECIDED)
    os.rename(beside, decided)
    begun: list[str] = []
    try:
        for name in names:
            begun.append(name)
            _keep(folder / name, decided / f"{_OLD}{name}")
            if name in new:
                os.replace(decided / name, folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except BaseException as error:
        _back(folder, decided, new.intersection(begun), set(begun) - new)
        if isinstance(error, OSError):
            raise refused(folder / begun[-1], error) from error
        raise
    finally:
        shutil.rmtree(decided, ignore_errors=True)


def _keep(path: Path, kept: Path) -> None:
    """A second name for what stands in a place; where the disk knows none, the place is empty for a moment."""
    if path.is_symlink() or path.exists():
        try:
            os.link(path, kept, follow_symlinks=False)
        except OSError:
            os.replace(path, kept)


def _back(folder: Path, decided: Path, new: Collection[str], gone: Collection[str]) -> None:
    """Undo a change: what was kept stands in its place again, what is new goes."""
    for name in (*new, *gone):
        kept = decided / f"{_OLD}{name}"
        with suppress(OSError):
            if kept.is_symlink() or kept.exists():
                os.replace(kept, folder / name)
            elif name in new and not (decided / name).exists():  # it was moved, and nothing stood there before
                (folder / name).unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """The decided changes of processes that ended before they were made."""
    for decided in sorted(folder.glob(f"{_NAME}*{DECIDED}")):
        listed = decided / _GONE
        gone = listed.read_text().splitlines() if listed.exists() else []
        for entry in decided.iterdir():
            if entry.name != _GONE and not entry.name.startswith(_OLD):
                os.replace(entry, folder / entry.name)
        for name in gone:
            (folder / Path(name).name).unlink(missing_ok=True)
        shutil.rmtree(decided, ignore_errors=True)
