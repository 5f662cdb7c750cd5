"""A folder that holds a file for each symbol, and what symbol a file's name tells."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import DataError
from .table import Wanted, choose_symbol

ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".arrow", ".feather", ".duckdb")
_PACKED = (".gz", ".zip")


def symbol_of(name: str) -> str:
    """The symbol that the name of a file tells: all of it but the ending, so `BRK.A.csv.gz` is `BRK.A`.

    Bytes of a name that are no UTF-8 are told as `?`: a symbol is written into tables of text.
    """
    bare = _without(name.partition("#")[0], _PACKED)
    return _without(bare, ENDINGS).encode("utf-8", "replace").decode("utf-8")


def file_of(folder: Path, wanted: Wanted) -> tuple[Path, tuple[str, ...]]:
    """The file of the symbol that is wanted, and notes. Hidden files and folders inside are no symbols."""
    called, files, told = files_of(folder)
    names = {symbol_of(name).lower(): symbol_of(name) for name in files}
    symbol, notes = choose_symbol(list(names.values()), wanted, called)
    own = [name for name in files if symbol_of(name).lower() == symbol.lower()]
    return folder / _only(own, symbol, called), (*notes, *told)


def files_of(folder: Path) -> tuple[str, list[str], tuple[str, ...]]:
    """What a folder is called, the names of the files of data in it, sorted, and notes; DataError if it has none."""
    called = folder.name if folder.name not in ("", "..") else folder.resolve().name or str(folder)
    with os.scandir(folder) as entries:
        found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    inside = [entry.name for entry in found if _is_folder(entry)]
    files = [entry.name for entry in found if entry.name.lower().endswith((*ENDINGS, *_PACKED))]
    files = [name for name in files if name not in inside]
    if not files:
        raise DataError(_nothing(called, inside))
    return called, files, (f"folders inside {called} are not read: {_listed(inside)}",) if inside else ()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether a name leads to a folder; one that leads back to itself does not, and is told where it is read."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _only(files: list[str], symbol: str, folder: str) -> str:
    """The one file of a symbol, in whatever case; DataError if there are two."""
    if len(files) > 1:
        raise DataError(
            f"{folder} holds {len(files)} files for the symbol {symbol}, {' and '.join(files)}: "
            "give the path of the one that is meant, or move the others elsewhere"
        )
    return files[0]


def _nothing(folder: str, inside: list[str]) -> str:
    told = f"{folder} holds no data files ({', '.join(ENDINGS)}, also with .gz)"
    return f"{told}; give one of the folders inside it: {_listed(inside)}" if inside else told


def _listed(names: list[str]) -> str:
    return ", ".join(names[:10]) + (", …" if len(names) > 10 else "")


def _without(name: str, endings: tuple[str, ...]) -> str:
    ending = next((e for e in endings if name.lower().endswith(e) and len(name) > len(e)), "")
    return name[: len(name) - len(ending)]
