"""Columns of times as texts, against Python's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.results.iso import iso

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)


def plain(ts: int, fraction: bool) -> str:
    moment = EPOCH + timedelta(microseconds=ts)
    return moment.isoformat(timespec="microseconds" if fraction else "seconds").replace("+00:00", "Z")


@given(st.lists(INSTANTS, max_size=30))
def test_texts_are_pythons(instants: list[int]) -> None:
    fraction = any(ts % 1_000_000 for ts in instants)
    assert iso(np.array(instants, dtype=np.int64)).to_pylist() == [plain(ts, fraction) for ts in instants]


@given(st.lists(INSTANTS.map(lambda ts: ts // 1_000_000 * 1_000_000), max_size=30))
def test_whole_seconds_have_no_fraction(instants: list[int]) -> None:
    assert iso(np.array(instants, dtype=np.int64)).to_pylist() == [plain(ts, False) for ts in instants]
