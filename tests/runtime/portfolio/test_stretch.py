"""Stretches of events: every bar once, and at each instant what was last known, however the history is cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.data.panel.events import events_of
from stratagem.runtime.portfolio.levels import NEVER
from stratagem.runtime.portfolio.stretch import stretches


@st.composite
def histories(draw):
    """The closes of a few symbols: ragged, with bars missing, and symbols that have none."""
    count = draw(st.integers(1, 5))
    return [
        np.array(sorted(draw(st.sets(st.integers(0, 30), max_size=12))), np.int64) for _ in range(count)
    ]


@given(histories(), st.integers(1, 40))
def test_however_a_history_is_cut_each_event_has_its_bars(closes, bars):
    events = events_of(closes)
    seen, reached = [0] * len(closes), 0
    for stretch in stretches(events, len(closes), 0, len(events), bars):
        assert stretch.first == reached and stretch.begins.tolist() == seen
        for event in range(len(stretch)):
            for place in range(stretch.offsets[event], stretch.offsets[event + 1]):
                symbol, row = stretch.symbol[place], stretch.row[place]
                assert closes[symbol][stretch.begins[symbol] + row] == stretch.instants[event]
                assert stretch.at[symbol][row] == event
                seen[symbol] += 1
        assert [stretch.rows(symbol) for symbol in range(len(closes))] == [len(at) for at in stretch.at]
        assert stretch.offsets[-1] <= bars or len(stretch) == 1
        reached += len(stretch)
    assert reached == len(events) and seen == [len(each) for each in closes]


@given(histories(), st.integers(1, 40))
def test_what_was_known_is_the_last_value_at_or_before(closes, bars):
    events = events_of(closes)
    before, last = [NEVER] * len(closes), [-1.0] * len(closes)
    for stretch in stretches(events, len(closes), 0, len(events), bars):
        closed = stretch.closed(before)
        for symbol, own in enumerate(closes):
            first = stretch.begins[symbol]
            values = np.arange(len(own), dtype=float)[first : first + stretch.rows(symbol)]
            known = stretch.known(symbol, values, last[symbol])
            for event, instant in enumerate(stretch.instants):
                rows = np.flatnonzero(own <= instant)
                assert known[event] == (rows[-1] if len(rows) else -1.0)
                assert closed[symbol, event] == (own[rows[-1]] if len(rows) else NEVER)
            before[symbol], last[symbol] = int(closed[symbol, -1]), float(known[-1])


def test_where_events_have_few_bars_matrices_stay_small(monkeypatch):
    """A hundred symbols whose bars close at times of their own: a stretch of all events would be a large matrix."""
    monkeypatch.setattr("stratagem.runtime.portfolio.stretch.CELLS", 700)
    events = events_of([np.arange(place, 1000, 100) for place in range(100)])
    found = list(stretches(events, 100, 0, len(events)))
    assert {len(stretch) for stretch in found} == {7, 1000 % 7} and sum(map(len, found)) == 1000


@pytest.mark.parametrize(("first", "stop"), [(0, 0), (2, 2), (3, 5)])
def test_a_part_of_the_events(first, stop):
    events = events_of([np.arange(0, 6), np.arange(1, 12, 2)])
    found = list(stretches(events, 2, first, stop))
    assert sum(map(len, found)) == stop - first
    if found:
        assert found[0].instants.tolist() == events.instants[first:stop].tolist()
        assert found[0].begins.tolist() == [3, 1]
