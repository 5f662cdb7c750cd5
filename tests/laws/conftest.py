"""Random programs are not kept on the disk of whoever runs the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .fleeting import nothing_kept


@pytest.fixture(scope="module", autouse=True)
def _nothing_kept() -> Iterator[None]:
    with nothing_kept():
        yield
