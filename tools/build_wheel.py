"""Builds the wheel of the package with the operators and trading compiled in it, so that a first run does not wait.

python -m stratagem.tools.build_wheel FOLDER [options of `pip wheel`]

The description that a package index shows is the README, whose links to files of the source lead nowhere there: they
become plain names.

The bitcode fits the Python, numba and LLVM that build it; under others the wheel works as any, and compiles at the
first run. It is asked for on the source tree: the wheel is built by pip, and the bitcode is added to it.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..runtime.native import symbols
from ..runtime.native.library import standard
from ..runtime.native.passes import FUNCTIONS
from ..runtime.native.shared_object import bitcode, identity
from ..runtime.native.shipped import FOLDER, file_name
from ..runtime.native.store import open_store
from ..runtime.native.warm import every_symbol

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACE = f"stratagem/runtime/native/{FOLDER.name}"
_TO_FILE = re.compile(r"\[([^\]\n]+)\]\((?!https?://|#)[^)\n]+\)")
_DATE = (1980, 1, 1, 0, 0, 0)


def build_wheel(folder: Path, options: list[str]) -> Path:
    """The wheel in the folder; CalledProcessError if pip cannot build it."""
    with tempfile.TemporaryDirectory() as built:
        command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", built, *options, str(_PACKAGE)]
        subprocess.run(command, check=True)
        (made,) = Path(built).glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / made.name
        target.unlink(missing_ok=True)
        _add(made, target, dict(compiled()))
    return target


def compiled() -> Iterator[tuple[str, bytes]]:
    """The bitcode of everything that a program may need, by the names of its files in the wheel."""
    library = standard()
    for symbol in every_symbol():
        yield f"{_PLACE}/{file_name(library.key(symbol))}", library.bitcode(symbol)
    for functions in (symbols.cold(), symbols.several(), FUNCTIONS):
        yield f"{_PLACE}/{file_name(identity(functions))}", bitcode(functions, open_store())


def _add(wheel: Path, target: Path, files: dict[str, bytes]) -> None:
    """The wheel with more files of the package, which its record then lists, too."""
    with ZipFile(wheel) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        metadata = next(name for name in before.namelist() if name.endswith(".dist-info/METADATA"))
        described = without_links_to_files(before.read(metadata).decode()).encode()
        for item in before.infolist():
            content = before.read(item)
            if item.filename == metadata:
                content = described
            elif item.filename.endswith(".dist-info/RECORD"):
                kept = [line for line in content.splitlines(keepends=True) if not line.startswith(metadata.encode())]
                content = b"".join(kept) + _record({**files, metadata: described})
            after.writestr(item, content, ZIP_DEFLATED)
        for name, content in files.items():
            entry = ZipInfo(name, _DATE)
            entry.external_attr = 0o644 << 16
            after.writestr(entry, content, ZIP_DEFLATED)


def without_links_to_files(text: str) -> str:
    """The text of a README with the name alone where a link leads to a file beside it."""
    return _TO_FILE.sub(r"\1", text)


def _record(files: dict[str, bytes]) -> bytes:
    """The lines of the record: name, checksum, size."""
    lines = io.StringIO()
    for name, content in files.items():
        checksum = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        csv.writer(lines, lineterminator="\n").writerow((name, f"sha256={checksum}", len(content)))
    return lines.getvalue().encode()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("expected a folder for the wheel: python -m stratagem.tools.build_wheel FOLDER [options of pip wheel]")
    sys.stdout.write(f"{os.path.relpath(build_wheel(Path(sys.argv[1]), sys.argv[2:]))}\n")
