"""One test over many rows of a table: each row is tried, and every one that fails is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

import pytest

_T = TypeVar("_T")
FAILED = (Exception, pytest.fail.Exception)
TOLD = 20
"""Failing rows that are shown; the rest are counted."""


def each(rows: Iterable[_T], check: Callable[[_T], object], name: Callable[[_T], str] = str) -> None:
    """Check every row; fails with what is wrong with each. A table without rows holds nothing, and fails too."""
    tried, wrong = list(rows), []
    for row in tried:
        try:
            check(row)
        except FAILED as error:
            wrong.append(f"{name(row)}: {type(error).__name__}: {error}")
    if not tried:
        pytest.fail("there is no row", pytrace=False)
    if wrong:
        more = f"\n… and {len(wrong) - TOLD} more" if len(wrong) > TOLD else ""
        pytest.fail(f"{len(wrong)} of {len(tried)} rows fail:\n" + "\n".join(islice(wrong, TOLD)) + more, pytrace=False)


def parts(rows: Iterable[_T], size: int) -> list[Sequence[_T]]:
    """The rows in lists of so many, so that workers share them."""
    left = iter(rows)
    return list(iter(lambda: list(islice(left, size)), []))
