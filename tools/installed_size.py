"""How much of a disk the package and what it needs take, distribution by distribution.

python -m stratagem.tools.installed_size
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

NAME = "stratagem"
_REQUIRED = re.compile(r"[\w.-]+")


def sizes(name: str = NAME) -> dict[str, int]:
    """Bytes of the files of an installed distribution and of all that it needs without its extras, by name."""
    found: dict[str, int] = {}
    stack = [name]
    while stack:
        each = stack.pop()
        if each in found:
            continue
        try:
            installed = distribution(each)
        except PackageNotFoundError:  # for another system or Python only
            continue
        found[each] = _bytes(installed)
        stack += [_name(line) for line in installed.requires or () if "extra ==" not in line]
    return found


def _name(requirement: str) -> str:
    match = _REQUIRED.match(requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def _bytes(installed: Distribution) -> int:
    """Of the files that it lists, compiled modules among them, as far as they are there."""
    paths = (installed.locate_file(file) for file in installed.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())  # type: ignore[attr-defined]


def table(found: dict[str, int]) -> str:
    """One line each, the largest first, and the sum."""
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"{size / 1e6:8.1f} MB  {name}" for name, size in rows]
    return "\n".join([*lines, f"{sum(found.values()) / 1e6:8.1f} MB  in all"])


if __name__ == "__main__":
    sys.stdout.write(table(sizes()) + "\n")
