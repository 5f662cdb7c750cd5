"""What the assumed path decides, and that a bar is judged alike under every path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import Statement

from .driver import Bar, Desk, desk, reason, run

PATHS = ("worst", "best", "proximity")
FLAT: Bar = (100, 100, 100, 100)
ROOMY = GuardSpec("exposure", 100.0)


def play(statements: Sequence[Statement], bars: Sequence[Bar], script: Any, path: str, **assume: Any) -> Desk:
    return run(desk(list(statements), [ROOMY], path=path, **assume), bars, script)


def mirror(bar: Bar) -> Bar:
    open_, high, low, close = bar
    return 200 - open_, 200 - low, 200 - high, 200 - close


MOVED = EnterSpec("long", "units", has_stop=True, moves=1)
TAKES = EnterSpec("long", "units", has_stop=True, takes=1)
GAIN = EnterSpec("long", "units", has_stop=True, has_target=True, moves=1)
BREAK_EVEN = {"size": 2, "stop": 95, "move": 100, "after": 105}
HALF = {"size": 2, "stop": 95, "share": 0.5, "take": 105}
LEVELS = [
    # statement, wish, the bar after the entry's, whether what leaves in it is ambiguous under each path
    (MOVED, BREAK_EVEN, (101, 106, 94, 100), True),  # 95 before 105 was touched, or 100 after it
    (MOVED, BREAK_EVEN, (101, 106, 99, 99.5), True),  # 100 after 105: from 105 it may have gone to 99 or have come
    (MOVED, BREAK_EVEN, (101, 104, 94, 100), False),
    (MOVED, BREAK_EVEN, (105, 106, 99, 100), False),  # touched at the open: 100 is a stop as any other
    (TAKES, HALF, (101, 106, 94, 100), True),
    (TAKES, HALF, (101, 106, 96, 100), False),
    (TAKES, HALF, (105, 106, 94, 100), False),  # the half went at the open
    (GAIN, BREAK_EVEN | {"target": 109}, (101, 110, 99, 108), True),  # from 105 back to 100, or on to 109
    (GAIN, BREAK_EVEN | {"target": 109}, (101, 110, 100.5, 108), False),
    (MOVED, BREAK_EVEN | {"move": 106}, (101, 107, 94, 100), True),  # out where 105 is touched, if 95 was not before
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("statement, wish, bar, expected", LEVELS)
def test_a_lot_that_the_bar_meets_on_both_sides(
    statement: EnterSpec, wish: dict[str, float], bar: Bar, expected: bool, path: str
) -> None:
    made = play([statement], [FLAT, FLAT, bar], {0: {0: wish}}, path)
    left = [row for row in made.trades if row["exit_index"] == 2 and reason(row) != "end"]
    assert left and all(row["ambiguous"] == expected for row in left), left
    assert made.counter("ambiguous_fills") == len(left) * expected


@pytest.mark.parametrize("path", PATHS)
def test_a_take_before_a_target_on_one_way_is_not(path: str) -> None:
    """Whatever the path, 105 comes before 109."""
    statement = EnterSpec("long", "units", has_stop=True, has_target=True, takes=1)
    made = play([statement], [FLAT, FLAT, (101, 110, 99, 108)], {0: {0: HALF | {"target": 109}}}, path)
    assert [(row["exit_price"], row["ambiguous"]) for row in made.trades] == [(105, 0), (109, 0)]


def rest(side: str, kind: str = "trigger") -> EnterSpec:
    return EnterSpec(side, "units", rest=kind, life="bars", scale=1)


def wish(**prices: float) -> dict[str, float]:
    return {"size": 1, "life": 9, **prices}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("entries, bar, expected", [
    ("one_cancels_other", (100, 106, 94, 100), 1),
    ("one_cancels_other", (100, 106, 96, 100), 0),
    ("one_cancels_other", (105, 106, 94, 100), 0),  # decided by the open
    ("independent", (100, 106, 96, 100), 0),
])  # fmt: skip
def test_which_of_two_entries_came(entries: str, bar: Bar, expected: int, path: str) -> None:
    """The trade is ambiguous for its entry, also where it ends on a later bar; the fill counts once."""
    statements, script = [rest("long"), rest("short")], {0: {0: wish(trigger=105), 1: wish(trigger=95)}}
    made = play(statements, [FLAT, bar, FLAT], script, path, entries=entries)
    assert [row["ambiguous"] for row in made.trades] == [expected]
    assert made.counter("ambiguous_fills") == expected


@pytest.mark.parametrize("path", PATHS)
def test_entries_of_one_side_are_where_one_cancels_the_other(path: str) -> None:
    """A limit at 95 and a trigger at 105: with both independent both fill, on any path."""
    statements, script = [rest("long", "limit"), rest("long")], {0: {0: wish(limit=95), 1: wish(trigger=105)}}
    bars: list[Bar] = [FLAT, (100, 106, 94, 100), FLAT]
    assert [t["ambiguous"] for t in play(statements, bars, script, path, entries="one_cancels_other").trades] == [1]
    assert [t["ambiguous"] for t in play(statements, bars, script, path).trades] == [0, 0]


@pytest.mark.parametrize("path", PATHS)
def test_entries_of_both_sides_that_turn_each_other_round(path: str) -> None:
    """In at one, turned at the other, both inside the bar: three fills, none of which the bar alone tells."""
    statements, script = [rest("long"), rest("short")], {0: {0: wish(trigger=105), 1: wish(trigger=95)}}
    made = play(statements, [FLAT, (100, 106, 94, 100)], script, path)
    assert (reason(made.trades[0]), made.trades[0]["ambiguous"]) == ("reverse", 1)
    assert made.counter("ambiguous_fills") == 3  # in, out, and in again


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("bar, expected", [((101, 106, 97, 100), 1), ((101, 106, 99, 100), 0), ((97, 106, 96, 99), 0)])
def test_an_exit_that_rests_beside_a_level_of_its_lot(bar: Bar, expected: int, path: str) -> None:
    """A target at 105 and a moving stop at 98."""
    statements = [EnterSpec("long", "units", has_target=True), ExitSpec("long", rest="trigger", life="bars")]
    script = {0: {0: {"size": 1, "target": 105}}, 1: {1: {"trigger": 98, "life": 9}}}
    for over, side in ((bar, "long"), (mirror(bar), "short")):
        if side == "short":
            statements = [EnterSpec("short", "units", has_target=True), ExitSpec("short", rest="trigger", life="bars")]
            script = {0: {0: {"size": 1, "target": 95}}, 1: {1: {"trigger": 102, "life": 9}}}
        made = play(statements, [FLAT, FLAT, over], script, path)
        assert (len(made.trades), made.trades[0]["ambiguous"]) == (1, expected)
        assert made.counter("ambiguous_fills") == expected


LONG_GOES = EnterSpec("long", "units", has_target=True, rest="limit", life="bars")
SHORT_GOES = EnterSpec("short", "units", has_target=True, rest="limit", life="bars")
LEFT = [  # statements, what is wished and when, the last bar: what has left, or came, is where the other one would be
    ([LONG_GOES, rest("short", "limit")], {0: {0: wish(limit=95, target=104), 1: wish(limit=105)}}),
    ([rest("long", "limit"), SHORT_GOES], {0: {0: wish(limit=95), 1: wish(limit=105, target=96)}}),
    ([EnterSpec("long", "units", has_stop=True), rest("short", "limit")],
     {0: {0: wish(stop=95)}, 1: {1: wish(limit=105)}}),
    ([EnterSpec("short", "units", has_target=True), rest("long")],
     {0: {0: wish(target=95)}, 1: {1: wish(trigger=105)}}),
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("statements, script", LEFT)
def test_an_entry_behind_a_lot_that_left_by_itself(
    statements: list[Statement], script: dict[int, Any], path: str
) -> None:
    """Under one path it turns the lot round, under another it finds nothing: what stays open is told alike."""
    last = max(script) + 1
    bars: list[Bar] = [*[FLAT] * last, (100, 106, 94, 100), FLAT]
    made = play(statements, bars, script, path)
    assert len(made.trades) == 2 and [row["ambiguous"] for row in made.trades] == [1, 1]


@pytest.mark.parametrize("path", PATHS)
def test_a_lot_that_left_on_the_same_way_tells_an_entry_nothing(path: str) -> None:
    """Up to the target at 104, and on to the limit at 105, whatever the path."""
    statements = [EnterSpec("long", "units", has_target=True), rest("short", "limit")]
    script = {0: {0: wish(target=104)}, 1: {1: wish(limit=105)}}
    made = play(statements, [FLAT, FLAT, (100, 106, 94, 100), FLAT], script, path)
    assert made.trades[1]["ambiguous"] == 0
