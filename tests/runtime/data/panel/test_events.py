"""The order of events over several symbols, and what was known of each: by hand, and against a slow plain version."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stratagem.runtime.data import DataError
from stratagem.runtime.data.errors import DataChoiceError
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.data.panel.events import Events

from .made import DAY, JANUARY, bars, daily

SECOND = 1_000_000
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def listed(events: Events) -> list[tuple[int, list[tuple[int, int]]]]:
    """Each event as its instant and its bars, (symbol, row)."""
    pairs = list(zip(events.symbol.tolist(), events.row.tolist(), strict=True))
    ends = events.offsets.tolist()
    return [(t, pairs[a:b]) for t, a, b in zip(events.instants.tolist(), ends[:-1], ends[1:], strict=True)]


def test_bars_that_close_at_one_instant_are_one_event_in_the_order_of_the_panel() -> None:
    panel = Panel((daily("B", 1, 2, 3), daily("A", 2, 3), daily("C", 1, 3)))
    assert listed(panel.events) == [
        (JANUARY + DAY, [(0, 0), (2, 0)]),
        (JANUARY + 2 * DAY, [(0, 1), (1, 0)]),
        (JANUARY + 3 * DAY, [(0, 2), (1, 1), (2, 1)]),
    ]
    kinds = [str(a.dtype) for a in (panel.events.instants, panel.events.offsets, panel.events.symbol, panel.events.row)]
    assert kinds == ["int64", "int64", "int32", "int64"]


def test_what_was_known_of_each_symbol_at_each_event() -> None:
    panel = Panel((daily("A", 1, 2, 5), daily("B", 2), daily("C", 3, 4)))
    assert [t // DAY - JANUARY // DAY for t in panel.events.instants.tolist()] == [1, 2, 3, 4, 5]
    assert panel.asof("A").tolist() == [0, 1, 1, 1, 2]
    assert panel.asof("B").tolist() == [-1, 0, 0, 0, 0]
    assert panel.asof("C").tolist() == [-1, -1, 0, 1, 1]
    known = panel.known("A", panel.events.instants)
    assert known.row.tolist() == [0, 1, 1, 1, 2]
    assert known.age.tolist() == [0, 0, DAY, 2 * DAY, 0]
    assert known.fresh.tolist() == [True, True, False, False, True]
    assert panel.known("B", panel.events.instants).age.tolist() == [-1, 0, DAY, 2 * DAY, 3 * DAY]


def test_one_instant_is_asked_for_as_any_time_is() -> None:
    panel = Panel((daily("A", 1, 2),))
    before, at, after = (panel.known("A", when) for when in (JANUARY + DAY - 1, "2024-01-02", "2024-01-02T06:00:00Z"))
    assert (before.row, before.age, before.fresh) == (-1, -1, False)
    assert (at.row, at.age, at.fresh) == (0, 0, True)  # the bar of 1 January closes where 2 January begins
    assert (after.row, after.age, after.fresh) == (0, DAY // 4, False)


def test_the_closes_of_an_instant_come_before_its_opens() -> None:
    """A: bars of a minute from 0:00, with none from 0:02 to 0:03; B: from 0:00:30."""
    minute = 60 * SECOND
    a = bars("A", [JANUARY, JANUARY + minute, JANUARY + 3 * minute], "1m")
    b = bars("B", [JANUARY + 30 * SECOND, JANUARY + 90 * SECOND], "1m")
    panel = Panel((a, b))
    seconds = [(t - JANUARY) // SECOND for t in panel.events.instants.tolist()]
    assert seconds == [60, 90, 120, 150, 240]  # A, B, A, B, A
    assert [(t - JANUARY) // SECOND for t in panel.opens.instants.tolist()] == [0, 30, 60, 90, 180]
    assert panel.opens.symbol.tolist() == [0, 1, 0, 1, 0]
    assert panel.before().tolist() == [-1, -1, 0, 1, 3]


def test_months_close_where_the_next_begins() -> None:
    starts = [JANUARY, JANUARY + 31 * DAY, JANUARY + 60 * DAY]  # 2024 is a leap year
    panel = Panel((bars("A", starts, "1mo"), bars("B", starts[1:], "1mo")))
    assert [(t - JANUARY) // DAY for t in panel.events.instants.tolist()] == [31, 60, 91]
    assert panel.asof("B").tolist() == [-1, 0, 1]


def test_a_symbol_without_bars_is_never_known() -> None:
    panel = Panel((daily("A", 1, 2), daily("B")))
    assert panel.asof("B").tolist() == [-1, -1]
    assert (panel.known("B", "2024-01-05").row, panel.known("B", "2024-01-05").age) == (-1, -1)
    assert panel.events.symbol.tolist() == [0, 0]
    empty = Panel((daily("A"),))
    assert (len(empty.events), empty.events.offsets.tolist(), empty.before().tolist()) == (0, [0], [])


def test_two_bars_of_one_symbol_may_close_at_one_instant() -> None:
    """As `keep` leaves them: the later row is what is known."""
    panel = Panel((bars("A", [JANUARY, JANUARY + 4 * DAY], "1mo"), bars("B", [JANUARY], "1mo")))
    assert listed(panel.events) == [(JANUARY + 31 * DAY, [(0, 0), (0, 1), (1, 0)])]
    assert panel.asof("A").tolist() == [1]


# --- against a slow version ----------------------------------------------------------------------------


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    of, step = draw(st.sampled_from([("1d", DAY), ("1m", 60 * SECOND)]))
    shift = st.sampled_from([0, 0, step // 2, step // 3]) if of == "1m" else st.just(0)
    places = draw(st.lists(st.tuples(st.sets(st.integers(0, 12), max_size=9), shift), min_size=1, max_size=5))
    stamps = [[JANUARY + at * step + moved for at in sorted(steps)] for steps, moved in places]
    return Panel(tuple(bars(f"S{n}", own, of) for n, own in enumerate(stamps)))


def slowly(instants: list[list[int]]) -> list[tuple[int, list[tuple[int, int]]]]:
    every = sorted((t, symbol, row) for symbol, own in enumerate(instants) for row, t in enumerate(own))
    found: dict[int, list[tuple[int, int]]] = {}
    for t, symbol, row in every:
        found.setdefault(t, []).append((symbol, row))
    return list(found.items())


@calm
@given(panels())
def test_events_are_those_of_a_plain_sort(panel: Panel) -> None:
    assert listed(panel.events) == slowly([each.closes.tolist() for each in panel])
    assert listed(panel.opens) == slowly([each.ts.tolist() for each in panel])


@calm
@given(panels(), st.integers(-1, 14))
def test_known_is_the_last_bar_that_closed(panel: Panel, steps: int) -> None:
    at = JANUARY + steps * panel.timeframe.seconds * SECOND // 2
    for each in panel:
        closed = [row for row, close in enumerate(each.closes.tolist()) if close <= at]
        row = max(closed, default=-1)
        known = panel.known(each.symbol, at)
        assert (known.row, known.age) == (row, at - int(each.closes[row]) if closed else -1)
        assert panel.asof(each.symbol).tolist() == panel.known(each.symbol, panel.events.instants).row.tolist()


@calm
@given(panels())
def test_what_precedes_an_open_is_the_last_close_at_or_before_it(panel: Panel) -> None:
    closes = panel.events.instants.tolist()
    expected = [sum(close <= opened for close in closes) - 1 for opened in panel.opens.instants.tolist()]
    assert panel.before().tolist() == expected


@calm
@given(panels(), st.data())
def test_what_comes_later_changes_nothing_that_was_known(panel: Panel, data: st.DataObject) -> None:
    """No look-ahead: without the bars that closed after an event, that event and those before it are the same."""
    if not len(panel.events):
        return
    end = data.draw(st.integers(0, len(panel.events) - 1))
    now = int(panel.events.instants[end])
    past = Panel(tuple(each.rows(0, int((each.closes <= now).sum())) for each in panel))
    assert listed(past.events) == listed(panel.events)[: end + 1]
    for symbol in panel.symbols:
        assert past.asof(symbol).tolist() == panel.asof(symbol)[: end + 1].tolist()


# --- what a panel is made of ---------------------------------------------------------------------------

MADE: list[tuple[Any, str]] = [
    ((), "a tuple of Bars, of one symbol or more"),
    ([daily("A", 1)], "a tuple of Bars"),
    ((daily("A", 1), "B"), "a tuple of Bars"),
    ((daily("A", 1), daily("a", 1)), "holds a symbol once, in whatever case: found 'A' and 'a'"),
    ((daily("A", 1), bars("B", [JANUARY], "1h")), "one timeframe: those of A last 1d, those of B 1h"),
]


@pytest.mark.parametrize(("made", "told"), MADE)
def test_what_is_no_panel_is_refused(made: Any, told: str) -> None:
    with pytest.raises(DataError, match=told):
        Panel(made)


def test_a_symbol_that_is_not_there_is_told_with_the_nearest() -> None:
    panel = Panel((daily("AAPL", 1), daily("MSFT", 1)))
    assert "AAPL" in panel and "APPL" not in panel and panel["MSFT"].symbol == "MSFT"
    for ask in (lambda: panel["APPL"], lambda: panel.known("APPL", 0), lambda: panel.asof("APPL")):
        with pytest.raises(DataChoiceError, match=r"no symbol 'APPL' \(did you mean 'AAPL'\?\); it holds AAPL, MSFT"):
            ask()


def test_instants_are_whole_numbers_in_one_array() -> None:
    panel = Panel((daily("A", 1),))
    for wrong in (np.array([1.0]), np.array([[1]]), np.array(["2024-01-01"], "datetime64[us]")):
        with pytest.raises(DataChoiceError, match="expected one array of int64"):
            panel.known("A", wrong)


def test_a_panel_is_narrowed_in_the_order_that_is_given() -> None:
    panel = Panel((daily("A", 1), daily("B", 2), daily("C", 3)), ("a note",))
    narrowed = panel.select(["C", "A"])
    assert (narrowed.symbols, narrowed.notes) == (("C", "A"), ("a note",))
    assert narrowed["A"] is panel["A"]
