"""Bitcode that came with the package: a first run then waits for no compilation of operators or of trading.

It was made when the wheel was built (`tools/build_wheel.py`), for one Python, one numba and one LLVM. A key names all
that it depends on and no file's date, so where anything is different it is not found and is made in the ordinary
way. No processor is named in it: object code is generated where it runs. It is trusted as the package's own code is,
and never written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

FOLDER = Path(__file__).with_name("bitcode")


def shipped(key: str) -> bytes | None:
    """What came with the package under this key."""
    try:
        return (FOLDER / file_name(key)).read_bytes()
    except OSError:
        return None


def file_name(key: str) -> str:
    """Of the file for a key."""
    return f"{hashlib.sha256(key.encode()).hexdigest()}.bc"
