"""Rows whose columns lie together, and columns of texts that mostly say the same."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from stratagem.runtime.results.tables import _worded
from stratagem.runtime.run.over_bars import by_column


@pytest.mark.parametrize("count", [0, 1, 511, 512, 513, 1500])
def test_the_rows_are_the_same_and_each_column_is_one_piece(count: int) -> None:
    rows = np.arange(count * 24, dtype=np.float64).reshape(-1, 24)
    found = by_column(rows)
    assert found.shape == rows.shape and (found == rows).all()
    assert all(found[:, at].flags.c_contiguous for at in range(24))
    assert not np.shares_memory(found, rows), "the room of the run is given back"


@pytest.mark.parametrize("codes", [[], [0, 0, 0], [2, 2], [0, 1, 2, 1], [1]])
def test_a_column_of_texts_is_the_same_whether_its_rows_differ(codes: list[int]) -> None:
    words = ("", "long", "short")
    found = _worded(words, np.array(codes, dtype=np.int64))
    assert found.type == pa.string() and found.to_pylist() == [words[code] for code in codes]
