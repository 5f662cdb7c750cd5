"""The strategies of a portfolio on disk: each one's own result in a folder of its name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..write import EVERY_TABLE, FORMATS, PDF, REPORT, RESULT, STRATEGIES

if TYPE_CHECKING:
    from ..result import Result

_OURS = (RESULT, REPORT, PDF, *(f"{name}.{kind}" for name in EVERY_TABLE for kind in FORMATS))


def write_each(
    folder: Path, strategies: Mapping[str, Result], *, report: bool, format: str, pdf: bool
) -> tuple[Path, ...]:  # fmt: skip
    """Write each strategy's result; what an earlier run left of strategies that are no more goes. Gives the paths."""
    place = folder / STRATEGIES
    paths: list[Path] = []
    for name, result in strategies.items():
        paths += result.write(place / name, report=report, format=format, pdf=pdf)
    for left in sorted(place.iterdir()):
        if left.name not in strategies and (left / RESULT).is_file():
            for name in _OURS:
                with suppress(FileNotFoundError):
                    (left / name).unlink()
            with suppress(OSError):  # files of somebody else stay, and their folder
                left.rmdir()
    return tuple(paths)
