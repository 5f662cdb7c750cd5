"""Levels of a lot: what each is worth, by hand, for any fill."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.program.nodes import Node
from stratagem.lang.program.program import Affine, Enter
from stratagem.stdlib.primitives import evaluate

END = "\nexit long when close < open\nexit short when close > open\n"


def enter(side: str, clauses: str) -> Enter:
    (found,) = compile_text(f"enter {side} when close > open {clauses}{END}").enters
    return found


def known(node: Node, close: float = 100.0) -> float:
    """The value of a node that reads nothing but this close."""
    if node.kind == "const":
        return float(node.data[0])  # type: ignore[arg-type]
    if node.kind == "input":
        assert node.name == "close"
        return close
    assert node.kind == "pure", node
    return float(evaluate(node.name, [known(arg, close) for arg in node.args]))


def at(line: Affine | None, fill: float, close: float = 100.0) -> float:
    """Where a level stands for this fill."""
    assert line is not None
    slope = known(line.slope if fill >= 0.0 else line.slope_below, close)
    return known(line.base, close) + slope * fill


# With a stop of 2% a long filled at 100 has its stop at 98, so that r is 2; of a fill at -50 it is 1, below at -51.
R = [
    ("long", "stop 2%", "1r", 102.0, -49.0),
    ("long", "stop 2%", "3r", 106.0, -47.0),
    ("short", "stop 2%", "1r", 98.0, -51.0),
    ("long", "stop 90", "2r", 120.0, -330.0),  # r is 10; of a fill at -50, below its stop, it is -140
    ("long", "stop close - 5", "1r", 105.0, -195.0),  # the close is 100: r is 5, and of -50 it is -145
    ("short", "stop close + 5", "1r", 95.0, -205.0),  # r is 5 and 155
    ("long", "trail 4%", "1r", 104.0, -48.0),
    ("long", "stop 2% trail 4%", "1r", 102.0, -49.0),
    ("long", "stop entry - 3", "2r", 106.0, -44.0),
]  # fmt: skip


@pytest.mark.parametrize(("side", "first", "level", "of_100", "of_minus_50"), R)
def test_r_is_the_way_to_the_first_stop(side: str, first: str, level: str, of_100: float, of_minus_50: float) -> None:
    made = enter(side, f"{first} target {level} take 50% at {level} stop 0r after {level}")
    (take,), (move,) = made.takes, made.moves
    for line in (made.target, take.level, move.after):
        assert at(line, 100.0) == pytest.approx(of_100)
        assert at(line, -50.0) == pytest.approx(of_minus_50)
    assert known(take.share) == 0.5
    assert at(move.stop, 100.0) == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("side", "move", "stop", "after"),
    [
        ("long", "stop entry after 3%", 100.0, 103.0),
        ("long", "stop entry + 1r after 2r", 102.0, 104.0),
        ("short", "stop entry - 1r after 2r", 98.0, 96.0),
        ("long", "stop 1% after entry + 5", 99.0, 105.0),
        ("short", "stop 0% after 1r", 100.0, 98.0),
        ("long", "stop 1r after 2r", 102.0, 104.0),
        ("short", "stop 1r after 2r", 98.0, 96.0),
        ("long", "stop -0.5r after 2r", 99.0, 104.0),
        ("long", "stop stop + 1 after 110", 99.0, 110.0),
    ],
)
def test_a_stop_that_begins_at_a_level(side: str, move: str, stop: float, after: float) -> None:
    (made,) = enter(side, f"stop 2% {move}").moves
    assert (at(made.stop, 100.0), at(made.after, 100.0)) == (pytest.approx(stop), pytest.approx(after))


def test_a_trail_may_begin_at_a_level() -> None:
    made = enter("long", "stop 2% trail 3% after 2r")
    assert (at(made.trail, 110.0), at(made.trail_after, 100.0)) == (pytest.approx(106.7), pytest.approx(104.0))
    assert enter("long", "trail 3%").trail_after is None


@pytest.mark.parametrize(
    ("side", "clauses", "of_100", "of_minus_50"),
    [("long", "stop 2% trail 1r", 98.0, -51.0), ("long", "stop 95 trail 0.5r", 97.5, 22.5),
     ("short", "stop 2% trail 2r after 1r", 104.0, -48.0), ("long", "stop 2% trail 0.5r + 1r", 97.0, -51.5),
     ("long", "stop 2% trail if close > 5 then 1r else 2r", 98.0, -51.0)],
)  # fmt: skip
def test_a_trail_in_r_is_said_as_where_it_stands_at_the_fill(
    side: str, clauses: str, of_100: float, of_minus_50: float
) -> None:
    made = enter(side, clauses)
    assert made.trail_from_fill and not enter(side, "stop 2% trail 1%").trail_from_fill
    assert (at(made.trail, 100.0), at(made.trail, -50.0)) == (pytest.approx(of_100), pytest.approx(of_minus_50))


@pytest.mark.parametrize(("clauses", "codes"), [
    ("stop 2% trail 0r", ["E415"]), ("stop 2% trail -1r", ["E415"]), ("stop 2% trail 0 * 1r", ["E415"]),
    ("stop 2% trail max(1r, tr())", ["E407"]),
    ("stop 2% trail entry - stop", ["E101", "E101"]), ("stop volume trail 1r", ["E408"]),
    ("trail 2% after 1r", ["E405"]), ("trail 2% after 3% target 2r", ["E405"]),
])  # fmt: skip
def test_a_trail_in_r_that_is_none_is_told(clauses: str, codes: list[str]) -> None:
    found = [d for d in check_text(f"enter long when close > open {clauses}{END}").diagnostics if d.is_error]
    assert [d.code for d in found] == codes


def test_a_stop_that_begins_later_counts_r_to_the_side_of_gain_wherever_it_stands() -> None:
    (made,) = enter("long", "stop 2% stop if close > 5 then 0.5r else 0r after 2r").moves
    assert made.gains and at(made.stop, 100.0) == pytest.approx(101.0)
    assert not enter("long", "stop 2% stop 1% after 2r").moves[0].gains


def test_levels_keep_the_order_of_the_text() -> None:
    made = enter("long", "take 20% at 3% stop 1% stop 0r after 2% take 30% at 1% stop 1r after 3%")
    assert [known(take.share) for take in made.takes] == [0.2, 0.3]
    assert [round(at(move.after, 100.0), 9) for move in made.moves] == [102.0, 103.0]


def test_stops_that_begin_later_need_no_first_one() -> None:
    made = enter("long", "stop entry after 3%")
    assert made.stop is None and len(made.moves) == 1


@pytest.mark.parametrize("clauses", ["target 2r", "take 50% at 1r", "stop 0r after 1r", "stop 0% after 1r", "trail 1r",
                                     "stop 2r", "trail 2% stop 1r"])  # fmt: skip
def test_r_without_a_first_stop_is_told(clauses: str) -> None:
    found = [d for d in check_text(f"enter long when close > open {clauses}{END}").diagnostics if d.is_error]
    assert found and {d.code for d in found} == {"E405"}


def test_a_first_stop_that_was_not_understood_brings_no_second_fault() -> None:
    found = check_text(f"enter long when close > open stop volume target 2r take 50% at stop + 1{END}").diagnostics
    assert [d.code for d in found if d.is_error] == ["E408"]


# --- the prices that an order rests at ---------------------------------------------------------------

PRICES = [  # side, clause, of a close at 100, of a close at -50
    ("long", "limit 1%", 99.0, -50.5), ("long", "trigger 1%", 101.0, -49.5),
    ("short", "limit 1%", 101.0, -49.5), ("short", "trigger 1%", 99.0, -50.5),
    ("long", "limit close - 3", 97.0, -53.0), ("long", "trigger 90", 90.0, 90.0), ("short", "limit 90", 90.0, 90.0),
]  # fmt: skip


@pytest.mark.parametrize(("side", "clause", "of_100", "of_minus_50"), PRICES)
def test_a_share_counts_from_the_close_on_the_proper_side(
    side: str, clause: str, of_100: float, of_minus_50: float
) -> None:
    other = "short" if side == "long" else "long"  # who leaves a short position buys
    program = compile_text(f"enter {side} when close > open {clause} stop 99%\nexit {other} when close < open {clause}")
    for order in (program.enters[0], program.exits[0]):
        assert order.rest is not None
        node = order.rest.limit if "limit" in clause else order.rest.trigger
        assert node is not None
        assert known(node, 100.0) == pytest.approx(of_100)
        assert known(node, -50.0) == pytest.approx(of_minus_50)


@pytest.mark.parametrize(
    ("clauses", "kind", "life", "valid"),
    [
        ("limit 1%", "limit", "", None),
        ("trigger 1% valid 5 bars", "trigger", "bars", 5.0),
        ("valid 3 limit 1%", "limit", "bars", 3.0),
        ("limit close + 1 trigger 1% valid 4h", "trigger_limit", "seconds", 14_400.0),
        ("limit 1% valid day", "limit", "day", None),
        ("limit 1% until close < open", "limit", "open", None),
        ("limit 1% until close < open valid day", "limit", "day", None),
    ],
)
def test_how_an_order_rests(clauses: str, kind: str, life: str, valid: float | None) -> None:
    rest = enter("long", clauses).rest
    assert rest is not None
    assert (rest.kind, rest.life, rest.valid and known(rest.valid)) == (kind, life, valid)
    assert (rest.until is not None) == ("until" in clauses)


@pytest.mark.parametrize(
    ("clause", "kind", "wait", "time"),
    [
        ("expire 5 bars", "bars", 5.0, ""), ("expire 2h", "seconds", 7200.0, ""),
        ("expire next_open", "next_open", None, ""), ("expire day", "day", None, ""),
        ('expire "15:55"', "time", None, "15:55"), ('expire "00:00"', "time", None, "00:00"),
    ],
)  # fmt: skip
def test_when_a_lot_leaves(clause: str, kind: str, wait: float | None, time: str) -> None:
    made = enter("long", clause)
    assert (made.expire_kind, made.expire and known(made.expire), made.expire_at) == (kind, wait, time)


@pytest.mark.parametrize("name", ["next_open", "session"])
def test_a_definition_of_the_program_goes_before_a_moment_of_its_name(name: str) -> None:
    text = f"param {name} = 3 in 1 to 9\nenter long when close > open expire {name}{END}"
    assert compile_text(text).enters[0].expire_kind == "bars"
    found = check_text(f"enter long when close > open expire {name}{END}").diagnostics
    assert [d.code for d in found] == ([] if name == "next_open" else ["E901"])


def test_cancels_stand_in_order_with_the_statements() -> None:
    program = compile_text("enter long when close > open limit 1%\ncancel long when close < open\nexit long when true")
    assert [(type(s).__name__, s.index) for s in program.trading] == [("Enter", 0), ("Cancel", 1), ("Exit", 2)]
